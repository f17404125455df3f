#include "core/train/understand_scores.h"

#include <ATen/ATen.h>

#include <map>

#include "core/train/pictures.h"
#include "core/world/sampler.h"

namespace b3o::train {
namespace {

using world::Scene, world::Speaker, world::Split, world::Task, world::Wording;

constexpr int kScenes = 80, kCrowds = 32, kQuestions = 10, kTalks = 96, kCaptions = 200, kEdits = 160;
constexpr size_t kTogether = 16;  // groups that are read at once
constexpr int64_t kGrey = 128;

Scene validation_scene(world::Level level, Task task, world::Rng& rng) {
  return world::Sampler{level, 1}.scene(task, Split::validation, rng);
}

}  // namespace

Validation::Validation(world::Level level) {
  world::Rng rng = world::scene_rng(7, world::kValidationStream, 0);
  const auto ask = [&](std::vector<Asked>& out, int scenes, bool crowd, Wording wording) {
    const Speaker speaker{level, wording, true};
    for (int i = 0; i < scenes; ++i) {
      const Task task = crowd ? Task::crowd : world::draw_task(world::task_mix(level, 1), rng);
      Asked one{validation_scene(level, task, rng), {}};
      for (const world::QA& qa : speaker.questions(one.scene, kQuestions, rng)) one.talks.push_back(talk_of(qa));
      if (!one.talks.empty()) out.push_back(std::move(one));
    }
  };
  ask(asked_, kScenes, false, Wording::trained);
  ask(crowds_, kCrowds, true, Wording::trained);
  ask(new_words_, kCrowds, false, Wording::held_out);
  for (int i = 0; i < kTalks; ++i) talks_.push_back({{world::text_turn(level, rng)}, "text", {}});
  const Speaker speaker{level, Wording::trained, true};
  for (int i = 0; i < kCaptions; ++i) captions_.push_back(caption_of(level, Split::validation, speaker, false, rng));
  for (int i = 0, kind = 0; i < kEdits; ++kind) {
    const Scene source = validation_scene(level, world::draw_task(world::task_mix(level, 1), rng), rng);
    if (kind % (world::kEditKinds + 1) == world::kEditKinds) {
      changed_.push_back({source, {{kReconstruct, source, "reconstruct"}}});
      ++i;
    } else if (const auto edit = speaker.edit(source, world::EditKind(kind % (world::kEditKinds + 1)), rng)) {
      changed_.push_back({source, {{edit->instruction, edit->target, world::name(edit->kind)}}});
      ++i;
    }
  }
  const auto ask_yes_no = [&](Task task, world::QuestionType type, world::Ask what, const char* kind) {
    for (int i = 0; i < kScenes; ++i) {
      Asked one{validation_scene(level, task, rng), {}};
      for (int tries = 0; one.talks.size() < 2 && tries < 60; ++tries)
        if (const auto qa = speaker.question(one.scene, type, rng); qa && qa->query.ask == what) {
          one.talks.push_back(talk_of(*qa));
          one.talks.back().kind = kind;
        }
      if (!one.talks.empty()) yes_no_.push_back(std::move(one));
    }
  };
  ask_yes_no(Task::count, world::QuestionType::count, world::Ask::is_count, "count");
  ask_yes_no(Task::relation, world::QuestionType::relation, world::Ask::is_related, "related");
}

void Validation::answer(const std::vector<Asked>& set, bool grey, const std::string& name, bool by_kind,
                        const Language& language, const Reader& reader, const Look& look, Tally& tally) const {
  std::map<std::string, Tally::Sum> kinds;
  for (size_t from = 0; from < set.size(); from += kTogether) {
    std::vector<Scene> scenes;
    std::vector<std::vector<Reading>> groups;
    for (size_t i = from; i < std::min(set.size(), from + kTogether); ++i) {
      groups.emplace_back();
      for (const Talk& talk : set[i].talks) groups.back().push_back(reader.chat(talk.turns, int64_t(scenes.size())));
      scenes.push_back(set[i].scene);
    }
    at::Tensor bytes = draw(scenes);
    if (grey) bytes.fill_(kGrey);
    const ReadingBatch batch = packed(groups, reader);
    const auto right = answers_right(language.text, language.states(batch, look(bytes)), batch);
    size_t k = 0;
    for (size_t i = from; i < from + scenes.size(); ++i)
      for (const Talk& talk : set[i].talks) {
        kinds[talk.kind].sum += right[k++] ? 1 : 0;
        kinds[talk.kind].weight += 1;
      }
  }
  for (const auto& [kind, s] : kinds) {
    if (by_kind) tally.add(name + "_" + kind, s.sum / s.weight);
    if (kind != world::name(world::QuestionType::describe)) tally.add(name, s.sum / s.weight);
  }
}

void Validation::score(const Language& language, const LayoutHeads& heads, const Reader& reader, const Look& look,
                       Tally& tally) const {
  answer(asked_, false, "vqa", true, language, reader, look, tally);
  answer(asked_, true, "blind", true, language, reader, look, tally);
  answer(crowds_, false, "crowd", false, language, reader, look, tally);
  answer(yes_no_, false, "yes_no", true, language, reader, look, tally);
  answer(new_words_, false, "new_words", false, language, reader, look, tally);

  std::vector<std::vector<Reading>> talks(1);
  for (const Talk& talk : talks_) {
    if (talks.back().size() == 8) talks.emplace_back();
    talks.back().push_back(reader.chat(talk.turns, -1));
  }
  const ReadingBatch talked = packed(talks, reader);
  for (const bool right : answers_right(language.text, language.states(talked, {}), talked)) tally.add("text", right);

  const auto shown = [&](const std::vector<std::vector<Reading>>& groups, const at::Tensor& rows,
                         const std::vector<Scene>& targets) {
    const ReadingBatch batch = packed(groups, reader);
    const at::Tensor states = language.states(batch, rows).index_select(0, batch.query_tokens);
    return layout_score(heads, states.view({int64_t(targets.size()), reader.queries(), -1}), targets);
  };
  for (size_t from = 0; from < captions_.size(); from += 3 * kTogether) {
    std::vector<std::vector<Reading>> groups(1);
    std::vector<Scene> targets;
    for (size_t i = from; i < std::min(captions_.size(), from + 3 * kTogether); ++i) {
      if (groups.back().size() == 3) groups.emplace_back();
      groups.back().push_back(reader.caption(captions_[i].text, int64_t(targets.size())));
      targets.push_back(captions_[i].target);
    }
    for (const int wrong : shown(groups, {}, targets).wrong) {
      tally.add("layout", wrong == 0);
      tally.add("layout_one", wrong <= 1);
    }
  }
  std::map<std::string, Tally::Sum> kinds;
  for (size_t from = 0; from < changed_.size(); from += kTogether) {
    std::vector<std::vector<Reading>> groups;
    std::vector<Scene> sources, targets;
    for (size_t i = from; i < std::min(changed_.size(), from + kTogether); ++i) {
      const Drawing& d = changed_[i].drawings.front();
      const auto number = int64_t(targets.size());
      groups.push_back({reader.instruction(d.text, number, number)});
      sources.push_back(changed_[i].scene);
      targets.push_back(d.target);
    }
    const LayoutScore score = shown(groups, look(draw(sources)), targets);
    for (size_t i = 0; i < targets.size(); ++i) {
      Tally::Sum& s = kinds[changed_[from + i].drawings.front().kind];
      s.sum += score.all[i], s.weight += 1;
    }
  }
  for (const auto& [kind, s] : kinds) {
    tally.add("edit_" + kind, s.sum / s.weight);
    if (kind != "reconstruct") tally.add("edit", s.sum / s.weight);
  }
}

}  // namespace b3o::train
