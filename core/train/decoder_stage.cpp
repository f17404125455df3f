// Stage D (embedded-model.md 8.1): the UNet that paints a latent under the 64 features of a picture, with v-prediction
// at the few noise levels that sampling in up to eight steps visits. And its end after stages 2 and 3 (8.3 rule 15):
// the finished UNet goes on, half of what it sees being features that the flow plans from prompts. B pictures, W width
// of a feature, L latent channels.
#include <ATen/ATen.h>

#include <cmath>
#include <memory>
#include <optional>

#include "core/base/error.h"
#include "core/sampling/diffusion.h"
#include "core/train/alignment.h"
#include "core/train/freeze.h"
#include "core/train/frozen_parts.h"
#include "core/train/initial.h"
#include "core/train/losses.h"
#include "core/train/painted.h"
#include "core/train/painting.h"
#include "core/train/pictures.h"
#include "core/train/planned_pictures.h"
#include "core/train/random.h"
#include "core/train/result.h"
#include "core/train/rolling_pool.h"
#include "core/train/stages.h"
#include "core/weights/parameters.h"

namespace b3o::train {
namespace {

constexpr uint64_t kStream = 20;
constexpr int kTrainedSteps = 8;     // of the sampler; 1, 2 and 4 steps visit some of its levels
constexpr double kFirstLevel = 0.4;  // how often the highest level is drawn
constexpr double kObjectWeight = 2;  // beside the 1 of every cell
constexpr double kEarlyAlignment = 0.5, kLateAlignment = 0.15, kEarlyPart = 0.2;
constexpr double kEarlyNoise = 0.05, kLateNoise = 0.1, kNoiseChange = 0.5;
constexpr int64_t kValidation = 96, kPlannedValidation = 48;

struct DecoderTrainer {
  WorldConfig world;
  Json unet_json, scheduler_json;
  UnetConfig config;
  NoiseConfig noise;
  NoiseSchedule schedule;
  Limits limits;
  bool curriculum;  // layouts from canonical to free over the first half, single objects first
  uint64_t seed;
  at::Device device;
  EvaClip clip;
  SdxlVae vae;
  std::optional<PlannedPictures> plans;  // of a decoder that is finished on them
  Freezer freezer;
  FilledSource filled;
  ParameterSource parameters;
  SdxlUnet unet;
  RollingPool pool;
  mutable Painted checked, planned_checks;  // the validation scenes and prompts, encoded once

  DecoderTrainer(const StageInput& input, const Fields& recipe, bool polishes)
      : world(WorldConfig::from_json(recipe)),
        unet_json(part_config(recipe, "unet", kUnetConfig)),
        scheduler_json(part_config(recipe, "scheduler", kSchedulerConfig)),
        config(UnetConfig::from_json(Fields(unet_json, cat(recipe.where(), ": unet")))),
        noise(NoiseConfig::from_json(Fields(scheduler_json, cat(recipe.where(), ": scheduler")))),
        schedule(noise_schedule(noise, kTrainedSteps)),
        limits(Limits::from_json(recipe)),
        curriculum(recipe.boolean("curriculum", false)),
        seed(uint64_t(recipe.integer("seed"))),
        device(input.device),
        clip(load_clip(input_folder(recipe, "clip"), device)),
        vae(load_vae(input_folder(recipe, "vae"), device)),
        freezer(recipe),
        filled(has_input(recipe, "decoder") ? values_of(input_folder(recipe, "decoder"), kUnetPart)
                                            : torch_rules(seed, &start),
               {.device = device}),
        parameters(filled, [this](const std::string& name) { return freezer.trains(name); }),
        unet(Scope(parameters), config),
        pool({recipe.integer_in("pool", 1, 1 << 24) / RollingPool::kBlock + 1,
              recipe.has("refresh_every") ? recipe.integer_in("refresh_every", 0, 1 << 24) : 6},
             [this](int64_t block, double progress) { return made(block, progress).tensors(); }) {
    if (polishes) plans.emplace(recipe, world.level, clip, device);
    freezer.check();
    if (noise.prediction != Prediction::v)
      throw LoadError(cat(recipe.where(), ": scheduler.prediction_type must be v_prediction"));
  }

