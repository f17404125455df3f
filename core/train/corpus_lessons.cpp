#include "core/train/corpus_lessons.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/train/random.h"
#include "core/train/shares.h"
#include "core/world/sampler.h"
#include "core/world/scene_json.h"

namespace b3o::train {
namespace {

using world::Ask, world::EditKind, world::QuestionType, world::Scene, world::Speaker, world::Split, world::Task;

constexpr Task kTold[] = {Task::single,   Task::placed, Task::placed, Task::relation,
                          Task::relation, Task::two,    Task::count};

Scene some_scene(world::Level level, double crowd, const world::TaskMix& mix, world::Rng& rng) {
  const bool many = rng.uniform() < crowd;
  const Task task = many ? Task::crowd : world::draw_task(mix, rng);
  return world::Sampler{level, 1}.scene(task, Split::train, rng);
}

// Of the kinds that are also asked with a yes or a no as their answer.
bool is_open(const world::QA& qa) { return qa.query.ask == Ask::count_of || qa.query.ask == Ask::what_is; }

std::vector<Talk> questions_about(const LessonConfig& c, const Speaker& speaker, const Scene& scene, world::Rng& rng) {
  std::vector<Talk> out;
  for (int tries = 0; int(out.size()) < c.questions && tries < 20 * c.questions; ++tries) {
    const auto qa = speaker.question(scene, QuestionType(rng.weighted(c.asked)), rng);
    if (!qa || (is_open(*qa) && rng.uniform() < c.yes_no)) continue;
    const bool asked =
        std::any_of(out.begin(), out.end(), [&](const Talk& old) { return old.turns.back().user == qa->question; });
    if (asked) continue;
    Talk talk = talk_of(*qa);
    if (talk.turns.size() == 1 && !out.empty() && rng.uniform() < c.history)
      talk.turns.insert(talk.turns.begin(), out[size_t(rng.below(int(out.size())))].turns.back());
    out.push_back(std::move(talk));
  }
  return out;
}

std::vector<Drawing> edits_of(const LessonConfig& c, const Speaker& speaker, const Scene& source, world::Rng& rng) {
  std::vector<Drawing> out;
  for (int i = 0; i < c.edits; ++i) {
    std::optional<world::Edit> edit;
    if (rng.uniform() >= c.reconstruct)
      for (int tries = 0; !edit && tries < 20; ++tries)
        edit = speaker.edit(source, EditKind(rng.weighted(c.edited)), rng);
    if (edit)
      out.push_back({edit->instruction, edit->target, name(edit->kind),
                     edit->changed < 0 ? std::vector<int>{} : std::vector<int>{edit->changed}});
    else
      out.push_back({kReconstruct, source, "reconstruct"});
  }
  return out;
}

}  // namespace

LessonConfig LessonConfig::from_json(const Fields& recipe, world::Level level) {
  LessonConfig c;
  c.level = level;
  if (level == world::Level::L) c.pictures[size_t(Task::three)] = 0.1f;
  if (!recipe.has("lesson")) return c;
  const Fields f = recipe.object("lesson");
  const auto count = [&](const char* key, int& value) {
    if (f.has(key)) value = int(f.integer_in(key, 1, 64));
  };
  const auto part = [&](const char* key, double& value) { read_share(f, key, value); };
  count("questions", c.questions), count("talks", c.talks), count("captions", c.captions), count("edits", c.edits);
  part("crowd", c.crowd), part("edit_crowd", c.edit_crowd), part("reconstruct", c.reconstruct);
  part("history", c.history), part("yes_no", c.yes_no);
  read_weights(f, "pictures", c.pictures, [](size_t i) { return std::string(world::name(Task(i))); });
  read_weights(f, "asked", c.asked, [](size_t i) { return std::string(name(QuestionType(i))); });
  read_weights(f, "edited", c.edited, [](size_t i) { return std::string(name(EditKind(i))); });
  return c;
}

Talk talk_of(const world::QA& qa) {
  Talk out{{}, name(qa.type), qa.query};
  if (qa.type == QuestionType::relation) out.kind = qa.query.ask == Ask::is_related ? "related" : "what_is";
  if (!qa.earlier_question.empty()) out.turns.push_back({qa.earlier_question, qa.earlier_answer});
  out.turns.push_back({qa.question, qa.answer});
  return out;
}

Drawing caption_of(world::Level level, Split split, const Speaker& speaker, bool noisy, world::Rng& rng) {
  const Task task = rng.pick(kTold);
  Scene scene = world::Sampler{level, 0}.scene(task, split, rng);
  const std::string text = noisy               ? speaker.prompt(scene, rng)
                           : rng.chance(0.25f) ? speaker.caption(scene, world::Style::story, rng)
                                               : speaker.wrapped(speaker.caption(scene, world::Style::full, rng), rng);
  return {text, std::move(scene), "caption"};
}

Lesson lesson(const LessonConfig& c, uint64_t seed, int64_t index) {
  const Speaker speaker{c.level, world::Wording::trained, true};
  world::Rng rng = generator(seed, Use::text, 0, index);
  Lesson out;
  out.picture = some_scene(c.level, c.crowd, c.pictures, rng);
  out.questions = questions_about(c, speaker, out.picture, rng);
  for (int i = 0; i < c.talks; ++i) out.talks.push_back({{world::text_turn(c.level, rng)}, "text", {}});
  for (int i = 0; i < c.captions; ++i) out.captions.push_back(caption_of(c.level, Split::train, speaker, true, rng));
  out.source = some_scene(c.level, c.edit_crowd, world::task_mix(c.level, 1), rng);
  out.edits = edits_of(c, speaker, out.source, rng);
  return out;
}

}  // namespace b3o::train
