// The tables of noise levels: decoder.md 4.1, 4.2, 4.4 and every golden table.
#include <cmath>

#include "core/base/error.h"
#include "core/sampling/diffusion.h"
#include "core/weights/safetensors.h"
#include "tests/support/tensors.h"

using namespace b3o;
using namespace b3o::test;

namespace {

constexpr double kRelative = 2e-5;

NoiseConfig config_of(const Json& changed = Json::object()) {
  Json j = parse_json(R"({
    "_class_name": "EulerDiscreteScheduler", "num_train_timesteps": 1000, "beta_start": 0.00085, "beta_end": 0.012,
    "beta_schedule": "scaled_linear", "prediction_type": "epsilon", "timestep_spacing": "leading", "steps_offset": 1,
    "interpolation_type": "linear", "use_karras_sigmas": false, "trained_betas": null, "clip_sample": false,
    "skip_prk_steps": true})",
                      "1.4");
  j.update(changed);
  return NoiseConfig::from_json(Fields(j, "scheduler_config.json"));
}

void check_list(const std::vector<double>& got, const std::vector<double>& wanted, double relative,
                const std::string& what) {
  check_equal(got.size(), wanted.size(), what + " entries");
  for (size_t i = 0; i < wanted.size(); ++i)
    check_close(got[i], wanted[i], relative * std::abs(wanted[i]), what + "[" + shown(i) + "]");
}
std::vector<double> values(const at::Tensor& x) {
  const at::Tensor d = x.to(at::kDouble).contiguous();
  return {d.const_data_ptr<double>(), d.const_data_ptr<double>() + d.numel()};
}

void trained_levels_equal_the_published_ones() {
  const auto s = trained_sigmas(config_of());
  check_equal(s.size(), size_t(1000), "levels");
  for (const auto& [i, sigma] : std::vector<std::pair<size_t, double>>{{0, 0.0291675329},
                                                                       {1, 0.041314479},
                                                                       {20, 0.137990952},
                                                                       {201, 0.574050725},
                                                                       {500, 1.61827958},
                                                                       {801, 5.13443327},
                                                                       {981, 13.1204147},
                                                                       {999, 14.614645}})
    check_close(s[i], sigma, kRelative * sigma, "sigma[" + shown(i) + "]");
  const auto kept = [&](size_t i) { return 1.0 / (double(s[i]) * s[i] + 1.0); };
  check_close(kept(0), 0.99914998, 1e-6, "abar[0]");
  check_close(kept(500), 0.2763325, 1e-5, "abar[500]");
  check_close(kept(999), 0.0046601, 1e-6, "abar[999]");
}

void every_golden_table_is_met() {
  const auto file = SafetensorsFile::open(data_path("generation/modules.safetensors"));
  int found = 0;
  for (const std::string spacing : {"leading", "trailing", "linspace"})
    for (const bool karras : {false, true})
      for (const int n : {1, 2, 4, 5, 8, 20, 30, 50, 100}) {
        const std::string name = cat("euler_table_", spacing, karras ? "_karras" : "", "_N", n);
        if (!file->has(name + ".sigmas")) continue;
        const NoiseSchedule s =
            noise_schedule(config_of({{"timestep_spacing", spacing}, {"use_karras_sigmas", karras}}), n);
        check_list(s.timesteps, values(file->tensor(name + ".timesteps")), kRelative, name + " timesteps");
        check_list(s.sigmas, values(file->tensor(name + ".sigmas")), kRelative, name + " sigmas");
        check_list({s.init_sigma}, values(file->tensor(name + ".init_noise_sigma")), kRelative, name + " init");
        ++found;
      }
  check_equal(found, 33, "golden tables");
}

