#include "core/train/losses.h"

#include <ATen/ATen.h>

#include "core/world/labels.h"

namespace b3o::train {
namespace {

constexpr int64_t kIgnored = world::CellLabels::kIgnored;

}  // namespace

at::Tensor cell_cross_entropy(const at::Tensor& logits, const at::Tensor& labels) {
  const at::Tensor each = at::cross_entropy_loss(logits.flatten(0, 1), labels.reshape({-1}), {}, at::Reduction::None,
                                                 kIgnored)
                              .view(labels.sizes());  // [B, N], 0 where ignored
  const at::Tensor count = labels.ne(kIgnored).sum(1).clamp_min(1);
  return (each.sum(1) / count).mean();
}

void count_right(Tally& tally, const std::string& name, const at::Tensor& logits, const at::Tensor& labels,
                 int64_t none) {
  const at::Tensor counts = at::logical_and(labels.ne(kIgnored), labels.ne(none));
  const at::Tensor right = at::logical_and(logits.argmax(-1).eq(labels), counts);
  const double n = counts.sum().item<double>();
  if (n > 0) tally.add(name, right.sum().item<double>() / n, n);
}

at::Tensor weighted_mean(const at::Tensor& x, const at::Tensor& w) {
  const at::Tensor weight = w.expand_as(x);
  return ((x * weight).flatten(1).sum(1) / weight.flatten(1).sum(1)).mean();
}

}  // namespace b3o::train
