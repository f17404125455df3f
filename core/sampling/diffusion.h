// Diffusion sampling (decoder.md 4): noise levels sigma of a trained schedule, and steppers that walk a noisy x from
// the highest level to none. Here x = data + sigma * noise; the network sees x / sqrt(sigma^2 + 1). Nothing here knows
// what the tensors mean. x is kept in fp32.
#pragma once

#include <ATen/core/Tensor.h>

#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "core/base/json.h"

namespace b3o {

enum class BetaCurve { linear, scaled_linear };
enum class Spacing { leading, trailing, linspace };
enum class Interpolation { linear, log_linear };
enum class Prediction { epsilon, v, sample };

// What scheduler/scheduler_config.json says.
struct NoiseConfig {
  int train_steps = 1000;
  double beta_start = 0.0001, beta_end = 0.02;
  BetaCurve beta_curve = BetaCurve::linear;
  std::vector<double> trained_betas;  // when not empty: instead of the curve
  Spacing spacing = Spacing::linspace;
  int steps_offset = 0;
  bool karras = false;
  Interpolation interpolation = Interpolation::linear;
  bool ends_clean = true;  // the last level is 0; otherwise the lowest trained level
  Prediction prediction = Prediction::epsilon;
  std::optional<double> sigma_min, sigma_max;  // ends of the Karras levels

  // Unknown keys are ignored; a value that is not supported is a LoadError naming the key.
  static NoiseConfig from_json(const Fields& f);
  // The same with another spacing: leading, trailing, linspace, or karras (over the configured one). Empty: unchanged.
  // RequestError for another name.
  NoiseConfig with_spacing(std::string_view name) const;
};

// sigma of every training step, ascending; in fp32 as the reference computes it.
std::vector<float> trained_sigmas(const NoiseConfig& c);

struct NoiseSchedule {
  std::vector<double> timesteps;  // N, descending: what the network is told; may be fractional
  std::vector<double> sigmas;     // N + 1, descending
  double init_sigma = 0.0;        // unit noise times this is the start
  Prediction prediction = Prediction::epsilon;
  int steps() const { return int(timesteps.size()); }
};

// RequestError unless 1 <= steps <= train_steps.
NoiseSchedule noise_schedule(const NoiseConfig& c, int steps);

// The step at which a run of `strength` in (0, 1] starts: the last trunc(steps * strength) steps run. RequestError when
// none would.
int first_step(int steps, double strength);

// data + sigma * noise.
at::Tensor add_noise(const at::Tensor& data, const at::Tensor& noise, double sigma);

// The estimate of the clean data from x at sigma and the network's raw output.
at::Tensor estimate(const at::Tensor& x, const at::Tensor& output, double sigma, Prediction prediction);

// rows: [2B, ...], the B conditional rows first. Returns [B, ...] = without + scale (with - without).
at::Tensor diffusion_guidance(const at::Tensor& rows, double scale);

// The network's raw output, guidance included, for the scaled input x / sqrt(sigma^2 + 1) at `step` (its timestep is
// timesteps[step]).
using NoisePredict = std::function<at::Tensor(const at::Tensor& scaled, int step)>;
// What to do after each step and each repeat of one: blend, stop. x is now at sigmas[step], step = 1 ... N; returns the
// x to go on with.
using AfterStep = std::function<at::Tensor(at::Tensor x, int step)>;
// Is shown the estimate of the clean data that the network made at `step`, before that step is taken.
using SeeEstimate = std::function<void(const at::Tensor& data, int step)>;

// Extra noise in every step, taken away again by the step (Karras et al. 2022). Only the Euler stepper has it.
struct Churn {
  double amount = 0.0;                             // s_churn; 0 is none
  double scale = 1.0;                              // s_noise
  double low = 0.0, high = 1e30;                   // sigmas between which it applies
  std::function<at::Tensor(int step)> noise = {};  // standard normal numbers in x's shape
};

// Repeats of noisy steps (Lugmayr et al. 2022, decoder.md 5.3), so that what is new and what is kept grow together:
// after a step as much noise is added as leads back to its start, and the step is taken again.
struct Repeats {
  int times = 1;                                               // how often a step is taken
  double above = 0.8;                                          // only steps that start above this sigma are repeated
  std::function<at::Tensor(int step, int repeat)> noise = {};  // standard normal numbers in x's shape
};
// Steps of a run in all, repeats included.
int steps_taken(const NoiseSchedule& schedule, int first, const Repeats& repeats);
// The noise that leads from sigma back up to a noisier one: sqrt(noisier^2 - sigma^2).
double way_back(double sigma, double noisier);

struct DiffusionRun {
  NoiseSchedule schedule = {};
  NoisePredict predict = {};
  AfterStep after = {};  // may be empty
  SeeEstimate see = {};  // may be empty
  int first = 0;         // the step to start with; x is at sigmas[first]
  Churn churn = {};
  Repeats repeats = {};
};

at::Tensor euler(at::Tensor x, const DiffusionRun& run);
// DPM-Solver++(2M) of Lu et al. 2022: second order from the last two estimates; the first step and a last step to sigma
// 0 are first order.
at::Tensor dpmpp_2m(at::Tensor x, const DiffusionRun& run);

struct SamplerInfo {
  const char* name;
  const char* title;
  at::Tensor (*run)(at::Tensor x, const DiffusionRun& run);
};
inline constexpr SamplerInfo kSamplers[] = {
    {"euler", "Euler", &euler},
    {"dpmpp_2m", "DPM++ 2M", &dpmpp_2m},
};
// RequestError listing the names when there is none of this name.
const SamplerInfo& sampler_named(std::string_view name);

// Repaints only where mask is 1 (decoder.md 5.2): after every step the rest is set to `data` with the same noise at the
// step's level, after the last one to `data` itself. mask [B or 1, 1, h, w] of zeros and ones.
AfterStep keep_outside(at::Tensor mask, at::Tensor data, at::Tensor noise, NoiseSchedule schedule);

// The same with a soft mask of values from 0 to 1 (decoder.md 5.2): after k of the n steps that run from `first`, what
// is below 1 - k / n is still set to `data`, so that low values are released late and change little; 0 never is.
AfterStep keep_by_degrees(at::Tensor mask, at::Tensor data, at::Tensor noise, NoiseSchedule schedule, int first);

// A mask in pixels [B, 1, H, W], > 0 = repaint -> [B, 1, floor(H / factor), floor(W / factor)] of zeros and ones, 1
// where any pixel is to be repainted, grown by `grow` places to all sides.
at::Tensor latent_mask(const at::Tensor& pixels, int64_t factor, int64_t grow = 0);
// The same for a soft mask: the largest value of each place.
at::Tensor soft_latent_mask(const at::Tensor& pixels, int64_t factor);

}  // namespace b3o
