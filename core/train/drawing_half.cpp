#include "core/train/drawing_half.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include "core/base/error.h"
#include "core/train/pictures.h"
#include "core/train/result.h"

namespace b3o::train {
namespace {

constexpr DrawingWay kWays[] = {DrawingWay::clip_flow, DrawingWay::clip_mse, DrawingWay::vae_flow};

}  // namespace

const char* name(DrawingWay way) {
  return way == DrawingWay::clip_flow ? "clip_flow" : way == DrawingWay::clip_mse ? "clip_mse" : "vae_flow";
}

DrawingWay drawing_way(const Fields& recipe) {
  const std::string given = recipe.string("objective", name(DrawingWay::clip_flow));
  for (const DrawingWay way : kWays)
    if (given == name(way)) return way;
  throw LoadError(cat(recipe.where(), ": key 'objective' is '", given, "', expected clip_flow, clip_mse or vae_flow"));
}

DrawingHalf::DrawingHalf(const Scope& root, const NextDitConfig& c, const Fields& recipe, const EvaClip& tower,
                         at::Device device)
    : way(drawing_way(recipe)), config(c), clip(tower) {
  int64_t channels = clip.config.width, side = clip.config.side();
  const char* source = "CLIP tower";
  if (way == DrawingWay::vae_flow) {
    vae.emplace(load_vae(input_folder(recipe, "vae"), device));
    channels = vae->config.latent_channels, side = world::kCanvas / vae->config.factor(), source = "VAE";
  }
  const auto demand = [&](bool holds, const char* key, int64_t value, const char* what, int64_t wanted) {
    if (!holds)
      throw LoadError(
          cat(recipe.where(), ": dit_config.", key, " is ", value, ", the ", source, " gives ", wanted, what));
  };
  demand(c.in_channels == channels, "in_channels", c.in_channels, " channels", channels);
  demand(c.input_size == side, "input_size", c.input_size, " cells a side", side);
  if (way == DrawingWay::clip_mse)
    head.emplace(root / "drawing_head", c.latent_embedding_size, channels);
  else
    dit.emplace(root / kDitPrefix, c);
}

int64_t DrawingHalf::cells() const {
  const int64_t side = config.input_size / (dit ? config.patch_size : 1);
  return side * side;
}

at::Tensor DrawingHalf::wanted(const at::Tensor& bytes) const {
  const c10::AutoGradMode no_gradients(false);
  if (vae) return vae->config.to_latent(vae->encode(unit_range(bytes)).mean);
  return tokens_to_grid(clip.tokens(clip_pixels(bytes)), config.input_size, config.input_size);
}

at::Tensor DrawingHalf::headed(const at::Tensor& states) const {
  return tokens_to_grid((*head)(states), config.input_size, config.input_size);
}

at::Tensor DrawingHalf::plan(const at::Tensor& states, const at::Tensor& noise, const PlanWay& how) const {
  const c10::AutoGradMode no_gradients(false);
  if (head) return headed(states);
  return tokens_to_grid(planned(*dit, states, noise, how), config.input_size, config.input_size);
}

at::Tensor DrawingHalf::picture(const at::Tensor& plan) const {
  const c10::AutoGradMode no_gradients(false);
  return (vae->decode(vae->config.from_latent(plan)) / 2 + 0.5).clamp(0, 1);
}

at::Tensor DrawingHalf::features(const at::Tensor& plan) const {
  const c10::AutoGradMode no_gradients(false);
  if (!vae) return grid_to_tokens(plan);
  return clip.tokens(clip_pixels((picture(plan) * 255).round().to(at::kByte)));
}

}  // namespace b3o::train