void leading_tables_equal_the_printed_ones() {
  NoiseSchedule s = noise_schedule(config_of(), 5);
  check_list(s.timesteps, {801, 601, 401, 201, 1}, 0, "N=5");
  check_list(s.sigmas, {5.134433, 2.292855, 1.168216, 0.5740507, 0.04131448, 0}, kRelative, "N=5");
  check_close(s.init_sigma, 5.2309089, kRelative * 5.23, "N=5 init");
  s = noise_schedule(config_of(), 20);
  check_list(s.sigmas, {11.02833,  8.390687,  6.5064,    5.134433,  4.116698,  3.347764,   2.756197,
                        2.292855,  1.923444,  1.623693,  1.376179,  1.168216,  0.9904093,  0.8356532,
                        0.6983986, 0.5740507, 0.4583331, 0.3461873, 0.2281473, 0.04131448, 0},
             kRelative, "N=20");
  check_close(s.init_sigma, 11.07358, kRelative * 11, "N=20 init");
  s = noise_schedule(config_of(), 30);
  check_equal(s.timesteps.front(), 958.0, "N=30 starts at");
  check_close(s.sigmas.front(), 11.47685, kRelative * 11, "N=30 sigma");
  check_close(s.init_sigma, 11.52033, kRelative * 11, "N=30 init");
  s = noise_schedule(config_of(), 50);
  check_list(s.sigmas,
             {13.12041,  11.67605,  10.42504,  9.338079,  8.390687,   7.56239,   6.835997,  6.197038,  5.633296,
              5.134433,  4.691673,  4.297549,  3.945693,  3.630654,   3.347764,  3.09301,   2.862931,  2.654545,
              2.465266,  2.292855,  2.135362,  1.991092,  1.858561,   1.736474,  1.623693,  1.519217,  1.422167,
              1.331764,  1.247317,  1.168216,  1.093915,  1.023926,   0.9578099, 0.8951723, 0.8356532, 0.7789237,
              0.7246791, 0.6726332, 0.6225129, 0.5740507, 0.5269758,  0.4810033, 0.4358161, 0.3910384, 0.3461873,
              0.3005809, 0.2531318, 0.2017936, 0.1414637, 0.04131448, 0},
             kRelative, "N=50");
  check_close(s.init_sigma, 13.15847, kRelative * 13, "N=50 init");
}

void other_spacings_equal_the_printed_ones() {
  NoiseSchedule s = noise_schedule(config_of().with_spacing("linspace"), 5);
  check_list(s.timesteps, {999, 749.25, 499.5, 249.75, 0}, 0, "linspace N=5");
  check_list(s.sigmas, {14.61465, 4.08609, 1.615583, 0.695151, 0.02916753, 0}, kRelative, "linspace N=5");
  check_close(s.init_sigma, 14.614645, kRelative * 14, "linspace init");
  s = noise_schedule(config_of().with_spacing("trailing"), 5);
  check_list(s.timesteps, {999, 799, 599, 399, 199}, 0, "trailing N=5");
  check_list(s.sigmas, {14.61465, 5.087765, 2.276464, 1.160579, 0.5692854, 0}, kRelative, "trailing N=5");
  s = noise_schedule(config_of().with_spacing("karras"), 20);
  check_list({s.sigmas[0], s.sigmas[1], s.sigmas[2], s.sigmas[18], s.sigmas[19], s.sigmas[20]},
             {11.02833, 8.979172, 7.265433, 0.06390103, 0.04131448, 0}, kRelative, "karras N=20");
  check_list({s.timesteps[0], s.timesteps[1], s.timesteps[2], s.timesteps[18], s.timesteps[19]},
             {951, 913.7394, 873.1348, 3.763125, 1}, kRelative, "karras N=20");
}

void every_number_of_steps_gives_falling_levels_of_that_length() {
  for (const char* spacing : {"leading", "trailing", "linspace", "karras"})
    for (int n = 1; n < 1000; n = n < 60 ? n + 1 : n + 47) {
      const NoiseSchedule s = noise_schedule(config_of().with_spacing(spacing), n);
      check_equal(s.timesteps.size(), size_t(n), cat(spacing, " timesteps of ", n));
      check_equal(s.sigmas.size(), size_t(n + 1), cat(spacing, " levels of ", n));
      for (int i = 0; i < n; ++i)
        check(s.sigmas[size_t(i)] > s.sigmas[size_t(i) + 1], cat(spacing, " falls at ", i, " of ", n));
      check_equal(s.sigmas.back(), 0.0, "the last level");
    }
}

void as_many_steps_as_trained_levels_stay_within_the_table() {
  const NoiseSchedule s = noise_schedule(config_of(), 1000);  // the offset leads past the last level
  check_equal(s.timesteps.front(), 1000.0, "first timestep");
  check_close(s.sigmas[0], 14.614645, 3e-4, "first level");
  check_equal(s.sigmas[0], s.sigmas[1], "the level is held");
  DiffusionRun run{s, [](const at::Tensor& x, int) { return x; }};
  for (const SamplerInfo& sampler : kSamplers)
    check(at::isfinite(sampler.run(at::ones({2}), run)).all().item<bool>(), sampler.name);
}

