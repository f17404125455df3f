#include "core/train/smoke.h"

#include <algorithm>
#include <map>
#include <sstream>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/train/group.h"
#include "core/train/trainer.h"

namespace b3o::train {
namespace {

constexpr double kUsual = 0.15;
// Peak signal to noise starts at 23.7 dB, so that 15 % of it would be no demand.
constexpr double kDecibel = 0.05;

// Steps are multiples of the stage's first step, where its validation runs; values are those of embedded-model.md 8.4
// at the nearest step that was measured. The quickest points come first. Two early points of that table are not here,
// because these trainers take another way to the same end: without a decorrelation loss the CLIP tower knows its
// colours early and its positions late, and the decoder's x0 at 252 steps (0.116, there 0.082) is behind but ahead from
// 680 on.
// clang-format off
constexpr SmokePoint kPoints[] = {
    {"vae", 87, "decibel", 25.5, kDecibel, false, 25},
    {"clip", 129, "color", 0.98, kUsual, false, 35},
    {"vae", 261, "decibel", 28.7, kDecibel, false, 50},
    {"clip", 387, "object", 0.979, kUsual, false, 70},
    {"clip", 387, "color", 0.997, kUsual, false, 0},
    {"clip", 387, "position", 0.981, kUsual, false, 0},
    {"vit", 150, "crowd_object", 0.926, kUsual, false, 150},
    {"vit", 150, "crowd_color", 0.989, kUsual, false, 0},
    {"decoder", 126, "x0_at_999", 0.330, kUsual, true, 100},
    {"decoder", 126, "alignment", 0.81, kUsual, false, 0},
    {"decoder", 252, "alignment", 0.97, kUsual, false, 60},
    {"generate", 100, "flow", 0.803, kUsual, true, 120},
    {"generate", 200, "flow", 0.319, kUsual, true, 60},
    {"generate", 200, "flow_objects", 0.99, kUsual, true, 0},
};
// clang-format on

std::vector<SmokePoint> points_within(double seconds) {
  std::vector<SmokePoint> out;
  for (const SmokePoint& p : kPoints) {
    if (p.seconds > seconds) break;
    seconds -= p.seconds;
    out.push_back(p);
  }
  return out;
}

Json recipe_of(const SmokeRequest& request, const std::string& stage, int64_t every) {
  const auto file = request.recipes / (stage + ".json");
  std::error_code error;
  if (!std::filesystem::exists(file, error))
    throw RequestError(
        cat("The recipe ", file.string(), " is not there; give the folder of the recipes with --recipes."));
  Json recipe = parse_json(read_file(file, 4 << 20), file.string());
  recipe["validate_every"] = every;
  recipe["log_every"] = every;
  recipe["sheet_every"] = 0;
  recipe["save_seconds"] = 0;
  if (recipe.contains("inputs"))
    for (auto& [name, folder] : recipe["inputs"].items()) folder = (request.results / name).string();
  return recipe;
}

// The validations of a run by step.
std::map<int64_t, Json> validations(const std::filesystem::path& folder) {
  std::map<int64_t, Json> out;
  std::istringstream in(read_file(folder / "metrics.jsonl", 1u << 26));
  for (std::string line; std::getline(in, line);)
    if (const Json json = parse_json(line, "metrics.jsonl"); json.contains("validation"))
      out[json["step"].get<int64_t>()] = json["validation"];
  return out;
}

// The stage up to its last point, with the learning rates of the whole recipe.
std::map<int64_t, Json> run_stage(const SmokeRequest& request, const std::string& stage, int64_t every, int64_t last) {
  TrainRequest train_request;
  train_request.stage = stage;
  train_request.recipe = recipe_of(request, stage, every);
  train_request.where = (request.recipes / (stage + ".json")).string();
  train_request.folder = request.work / stage;
  train_request.show = request.show;
  bool stopped = false;
  train_request.stop = [&, step = int64_t(0)]() mutable {
    stopped = stopped || request.stop();
    return ++step == last || stopped;
  };
  Group alone;
  train(train_request, alone);
  if (stopped) throw Stop();
  return validations(train_request.folder);
}

SmokeOutcome judged(const SmokePoint& p, const std::map<int64_t, Json>& values) {
  const auto at = values.find(p.step);
  ensure(at != values.end() && at->second.contains(p.name), "a stage measures what the table asks for");
  const double got = at->second.at(p.name);
  return {p, got, p.falls ? got <= p.limit() : got >= p.limit()};
}

}  // namespace

std::vector<SmokeOutcome> smoke(const SmokeRequest& request, const std::function<void(const SmokeOutcome&)>& tell) {
  const std::vector<SmokePoint> points = points_within(request.seconds);
  if (points.empty()) throw RequestError(cat("No point can be reached in ", request.seconds, " seconds."));
  std::vector<std::string> stages;
  for (const SmokePoint& p : points)
    if (std::find(stages.begin(), stages.end(), p.stage) == stages.end()) stages.push_back(p.stage);
  std::vector<SmokeOutcome> out;
  for (const std::string& stage : stages) {
    std::vector<SmokePoint> mine;
    for (const SmokePoint& p : points)
      if (p.stage == stage) mine.push_back(p);
    const auto values = run_stage(request, stage, mine.front().step, mine.back().step);
    for (const SmokePoint& p : mine) tell(out.emplace_back(judged(p, values)));
  }
  return out;
}

}  // namespace b3o::train
