#include "core/train/flow_objective.h"

#include <ATen/ATen.h>

#include <cmath>
#include <cstdio>
#include <numbers>

#include "core/base/error.h"

namespace b3o::train {
namespace {

constexpr double kTimes = 1000;

at::Tensor per_picture(const at::Tensor& values) { return values.view({-1, 1, 1, 1}); }

}  // namespace

TimeDensity TimeDensity::parse(const std::string& text) {
  TimeDensity d;
  const auto ends = [&](int used) { return used >= 0 && size_t(used) == text.size(); };
  int used = -1;
  if (text == "uniform") return d;
  d.kind = Kind::logit_normal;
  if (text == "logit_normal") return d;
  if (std::sscanf(text.c_str(), "logit_normal(%lf,%lf)%n", &d.mean, &d.spread, &used) == 2 && ends(used) &&
      d.spread > 0 && std::isfinite(d.spread) && std::isfinite(d.mean))
    return d;
  d = {.kind = Kind::mode};
  used = -1;
  if (text == "mode") return d;
  if (std::sscanf(text.c_str(), "mode(%lf)%n", &d.scale, &used) == 1 && ends(used) && std::isfinite(d.scale)) return d;
  throw RequestError(cat("The density of times is '", text,
                         "', expected uniform, logit_normal, logit_normal(mean,spread), mode or mode(scale)."));
}

at::Tensor TimeDensity::position(const at::Tensor& u, const at::Tensor& n) const {
  constexpr double kBelowOne = 1 - 1e-7;
  switch (kind) {
    case Kind::uniform:
      return u;
    case Kind::logit_normal:
      return at::sigmoid(mean + spread * n).clamp_max(kBelowOne);
    case Kind::mode:
      return (1 - u - scale * (at::cos(u * (std::numbers::pi / 2)).square() - 1 + u)).clamp(0, kBelowOne);
  }
  return u;
}

at::Tensor flow_times(const at::Tensor& position) { return kTimes - at::floor(position * kTimes); }

FlowSample flow_sample(const at::Tensor& data, const at::Tensor& noise, const at::Tensor& times) {
  const at::Tensor sigma = per_picture(times / kTimes);
  return {(1 - sigma) * data + sigma * noise, noise - data};
}

at::Tensor drop_conditions(const at::Tensor& states, const at::Tensor& drop) {
  return states * (1 - drop.to(states.scalar_type()).view({-1, 1, 1}));
}

at::Tensor flow_answer(const NextDit& dit, const FlowSample& sample, const at::Tensor& times,
                       const at::Tensor& states) {
  return dit(sample.x, times, dit.condition(states));
}

at::Tensor flow_errors(const at::Tensor& answer, const FlowSample& sample, const at::Tensor& weight) {
  const at::Tensor squares = (answer.to(at::kFloat) - sample.velocity.to(at::kFloat)).square();
  if (!weight.defined()) return squares.flatten(1).mean(1);
  const at::Tensor w = weight.expand_as(squares);
  return (squares * w).flatten(1).sum(1) / w.flatten(1).sum(1);
}

}  // namespace b3o::train
