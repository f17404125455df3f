// The feed-forward part of a Qwen block.
#pragma once

#include "core/nn/layers.h"

namespace b3o {

// down(silu(gate(x)) * up(x))
struct GatedMlp {
  Linear gate_proj, up_proj;  // [inner, width]
  Linear down_proj;           // [width, inner]
  GatedMlp(const Scope& s, int64_t width, int64_t inner, Bias with_bias);
  at::Tensor operator()(const at::Tensor& x) const;  // [..., width] -> [..., width]
};

}  // namespace b3o
