// The UNet of SDXL (decoder.md 2): predicts noise in a latent picture, conditioned on tokens by cross-attention, and on
// their mean and six size numbers by the time embedding.
// Letters: B batch, C channels, h and w sides of the latent, N = h * w of the level, n condition tokens, Z their width,
// T width of the time embedding.
#pragma once

#include <optional>
#include <vector>

#include "core/models/sdxl_blocks.h"

namespace b3o {

struct UnetConfig {
  struct Level {
    int64_t channels, resnets;  // resnets: of the down block; the up block has one more
    int64_t heads;
    int64_t down_transformers, up_transformers;  // depth of every attention; 0: a block without attention
    bool operator==(const Level&) const = default;
  };
  std::vector<Level> levels;  // the first has the latent's resolution, each further one half of it
  int64_t mid_transformers, mid_heads;
  int64_t in_channels, out_channels, sample_size;
  int64_t token_width;   // cross_attention_dim
  int64_t pooled_width;  // of the pooled condition
  int64_t id_width;      // of each of the six coded size numbers
  int64_t time_width;
  int64_t groups;
  double eps;
  bool linear_projection;
  int64_t conv_in_kernel, conv_out_kernel;

  // unet/config.json. Unknown keys are ignored; a value this network cannot compute is a LoadError naming the key.
  static UnetConfig from_json(const Fields& f);
};

struct TimestepEmbedding {
  Linear linear_1, linear_2;
  TimestepEmbedding(const Scope& s, int64_t in, int64_t width);
  at::Tensor operator()(const at::Tensor& x) const;  // [B, in] -> [B, width]
};

struct UnetAttention {
  int64_t heads;
  Linear to_q, to_k, to_v, to_out;
  struct KeysValues {
    at::Tensor k, v;  // [B, heads, n, C / heads]
  };
  UnetAttention(const Scope& s, int64_t width, int64_t context_width, int64_t heads);
  KeysValues keys_values(const at::Tensor& context) const;  // [B, n, context_width]
  // x [B, N, C] -> [B, N, C]. Shows the queries as "to_q" [B, heads, N, C / heads].
  at::Tensor operator()(const at::Tensor& x, const KeysValues& kv, const Trace& trace) const;
};

// value * gelu(gate), both halves of one projection.
struct GegluFeedForward {
  Linear proj, out;
  GegluFeedForward(const Scope& s, int64_t width);
  at::Tensor operator()(const at::Tensor& x) const;  // [B, N, C]
};

struct UnetTransformerBlock {
  LayerNorm norm1, norm2, norm3;
  UnetAttention attn1, attn2;
  GegluFeedForward ff;
  size_t place;  // of attn2 among all cross-attentions of the network
  UnetTransformerBlock(const Scope& s, int64_t width, int64_t heads, int64_t token_width, size_t place);
  at::Tensor operator()(at::Tensor x, const UnetAttention::KeysValues& tokens, const Trace& trace) const;  // [B, N, C]
};

// A 1x1 convolution or a linear layer over the channels: the same product of tokens with a matrix.
struct ChannelProjection {
  at::Tensor weight, bias;  // [C, C] or [C, C, 1, 1]; [C]
  ChannelProjection(const Scope& s, int64_t width, bool linear);
  at::Tensor operator()(const at::Tensor& x) const;  // [B, N, C]
};

struct UnetTransformer {
  GroupNorm norm;
  ChannelProjection proj_in;
  std::vector<UnetTransformerBlock> transformer_blocks;
  ChannelProjection proj_out;
};

// A down block, the middle block or an up block: resnets, each followed by an attention where the block has them, then
// the convolution that follows the change of resolution.
struct UnetStage {
  std::vector<Resnet> resnets;
  std::vector<UnetTransformer> attentions;  // none, or for the resnets of the same index
  std::optional<Conv2d> sampler;            // downsamplers.0.conv or upsamplers.0.conv
};

struct SdxlUnet {
  UnetConfig config;
  Conv2d conv_in;
  TimestepEmbedding time_embedding, add_embedding;
  std::vector<UnetStage> down_blocks;
  UnetStage mid_block;
  std::vector<UnetStage> up_blocks;
  GroupNorm conv_norm_out;
  Conv2d conv_out;

  SdxlUnet(const Scope& s, const UnetConfig& c);

  // What does not change over the steps of one picture: computed once, used by every call.
  struct Condition {
    at::Tensor added;                               // [B, T] the pooled condition and the size numbers, embedded
    std::vector<UnetAttention::KeysValues> tokens;  // of every cross-attention
  };
  // tokens [B, n, Z], pooled [B, pooled_width] (mean over the tokens), time_ids [B, 6] (original height and width, crop
  // top and left, target height and width). Any floating number types.
  Condition condition(const at::Tensor& tokens, const at::Tensor& pooled, const at::Tensor& time_ids) const;

  // x [B, in_channels, h, w] already scaled, t [B] timesteps (may be fractional) -> [B, out_channels, h, w] in x's
  // number type; the network computes in the type its weights were placed in.
  at::Tensor operator()(const at::Tensor& x, const at::Tensor& t, const Condition& c, const Probe& probe = {}) const;
};

}  // namespace b3o
