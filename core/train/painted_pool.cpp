#include "core/train/painted_pool.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include "core/train/pictures.h"

namespace b3o::train {

PaintedPool::PaintedPool(Config config, const EvaClip& clip, const SdxlVae& vae, Scenes scenes, at::Device device)
    : config_(config),
      clip_(clip),
      vae_(vae),
      scenes_(std::move(scenes)),
      device_(device),
      held_(size_t(config.blocks), -1) {}

PaintedPool::Batch PaintedPool::encode(const std::vector<world::Scene>& scenes) const {
  const c10::AutoGradMode no_gradients(false);
  const at::Tensor bytes = draw(scenes);
  return {clip_.tokens(clip_pixels(bytes).to(device_)),
          vae_.config.to_latent(vae_.encode(unit_range(bytes).to(device_)).mean),
          at::max_pool2d(object_masks(scenes), vae_.config.factor()).to(device_)};
}

void PaintedPool::fill(int64_t block, double progress) {
  const Batch b = encode(scenes_(block, progress));
  if (!all_.features.defined()) {
    const auto room = [&](const at::Tensor& like) {
      auto shape = like.sizes().vec();
      shape[0] = size();
      return at::empty(shape, like.options());
    };
    all_ = {room(b.features), room(b.latents), room(b.objects)};
  }
  const int64_t slot = block % config_.blocks;
  held_[size_t(slot)] = block;
  all_.features.narrow(0, slot * kBlock, kBlock).copy_(b.features);
  all_.latents.narrow(0, slot * kBlock, kBlock).copy_(b.latents);
  all_.objects.narrow(0, slot * kBlock, kBlock).copy_(b.objects);
}

void PaintedPool::advance(int64_t step, const std::function<double(int64_t)>& progress_of) {
  const int64_t made = config_.blocks + (config_.refresh_every > 0 ? step / config_.refresh_every : 0);
  for (int64_t block = made - config_.blocks; block < made; ++block) {
    if (held_[size_t(block % config_.blocks)] == block) continue;
    const bool first = block < config_.blocks;
    fill(block, first ? 0.0 : progress_of((block - config_.blocks + 1) * config_.refresh_every));
  }
}

PaintedPool::Batch PaintedPool::pick(const at::Tensor& index) const {
  const at::Tensor i = index.to(device_);
  return {all_.features.index_select(0, i), all_.latents.index_select(0, i), all_.objects.index_select(0, i)};
}

}  // namespace b3o::train