  // Of the recipe, or of the finished decoder that goes on.
  static Json part_config(const Fields& recipe, const char* key, const char* file) {
    if (recipe.has(key) || !has_input(recipe, "decoder")) return recipe.raw(key);
    return read_config(input_folder(recipe, "decoder"), file);
  }

  // Every residual branch starts at zero.
  static bool start(const std::string& name, at::Tensor& values) {
    for (const char* layer : {"conv2.", "conv_out.", "proj_out.", "to_out.0.", "ff.net.2."})
      if (name.find(layer) != std::string::npos && !name.starts_with("time_")) {
        values.zero_();
        return true;
      }
    return false;
  }

  // Every other block of a decoder that is finished holds plans.
  Painted made(int64_t block, double progress) const {
    if (!plans || block % 2 == 0) return painted(scenes(block, progress), clip, vae, device);
    return planned_pictures(plans->of_mix(RollingPool::kBlock, seed, block));
  }

  Painted planned_pictures(const PlannedPictures::Plan& plan) const {
    Painted out = painted(plan.scenes, clip, vae, device);
    out.features = plan.features;
    return out;
  }

  std::vector<world::Scene> scenes(int64_t block, double progress) const {
    const auto p = float(curriculum ? progress : 1.0);
    const std::vector<ScenePart> parts = {{1, false, std::min(1.0f, 2 * p)}};
    std::vector<world::Scene> out;
    for (int64_t i = 0; i < RollingPool::kBlock; ++i)
      out.push_back(mixed_scene(world.level, parts, p, seed, kStream, uint64_t(block * RollingPool::kBlock + i)));
    return out;
  }

  // What the network sees of data under noise at the levels sigma [B], and what it should answer.
  struct Noised {
    at::Tensor input, v;
  };
  static Noised noised(const at::Tensor& data, const at::Tensor& noise, const at::Tensor& sigma) {
    const at::Tensor s = sigma.view({-1, 1, 1, 1}), norm = (s.square() + 1).sqrt();
    return {(data + s * noise) / norm, (noise - s * data) / norm};
  }

  at::Tensor loss(const Step& step) {
    pool.advance(step.step, [&](int64_t at) { return limits.max_steps > 0 ? limits.progress(at, 0) : step.progress; });
    at::Tensor index = at::empty({step.count}, at::kLong), level = at::empty({step.count}, at::kLong);
    for (int64_t i = 0; i < step.count; ++i) {
      world::Rng rng = generator(step.seed, Use::scene_choice, step.step, step.first + i);
      index[i] = rng.below(int(pool.size()));
      level[i] = rng.uniform() < kFirstLevel ? 0 : 1 + rng.below(kTrainedSteps - 1);
    }
    const Painted batch = Painted::of(pool.pick(index));
    const auto random = [&](Use use, const at::Tensor& like) {
      return normal(step.seed, use, step.step, step.first, step.count, like.sizes().slice(1)).to(device);
    };
    const double strongest = step.progress < kNoiseChange ? kEarlyNoise : kLateNoise;
    const at::Tensor spread =
        strongest * uniform(step.seed, Use::feature_noise, step.step, step.first, step.count).view({-1, 1, 1});
    const at::Tensor features = batch.features + spread.to(device) * random(Use::feature_noise, batch.features);
    const at::Tensor sigma = at::tensor(schedule.sigmas, at::kFloat).index_select(0, level).to(device);
    const at::Tensor t = at::tensor(schedule.timesteps, at::kFloat).index_select(0, level).to(device);

    const Noised x = noised(batch.latents, random(Use::noise, batch.latents), sigma);
    const auto told = paint_condition(unet, features);
    CrossQueries queries;
    const at::Tensor v = unet(x.input, t, told, queries.probe());
    const at::Tensor error = weighted_mean((v - x.v).square(), 1 + kObjectWeight * batch.objects);
    const auto aligned = queries.alignment(told);
    step.tally.add("v", error.item<double>());
    step.tally.add("alignment_loss", aligned.loss.item<double>());
    step.tally.add("alignment", aligned.top1);
    return error + (step.progress < kEarlyPart ? kEarlyAlignment : kLateAlignment) * aligned.loss;
  }