void log_linear_levels_are_even_in_the_logarithm_and_end_above_zero() {
  const NoiseSchedule s = noise_schedule(config_of({{"interpolation_type", "log_linear"}}), 10);
  check_equal(s.sigmas.size(), size_t(11), "levels");
  check_close(s.sigmas.front(), 14.614645, 3e-4, "first");
  check_close(s.sigmas.back(), 0.0291675, 1e-6, "last");
  for (size_t i = 1; i < 10; ++i)
    check_close(s.sigmas[i] * s.sigmas[i], s.sigmas[i - 1] * s.sigmas[i + 1], 1e-9 * s.sigmas[i - 1], "geometric");
}

void the_last_level_may_be_the_lowest_trained_one() {
  const NoiseSchedule s = noise_schedule(config_of({{"final_sigmas_type", "sigma_min"}}), 5);
  check_close(s.sigmas.back(), 0.0291675, 1e-6, "last");
}

void betas_may_be_linear_or_listed() {
  const auto linear =
      trained_sigmas(config_of({{"beta_schedule", "linear"}, {"beta_start", 0.0001}, {"beta_end", 0.02}}));
  check_close(linear[0], std::sqrt(0.0001 / 0.9999), 1e-6, "first linear level");
  const Json list = {0.1, 0.2, 0.3};
  const auto listed = trained_sigmas(config_of({{"trained_betas", list}, {"num_train_timesteps", 3}}));
  check_close(listed[2], std::sqrt((1 - 0.9 * 0.8 * 0.7) / (0.9 * 0.8 * 0.7)), 1e-6, "third listed level");
}

void absent_keys_have_the_values_of_the_reference() {
  const Json empty = Json::object();
  const NoiseConfig c = NoiseConfig::from_json(Fields(empty, "scheduler_config.json"));
  check(c.spacing == Spacing::linspace && c.steps_offset == 0 && c.beta_curve == BetaCurve::linear, "defaults");
  check_equal(c.beta_end, 0.02, "beta_end");
}

void unsupported_values_are_refused_by_name() {
  const std::vector<std::pair<std::string, Json>> cases = {{"beta_schedule", "squaredcos_cap_v2"},
                                                           {"timestep_spacing", "other"},
                                                           {"prediction_type", "flow"},
                                                           {"interpolation_type", "cubic"},
                                                           {"final_sigmas_type", "one"},
                                                           {"timestep_type", "continuous"},
                                                           {"rescale_betas_zero_snr", true},
                                                           {"use_beta_sigmas", true},
                                                           {"num_train_timesteps", 0},
                                                           {"num_train_timesteps", int64_t(1) << 40},
                                                           {"steps_offset", -1},
                                                           {"trained_betas", {0.1, 0.2}},
                                                           {"sigma_min", -1.0}};
  for (const auto& [key, value] : cases)
    check_contains(message_of<LoadError>([&] { config_of({{key, value}}); }), "'" + key + "'");
  for (const auto& [start, end] : std::vector<std::pair<double, double>>{{0, 0}, {-1, 0.1}, {0.1, 2}, {0.5, -0.5}})
    check_contains(message_of<LoadError>([&] { config_of({{"beta_start", start}, {"beta_end", end}}); }), "beta_start");
}

void impossible_requests_are_refused() {
  for (const int n : {0, -3, 1001})
    check_contains(message_of<RequestError>([&] { noise_schedule(config_of(), n); }), cat("got ", n));
  check_contains(message_of<RequestError>([] { config_of().with_spacing("even"); }), "'even'");
}

const Cases cases = {
    CASE(trained_levels_equal_the_published_ones),
    CASE(every_golden_table_is_met),
    CASE(leading_tables_equal_the_printed_ones),
    CASE(other_spacings_equal_the_printed_ones),
    CASE(every_number_of_steps_gives_falling_levels_of_that_length),
    CASE(as_many_steps_as_trained_levels_stay_within_the_table),
    CASE(log_linear_levels_are_even_in_the_logarithm_and_end_above_zero),
    CASE(the_last_level_may_be_the_lowest_trained_one),
    CASE(betas_may_be_linear_or_listed),
    CASE(absent_keys_have_the_values_of_the_reference),
    CASE(unsupported_values_are_refused_by_name),
    CASE(impossible_requests_are_refused),
};

}  // namespace
