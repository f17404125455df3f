#include "core/world/chat.h"

#include "core/world/sampler.h"
#include "core/world/speaker.h"
#include "core/world/words.h"

namespace b3o::world {
namespace {

// Things that no level draws, with their article.
constexpr const char* kForeign[] = {
    "an astronaut", "a dragon",  "a bicycle", "a robot",     "a horse",  "a dog",       "a guitar",    "a castle",
    "a mountain",   "a bridge",  "a pizza",   "an elephant", "a lion",   "a train",     "an airplane", "a rocket",
    "a chair",      "a table",   "a lamp",    "a computer",  "a phone",  "a clock",     "a bottle",    "a banana",
    "an apple",     "a cake",    "a hat",     "a shoe",      "a key",    "a book",      "a king",      "a queen",
    "a wizard",     "a pirate",  "a doctor",  "a child",     "a baby",   "a woman",     "a man",       "a face",
    "a city",       "a street",  "a forest",  "a river",     "a desert", "a volcano",   "a spaceship", "a unicorn",
    "a dinosaur",   "a penguin", "a spider",  "a snake",     "a frog",   "a butterfly", "a bee",       "a whale",
    "a shark",      "a turtle",  "a rabbit",  "a mouse"};

Speaker trained(Level level) { return {level, Wording::trained, true}; }

Scene some_scene(Level level, Rng& rng) {
  return Sampler{level, 1}.scene(draw_task(task_mix(level, 1), rng), Split::train, rng);
}

std::string thing_list(const Scene& scene) {
  std::vector<std::string> things;
  for (const Mention& m : description_of(scene).mentions) {
    std::string text = number_word(m.count);
    if (m.size) text += std::string(" ") + word(*m.size);
    if (m.tex && *m.tex != Tex::plain) text += std::string(" ") + word(*m.tex);
    if (m.col) text += std::string(" ") + word(*m.col);
    things.push_back(text + " " + (m.count > 1 ? plural(m.obj) : word(m.obj)));
  }
  return listed(things, "and");
}

}  // namespace

Turn refusal_turn(Level level, Rng& rng) {
  std::string phrase = rng.pick(kForeign);
  if (rng.chance(0.4f)) {  // together with something that exists
    const Scene scene = some_scene(level, rng);
    phrase += std::string(rng.chance(0.5f) ? " and " : " next to ") + trained(level).caption(scene, Style::brief, rng);
  }
  const std::string prompt = trained(level).wrapped(phrase, rng);
  return {prompt, refusal(level, example_prompt(level, rng))};
}

Turn caption_turn(Level level, Rng& rng) {
  const Scene scene = some_scene(level, rng);
  const Speaker speaker = trained(level);
  const std::string caption = speaker.caption(scene, rng.chance(0.3f) ? Style::story : Style::full, rng);
  const std::string stop = caption.back() == '.' ? " " : ". ";
  switch (rng.below(4)) {
    case 0:
      return {"list the things: " + caption, thing_list(scene)};
    case 1:
      return {"write a caption: " + thing_list(scene) + " " + phrase(scene.bg),
              speaker.caption(scene, Style::brief, rng) + " " + phrase(scene.bg)};
    default:
      // Only what the caption tells: colours, counts, existence, relations and the background.
      for (int tries = 0; tries < 20; ++tries) {
        constexpr QuestionType kTold[] = {QuestionType::color, QuestionType::count, QuestionType::existence,
                                          QuestionType::background, QuestionType::false_premise};
        const auto qa = speaker.question(scene, rng.pick(kTold), rng);
        if (qa) return {caption + stop + qa->question, qa->answer};
      }
      return {"list the things: " + caption, thing_list(scene)};
  }
}

Turn routing_turn(Level level, Rng& rng) {
  const Speaker speaker = trained(level);
  const Scene scene = some_scene(level, rng);
  if (rng.chance(0.5f)) return {speaker.wrapped(speaker.caption(scene, Style::prompt, rng), rng), "[draw]"};
  for (;;)
    if (const auto edit = speaker.edit(scene, EditKind(rng.below(kEditKinds)), rng))
      return {edit->instruction, "[edit]"};
}

Turn text_turn(Level level, Rng& rng) {
  const float u = rng.uniform();
  if (u < 0.08f) return refusal_turn(level, rng);
  if (u < 0.30f) return small_talk(level, rng.below(small_talk_intents()), rng);
  if (u < 0.45f) return riddle_turn(level, rng);
  if (u < 0.55f) return routing_turn(level, rng);
  return caption_turn(level, rng);
}

}  // namespace b3o::world
