// From features to pictures, as the stages show and finish it.
// B pictures, N features of a picture, W their width.
#pragma once

#include <ATen/core/Tensor.h>

#include "core/models/sdxl_unet.h"
#include "core/sampling/diffusion.h"
#include "core/train/frozen_parts.h"

namespace b3o::train {

// What the UNet is told of features [B, N, W]: them, their mean, and the size of the drawn world's pictures.
SdxlUnet::Condition paint_condition(const SdxlUnet& unet, const at::Tensor& features);

// Euler steps from standard normal numbers `start` [B, L, h, w] to a scaled latent.
at::Tensor paint(const SdxlUnet& unet, const NoiseConfig& noise, const at::Tensor& features, const at::Tensor& start,
                 int steps);

// The finished decoder, for looking at what is planned.
class Painter {
 public:
  // Results of the stages decoder (or polish) and vae.
  Painter(const std::filesystem::path& decoder, const std::filesystem::path& vae, at::Device device);
  // Pictures [B, 3, 128, 128] in [0, 1]; the same noise for equal B.
  at::Tensor operator()(const at::Tensor& features) const;

 private:
  NoiseConfig noise_;
  SdxlUnet unet_;
  SdxlVae vae_;
};

}  // namespace b3o::train
