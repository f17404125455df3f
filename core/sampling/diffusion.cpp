#include "core/sampling/diffusion.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>

#include "core/base/error.h"

namespace b3o {
namespace {

double unscaled(double sigma) { return 1.0 / std::sqrt(sigma * sigma + 1.0); }

// What both steppers have in common: the network at x before `step`, as an estimate of the clean data.
at::Tensor output_at(const DiffusionRun& run, const at::Tensor& x, int step) {
  return run.predict(x * unscaled(run.schedule.sigmas[size_t(step)]), step).to(at::kFloat);
}

void see(const DiffusionRun& run, const at::Tensor& data, int step) {
  if (run.see) run.see(data, step);
}

at::Tensor after(const DiffusionRun& run, at::Tensor x, int step) {
  return run.after ? run.after(std::move(x), step) : x;
}

int times(const NoiseSchedule& schedule, int step, const Repeats& repeats) {
  return schedule.sigmas[size_t(step)] > repeats.above ? repeats.times : 1;
}

// Back to the start of `step`, to take it once more.
at::Tensor taken_back(const DiffusionRun& run, const at::Tensor& x, int step, int repeat) {
  const double noise = way_back(run.schedule.sigmas[size_t(step) + 1], run.schedule.sigmas[size_t(step)]);
  return x + run.repeats.noise(step, repeat).to(x.options()) * noise;
}

void check(const DiffusionRun& run) {
  ensure(run.schedule.sigmas.size() == run.schedule.timesteps.size() + 1, "a schedule has one level more than steps");
  ensure(run.first >= 0 && run.first <= run.schedule.steps(), "a run starts inside its schedule");
}

at::Tensor euler_step(at::Tensor x, const DiffusionRun& run, int i) {
  double sigma = run.schedule.sigmas[size_t(i)];
  const double next = run.schedule.sigmas[size_t(i) + 1];
  const at::Tensor output = output_at(run, x, i);
  const Churn& churn = run.churn;
  if (churn.amount > 0 && sigma >= churn.low && sigma <= churn.high) {
    // as the reference does, the network's output is that before the noise
    const double raised = sigma * (1.0 + std::min(churn.amount / run.schedule.steps(), std::sqrt(2.0) - 1.0));
    x = x + churn.noise(i).to(x.options()) * (churn.scale * std::sqrt(raised * raised - sigma * sigma));
    sigma = raised;
  }
  const at::Tensor data = estimate(x, output, sigma, run.schedule.prediction);
  see(run, data, i);
  return after(run, x + (x - data) * ((next - sigma) / sigma), i + 1);
}

}  // namespace

int first_step(int steps, double strength) {
  const int running = std::isfinite(strength) ? int(std::clamp(std::trunc(steps * strength), 0.0, double(steps))) : 0;
  if (running < 1 || strength > 1.0)
    throw RequestError(cat("strength ", strength, " of ", steps, " steps runs no step, expected a strength from ",
                           1.0 / std::max(steps, 1), " to 1"));
  return steps - running;
}

at::Tensor add_noise(const at::Tensor& data, const at::Tensor& noise, double sigma) { return data + noise * sigma; }

at::Tensor estimate(const at::Tensor& x, const at::Tensor& output, double sigma, Prediction prediction) {
  switch (prediction) {
    case Prediction::epsilon:
      return x - output * sigma;
    case Prediction::v:
      return x / (sigma * sigma + 1.0) - output * (sigma * unscaled(sigma));
    case Prediction::sample:
      return output;
  }
  throw Error("internal error: an unknown kind of prediction");
}

at::Tensor diffusion_guidance(const at::Tensor& rows, double scale) {
  ensure(rows.dim() > 0 && rows.size(0) % 2 == 0, "guidance has one unconditional row for each conditional row");
  const int64_t half = rows.size(0) / 2;
  const at::Tensor without = rows.narrow(0, half, half);
  return without + (rows.narrow(0, 0, half) - without) * scale;
}

int steps_taken(const NoiseSchedule& schedule, int first, const Repeats& repeats) {
  int sum = 0;
  for (int i = first; i < schedule.steps(); ++i) sum += times(schedule, i, repeats);
  return sum;
}

double way_back(double sigma, double noisier) { return std::sqrt(noisier * noisier - sigma * sigma); }

at::Tensor euler(at::Tensor x, const DiffusionRun& run) {
  check(run);
  x = x.to(at::kFloat);
  for (int i = run.first; i < run.schedule.steps(); ++i)
    for (int repeat = 0; repeat < times(run.schedule, i, run.repeats); ++repeat)
      x = euler_step(repeat ? taken_back(run, x, i, repeat) : x, run, i);
  return x;
}

at::Tensor dpmpp_2m(at::Tensor x, const DiffusionRun& run) {
  check(run);
  x = x.to(at::kFloat);
  at::Tensor previous;
  for (int i = run.first; i < run.schedule.steps(); ++i) {
    const double sigma = run.schedule.sigmas[size_t(i)], next = run.schedule.sigmas[size_t(i) + 1];
    at::Tensor data;
    for (int repeat = 0; repeat < times(run.schedule, i, run.repeats); ++repeat) {
      if (repeat) x = taken_back(run, x, i, repeat);
      data = estimate(x, output_at(run, x, i), sigma, run.schedule.prediction);
      see(run, data, i);
      // In lambda = -log sigma the exact step is x' = (s'/s) x + (1 - s'/s) D for a constant estimate D. Taking D at
      // the middle of the step, on the line through the last two estimates, makes it second order.
      at::Tensor middle = data;
      if (previous.defined() && next > 0) {
        const double h = std::log(sigma / next), before = std::log(run.schedule.sigmas[size_t(i) - 1] / sigma);
        if (before > 0) middle = data + (data - previous) * (0.5 * h / before);
      }
      x = after(run, x * (next / sigma) + middle * (1.0 - next / sigma), i + 1);
    }
    previous = data;
  }
  return x;
}

const SamplerInfo& sampler_named(std::string_view name) {
  std::string known;
  for (const SamplerInfo& sampler : kSamplers) {
    if (name == sampler.name) return sampler;
    known += cat(known.empty() ? "" : ", ", sampler.name);
  }
  throw RequestError(cat("there is no sampler '", name, "', expected one of ", known));
}

AfterStep keep_outside(at::Tensor mask, at::Tensor data, at::Tensor noise, NoiseSchedule schedule) {
  return [=](at::Tensor x, int step) {
    const bool last = step == schedule.steps();
    const at::Tensor kept = last ? data : add_noise(data, noise, schedule.sigmas[size_t(step)]);
    return at::where(mask > 0.5, x, kept);
  };
}

AfterStep keep_by_degrees(at::Tensor mask, at::Tensor data, at::Tensor noise, NoiseSchedule schedule, int first) {
  constexpr double kRounding = 1e-6;  // of the mask, which is fp32
  return [=](at::Tensor x, int step) {
    const bool last = step == schedule.steps();
    const double done = double(step - first) / (schedule.steps() - first);
    const at::Tensor kept = last ? data : add_noise(data, noise, schedule.sigmas[size_t(step)]);
    return at::where((mask > 0) & (mask >= 1 - done - kRounding), x, kept);
  };
}

at::Tensor latent_mask(const at::Tensor& pixels, int64_t factor, int64_t grow) {
  const at::Tensor wanted = (pixels > 0).to(at::kFloat);
  at::Tensor mask = at::max_pool2d(wanted, {factor, factor}, {factor, factor});
  if (grow > 0) mask = at::max_pool2d(mask, {2 * grow + 1, 2 * grow + 1}, {1, 1}, {grow, grow});
  return mask;
}

at::Tensor soft_latent_mask(const at::Tensor& pixels, int64_t factor) {
  return at::max_pool2d(pixels.to(at::kFloat), {factor, factor}, {factor, factor});
}

}  // namespace b3o
