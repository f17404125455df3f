// The layers every network is made of: a struct of named weights whose constructor states their shapes and whose call
// is the formula. Inputs are in the compute type; matrices may be stored in another one (Placement).
#pragma once

#include <ATen/core/Tensor.h>

#include "core/weights/scope.h"

namespace b3o {

enum class Bias : bool { no, yes };

// x W^T + b for x [..., in], weight [out, in], bias [out] or undefined. When weight's number type is not x's, the
// weight is converted in panels of rows, so no second copy of it ever exists.
at::Tensor apply_linear(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias);

struct Linear {
  at::Tensor weight;  // [out, in]
  at::Tensor bias;    // [out] or undefined
  Linear(const Scope& s, int64_t in, int64_t out, Bias with_bias = Bias::yes);
  at::Tensor operator()(const at::Tensor& x) const { return apply_linear(x, weight, bias); }  // [..., in] -> [..., out]
};

struct Embedding {
  at::Tensor weight;  // [rows, width]
  Embedding(const Scope& s, int64_t rows, int64_t width);
  // ids: int64, any shape; result [..., width] in `type`.
  at::Tensor operator()(const at::Tensor& ids, at::ScalarType type) const;
};

struct Conv2d {
  at::Tensor weight;  // [out, in, k, k]
  at::Tensor bias;    // [out]
  int64_t stride, padding;
  Conv2d(const Scope& s, int64_t in, int64_t out, int64_t kernel, int64_t stride = 1, int64_t padding = 0);
  at::Tensor operator()(const at::Tensor& x) const;  // [B, in, H, W]
};

struct LayerNorm {
  at::Tensor weight, bias;  // [width]
  double eps;
  LayerNorm(const Scope& s, int64_t width, double eps);
  at::Tensor operator()(const at::Tensor& x) const;  // over the last axis
};

// w * cast(x32 * rsqrt(mean(x32^2) + eps)): statistics in fp32, the product with w in the compute type.
struct RmsNorm {
  at::Tensor weight;  // [width]
  double eps;
  RmsNorm(const Scope& s, int64_t width, double eps);
  at::Tensor operator()(const at::Tensor& x) const;  // over the last axis
};

struct GroupNorm {
  at::Tensor weight, bias;  // [channels]
  int64_t groups;
  double eps;
  GroupNorm(const Scope& s, int64_t channels, int64_t groups, double eps);
  at::Tensor operator()(const at::Tensor& x) const;  // [B, C, ...]
};

at::Tensor split_heads(const at::Tensor& x, int64_t heads);  // [B, T, H*D] -> [B, H, T, D]
at::Tensor merge_heads(const at::Tensor& x);                 // [B, H, T, D] -> [B, T, H*D]

// softmax(q k^T / sqrt(D)) v with the softmax in fp32; q [B, H, T, D], k and v [B, K, S, D] where K divides H: head j
// of q reads head j / (H / K) of k (nothing is repeated in memory). causal: query t sees the keys up to S - T + t.
// mask: undefined, or [B, 1, T, S] bool, true = may look. Long queries are worked off in chunks, so that no score
// matrix larger than about 256 MB exists where the fused kernel does not apply.
at::Tensor attend(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, bool causal = false,
                  const at::Tensor& mask = {});

// cos and sin first halves: [n] -> [n, width], cos(v f_k) then sin(v f_k), f_k = exp(-ln(10000) k / (width/2)).
// fp32 (generation.md 4.4, decoder.md 2.1 with freq_shift 0).
at::Tensor sinusoid(const at::Tensor& values, int64_t width);

}  // namespace b3o
