// Edits (embedded-model.md 9.4) and riddles (9.3, World-WISE).
#include <algorithm>
#include <map>

#include "core/base/error.h"
#include "core/evaluate/edit_rules.h"
#include "core/evaluate/estimate.h"
#include "core/evaluate/world_set.h"
#include "core/world/evaluation_sets.h"
#include "core/world/renderer.h"

namespace b3o::evaluate {
namespace {

using EditItems = std::vector<world::EditItem>;

// 255 where the true pictures before and after the edit differ.
GrayImage changed_region(const Image& before, const Image& after) {
  GrayImage out(before.width, before.height);
  for (size_t i = 0; i < out.pixels.size(); ++i)
    if (!std::equal(&before.pixels[3 * i], &before.pixels[3 * i] + 3, &after.pixels[3 * i])) out.pixels[i] = 255;
  return out;
}

Json answer_edit(const WorldModel& model, const world::EditItem& item, double strength) {
  const Image source = world::Renderer().draw(item.source), target = world::Renderer().draw(item.edit.target);
  EditRequest request;
  request.recipe.task = "edit";
  request.recipe.prompt = item.edit.instruction;
  request.recipe.strength = strength;
  request.source = std::make_shared<Image>(source);
  request.previews = false;
  const auto pictures = pictures_of(model, request);
  ensure(pictures.size() == 1, "an edit is one picture");
  Json record = {{"kind", world::name(item.edit.kind)}, {"instruction", item.edit.instruction}};
  record["picture"] = sight_json(pictures[0]);
  const GrayImage changed = changed_region(source, target);
  record["psnr_outside"] = psnr(source, pictures[0], &changed);
  return record;
}

struct EditScores {
  std::vector<double> score, done, kept, psnr;
  void add(const EditVerdict& v) { score.push_back(v.score()), done.push_back(v.done), kept.push_back(v.kept); }
};

Json score_edits(const EditItems& items, const WorldSet::Answers& answers) {
  std::map<world::EditKind, EditScores> kinds;
  EditScores all;
  std::vector<double> truth;  // the same rules on the true pictures
  for (size_t i = 0; i < items.size(); ++i) {
    if (!answers[i]) continue;
    const auto& [source, edit] = items[i];
    const EditVerdict verdict = edit_verdict(source, edit, sight_from(answers[i]->at("picture")));
    const double outside = answers[i]->at("psnr_outside");
    for (EditScores* part : {&all, &kinds[edit.kind]}) {
      part->add(verdict);
      if (outside >= 0) part->psnr.push_back(outside);
    }
    truth.push_back(edit_verdict(source, edit, judge::look_at(world::Renderer().draw(edit.target))).score());
  }
  const auto columns = [](const EditScores& s) {
    return Json{{"done", to_json(estimated(s.done))},
                {"kept", to_json(estimated(s.kept))},
                {"psnr_outside", s.psnr.empty() ? Json() : to_json(estimated(s.psnr))}};
  };
  std::vector<std::vector<double>> grouped;
  Json by_kind = Json::object();
  for (const auto& [kind, scores] : kinds) {
    grouped.push_back(scores.score);
    Json& row = by_kind[world::name(kind)] = {{"score", to_json(estimated(scores.score))}};
    row.update(columns(scores));
  }
  Json out = {{"score", to_json(estimated_mean(grouped))}};
  out.update(columns(all));
  out["renders"] = to_json(estimated(truth));
  out["kinds"] = by_kind;
  return out;
}

// 2: everything the riddle means is in the picture; 1: its object or its colour; 0: neither.
int consistency(const std::vector<judge::Requirement>& wanted, const judge::Sight& sight) {
  const auto all = judge::found_in(sight);
  bool whole = true, part = false;
  for (const judge::Requirement& want : wanted) {
    bool here = false;
    for (const judge::Found& found : all) {
      const bool object = found.name == want.name, color = !want.color || found.color == *want.color;
      here = here || (object && color);
      part = part || object || (want.color && color);
    }
    whole = whole && here;
  }
  return whole ? 2 : part ? 1 : 0;
}

Json score_riddles(const std::vector<judge::GenevalPrompt>& prompts, const WorldSet::Answers& answers) {
  std::vector<double> means;
  int counts[3] = {};
  for (size_t i = 0; i < prompts.size(); ++i) {
    if (!answers[i]) continue;
    std::vector<double> values;
    for (const Json& picture : answers[i]->at("pictures")) {
      const int value = consistency(prompts[i].include, sight_from(picture));
      ++counts[value];
      values.push_back(value);
    }
    means.push_back(mean(values));
  }
  const double pictures = counts[0] + counts[1] + counts[2];
  return {{"consistency", to_json(estimated(means))},
          {"all", counts[2] / pictures},
          {"part", counts[1] / pictures},
          {"none", counts[0] / pictures}};
}

}  // namespace

WorldSet edit_set(const WorldModel& model, const WorldSettings& settings) {
  const auto items = std::make_shared<const EditItems>(world::edit_set(settings.level));
  WorldSet out{"edits", {}, {}, {}};
  for (size_t i = 0; i < items->size(); ++i) {
    out.published += Json{{"source", to_json((*items)[i].source)}, {"edit", to_json((*items)[i].edit)}}.dump() + "\n";
    out.items.push_back({std::to_string(i), [&model, items, i, strength = settings.edit_strength] {
                           return answer_edit(model, (*items)[i], strength);
                         }});
  }
  out.score = [items](const WorldSet::Answers& answers) { return score_edits(*items, answers); };
  return out;
}

WorldSet riddle_set(const WorldModel& model, const WorldSettings& settings) {
  auto prompts = std::make_shared<std::vector<judge::GenevalPrompt>>();
  WorldSet out{"riddles", {}, {}, {}};
  for (Json line : world::riddle_set(settings.level)) {
    out.published += line.dump() + "\n";
    line["tag"] = "riddle";
    prompts->push_back(judge::geneval_prompt(line, "the world's riddles"));
    out.items.push_back({prompts->back().prompt, [&model, seeds = settings.seeds, prompt = prompts->back().prompt] {
                           return drawn(model, prompt, seeds);
                         }});
  }
  out.score = [prompts](const WorldSet::Answers& answers) { return score_riddles(*prompts, answers); };
  return out;
}

}  // namespace b3o::evaluate
