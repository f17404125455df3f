// scheduler_config.json, and the tables of noise levels it describes (decoder.md 4.1, 4.2).
#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "core/base/error.h"
#include "core/sampling/diffusion.h"

namespace b3o {
namespace {

constexpr int kMaxTrainSteps = 100000;
constexpr double kRho = 7.0;

template <class T>
T named(const Fields& f, std::string_view key, const std::map<std::string, T>& names, T fallback) {
  if (!f.has(key)) return fallback;
  const std::string name = f.string(key);
  const auto it = names.find(name);
  if (it != names.end()) return it->second;
  std::string known;
  for (const auto& [option, value] : names) known += cat(known.empty() ? "" : ", ", option);
  throw LoadError(cat(f.where(), ": key '", key, "' is \"", name, "\", supported are ", known));
}

const std::map<std::string, Spacing> kSpacings = {
    {"leading", Spacing::leading}, {"trailing", Spacing::trailing}, {"linspace", Spacing::linspace}};

// table at a fractional index, held at the ends.
double between(const std::vector<float>& table, double index) {
  const double at = std::clamp(index, 0.0, double(table.size() - 1));
  const size_t low = std::min(size_t(at), table.size() - 2);
  return table[low] + (double(table[low + 1]) - table[low]) * (at - double(low));
}

// The fractional training step whose sigma this is, on the line of log sigma.
double timestep_of(const std::vector<float>& table, double sigma) {
  const double wanted = std::log(std::max(sigma, 1e-10));
  const auto above = std::upper_bound(table.begin(), table.end(), float(sigma)) - table.begin();
  const size_t low = std::min(size_t(std::max<std::ptrdiff_t>(above - 1, 0)), table.size() - 2);
  const double a = std::log(table[low]), b = std::log(table[low + 1]);
  return double(low) + std::clamp((wanted - a) / (b - a), 0.0, 1.0);
}

std::vector<double> spaced(const NoiseConfig& c, int steps) {
  std::vector<double> t;
  for (int i = 0; i < steps; ++i) {
    const int from_end = steps - 1 - i;
    if (c.spacing == Spacing::leading)
      t.push_back(double(from_end) * (c.train_steps / steps) + c.steps_offset);
    else if (c.spacing == Spacing::trailing)
      t.push_back(std::nearbyint(c.train_steps - i * (double(c.train_steps) / steps)) - 1.0);
    else
      t.push_back(steps == 1 ? 0.0 : double(float(from_end * ((c.train_steps - 1.0) / (steps - 1)))));
  }
  return t;
}

// From high to low, both included; the spacing is even after `to`.
template <class To, class From>
std::vector<double> between_ends(double high, double low, int count, To to, From from) {
  std::vector<double> out;
  const double a = to(high), b = to(low);
  for (int i = 0; i < count; ++i) out.push_back(from(a + (count == 1 ? 0.0 : double(i) / (count - 1)) * (b - a)));
  return out;
}

std::vector<double> karras(double high, double low, int count) {
  return between_ends(
      high, low, count, [](double s) { return std::pow(s, 1.0 / kRho); }, [](double s) { return std::pow(s, kRho); });
}

}  // namespace

NoiseConfig NoiseConfig::from_json(const Fields& f) {
  NoiseConfig c;
  if (f.has("num_train_timesteps")) c.train_steps = int(f.integer_in("num_train_timesteps", 2, kMaxTrainSteps));
  c.beta_start = f.number("beta_start", c.beta_start);
  c.beta_end = f.number("beta_end", c.beta_end);
  c.beta_curve = named(f, "beta_schedule", {{"linear", BetaCurve::linear}, {"scaled_linear", BetaCurve::scaled_linear}},
                       c.beta_curve);
  if (f.has("trained_betas")) c.trained_betas = f.numbers("trained_betas");
  c.spacing = named(f, "timestep_spacing", kSpacings, c.spacing);
  if (f.has("steps_offset")) c.steps_offset = int(f.integer_in("steps_offset", 0, c.train_steps));
  c.karras = f.boolean("use_karras_sigmas", false);
  c.interpolation =
      named(f, "interpolation_type", {{"linear", Interpolation::linear}, {"log_linear", Interpolation::log_linear}},
            c.interpolation);
  c.ends_clean = named(f, "final_sigmas_type", {{"zero", true}, {"sigma_min", false}}, true);
  c.prediction =
      named(f, "prediction_type",
            {{"epsilon", Prediction::epsilon}, {"v_prediction", Prediction::v}, {"sample", Prediction::sample}},
            c.prediction);
  named(f, "timestep_type", {{"discrete", true}}, true);
  for (const char* key : {"rescale_betas_zero_snr", "use_exponential_sigmas", "use_beta_sigmas"})
    if (f.boolean(key, false)) throw LoadError(cat(f.where(), ": key '", key, "' is true, only false is supported"));
  if (f.has("sigma_min")) c.sigma_min = f.number("sigma_min");
  if (f.has("sigma_max")) c.sigma_max = f.number("sigma_max");
  if (!c.trained_betas.empty() && c.trained_betas.size() != size_t(c.train_steps))
    throw LoadError(
        cat(f.where(), ": key 'trained_betas' has ", c.trained_betas.size(), " entries, expected ", c.train_steps));
  const std::vector<float> sigmas = trained_sigmas(c);
  for (size_t i = 0; i < sigmas.size(); ++i)
    if (!std::isfinite(sigmas[i]) || !(sigmas[i] > (i == 0 ? 0.0f : sigmas[i - 1])))
      throw LoadError(cat(f.where(), ": the betas (beta_start ", c.beta_start, ", beta_end ", c.beta_end,
                          ") give no rising noise levels; expected numbers between 0 and 1"));
  const double low = c.sigma_min.value_or(sigmas.front()), high = c.sigma_max.value_or(sigmas.back());
  if (!(low > 0 && low < high && std::isfinite(high)))
    throw LoadError(cat(f.where(), ": keys 'sigma_min' and 'sigma_max' give levels from ", low, " to ", high,
                        ", expected positive rising levels"));
  return c;
}

NoiseConfig NoiseConfig::with_spacing(std::string_view name) const {
  NoiseConfig c = *this;
  if (name.empty()) return c;
  c.karras = name == "karras";
  if (c.karras) return c;
  const auto it = kSpacings.find(std::string(name));
  if (it == kSpacings.end())
    throw RequestError(cat("there is no spacing '", name, "', expected leading, trailing, linspace or karras"));
  c.spacing = it->second;
  return c;
}

std::vector<float> trained_sigmas(const NoiseConfig& c) {
  const auto options = at::TensorOptions().dtype(at::kFloat);
  at::Tensor betas;
  if (!c.trained_betas.empty())
    betas = at::tensor(c.trained_betas, at::kDouble).to(at::kFloat);
  else if (c.beta_curve == BetaCurve::linear)
    betas = at::linspace(c.beta_start, c.beta_end, c.train_steps, options);
  else
    betas = at::linspace(std::sqrt(c.beta_start), std::sqrt(c.beta_end), c.train_steps, options).square();
  const at::Tensor kept = at::cumprod(1 - betas, 0);
  const at::Tensor sigmas = ((1 - kept) / kept).sqrt().contiguous();
  const float* data = sigmas.const_data_ptr<float>();
  return {data, data + sigmas.numel()};
}

NoiseSchedule noise_schedule(const NoiseConfig& c, int steps) {
  if (steps < 1 || steps > c.train_steps)
    throw RequestError(cat("the model was trained with ", c.train_steps,
                           " noise levels, so the number of steps must be from 1 to ", c.train_steps, ", got ", steps));
  const std::vector<float> table = trained_sigmas(c);
  NoiseSchedule s{spaced(c, steps), {}, 0.0, c.prediction};
  bool has_end = false;
  if (c.interpolation == Interpolation::log_linear) {
    s.sigmas = between_ends(
        table.back(), table.front(), steps + 1, [](double v) { return std::log(v); },
        [](double v) { return std::exp(v); });
    has_end = true;
  } else {
    for (const double t : s.timesteps) s.sigmas.push_back(between(table, t));
  }
  if (c.karras) {
    s.sigmas = karras(c.sigma_max.value_or(s.sigmas.front()), c.sigma_min.value_or(s.sigmas.back()), steps);
    for (int i = 0; i < steps; ++i) s.timesteps[size_t(i)] = timestep_of(table, s.sigmas[size_t(i)]);
    has_end = false;
  }
  if (!has_end) s.sigmas.push_back(c.ends_clean ? 0.0 : table.front());
  const double highest = *std::max_element(s.sigmas.begin(), s.sigmas.end());
  s.init_sigma = c.spacing == Spacing::leading ? std::sqrt(highest * highest + 1.0) : highest;
  return s;
}

}  // namespace b3o
