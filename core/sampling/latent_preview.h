// A rough picture straight from a latent: each pixel is a linear function of the latent's channels at that place
// (decoder.md 6.1). Feed it the estimate of the clean latent, not the noisy one.
#pragma once

#include <ATen/core/Tensor.h>

#include <array>
#include <vector>

namespace b3o {

struct PreviewFactors {
  std::vector<std::array<float, 3>> channels;  // what one unit of a latent channel adds to R, G and B (0..255)
  std::array<float, 3> base;                   // R, G and B of a latent of zeros
};

// Published for the latents of SDXL (T. A. Vass, "Explaining the SDXL latent space"); used until fitted ones exist.
PreviewFactors sdxl_preview_factors();

// latent [C, h, w] -> uint8 [h, w, 3] on the CPU. A value that is not a number gives 0.
at::Tensor latent_to_rgb(const at::Tensor& latent, const PreviewFactors& factors);

// Least squares over decoded samples: latents [n, C, h, w] as the UNet makes them, pictures [n, 3, H, W] around [-1, 1]
// whose sides are the same multiple of h and w. A little ridge keeps directions without data at zero.
PreviewFactors fit_preview(const at::Tensor& latents, const at::Tensor& pictures);

}  // namespace b3o
