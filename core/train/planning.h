// From the states of the queries to features: the flow as the program samples it.
// B pictures, Q queries, H hidden width, N tokens, C width of a feature.
#pragma once

#include <ATen/core/Tensor.h>

#include "core/models/next_dit.h"

namespace b3o::train {

inline constexpr int kPlanSteps = 8;  // embedded-model.md 7: as good as 16
inline constexpr double kPlanGuidance = 2;

// states [B, Q, H], noise [B, C, s, s] -> features [B, N, C]. Without gradients.
at::Tensor planned(const NextDit& dit, const at::Tensor& states, const at::Tensor& noise, int steps = kPlanSteps,
                   double guidance = kPlanGuidance);

}  // namespace b3o::train
