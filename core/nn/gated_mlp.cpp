#include "core/nn/gated_mlp.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

namespace b3o {

GatedMlp::GatedMlp(const Scope& s, int64_t width, int64_t inner, Bias with_bias)
    : gate_proj(s / "gate_proj", width, inner, with_bias),
      up_proj(s / "up_proj", width, inner, with_bias),
      down_proj(s / "down_proj", inner, width, with_bias) {}

at::Tensor GatedMlp::operator()(const at::Tensor& x) const {
  at::Tensor gate = gate_proj(x);  // [..., inner]
  if (c10::GradMode::is_enabled()) return down_proj(at::silu(gate) * up_proj(x));
  return down_proj(at::silu_(gate).mul_(up_proj(x)));
}

}  // namespace b3o
