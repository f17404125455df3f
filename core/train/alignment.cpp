#include "core/train/alignment.h"

#include <ATen/ATen.h>

#include <cmath>

#include "core/base/error.h"

namespace b3o::train {

CrossQueries::Alignment CrossQueries::alignment(const SdxlUnet::Condition& condition) const {
  ensure(queries_.size() == condition.tokens.size(), "every cross-attention shows its queries");
  Alignment out;
  int64_t counted = 0;
  for (size_t i = 0; i < queries_.size(); ++i) {
    const int64_t heads = (queries_[i].size(1) + 1) / 2, n = queries_[i].size(2);
    if (condition.tokens[i].k.size(2) != n) continue;
    const at::Tensor q = queries_[i].narrow(1, 0, heads), k = condition.tokens[i].k.narrow(1, 0, heads);
    const at::Tensor scores = at::matmul(q, k.transpose(2, 3)) / std::sqrt(double(q.size(3)));  // [B, heads, N, N]
    const at::Tensor loss = -at::log_softmax(scores, -1).diagonal(0, -2, -1).mean();
    out.loss = counted == 0 ? loss : out.loss + loss;
    const at::Tensor own = at::arange(n, scores.options().dtype(at::kLong));
    out.top1 += scores.detach().argmax(-1).eq(own).to(at::kFloat).mean().item<double>();
    ++counted;
  }
  ensure(counted > 0, "a cross-attention has as many places as tokens");
  out.loss = out.loss / double(counted);
  out.top1 /= double(counted);
  return out;
}

}  // namespace b3o::train
