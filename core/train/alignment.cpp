#include "core/train/alignment.h"

#include <ATen/ATen.h>

#include <cmath>

#include "core/base/error.h"

namespace b3o::train {

CrossQueries::Alignment CrossQueries::alignment(const SdxlUnet::Condition& condition) const {
  std::vector<at::Tensor> keys;
  for (const auto& token : condition.tokens) keys.push_back(token.k);
  return over(keys, {});
}

CrossQueries::Alignment CrossQueries::alignment(const NextDit::Condition& condition, const at::Tensor& counts) const {
  return over(condition.keys, counts);
}

CrossQueries::Alignment CrossQueries::over(const std::vector<at::Tensor>& keys, const at::Tensor& counts) const {
  ensure(queries_.size() == keys.size(), "every cross-attention shows its queries");
  Alignment out;
  int64_t counted = 0;
  for (size_t i = 0; i < queries_.size(); ++i) {
    const int64_t all = queries_[i].size(1), n = queries_[i].size(2), heads = (all + 1) / 2;
    if (keys[i].size(2) != n) continue;
    const at::Tensor q = queries_[i].narrow(1, 0, heads);
    const at::Tensor k = keys[i].repeat_interleave(all / keys[i].size(1), 1).narrow(1, 0, heads);
    const at::Tensor scores = at::matmul(q, k.transpose(2, 3)) / std::sqrt(double(q.size(3)));  // [B, heads, N, N]
    const at::Tensor each = -at::log_softmax(scores, -1).diagonal(0, -2, -1).mean(at::IntArrayRef{1, 2});  // [B]
    const at::Tensor loss = (counts.defined() ? each * counts : each).mean();
    out.loss = counted == 0 ? loss : out.loss + loss;
    const at::Tensor own = at::arange(n, scores.options().dtype(at::kLong));
    const at::Tensor right = scores.detach().argmax(-1).eq(own).to(at::kFloat).mean(at::IntArrayRef{1, 2});  // [B]
    out.top1 += counts.defined() ? ((right * counts).sum() / counts.sum().clamp_min(1e-6)).item<double>()
                                 : right.mean().item<double>();
    ++counted;
  }
  ensure(counted > 0, "a cross-attention has as many places as tokens");
  out.loss = out.loss / double(counted);
  out.top1 /= double(counted);
  return out;
}

}  // namespace b3o::train
