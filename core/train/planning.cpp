#include "core/train/planning.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include "core/base/error.h"
#include "core/models/eva_clip.h"
#include "core/sampling/flow.h"

namespace b3o::train {

PlanWay PlanWay::from_json(const Fields& recipe) {
  PlanWay way;
  if (!recipe.has("plan")) return way;
  const Fields f = recipe.object("plan");
  if (f.has("steps")) way.steps = int(f.integer_in("steps", 1, 1000));
  way.guidance = f.number("guidance", way.guidance);
  if (!(way.guidance >= 0 && way.guidance <= 100))
    throw LoadError(cat(f.where(), ": key 'guidance' is ", way.guidance, ", expected 0 to 100"));
  return way;
}

at::Tensor planned(const NextDit& dit, const at::Tensor& states, const at::Tensor& noise, const PlanWay& way) {
  const c10::AutoGradMode no_gradients(false);
  const FlowSchedule schedule = flow_schedule(way.steps);
  const auto condition = dit.guided_condition(states);
  const auto modulation = dit.modulation(at::tensor(schedule.times, at::kFloat).to(noise.device()), condition);
  const auto predict = [&](const at::Tensor& x, int step) {
    return flow_guidance(dit(at::cat({x, x}), modulation, step, condition), way.guidance);
  };
  return grid_to_tokens(flow_euler(noise, schedule, predict));
}

}  // namespace b3o::train
