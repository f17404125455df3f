// The EVA-CLIP image tower whose pooled features the flow plans (generation.md 6): a plain vision transformer with the
// norms on the outputs of its branches. B pictures, n = side * side patches, W width.
#pragma once

#include <ATen/core/Tensor.h>

#include <string>
#include <vector>

#include "core/base/json.h"
#include "core/nn/layers.h"
#include "core/nn/probe.h"

namespace b3o {

struct EvaConfig {
  int64_t image_size, patch_size, width, head_width, layers;
  double mlp_ratio;

  int64_t heads() const { return width / head_width; }
  int64_t side() const { return image_size / patch_size; }  // patches per side
  int64_t mlp_width() const { return int64_t(double(width) * mlp_ratio); }

  // The object `gen_vision_config`; LoadError for a missing key or a value this network cannot have.
  static EvaConfig from_json(const Fields& gen_vision_config);
  // The released models, whose folders carry no gen_vision_config.
  static EvaConfig official();
};

struct EvaAttention {
  int64_t heads;
  at::Tensor qkv_weight, qkv_bias;  // [3W, W], [3W]
  Linear proj;
  EvaAttention(const Scope& s, const EvaConfig& c);  // files hold qkv.bias, or q_bias and v_bias and no bias for k
  at::Tensor operator()(const at::Tensor& x) const;  // [B, 1 + n, W]
};

struct EvaBlock {
  EvaAttention attn;
  LayerNorm norm1, norm2;
  Linear fc1, fc2;
  EvaBlock(const Scope& s, const EvaConfig& c);
  // [B, 1 + n, W]; the MLP works in parts of part_rows tokens.
  at::Tensor operator()(const at::Tensor& x, int64_t part_rows, const Probe& probe) const;
};

struct EvaClip {
  EvaConfig config;
  at::Tensor cls_token, pos_embed;  // [1, 1, W], [1, 1 + n, W]
  Conv2d patch_embed;
  std::vector<EvaBlock> blocks;
  int64_t part_rows;  // on the CPU about a quarter of a second of work at the released widths

  EvaClip(const Scope& s, const EvaConfig& c);  // s: model.gen_vision_tower.vision_tower.model

  // pixels [B, 3, S, S], normalised, any number type; returns [B, n, W], row-major, without the class token.
  // Probes: patch_embed, attn and part inside a block, blocks.I with the class token first.
  at::Tensor tokens(const at::Tensor& pixels, const Probe& probe = {}) const;
};

// [B, n*n, W] -> [B, W, n/stride, n/stride]: means of stride x stride patches.
at::Tensor pool_tokens(const at::Tensor& tokens, int64_t stride);
// "early_pool2d_4" -> 4; LoadError for any other form.
int64_t pooling_stride(const std::string& gen_pooling);

at::Tensor grid_to_tokens(const at::Tensor& grid);                          // [B, C, h, w] -> [B, h*w, C]
at::Tensor tokens_to_grid(const at::Tensor& tokens, int64_t h, int64_t w);  // [B, h*w, C] -> [B, C, h, w]

}  // namespace b3o
