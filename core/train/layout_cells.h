// What networks are asked about the 64 cells of a picture, and how well they answer.
// B pictures, N cells, C classes, W width of a feature.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>

namespace b3o::train {

// logits [B, N, C], labels [B, N] int64, 255 = ignored. A cell of the class `none` counts `none_weight`, any other 1;
// every picture counts alike.
at::Tensor cell_loss(const at::Tensor& logits, const at::Tensor& labels, int64_t none, double none_weight);

// Mean squared distance of features [B, N, W]; cells with an object (`objects` [B, N] is below `none`; ignored ones
// are touched by an object) count `object_weight`, the others 1.
at::Tensor feature_loss(const at::Tensor& features, const at::Tensor& wanted, const at::Tensor& objects, int64_t none,
                        double object_weight);

// [B, N] bool: the label is ignored or the largest logit is its class.
at::Tensor cells_right(const at::Tensor& logits, const at::Tensor& labels);

}  // namespace b3o::train
