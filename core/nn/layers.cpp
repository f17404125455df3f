#include "core/nn/layers.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include <algorithm>
#include <cmath>

#include "core/base/error.h"

namespace b3o {
namespace {

// A panel of about 4 MB of fp32 stays in the caches of the cores that multiply it.
constexpr int64_t kPanelElements = 1 << 20;
constexpr int64_t kScoreElements = int64_t(64) << 20;  // 256 MB of fp32
constexpr int64_t kMaskElements = int64_t(4) << 20;    // 16 MB of fp32

}  // namespace

at::Tensor apply_linear(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias) {
  if (weight.scalar_type() == x.scalar_type()) return at::linear(x, weight, bias);
  // Trained weights, and frozen ones that gradients pass through, may be kept in fp32 and used in a shorter type.
  if (c10::GradMode::is_enabled() && (weight.requires_grad() || x.requires_grad()))
    return at::linear(x, weight.to(x.scalar_type()), bias.defined() ? bias.to(x.scalar_type()) : bias);
  const int64_t out = weight.size(0), in = weight.size(1);
  const int64_t rows = std::clamp<int64_t>(kPanelElements / in, 1, out);
  const at::Tensor flat = x.reshape({-1, in});                 // [N, in]
  at::Tensor y = at::empty({flat.size(0), out}, x.options());  // [N, out]
  for (int64_t begin = 0; begin < out; begin += rows) {
    const int64_t n = std::min(rows, out - begin);
    at::Tensor target = y.narrow(1, begin, n);
    const at::Tensor panel = weight.narrow(0, begin, n).to(x.scalar_type());  // [n, in]
    if (bias.defined())
      at::addmm_out(target, bias.narrow(0, begin, n).to(x.scalar_type()), flat, panel.t());
    else
      at::mm_out(target, flat, panel.t());
  }
  Shape shape = x.sizes().vec();
  shape.back() = out;
  return y.view(shape);
}

Linear::Linear(const Scope& s, int64_t in, int64_t out, Bias with_bias)
    : weight(s.take_matrix("weight", {out, in})), bias(with_bias == Bias::yes ? s.take("bias", {out}) : at::Tensor()) {}

Embedding::Embedding(const Scope& s, int64_t rows, int64_t width) : weight(s.take_matrix("weight", {rows, width})) {}

at::Tensor Embedding::operator()(const at::Tensor& ids, at::ScalarType type) const {
  return at::embedding(weight, ids).to(type);
}

Conv2d::Conv2d(const Scope& s, int64_t in, int64_t out, int64_t kernel, int64_t stride, int64_t padding)
    : weight(s.take_matrix("weight", {out, in, kernel, kernel})),
      bias(s.take("bias", {out})),
      stride(stride),
      padding(padding) {}

at::Tensor Conv2d::operator()(const at::Tensor& x) const {
  return at::conv2d(x, weight.to(x.scalar_type()), bias, stride, padding);
}

LayerNorm::LayerNorm(const Scope& s, int64_t width, double eps)
    : weight(s.take("weight", {width})), bias(s.take("bias", {width})), eps(eps) {}

at::Tensor LayerNorm::operator()(const at::Tensor& x) const {
  return at::layer_norm(x, weight.sizes(), weight, bias, eps);
}

RmsNorm::RmsNorm(const Scope& s, int64_t width, double eps) : weight(s.take("weight", {width})), eps(eps) {}

at::Tensor RmsNorm::operator()(const at::Tensor& x) const {
  const at::Tensor wide = x.to(at::kFloat);
  const at::Tensor scale = at::rsqrt(wide.square().mean(-1, true) + eps);
  return weight * (wide * scale).to(x.scalar_type());
}

GroupNorm::GroupNorm(const Scope& s, int64_t channels, int64_t groups, double eps)
    : weight(s.take("weight", {channels})), bias(s.take("bias", {channels})), groups(groups), eps(eps) {}

at::Tensor GroupNorm::operator()(const at::Tensor& x) const { return at::group_norm(x, groups, weight, bias, eps); }

at::Tensor split_heads(const at::Tensor& x, int64_t heads) {
  return x.view({x.size(0), x.size(1), heads, x.size(2) / heads}).transpose(1, 2);
}

at::Tensor merge_heads(const at::Tensor& x) {
  return x.transpose(1, 2).reshape({x.size(0), x.size(2), x.size(1) * x.size(3)});
}

namespace {

// One call of the library. Heads that share keys see them through a stride of zero, which every kernel accepts; the
// library's own flag for such heads has no memory-efficient kernel on the GPU.
at::Tensor attend_whole(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, bool causal,
                        const at::Tensor& allowed) {
  const int64_t batch = q.size(0), heads = q.size(1), tokens = q.size(2), width = q.size(3);
  const int64_t kv_heads = k.size(1), keys = k.size(2), group = heads / kv_heads;
  std::optional<at::Tensor> mask = allowed.defined() ? std::optional(allowed) : std::nullopt;
  if (group == 1) return at::scaled_dot_product_attention(q, k, v, mask, 0.0, causal);
  if (tokens == 1)  // the group becomes the query axis
    return at::scaled_dot_product_attention(q.reshape({batch, kv_heads, group, width}), k, v, mask)
        .reshape({batch, heads, 1, width});
  const auto shared = [&](const at::Tensor& t) {
    return t.reshape({batch * kv_heads, 1, keys, width}).expand({batch * kv_heads, group, keys, width});
  };
  if (mask && mask->size(0) != 1)
    mask = mask->expand({batch, kv_heads, tokens, keys}).reshape({batch * kv_heads, 1, tokens, keys});
  return at::scaled_dot_product_attention(q.reshape({batch * kv_heads, group, tokens, width}), shared(k), shared(v),
                                          mask, 0.0, causal)
      .reshape({batch, heads, tokens, width});
}

}  // namespace

at::Tensor attend(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, bool causal, const at::Tensor& mask) {
  const int64_t batch = q.size(0), heads = q.size(1), tokens = q.size(2), width = q.size(3), keys = k.size(2);
  const bool fused = width <= 256;                                     // else the library makes all scores at once
  const bool triangle = causal && tokens > 1;                          // one query sees every key
  const bool listed = triangle && (tokens != keys || mask.defined());  // the library's own causal form is square
  int64_t rows = tokens;
  if (!fused) rows = std::min(rows, kScoreElements / std::max<int64_t>(1, batch * heads * keys));
  if (listed) rows = std::min(rows, kMaskElements / std::max<int64_t>(1, keys));
  rows = std::max<int64_t>(rows, 1);
  if (rows >= tokens && !listed) return attend_whole(q, k, v, triangle, mask);

  std::vector<at::Tensor> parts;
  for (int64_t begin = 0; begin < tokens; begin += rows) {
    const int64_t n = std::min(rows, tokens - begin);
    const int64_t seen = triangle ? keys - tokens + begin + n : keys;  // by the last of these queries
    at::Tensor allowed = mask.defined() ? mask.narrow(2, begin, n).narrow(3, 0, seen) : at::Tensor();
    if (triangle) {
      const auto index = q.options().dtype(at::kLong);
      const at::Tensor lower = (at::arange(seen, index).unsqueeze(0) <= at::arange(seen - n, seen, index).unsqueeze(1))
                                   .view({1, 1, n, seen});
      allowed = allowed.defined() ? at::logical_and(allowed, lower) : lower;
    }
    parts.push_back(attend_whole(q.narrow(2, begin, n), k.narrow(2, 0, seen), v.narrow(2, 0, seen), false, allowed));
  }
  return parts.size() == 1 ? parts[0] : at::cat(parts, 2);
}

at::Tensor sinusoid(const at::Tensor& values, int64_t width) {
  const int64_t half = width / 2;
  const at::Tensor k = at::arange(half, values.options().dtype(at::kFloat));
  const at::Tensor frequency = at::exp(k * (-std::log(10000.0) / double(half)));
  const at::Tensor angle = values.to(at::kFloat).unsqueeze(1) * frequency.unsqueeze(0);  // [n, half]
  return at::cat({at::cos(angle), at::sin(angle)}, 1);                                   // [n, width]
}

}  // namespace b3o
