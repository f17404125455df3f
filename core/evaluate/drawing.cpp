// Paper World GenEval (embedded-model.md 9.2): pictures of prompts, and the same rules on pictures that are as right as
// the autoencoder and the decoder allow.
#include <algorithm>
#include <map>
#include <numeric>

#include "core/base/error.h"
#include "core/evaluate/estimate.h"
#include "core/evaluate/world_set.h"
#include "core/world/evaluation_sets.h"
#include "core/world/renderer.h"

namespace b3o::evaluate {
namespace {

constexpr uint64_t kShuffleSeed = 2, kShuffleStream = 95;

struct Prompt {
  judge::GenevalPrompt rules;
  world::Scene scene;
  std::string id;
  bool held_out_wording = false;
};
using Prompts = std::shared_ptr<const std::vector<Prompt>>;

Prompts prompts_of(world::Level level, world::Edition edition) {
  auto out = std::make_shared<std::vector<Prompt>>();
  std::map<std::string, int> numbers;
  for (const world::GenevalItem& item : world::geneval_items(level, edition)) {
    Prompt p{judge::geneval_prompt(item.line, "the world's prompts"), item.scene, {}};
    const int number = numbers[p.rules.tag]++;
    p.id = cat(p.rules.tag, '/', number);
    // As the prompts were drawn: every second one, and all single objects that are called unseen.
    p.held_out_wording = number % 2 == 1 || (edition == world::Edition::unseen && p.rules.tag == "single_object");
    out->push_back(std::move(p));
  }
  return out;
}

bool right(const Prompt& prompt, const judge::Sight& sight, bool strict = false) {
  return judge::judged(prompt.rules, judge::found_in(sight), judge::world_settings(), strict).correct;
}

// One value for each prompt, grouped by tag.
struct ByTag {
  std::vector<std::string> tags;  // in order of first appearance
  std::vector<std::vector<double>> values;
  void add(const std::string& tag, double value) {
    const auto it = std::find(tags.begin(), tags.end(), tag);
    const auto at = size_t(it - tags.begin());
    if (it == tags.end()) tags.push_back(tag), values.emplace_back();
    values[at].push_back(value);
  }
  Json score() const { return values.empty() ? Json() : to_json(estimated_mean(values)); }
  Json each() const {
    Json out = Json::object();
    for (size_t i = 0; i < tags.size(); ++i) out[tags[i]] = to_json(estimated(values[i]));
    return out;
  }
};

double share_right(const Prompt& prompt, const std::vector<judge::Sight>& sights, bool strict = false) {
  const auto n = std::count_if(sights.begin(), sights.end(), [&](const auto& s) { return right(prompt, s, strict); });
  return double(n) / double(sights.size());
}

// Each index gets another one: a single cycle through all.
std::vector<size_t> shuffled(size_t n) {
  std::vector<size_t> out(n);
  std::iota(out.begin(), out.end(), size_t(0));
  world::Rng rng(kShuffleSeed, kShuffleStream);
  for (size_t i = n; i-- > 1;) std::swap(out[i], out[size_t(rng.below(int(i)))]);
  return out;
}

Json score_pictures(const std::vector<Prompt>& prompts, const WorldSet::Answers& answers) {
  struct Drawn {
    const Prompt* prompt;
    std::vector<judge::Sight> sights;
  };
  std::vector<Drawn> all;
  for (size_t i = 0; i < prompts.size(); ++i) {
    if (!answers[i]) continue;
    all.push_back({&prompts[i], {}});
    for (const Json& picture : answers[i]->at("pictures")) all.back().sights.push_back(sight_from(picture));
  }
  ByTag score, exact, floor, trained, held_out;
  std::vector<judge::GenevalImage> images;
  const auto other = shuffled(all.size());
  for (size_t i = 0; i < all.size(); ++i) {
    const Prompt& p = *all[i].prompt;
    const double share = share_right(p, all[i].sights);
    score.add(p.rules.tag, share);
    (p.held_out_wording ? held_out : trained).add(p.rules.tag, share);
    exact.add(p.rules.tag, share_right(p, all[i].sights, true));
    if (all.size() > 1) floor.add(p.rules.tag, share_right(p, all[other[i]].sights));
    for (const judge::Sight& s : all[i].sights) images.push_back({p.rules.tag, p.rules.prompt, right(p, s)});
  }
  const judge::GenevalSummary summary = judge::summarised(images);
  return {{"score", score.score()},
          {"tags", score.each()},
          {"exact", exact.score()},
          {"floor", floor.score()},
          {"trained_wording", trained.score()},
          {"held_out_wording", held_out.score()},
          {"images", summary.images},
          {"images_correct", summary.images_correct},
          {"prompts_any_correct", summary.prompts_any_correct}};
}

WorldSet pictures_set(const std::string& name, const Prompts& prompts, const WorldModel& model,
                      const WorldSettings& settings) {
  WorldSet out{name, {}, {}, {}};
  for (const Prompt& p : *prompts)
    out.items.push_back(
        {p.id, [&model, seeds = settings.seeds, prompt = p.rules.prompt] { return drawn(model, prompt, seeds); }});
  out.score = [prompts](const WorldSet::Answers& answers) { return score_pictures(*prompts, answers); };
  return out;
}

Json bound(const Image& truth, const Image& image) {
  Json out = sight_json(image);
  if (image.width == truth.width && image.height == truth.height) out["psnr"] = psnr(truth, image);
  return out;
}

// Of the true pictures themselves, through the autoencoder, and through encoder, decoder and autoencoder.
Json score_ceilings(const std::vector<Prompt>& prompts, const WorldSet::Answers& answers) {
  Json out = Json::object();
  for (const char* way : {"renders", "autoencoder", "decoder"}) {
    ByTag score, exact;
    std::vector<double> decibels;
    for (size_t i = 0; i < prompts.size(); ++i) {
      if (!answers[i] || answers[i]->at(way).is_null()) continue;
      const Json& picture = answers[i]->at(way);
      const judge::Sight sight = sight_from(picture);
      score.add(prompts[i].rules.tag, right(prompts[i], sight));
      exact.add(prompts[i].rules.tag, right(prompts[i], sight, true));
      if (picture.contains("psnr")) decibels.push_back(picture["psnr"]);
    }
    out[way] = nullptr;
    if (score.values.empty()) continue;
    out[way] = {{"score", score.score()}, {"exact", exact.score()}, {"tags", score.each()}};
    if (!decibels.empty() && std::string(way) != "renders") out[way]["psnr"] = to_json(estimated(decibels));
  }
  return out;
}

WorldSet ceilings_set(const std::string& name, const Prompts& prompts, const WorldModel& model) {
  WorldSet out{name, {}, {}, {}};
  for (size_t i = 0; i < prompts->size(); ++i)
    out.items.push_back({(*prompts)[i].id, [&model, prompts, i] {
                           const Image truth = world::Renderer().draw((*prompts)[i].scene);
                           Json record = {
                               {"renders", sight_json(truth)}, {"autoencoder", nullptr}, {"decoder", nullptr}};
                           if (model.round_trip) record["autoencoder"] = bound(truth, model.round_trip(truth));
                           if (!model.info.can.reconstruct) return record;
                           ReconstructRequest request;
                           request.recipe.task = "reconstruct";
                           request.source = std::make_shared<Image>(truth);
                           request.previews = false;
                           const auto pictures = pictures_of(model, request);
                           ensure(pictures.size() == 1, "a reconstruction is one picture");
                           record["decoder"] = bound(truth, pictures[0]);
                           return record;
                         }});
  out.score = [prompts](const WorldSet::Answers& answers) { return score_ceilings(*prompts, answers); };
  return out;
}

}  // namespace

std::vector<WorldSet> drawing_sets(const WorldModel& model, const WorldSettings& settings) {
  std::vector<WorldSet> out;
  for (const auto& [edition, name] :
       {std::pair(world::Edition::seen, "seen"), std::pair(world::Edition::unseen, "unseen")}) {
    const Prompts prompts = prompts_of(settings.level, edition);
    out.push_back(pictures_set(std::string("drawing-") + name, prompts, model, settings));
    out.back().published = world::jsonl(world::geneval_prompts(settings.level, edition));
    out.push_back(ceilings_set(std::string("ceilings-") + name, prompts, model));
  }
  return out;
}

}  // namespace b3o::evaluate
