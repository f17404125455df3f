// From the states of the queries to features: the flow as the program samples it.
// B pictures, Q queries, H hidden width, N tokens, C width of a feature.
#pragma once

#include <ATen/core/Tensor.h>

#include "core/models/next_dit.h"

namespace b3o::train {

// How plans are sampled; 8 steps are as good as 16 (embedded-model.md 7).
struct PlanWay {
  int steps = 8;
  double guidance = 2;
  static PlanWay from_json(const Fields& recipe);  // key "plan": {"steps", "guidance"}, both optional
};

// states [B, Q, H], noise [B, C, s, s] -> features [B, N, C]. Without gradients.
at::Tensor planned(const NextDit& dit, const at::Tensor& states, const at::Tensor& noise, const PlanWay& way);

}  // namespace b3o::train
