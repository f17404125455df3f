// World-VQA, World-MME and World-Caption (embedded-model.md 9.3).
#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "core/base/error.h"
#include "core/evaluate/estimate.h"
#include "core/evaluate/mme.h"
#include "core/evaluate/vqa.h"
#include "core/evaluate/world_set.h"
#include "core/world/evaluation_sets.h"
#include "core/world/renderer.h"

namespace b3o::evaluate {
namespace {

constexpr int kShortAnswer = 32, kCaption = 160;  // tokens
constexpr uint8_t kGray = 128;

Image gray_picture() {
  Image out(world::kCanvas, world::kCanvas);
  std::fill(out.pixels.begin(), out.pixels.end(), kGray);
  return out;
}

// A blind model sees nothing, so equal questions have equal answers.
class Blind {
 public:
  std::string answer(const WorldModel& model, const Question& question) {
    const auto [it, fresh] =
        known_.try_emplace({question.text, question.earlier_text, question.earlier_answer}, std::string());
    if (fresh) try {
        it->second = answer_to(model, question, gray_picture(), kShortAnswer);
      } catch (...) {
        known_.erase(it);
        throw;
      }
    return it->second;
  }

 private:
  std::map<std::array<std::string, 3>, std::string> known_;
};

using VqaItems = std::shared_ptr<const std::vector<world::VqaItem>>;

bool matches(const std::string& answer, const world::QA& qa) {
  return normalised_prediction(answer) == normalised_prediction(qa.answer);
}

struct Asked {
  std::vector<double> exact, blind;
  std::map<std::string, int> truths;
  void add(const Json& record, const world::QA& qa) {
    exact.push_back(matches(record.at("answer"), qa));
    blind.push_back(matches(record.at("blind"), qa));
    ++truths[normalised_prediction(qa.answer)];
  }
  int most_frequent() const {
    int most = 0;
    for (const auto& [answer, n] : truths) most = std::max(most, n);
    return most;
  }
};

Json score_questions(const std::vector<world::VqaItem>& items, const WorldSet::Answers& answers) {
  Asked all, wordings[2];
  std::map<world::QuestionType, Asked> types;
  std::vector<double> official;
  int never_matched = 0;
  std::set<world::QuestionType> known;
  for (const world::VqaItem& item : items) known.insert(item.qa.type);
  for (size_t i = 0; i < items.size(); ++i) {
    if (!answers[i]) continue;
    const world::QA& qa = items[i].qa;
    for (Asked* part : {&all, &types[qa.type], &wordings[i / known.size() % 2]}) part->add(*answers[i], qa);
    official.push_back(vqa_verdict(answers[i]->at("answer"), std::vector<std::string>(10, qa.answer)).accuracy);
    never_matched += is_never_matched(qa.answer);
  }
  int frequent = 0;
  Json by_type = Json::object();
  for (const auto& [type, asked] : types) {
    frequent += asked.most_frequent();
    by_type[world::name(type)] = {{"exact", to_json(estimated(asked.exact))},
                                  {"prior", asked.most_frequent() / double(asked.exact.size())},
                                  {"blind", to_json(estimated(asked.blind))}};
  }
  return {{"exact", to_json(estimated(all.exact))},
          {"prior", frequent / double(all.exact.size())},
          {"blind", to_json(estimated(all.blind))},
          {"vqav2", to_json(estimated(official))},
          {"never_matched_by_vqav2", never_matched},
          {"trained_wording", to_json(estimated(wordings[0].exact))},
          {"held_out_wording", to_json(estimated(wordings[1].exact))},
          {"types", by_type}};
}

WorldSet questions(const std::string& name, std::vector<world::VqaItem> list, const WorldModel& model) {
  const auto items = std::make_shared<const std::vector<world::VqaItem>>(std::move(list));
  const auto blind = std::make_shared<Blind>();
  WorldSet out{name, {}, {}, {}};
  for (size_t i = 0; i < items->size(); ++i) {
    const world::VqaItem& item = (*items)[i];
    out.published += Json{{"scene", to_json(item.scene)}, {"qa", to_json(item.qa)}}.dump() + "\n";
    out.items.push_back({std::to_string(i), [&model, items, blind, i] {
                           const world::VqaItem& item = (*items)[i];
                           const Question question{item.qa.question, item.qa.earlier_question, item.qa.earlier_answer};
                           const Image picture = world::Renderer().draw(item.scene);
                           return Json{{"question", item.qa.question},
                                       {"truth", item.qa.answer},
                                       {"answer", answer_to(model, question, picture, kShortAnswer)},
                                       {"blind", blind->answer(model, question)}};
                         }});
  }
  out.score = [items](const WorldSet::Answers& answers) { return score_questions(*items, answers); };
  return out;
}

// Items 2 k and 2 k + 1 are about one picture.
Json score_mme(const std::vector<world::MmeItem>& items, const WorldSet::Answers& answers) {
  std::vector<MmeRow> rows;
  for (size_t i = 0; i < items.size(); ++i)
    if (const Json* record = answers[i / 2])
      rows.push_back({items[i].category, std::to_string(i / 2), items[i].answer, record->at("answers").at(i % 2)});
  const MmeScores scores = mme_scores(rows);
  std::vector<std::vector<double>> pictures;
  Json categories = Json::object();
  for (const MmeCategory& c : scores.categories) {
    pictures.push_back(c.pictures);
    categories[c.name] = {
        {"score", to_json(estimated(c.pictures))}, {"accuracy", c.accuracy}, {"accuracy_plus", c.both}};
  }
  return {{"score", to_json(estimated(pictures, 1))}, {"most", 200 * categories.size()}, {"categories", categories}};
}

}  // namespace

std::vector<WorldSet> question_sets(const WorldModel& model, const WorldSettings& settings) {
  std::vector<WorldSet> out;
  out.push_back(questions("vqa", world::vqa_set(settings.level), model));
  if (auto signs = world::sign_set(settings.level); !signs.empty())
    out.push_back(questions("signs", std::move(signs), model));
  return out;
}

WorldSet mme_set(const WorldModel& model, const WorldSettings& settings) {
  const auto items = std::make_shared<const std::vector<world::MmeItem>>(world::mme_set(settings.level));
  WorldSet out{"mme", {}, {}, {}};
  for (const world::MmeItem& item : *items)
    out.published += Json{{"category", item.category},
                          {"scene", to_json(item.scene)},
                          {"question", item.question},
                          {"answer", item.answer}}
                         .dump() +
                     "\n";
  for (size_t i = 0; i < items->size(); i += 2)
    out.items.push_back({std::to_string(i / 2), [&model, items, i] {
                           const Image picture = world::Renderer().draw((*items)[i].scene);
                           Json record = {{"category", (*items)[i].category}, {"answers", Json::array()}};
                           for (const size_t k : {i, i + 1})
                             record["answers"].push_back(
                                 answer_to(model, {(*items)[k].question, {}, {}}, picture, kShortAnswer));
                           return record;
                         }});
  out.score = [items](const WorldSet::Answers& answers) { return score_mme(*items, answers); };
  return out;
}

WorldSet caption_set(const WorldModel& model, const WorldSettings& settings) {
  const auto items = std::make_shared<const std::vector<world::VqaItem>>(world::caption_set(settings.level));
  WorldSet out{"captions", {}, {}, {}};
  for (size_t i = 0; i < items->size(); ++i) {
    out.published += Json{{"scene", to_json((*items)[i].scene)}, {"question", (*items)[i].qa.question}}.dump() + "\n";
    out.items.push_back({std::to_string(i), [&model, items, i] {
                           const world::VqaItem& item = (*items)[i];
                           const Image picture = world::Renderer().draw(item.scene);
                           return Json{{"truth", item.qa.answer},
                                       {"answer", answer_to(model, {item.qa.question, {}, {}}, picture, kCaption)}};
                         }});
  }
  out.score = [items](const WorldSet::Answers& answers) {
    std::vector<double> f1, perfect;
    for (size_t i = 0; i < items->size(); ++i) {
      if (!answers[i]) continue;
      f1.push_back(world::caption_f1(answers[i]->at("answer"), (*items)[i].scene));
      perfect.push_back(f1.back() == 1);
    }
    return Json{{"f1", to_json(estimated(f1))}, {"all_right", to_json(estimated(perfect))}};
  };
  return out;
}

}  // namespace b3o::evaluate
