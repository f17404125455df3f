// Losses and scores that several stages share. Every loss is a mean over pictures of a mean over the picture, so that
// shares of a batch can be averaged whatever they hold.
#pragma once

#include <ATen/core/Tensor.h>

#include <string>

#include "core/train/tally.h"

namespace b3o::train {

// logits [B, N, C], labels [B, N] int64, 255 = ignored.
at::Tensor cell_cross_entropy(const at::Tensor& logits, const at::Tensor& labels);

// Adds the part of the labelled cells that are right; cells of the class `none` do not count (-1: all do).
void count_right(Tally& tally, const std::string& name, const at::Tensor& logits, const at::Tensor& labels,
                 int64_t none);

// x [B, ...] -> the mean over pictures of (w x) summed over the rest / w summed over the rest; w broadcasts against x.
at::Tensor weighted_mean(const at::Tensor& x, const at::Tensor& w);

}  // namespace b3o::train