  const Painted& validation() const {
    if (!checked.features.defined()) checked = painted(validation_scenes(world.level, kValidation), clip, vae, device);
    return checked;
  }

  const Painted& planned_validation() const {
    if (!planned_checks.features.defined()) {
      world::Rng rng = world::scene_rng(7, world::kValidationStream, 2);
      std::vector<DrawingPrompt> prompts;
      constexpr world::Task kTasks[] = {world::Task::placed, world::Task::relation, world::Task::count};
      for (int64_t i = 0; i < kPlannedValidation; ++i)
        prompts.push_back(checked_caption(world.level, kTasks[i % 3], world::Split::validation, rng));
      planned_checks = planned_pictures(plans->plan(prompts, 0, 0));
    }
    return planned_checks;
  }

  // How far the estimate of the data at a level is off, and where the UNet looks.
  void validate_at(int level, const Painted& b, const std::string& name, Tally& tally) const {
    const int64_t count = b.latents.size(0);
    const at::Tensor random = normal(0, Use::noise, 0, 0, count, b.latents.sizes().slice(1)).to(device);
    const at::Tensor sigma = at::full({count}, schedule.sigmas[size_t(level)], b.latents.options());
    const at::Tensor t = at::full({count}, schedule.timesteps[size_t(level)], b.latents.options());
    const Noised x = noised(b.latents, random, sigma);
    const auto told = paint_condition(unet, b.features);
    CrossQueries queries;
    const at::Tensor v = unet(x.input, t, told, queries.probe());
    const at::Tensor s = sigma.view({-1, 1, 1, 1}), norm = (s.square() + 1).sqrt();
    const at::Tensor data = x.input / norm - v * (s / norm);
    tally.add(cat(name, "x0_at_", int(schedule.timesteps[size_t(level)])),
              (data - b.latents).square().mean().item<double>());
    if (level == 0) tally.add(name + "alignment", queries.alignment(told).top1);
  }

  void validate(Tally& tally) const {
    for (const int level : {0, kTrainedSteps / 2}) validate_at(level, validation(), "", tally);
    if (plans) validate_at(0, planned_validation(), "planned_", tally);
  }

  // Scenes, what the VAE makes of them, what is painted from their features; then the same of what prompts plan.
  Image sheet() const {
    constexpr int64_t kShown = 8;
    std::vector<at::Tensor> rows;
    const auto decoded = [&](const at::Tensor& z) { return vae.decode(vae.config.from_latent(z)); };
    const auto show = [&](const Painted& b) {
      const at::Tensor latents = b.latents.narrow(0, 0, kShown);
      const at::Tensor random = normal(0, Use::noise, 0, 0, kShown, latents.sizes().slice(1)).to(device);
      rows.push_back(decoded(latents));
      rows.push_back(decoded(paint(unet, noise, b.features.narrow(0, 0, kShown), random, 4)));
    };
    rows.push_back(unit_range(draw(validation_scenes(world.level, kShown))).to(device));
    show(validation());
    if (plans) show(planned_validation());
    return contact_sheet(at::cat(rows) / 2 + 0.5, int(kShown));
  }

  void write_result(const std::filesystem::path& folder) const {
    write_config(folder, kUnetConfig, unet_json);
    write_config(folder, kSchedulerConfig, scheduler_json);
    write_part(folder, kUnetPart, parameters.parameters());
  }
};

Stage stage_of(const StageInput& input, const char* name, bool polishes) {
  const Fields recipe(input.recipe, input.where);
  const auto t = std::make_shared<DecoderTrainer>(input, recipe, polishes);
  return {.name = name,
          .parameters = t->parameters.parameters(),
          .frozen = t->plans ? t->plans->tensors() : Named(),
          .loss = [t](const Step& step) { return t->loss(step); },
          .validate = [t](Tally& tally) { t->validate(tally); },
          .sheet = [t] { return t->sheet(); },
          .write_result = [t](const std::filesystem::path& folder) { t->write_result(folder); },
          .prepare = {}};
}

}  // namespace

Stage decoder_stage(const StageInput& input) { return stage_of(input, "decoder", false); }
Stage polish_stage(const StageInput& input) { return stage_of(input, "polish", true); }

}  // namespace b3o::train
