#include "core/train/layout_cells.h"

#include <ATen/ATen.h>

#include "core/train/losses.h"
#include "core/world/labels.h"

namespace b3o::train {
namespace {

constexpr int64_t kIgnored = world::CellLabels::kIgnored;

}  // namespace

at::Tensor cell_weights(const at::Tensor& labels, int64_t none, double none_weight) {
  return at::where(labels.eq(none), none_weight, labels.ne(kIgnored).to(at::kFloat));
}

at::Tensor cell_loss(const at::Tensor& logits, const at::Tensor& labels, const at::Tensor& weights) {
  const at::Tensor each =
      at::cross_entropy_loss(logits.flatten(0, 1), labels.reshape({-1}), {}, at::Reduction::None, kIgnored)
          .view(labels.sizes());  // [B, N], 0 where ignored
  return ((each * weights).sum(1) / weights.sum(1).clamp_min(1e-6)).mean();
}

at::Tensor feature_loss(const at::Tensor& features, const at::Tensor& wanted, const at::Tensor& extra) {
  return weighted_mean((features - wanted).square(), (1 + extra).unsqueeze(2));
}

at::Tensor cells_right(const at::Tensor& logits, const at::Tensor& labels) {
  return at::logical_or(labels.eq(kIgnored), logits.argmax(-1).eq(labels));
}

}  // namespace b3o::train
