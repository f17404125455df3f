// Stage V (embedded-model.md 8.1): the autoencoder that turns pictures of 128 pixels into 16 x 16 latents and back.
#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include <cmath>
#include <memory>

#include "core/base/error.h"
#include "core/train/freeze.h"
#include "core/train/losses.h"
#include "core/train/pictures.h"
#include "core/train/random.h"
#include "core/train/result.h"
#include "core/train/stages.h"
#include "core/train/vae_start.h"
#include "core/weights/parameters.h"

namespace b3o::train {
namespace {

constexpr uint64_t kStream = 10;
constexpr int64_t kFitPictures = 16, kScalePictures = 512, kValidation = 96;
constexpr double kAbsolute = 0.5, kSquare = 4, kChroma = 4, kGradient = 0.2, kDivergence = 1e-3;
constexpr double kObjectWeight = 3;  // beside the 1 of every pixel
constexpr int64_t kDilation = 5;     // pixels around the objects that count with them

struct VaeTrainer {
  WorldConfig world;
  Json config_json;
  VaeConfig config;
  uint64_t seed;
  at::Device device;
  Freezer freezer;
  FilledSource filled;
  ParameterSource parameters;
  SdxlVae vae;

  VaeTrainer(const StageInput& input, const Fields& recipe)
      : world(WorldConfig::from_json(recipe)),
        config_json(recipe.raw("vae")),
        config(VaeConfig::from_json(recipe.object("vae"))),
        seed(uint64_t(recipe.integer("seed"))),
        device(input.device),
        freezer(recipe),
        filled(torch_rules(seed, vae_identity(config, seed)), {.device = device}),
        parameters(filled, [this](const std::string& name) { return freezer.trains(name); }),
        vae(Scope(parameters), config) {
    freezer.check();
    if (input.fresh) fit_gains(vae, pictures(scenes(0, kFitPictures)));
  }

  std::vector<world::Scene> scenes(int64_t first, int64_t count, uint64_t stream = kStream) const {
    static const std::vector<ScenePart> free_layout = {{1, false, 1}};
    std::vector<world::Scene> out;
    for (int64_t i = 0; i < count; ++i)
      out.push_back(mixed_scene(world.level, free_layout, 1, seed, stream, uint64_t(first + i)));
    return out;
  }
  at::Tensor pictures(const std::vector<world::Scene>& scenes) const { return unit_range(draw(scenes)).to(device); }

  at::Tensor loss(const Step& step) const {
    const auto scenes = this->scenes(step.sample(0), step.count);
    const at::Tensor x = pictures(scenes);  // [B, 3, H, W]
    const at::Tensor objects = at::max_pool2d(object_masks(scenes), 2 * kDilation + 1, 1, kDilation).to(device);
    const auto moments = vae.encode(x);
    const at::Tensor noise =
        normal(step.seed, Use::latent, step.step, step.first, step.count, moments.mean.sizes().slice(1)).to(device);
    const at::Tensor error = vae.decode(moments.mean + at::exp(0.5 * moments.logvar) * noise) - x;
    const at::Tensor chroma = error - error.mean(1, true);
    const at::Tensor pixel = weighted_mean(
        kAbsolute * error.abs() + kSquare * error.square() + kChroma * chroma.square(), 1 + kObjectWeight * objects);
    const int64_t h = error.size(2), w = error.size(3);
    const at::Tensor gradient = (error.narrow(2, 1, h - 1) - error.narrow(2, 0, h - 1)).abs().mean() +
                                (error.narrow(3, 1, w - 1) - error.narrow(3, 0, w - 1)).abs().mean();
    const at::Tensor divergence = 0.5 * (moments.mean.square() + moments.logvar.exp() - 1 - moments.logvar).mean();
    step.tally.add("pixel", pixel.item<double>());
    step.tally.add("divergence", divergence.item<double>());
    return pixel + kGradient * gradient + kDivergence * divergence;
  }

  at::Tensor again(const at::Tensor& x) const { return vae.decode(vae.encode(x).mean); }

  void validate(Tally& tally) const {
    const auto scenes = validation_scenes(world.level, kValidation);
    for (int64_t i = 0; i < kValidation; i += 16) {
      const std::vector<world::Scene> some(scenes.begin() + i, scenes.begin() + i + 16);
      const at::Tensor x = pictures(some), error = again(x).clamp(-1, 1) - x;
      tally.add("square_error", (error / 2).square().mean().item<double>(), 16);
    }
    tally.add("decibel", -10 * std::log10(tally.mean("square_error")));
  }

  Image sheet() const {  // a row of pictures, below it what comes back
    const at::Tensor x = pictures(validation_scenes(world.level, 8));
    return contact_sheet(at::cat({x, again(x)}) / 2 + 0.5, 8);
  }

  void write_result(const std::filesystem::path& folder) const {
    std::vector<at::Tensor> means;
    for (int64_t i = 0; i < kScalePictures; i += 32)
      means.push_back(vae.encode(pictures(scenes(i, 32, kStream + 1))).mean);
    Json json = config_json;
    json["scaling_factor"] = 1 / at::cat(means).std().item<double>();
    write_config(folder, "diffusion-decoder/vae/config.json", json);
    write_part(folder, "diffusion-decoder/vae/diffusion_pytorch_model.safetensors", parameters.parameters());
  }
};

}  // namespace

Stage vae_stage(const StageInput& input) {
  const Fields recipe(input.recipe, input.where);
  const auto t = std::make_shared<VaeTrainer>(input, recipe);
  return {.name = "vae",
          .parameters = t->parameters.parameters(),
          .loss = [t](const Step& step) { return t->loss(step); },
          .validate = [t](Tally& tally) { t->validate(tally); },
          .sheet = [t] { return t->sheet(); },
          .write_result = [t](const std::filesystem::path& folder) { t->write_result(folder); },
          .prepare = {}};
}

}  // namespace b3o::train
