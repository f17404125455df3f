#include "core/train/corpus_language.h"

#include "core/text/chat_template.h"
#include "core/train/random.h"
#include "core/world/chat.h"
#include "core/world/sampler.h"
#include "core/world/speaker.h"

namespace b3o::train {
namespace {

using world::Speaker, world::Style;

// The template's words, cut where special tokens stand.
std::vector<std::string> template_texts() {
  std::vector<std::string> out;
  const std::string text = render_generation("").text();
  for (size_t at = 0; at < text.size();) {
    const size_t from = text.find("<|", at);
    if (from > at) out.push_back(text.substr(at, from - at));
    if (from == text.npos) break;
    at = text.find("|>", from) + 2;
  }
  return out;
}

void add(std::vector<std::string>& out, const world::Turn& turn) {
  out.push_back(turn.user);
  out.push_back(turn.assistant);
}

}  // namespace

std::vector<std::string> language_corpus(world::Level level, uint64_t seed, int64_t count) {
  const std::vector<std::string> fixed = template_texts();
  const Speaker speaker{level, world::Wording::trained, true};
  std::vector<std::string> out;
  for (int64_t i = 0; int64_t(out.size()) < count; ++i) {
    world::Rng rng = generator(seed, Use::text, -1, i);
    const bool crowd = rng.chance(0.2f);
    const world::Task task = crowd ? world::Task::crowd : world::draw_task(world::task_mix(level, 1), rng);
    const world::Scene scene = world::Sampler{level, 1}.scene(task, world::Split::train, rng);
    for (const world::QA& qa : speaker.questions(scene, 4, rng)) {
      if (!qa.earlier_question.empty()) add(out, {qa.earlier_question, qa.earlier_answer});
      add(out, {qa.question, qa.answer});
    }
    if (!crowd) {
      out.push_back(speaker.prompt(scene, rng));
      out.push_back(speaker.caption(scene, Style::story, rng));
    }
    if (const auto edit = speaker.edit(scene, world::EditKind(rng.below(world::kEditKinds)), rng))
      out.push_back(edit->instruction);
    add(out, world::text_turn(level, rng));
    out.insert(out.end(), fixed.begin(), fixed.end());
  }
  return out;
}

}  // namespace b3o::train
