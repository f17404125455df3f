// What networks are asked about the 64 cells of a picture, and how well they answer.
// B pictures, N cells, C classes, W width of a feature.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>

namespace b3o::train {

// How much each cell counts: cells of the class `none` none_weight, ignored ones (255) nothing, all others 1. [B, N]
at::Tensor cell_weights(const at::Tensor& labels, int64_t none, double none_weight);

// logits [B, N, C], labels [B, N] int64, 255 = ignored. Mean over pictures of the weighted mean over their cells.
at::Tensor cell_loss(const at::Tensor& logits, const at::Tensor& labels, const at::Tensor& weights);

// Mean squared distance of features [B, N, W]; the cells count 1 + extra [B, N].
at::Tensor feature_loss(const at::Tensor& features, const at::Tensor& wanted, const at::Tensor& extra);

// [B, N] bool: the label is ignored or the largest logit is its class.
at::Tensor cells_right(const at::Tensor& logits, const at::Tensor& labels);

}  // namespace b3o::train
