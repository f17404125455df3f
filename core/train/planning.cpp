#include "core/train/planning.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include "core/models/eva_clip.h"
#include "core/sampling/flow.h"

namespace b3o::train {

at::Tensor planned(const NextDit& dit, const at::Tensor& states, const at::Tensor& noise, int steps, double guidance) {
  const c10::AutoGradMode no_gradients(false);
  const FlowSchedule schedule = flow_schedule(steps);
  const auto condition = dit.guided_condition(states);
  const auto modulation = dit.modulation(at::tensor(schedule.times, at::kFloat).to(noise.device()), condition);
  const auto predict = [&](const at::Tensor& x, int step) {
    return flow_guidance(dit(at::cat({x, x}), modulation, step, condition), guidance);
  };
  return grid_to_tokens(flow_euler(noise, schedule, predict));
}

}  // namespace b3o::train
