// The vision tower of Qwen2.5-VL (understanding.md 5): patches in, one feature row per merge x merge patches out.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <vector>

#include "core/base/json.h"
#include "core/models/vision_grid.h"
#include "core/nn/gated_mlp.h"
#include "core/nn/layers.h"
#include "core/nn/probe.h"

namespace b3o {

// Letters: N patches, W hidden_size, H num_heads, D = W / H, M = spatial_merge_size^2 patches of one output row,
// O out_hidden_size, C T p p = in_channels, temporal_patch_size, patch_size twice.
struct QwenVisionConfig {
  int64_t depth, hidden_size, num_heads, intermediate_size, out_hidden_size;
  int64_t in_channels, patch_size, temporal_patch_size, spatial_merge_size, window_size;
  std::vector<int64_t> fullatt_block_indexes;  // blocks that attend to the whole picture, not to a window

  static QwenVisionConfig from_json(const Fields& vision_config);
  int64_t merged() const { return spatial_merge_size * spatial_merge_size; }                            // M
  int64_t patch_values() const { return in_channels * temporal_patch_size * patch_size * patch_size; }  // C T p p
  int64_t window_side() const { return window_size / spatial_merge_size / patch_size; }  // in output rows
};

// Numbers of the output rows in the order of the windows: per picture and frame, windows in raster order, raster order
// inside each (understanding.md 5.3).
std::vector<int64_t> vision_window_index(const std::vector<VisionGrid>& grids, const QwenVisionConfig& config);

// `count` stretches of `length` patches each, one behind the other, that do not see each other.
struct VisionRun {
  int64_t begin, count, length;
};

// Rotation angles of every patch, fp32.
struct VisionRotation {
  at::Tensor cos, sin;  // [N, 1, 1, D/2]
};

struct VisionAttention {
  int64_t heads;
  Linear qkv, proj;
  VisionAttention(const Scope& s, const QwenVisionConfig& c);
  // Queries and keys turned, values: [N, W] -> [N, 3, H, D]
  at::Tensor project(const at::Tensor& x, const VisionRotation& turn) const;
};

struct VisionBlock {
  RmsNorm norm1, norm2;
  VisionAttention attn;
  GatedMlp mlp;
  VisionBlock(const Scope& s, const QwenVisionConfig& c);
  // Works in parts of at most `rows` patches and shows each part: large pictures need little memory and stop in time.
  at::Tensor operator()(const at::Tensor& x, const VisionRotation& turn, const std::vector<VisionRun>& runs,
                        int64_t rows, const Probe& probe) const;  // [N, W]
};

struct VisionMerger {
  RmsNorm ln_q;
  Linear mlp_0, mlp_2;
  int64_t joined;  // M W
  VisionMerger(const Scope& s, const QwenVisionConfig& c);
  at::Tensor operator()(const at::Tensor& x) const;  // [N, W] -> [N/M, O]
};

struct QwenVision {
  QwenVisionConfig config;
  at::Tensor patch_embed;  // [W, C, T, p, p]
  std::vector<VisionBlock> blocks;
  VisionMerger merger;
  at::Tensor frequencies;  // [D/4] fp32, for rows and columns alike
  int64_t part_rows;       // patches a block works on at once

  QwenVision(const Scope& s, const QwenVisionConfig& c);
  // pixels [N, C T p p], the pictures' patches one behind the other, in the order of understanding.md 4.5. Pictures do
  // not see each other: one at a time gives the same rows and bounds the memory.
  // Probe: "patch_embed" [N, W] in the order of pixels, then "blocks.0", "blocks.1", ... [N, W] in window order; also
  // "part", any number of times, for pauses inside a block. RequestError when pixels and grids do not fit.
  at::Tensor operator()(const at::Tensor& pixels, const std::vector<VisionGrid>& grids,
                        const Probe& probe = {}) const;  // [N/M, O] in raster order, picture by picture
};

}  // namespace b3o
