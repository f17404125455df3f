#include "core/train/painting.h"

#include <ATen/ATen.h>

#include "core/train/random.h"
#include "core/train/result.h"
#include "core/world/scene.h"

namespace b3o::train {
namespace {

constexpr int kShownSteps = 4;

SdxlUnet load_unet(const std::filesystem::path& result, at::Device device) {
  const Json json = read_config(result, kUnetConfig);
  FolderSource source = open_part(result, kUnetPart, device);
  return SdxlUnet(Scope(source), UnetConfig::from_json(Fields(json, (result / kUnetConfig).string())));
}

NoiseConfig load_noise(const std::filesystem::path& result) {
  const Json json = read_config(result, kSchedulerConfig);
  return NoiseConfig::from_json(Fields(json, (result / kSchedulerConfig).string()));
}

}  // namespace

SdxlUnet::Condition paint_condition(const SdxlUnet& unet, const at::Tensor& features) {
  const double side = double(world::kCanvas);
  const at::Tensor ids = at::tensor({side, side, 0.0, 0.0, side, side}, at::kFloat).to(features.device());
  return unet.condition(features, features.mean(1), ids.expand({features.size(0), 6}));
}

at::Tensor paint(const SdxlUnet& unet, const NoiseConfig& noise, const at::Tensor& features, const at::Tensor& start,
                 int steps) {
  DiffusionRun walk;
  walk.schedule = noise_schedule(noise, steps);
  const auto told = paint_condition(unet, features);
  walk.predict = [&](const at::Tensor& scaled, int step) {
    const at::Tensor t = at::full({scaled.size(0)}, walk.schedule.timesteps[size_t(step)], scaled.options());
    return unet(scaled, t, told);
  };
  return euler(start * walk.schedule.init_sigma, walk);
}

Painter::Painter(const std::filesystem::path& decoder, const std::filesystem::path& vae, at::Device device)
    : noise_(load_noise(decoder)), unet_(load_unet(decoder, device)), vae_(load_vae(vae, device)) {}

at::Tensor Painter::operator()(const at::Tensor& features) const {
  const int64_t side = unet_.config.sample_size;
  const at::Tensor start =
      normal(0, Use::noise, 0, 0, features.size(0), {unet_.config.in_channels, side, side}).to(features.device());
  const at::Tensor latent = paint(unet_, noise_, features, start, kShownSteps);
  return vae_.decode(vae_.config.from_latent(latent)) / 2 + 0.5;
}

}  // namespace b3o::train
