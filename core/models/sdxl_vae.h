// The autoencoder between pictures and latents (decoder.md 3). Encoding gives a distribution over latents one eighth as
// large on each side (for four levels); decoding gives a picture with values around [-1, 1].
// Letters: B batch, H and W sides of the picture in pixels, h and w sides of the latent, C channels, L latent channels.
#pragma once

#include <optional>
#include <vector>

#include "core/models/sdxl_blocks.h"

namespace b3o {

struct VaeConfig {
  std::vector<int64_t> channels;  // block_out_channels, from the picture's resolution down
  std::vector<int64_t> resnets;   // of every encoder level; a decoder level has one more
  int64_t in_channels, out_channels, latent_channels, sample_size;
  int64_t groups;
  bool mid_attention, quant_conv, post_quant_conv;
  double scaling_factor, shift_factor;

  // vae/config.json. Unknown keys are ignored; a value this network cannot compute is a LoadError naming the key.
  static VaeConfig from_json(const Fields& f);
  int64_t factor() const { return int64_t(1) << (channels.size() - 1); }  // picture side / latent side
  // Between what the VAE makes of a picture (z) and what the UNet paints: (z - shift_factor) * scaling_factor.
  at::Tensor to_latent(const at::Tensor& z) const;
  at::Tensor from_latent(const at::Tensor& latent) const;
};

struct VaeAttention {
  GroupNorm group_norm;
  Linear to_q, to_k, to_v, to_out;
  VaeAttention(const Scope& s, int64_t width, int64_t groups);
  at::Tensor operator()(const at::Tensor& x, const Trace& trace) const;  // [B, C, h, w], one head over all h * w places
};

struct VaeMiddle {
  Resnet first;
  std::optional<VaeAttention> attention;
  Resnet second;
  VaeMiddle(const Scope& s, int64_t width, const VaeConfig& c);
  at::Tensor operator()(const at::Tensor& x, const Trace& trace) const;
};

struct VaeStage {
  std::vector<Resnet> resnets;
  std::optional<Conv2d> sampler;  // downsamplers.0.conv or upsamplers.0.conv
};

struct VaeEncoder {
  Conv2d conv_in;
  std::vector<VaeStage> down_blocks;
  VaeMiddle mid_block;
  GroupNorm conv_norm_out;
  Conv2d conv_out;
  VaeEncoder(const Scope& s, const VaeConfig& c);
  at::Tensor operator()(const at::Tensor& image, const Trace& trace) const;  // -> [B, 2L, h, w]
};

struct VaeDecoder {
  Conv2d conv_in;
  VaeMiddle mid_block;
  std::vector<VaeStage> up_blocks;
  GroupNorm conv_norm_out;
  Conv2d conv_out;
  VaeDecoder(const Scope& s, const VaeConfig& c);
  at::Tensor operator()(const at::Tensor& z, const Trace& trace) const;  // -> [B, out_channels, H, W]
};

// Pictures larger than a tile are worked off in overlapping tiles whose borders are blended (decoder.md 3.6). Each tile
// has its own norms and attention, so the result differs from the untiled one.
struct Tiling {
  int64_t tile_px, tile_latent;  // tile_px = factor * tile_latent
  double overlap = 0.25;         // the part of a tile shared with the next; must be a whole number of latents
};

enum class VaeParts { decoder, both };

struct SdxlVae {
  VaeConfig config;
  std::optional<VaeEncoder> encoder;
  std::optional<Conv2d> quant_conv;
  std::optional<Conv2d> post_quant_conv;
  VaeDecoder decoder;

  SdxlVae(const Scope& s, const VaeConfig& c, VaeParts parts = VaeParts::both);

  // Results have the input's number type; the network computes in the type its weights were placed in. SDXL's weights
  // overflow in fp16: place them in bf16 or fp32.
  at::Tensor decode(const at::Tensor& z, const Probe& probe = {}) const;  // [B, L, h, w] -> [B, out_channels, H, W]
  struct Moments {
    at::Tensor mean, logvar;  // [B, L, h, w]; logvar in [-30, 20]
  };
  // [B, in_channels, H, W] in [-1, 1]. RequestError unless H and W are multiples of the factor.
  Moments encode(const at::Tensor& image, const Probe& probe = {}) const;

  // The same in tiles where a side exceeds the tile. RequestError when tile sizes and overlap do not fit together.
  at::Tensor decode_tiled(const at::Tensor& z, const Tiling& tiling, const Probe& probe = {}) const;
  Moments encode_tiled(const at::Tensor& image, const Tiling& tiling, const Probe& probe = {}) const;
};

// Error when a value is infinite or not a number: what an overflow in half precision leaves behind.
void check_finite(const at::Tensor& image);

// [B, 3, H, W] around [-1, 1] -> uint8 [B, H, W, 3]: round(255 clamp(x / 2 + 0.5)), and back (decoder.md 7.1).
at::Tensor to_bytes(const at::Tensor& image);
at::Tensor from_bytes(const at::Tensor& bytes);  // fp32

}  // namespace b3o
