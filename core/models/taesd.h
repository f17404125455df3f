// The tiny autoencoder for previews (decoder.md 6.2): latents of the UNet go in as they are, without the VAE's scaling.
// Letters: B batch, H and W sides of the picture, h and w one eighth of them (for four levels), L latent channels.
#pragma once

#include <optional>
#include <vector>

#include "core/base/json.h"
#include "core/nn/layers.h"
#include "core/nn/probe.h"

namespace b3o {

struct TaesdConfig {
  int64_t width, latent_channels;
  std::vector<int64_t> encoder_blocks, decoder_blocks;  // of every resolution, in the order of the computation
  // config.json of an AutoencoderTiny folder; absent keys mean the published autoencoder.
  static TaesdConfig from_json(const Fields& f);
};

// relu(conv.4(relu(conv.2(relu(conv.0(x))))) + x)
struct TaesdBlock {
  Conv2d conv_0, conv_2, conv_4;
  TaesdBlock(const Scope& s, int64_t width);
  at::Tensor operator()(const at::Tensor& x) const;
};

// Blocks at one resolution and, but for one end, a 3x3 convolution without bias that changes it.
struct TaesdStage {
  at::Tensor resample;  // [width, width, 3, 3]; undefined at the picture's (encoder) or the latent's (decoder) end
  std::vector<TaesdBlock> blocks;
};

struct TaesdHalf {
  Conv2d first, last;
  std::vector<TaesdStage> stages;
};

struct Taesd {
  std::optional<TaesdHalf> encoder;
  TaesdHalf decoder;

  Taesd(const Scope& s, const TaesdConfig& c, bool with_encoder);
  // Results have the input's number type. Latents as the UNet makes them [B, L, h, w] -> picture around [-1, 1].
  at::Tensor decode(const at::Tensor& latent, const Probe& probe = {}) const;
  // Picture in [-1, 1] [B, 3, H, W] -> latents as the UNet takes them.
  at::Tensor encode(const at::Tensor& image, const Probe& probe = {}) const;
};

}  // namespace b3o
