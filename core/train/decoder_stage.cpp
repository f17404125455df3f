// Stage D (embedded-model.md 8.1): the UNet that paints a latent under the 64 features of a picture, with v-prediction
// at the few noise levels that sampling in up to eight steps visits.
// B pictures, W width of a feature, L latent channels.
#include <ATen/ATen.h>

#include <cmath>
#include <memory>

#include "core/base/error.h"
#include "core/sampling/diffusion.h"
#include "core/train/alignment.h"
#include "core/train/freeze.h"
#include "core/train/frozen_parts.h"
#include "core/train/initial.h"
#include "core/train/losses.h"
#include "core/train/painted_pool.h"
#include "core/train/pictures.h"
#include "core/train/random.h"
#include "core/train/result.h"
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
constexpr int64_t kValidation = 96;

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
  Freezer freezer;
  FilledSource filled;
  ParameterSource parameters;
  SdxlUnet unet;
  PaintedPool pool;
  mutable PaintedPool::Batch checked;  // the validation scenes, encoded once

  DecoderTrainer(const StageInput& input, const Fields& recipe)
      : world(WorldConfig::from_json(recipe)),
        unet_json(recipe.raw("unet")),
        scheduler_json(recipe.raw("scheduler")),
        config(UnetConfig::from_json(recipe.object("unet"))),
        noise(NoiseConfig::from_json(recipe.object("scheduler"))),
        schedule(noise_schedule(noise, kTrainedSteps)),
        limits(Limits::from_json(recipe)),
        curriculum(recipe.boolean("curriculum", false)),
        seed(uint64_t(recipe.integer("seed"))),
        device(input.device),
        clip(load_clip(input_folder(recipe, "clip"), device)),
        vae(load_vae(input_folder(recipe, "vae"), device)),
        freezer(recipe),
        filled(torch_rules(seed, &start), {.device = device}),
        parameters(filled, [this](const std::string& name) { return freezer.trains(name); }),
        unet(Scope(parameters), config),
        pool(
            {recipe.integer_in("pool", 1, 1 << 24) / PaintedPool::kBlock + 1,
             recipe.has("refresh_every") ? recipe.integer_in("refresh_every", 0, 1 << 24) : 6},
            clip, vae, [this](int64_t block, double progress) { return scenes(block, progress); }, device) {
    freezer.check();
    if (noise.prediction != Prediction::v)
      throw LoadError(cat(recipe.where(), ": scheduler.prediction_type must be v_prediction"));
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

  std::vector<world::Scene> scenes(int64_t block, double progress) const {
    const auto p = float(curriculum ? progress : 1.0);
    const std::vector<ScenePart> parts = {{1, false, std::min(1.0f, 2 * p)}};
    std::vector<world::Scene> out;
    for (int64_t i = 0; i < PaintedPool::kBlock; ++i)
      out.push_back(mixed_scene(world.level, parts, p, seed, kStream, uint64_t(block * PaintedPool::kBlock + i)));
    return out;
  }

  SdxlUnet::Condition condition(const at::Tensor& features) const {
    const double side = double(world::kCanvas);
    const at::Tensor ids = at::tensor({side, side, 0.0, 0.0, side, side}, at::kFloat).to(device);
    return unet.condition(features, features.mean(1), ids.expand({features.size(0), 6}));
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
    const auto batch = pool.pick(index);
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
    const auto told = condition(features);
    CrossQueries queries;
    const at::Tensor v = unet(x.input, t, told, queries.probe());
    const at::Tensor error = weighted_mean((v - x.v).square(), 1 + kObjectWeight * batch.objects);
    const auto aligned = queries.alignment(told);
    step.tally.add("v", error.item<double>());
    step.tally.add("alignment_loss", aligned.loss.item<double>());
    step.tally.add("alignment", aligned.top1);
    return error + (step.progress < kEarlyPart ? kEarlyAlignment : kLateAlignment) * aligned.loss;
  }

  const PaintedPool::Batch& validation() const {
    if (!checked.features.defined()) checked = pool.encode(validation_scenes(world.level, kValidation));
    return checked;
  }

  void validate(Tally& tally) const {
    const auto& b = validation();
    const at::Tensor random = normal(0, Use::noise, 0, 0, kValidation, b.latents.sizes().slice(1)).to(device);
    for (const int level : {0, kTrainedSteps / 2}) {
      const at::Tensor sigma = at::full({kValidation}, schedule.sigmas[size_t(level)], b.latents.options());
      const at::Tensor t = at::full({kValidation}, schedule.timesteps[size_t(level)], b.latents.options());
      const Noised x = noised(b.latents, random, sigma);
      const auto told = condition(b.features);
      CrossQueries queries;
      const at::Tensor v = unet(x.input, t, told, queries.probe());
      const at::Tensor norm = (sigma.view({-1, 1, 1, 1}).square() + 1).sqrt();
      const at::Tensor data = x.input / norm - v * (sigma.view({-1, 1, 1, 1}) / norm);
      tally.add(cat("x0_at_", int(schedule.timesteps[size_t(level)])),
                (data - b.latents).square().mean().item<double>());
      if (level == 0) tally.add("alignment", queries.alignment(told).top1);
    }
  }

  at::Tensor paint(const at::Tensor& features, const at::Tensor& start, int steps) const {
    DiffusionRun walk;
    walk.schedule = noise_schedule(noise, steps);
    const auto told = condition(features);
    walk.predict = [&](const at::Tensor& scaled, int step) {
      const double t = walk.schedule.timesteps[size_t(step)];
      return unet(scaled, at::full({scaled.size(0)}, t, scaled.options()), told);
    };
    return euler(start * walk.schedule.init_sigma, walk);
  }

  Image sheet() const {  // scenes, what the VAE makes of them, what is painted from their features
    constexpr int64_t kShown = 8;
    const at::Tensor latents = validation().latents.narrow(0, 0, kShown);
    const at::Tensor random = normal(0, Use::noise, 0, 0, kShown, latents.sizes().slice(1)).to(device);
    const at::Tensor painted = paint(validation().features.narrow(0, 0, kShown), random, 4);
    const at::Tensor truth = unit_range(draw(validation_scenes(world.level, kShown))).to(device);
    const auto decoded = [&](const at::Tensor& z) { return vae.decode(vae.config.from_latent(z)); };
    return contact_sheet(at::cat({truth, decoded(latents), decoded(painted)}) / 2 + 0.5, int(kShown));
  }

  void write_result(const std::filesystem::path& folder) const {
    write_config(folder, "diffusion-decoder/unet/config.json", unet_json);
    write_config(folder, "diffusion-decoder/scheduler/scheduler_config.json", scheduler_json);
    write_part(folder, "diffusion-decoder/unet/diffusion_pytorch_model.safetensors", parameters.parameters());
  }
};

}  // namespace

Stage decoder_stage(const StageInput& input) {
  const Fields recipe(input.recipe, input.where);
  const auto t = std::make_shared<DecoderTrainer>(input, recipe);
  return {.name = "decoder",
          .parameters = t->parameters.parameters(),
          .loss = [t](const Step& step) { return t->loss(step); },
          .validate = [t](Tally& tally) { t->validate(tally); },
          .sheet = [t] { return t->sheet(); },
          .write_result = [t](const std::filesystem::path& folder) { t->write_result(folder); },
          .prepare = {}};
}

}  // namespace b3o::train
