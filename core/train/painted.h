// Scenes with everything the decoder learns from: the features of the CLIP tower, the latents of the VAE.
// B pictures, W width of a feature, L latent channels.
#pragma once

#include <ATen/core/Tensor.h>

#include <vector>

#include "core/train/frozen_parts.h"
#include "core/world/scene.h"

namespace b3o::train {

struct Painted {
  at::Tensor features;  // [B, 64, W]
  at::Tensor latents;   // [B, L, 16, 16], scaled
  at::Tensor objects;   // [B, 1, 16, 16], 1 where an object is

  std::vector<at::Tensor> tensors() const { return {features, latents, objects}; }
  static Painted of(const std::vector<at::Tensor>& t) { return {t.at(0), t.at(1), t.at(2)}; }
};

// Without gradients.
Painted painted(const std::vector<world::Scene>& scenes, const EvaClip& clip, const SdxlVae& vae, at::Device device);

}  // namespace b3o::train
