// Flow matching (generation.md 5): x at sigma is (1 - sigma) data + sigma noise, the network predicts the velocity
// noise - data, and sampling walks sigma from 1 to 0. Nothing here knows what the tensors mean.
#pragma once

#include <ATen/core/Tensor.h>

#include <functional>
#include <vector>

namespace b3o {

struct FlowSchedule {
  std::vector<float> sigmas;  // steps + 1, from 1 down to 0
  std::vector<float> times;   // steps: the time the network is told, on the scale 0..1000
  int steps() const { return int(times.size()); }
};

// truncated: whole numbers, as the released models were sampled; exact: 1000 sigma.
enum class FlowTimes : bool { truncated, exact };

// steps >= 1, shift > 0, else RequestError. Shift k moves sigma to k sigma / (1 + (k - 1) sigma).
FlowSchedule flow_schedule(int steps, double shift = 1.0, FlowTimes times = FlowTimes::truncated);

// The velocity at x before `step` (0 ... steps - 1), guidance included.
using FlowPredict = std::function<at::Tensor(const at::Tensor& x, int step)>;
// What to do after each step: preview, blend, stop. x is now at sigmas[step], step = 1 ... steps; returns the x to go
// on with.
using AfterStep = std::function<at::Tensor(at::Tensor x, int step)>;

// x + (to - from) v with the roundings of the reference: the product in v's number type, the sum in fp32.
at::Tensor flow_step(const at::Tensor& x, const at::Tensor& velocity, float from, float to);

// rows: [2B, ...], the B unconditional rows first. Returns [B, ...] = null + scale (conditional - null).
at::Tensor flow_guidance(const at::Tensor& rows, double scale);

// (1 - sigma) data + sigma noise: where the flow starts when data are kept in part.
at::Tensor flow_mix(const at::Tensor& data, const at::Tensor& noise, float sigma);

// The step at which a run of `strength` in [0, 1] starts that keeps data in part: the last trunc(steps * strength)
// steps run, maybe none.
int flow_first_step(int steps, double strength);

// Keeps `data` where keep is true (decoder.md 5.5c): after every step these places are set to the data with the same
// noise at the step's level, after the last one to the data itself. keep is broadcast to data's shape.
AfterStep keep_places(at::Tensor keep, at::Tensor data, at::Tensor noise, FlowSchedule schedule);

// From sigma back up to a noisier one: x' = data x + noise n with fresh n, so that x' is as noisy as a state there.
struct FlowBack {
  double data, noise;
};
FlowBack flow_back(double sigma, double noisier);

// Repeats of steps, so that what is planned and what is kept grow together.
struct FlowRepeats {
  int times = 1;                                               // how often each step is taken
  std::function<at::Tensor(int step, int repeat)> noise = {};  // standard normal numbers in x's shape
};

// Euler steps from `first` to the end of the schedule; x is the state at sigmas[first] and keeps its number type.
// after may be empty; it is called after each repeat too.
at::Tensor flow_euler(at::Tensor x, const FlowSchedule& schedule, const FlowPredict& predict,
                      const AfterStep& after = {}, int first = 0, const FlowRepeats& repeats = {});

// The data that x at sigma and the velocity there point to.
at::Tensor flow_estimate(const at::Tensor& x, const at::Tensor& velocity, float sigma);

}  // namespace b3o
