#include "core/sampling/flow.h"

#include <ATen/ATen.h>

#include <cmath>

#include "core/base/error.h"

namespace b3o {

FlowSchedule flow_schedule(int steps, double shift, FlowTimes times) {
  if (steps < 1) throw RequestError(cat("the flow needs at least 1 step, got ", steps));
  if (!(shift > 0.0) || !std::isfinite(shift))
    throw RequestError(cat("the flow's shift must be positive, got ", shift));
  const double last = 1.0 / double(steps);
  const double stride = steps > 1 ? (last - 1.0) / double(steps - 1) : 0.0;
  const float k = float(shift), k1 = float(shift - 1.0);
  FlowSchedule schedule;
  for (int i = 0; i < steps; ++i) {
    const float even = i > 0 && i == steps - 1 ? float(last) : float(1.0 + double(i) * stride);
    const float sigma = k * even / (1.0f + k1 * even);
    const float time = 1000.0f * sigma;
    schedule.sigmas.push_back(sigma);
    schedule.times.push_back(times == FlowTimes::truncated ? std::trunc(time) : time);
  }
  schedule.sigmas.push_back(0.0f);
  return schedule;
}

at::Tensor flow_step(const at::Tensor& x, const at::Tensor& velocity, float from, float to) {
  const at::Tensor moved = (velocity.to(at::kFloat) * double(to - from)).to(velocity.scalar_type());
  return (x.to(at::kFloat) + moved.to(at::kFloat)).to(x.scalar_type());
}

int flow_first_step(int steps, double strength) {
  ensure(strength >= 0 && strength <= 1, "a strength lies between 0 and 1");
  return steps - int(std::trunc(steps * strength));
}

AfterStep keep_places(at::Tensor keep, at::Tensor data, at::Tensor noise, FlowSchedule schedule) {
  return [=](at::Tensor x, int step) {
    const bool last = step == schedule.steps();
    const at::Tensor kept = last ? data : flow_mix(data, noise, schedule.sigmas[size_t(step)]);
    return at::where(keep, kept.to(x.scalar_type()), x);
  };
}

FlowBack flow_back(double sigma, double noisier) {
  ensure(sigma >= 0 && sigma <= noisier && noisier <= 1 && sigma < 1, "the way back leads to more noise");
  const double data = (1 - noisier) / (1 - sigma);
  return {data, std::sqrt(noisier * noisier - data * sigma * data * sigma)};
}

at::Tensor flow_euler(at::Tensor x, const FlowSchedule& schedule, const FlowPredict& predict, const AfterStep& after,
                      int first, const FlowRepeats& repeats) {
  ensure(first >= 0 && first <= schedule.steps(), "the flow starts inside its schedule");
  for (int i = first; i < schedule.steps(); ++i) {
    const float from = schedule.sigmas[size_t(i)], to = schedule.sigmas[size_t(i) + 1];
    for (int repeat = 0; repeat < repeats.times; ++repeat) {
      if (repeat > 0) {
        const FlowBack back = flow_back(to, from);
        x = x * back.data + repeats.noise(i, repeat).to(x.options()) * back.noise;
      }
      x = flow_step(x, predict(x, i), from, to);
      if (after) x = after(std::move(x), i + 1);
    }
  }
  return x;
}

at::Tensor flow_guidance(const at::Tensor& rows, double scale) {
  ensure(rows.dim() > 0 && rows.size(0) % 2 == 0, "guidance has one unconditional row for each conditional row");
  const int64_t half = rows.size(0) / 2;
  const at::Tensor null = rows.narrow(0, 0, half);
  return null + (rows.narrow(0, half, half) - null) * scale;
}

at::Tensor flow_mix(const at::Tensor& data, const at::Tensor& noise, float sigma) {
  return (data.to(at::kFloat) * double(1.0f - sigma) + noise.to(at::kFloat) * double(sigma)).to(data.scalar_type());
}

at::Tensor flow_estimate(const at::Tensor& x, const at::Tensor& velocity, float sigma) {
  return (x.to(at::kFloat) - velocity.to(at::kFloat) * double(sigma)).to(x.scalar_type());
}

}  // namespace b3o
