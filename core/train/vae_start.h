// First values of the autoencoder (embedded-model.md 8.3 rule 5): the encoder starts as 2 x 2 means, the decoder as
// nearest upsampling, exactly up to the norms.
#pragma once

#include <string>

#include "core/models/sdxl_vae.h"
#include "core/train/initial.h"

namespace b3o::train {

// For torch_rules: sets what the identity needs of each tensor, the rest stays random. RequestError unless the
// configuration has 8 or more channels everywhere, one norm group and RGB pictures.
std::function<bool(const std::string& name, at::Tensor& values)> vae_identity(const VaeConfig& config, uint64_t seed);

// Scales and offsets of both conv_out so that the latent's first three channels are the means of the picture's cells
// and the decoder's picture is closest to the given ones. pictures [B, 3, H, W] in [-1, 1].
void fit_gains(const SdxlVae& vae, const at::Tensor& pictures);

}  // namespace b3o::train
