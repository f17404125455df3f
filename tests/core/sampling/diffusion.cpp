// Steppers, edits and their helpers: unit checks of decoder.md 4.3, exact solutions, refusals.
#include "core/sampling/diffusion.h"

#include <cmath>

#include "core/base/error.h"
#include "core/weights/scope.h"
#include "tests/support/tensors.h"

using namespace b3o;
using namespace b3o::test;

namespace {

NoiseConfig shipped() {
  NoiseConfig c;
  c.beta_start = 0.00085;
  c.beta_end = 0.012;
  c.beta_curve = BetaCurve::scaled_linear;
  c.spacing = Spacing::leading;
  c.steps_offset = 1;
  return c;
}

at::Tensor x12() { return at::tensor({1.0f, -2.0f}); }
at::Tensor some_output() { return at::tensor({0.5f, 0.25f}); }

// The first of five leading steps for a network that always says some_output().
struct OneStep {
  at::Tensor data, x;
  explicit OneStep(Prediction prediction) {
    NoiseConfig c = shipped();
    c.prediction = prediction;
    DiffusionRun run{noise_schedule(c, 5), [](const at::Tensor&, int) { return some_output(); }, {}};
    run.see = [this](const at::Tensor& seen, int step) {
      if (step == 0) data = seen;
    };
    run.after = [this](at::Tensor now, int step) {
      if (step == 1) x = now;
      return now;
    };
    euler(x12(), run);
  }
};

void an_epsilon_step_equals_the_published_numbers() {
  const OneStep got(Prediction::epsilon);
  check_first(got.x, {-0.42078924, -2.71039462}, 2e-5, "x");
  check_first(got.data, {-1.56721663, -3.28360844}, 2e-5, "estimate");
}

void a_v_step_equals_the_published_numbers() {
  const OneStep got(Prediction::v);
  check_first(got.x, {0.19517624, -1.06938815}, 2e-5, "x");
  check_first(got.data, {-0.45423183, -0.31848216}, 2e-5, "estimate");
}

void a_sample_output_is_the_estimate() {
  const OneStep got(Prediction::sample);
  check_close(got.data, some_output(), 0, "estimate");
  const double sigma = 5.134433, next = 2.292855;
  check_close(got.x, x12() + (x12() - some_output()) * ((next - sigma) / sigma), 2e-5, "x");
}

void the_network_sees_the_scaled_latent_and_the_step() {
  std::vector<int> steps;
  DiffusionRun run{noise_schedule(shipped(), 5), {}, {}};
  run.first = 2;
  run.predict = [&](const at::Tensor& scaled, int step) {
    if (steps.empty()) check_close(scaled, x12() / std::sqrt(1.168216 * 1.168216 + 1), 1e-5, "scaled input");
    steps.push_back(step);
    return at::zeros({2});
  };
  std::vector<int> after;
  run.after = [&](at::Tensor x, int step) {
    after.push_back(step);
    return x;
  };
  check_close(euler(x12(), run), x12(), 0, "no noise predicted, nothing changed");
  check_equal(steps, std::vector<int>{2, 3, 4}, "steps of the network");
  check_equal(after, std::vector<int>{3, 4, 5}, "steps after which it was asked");
}

void what_the_hook_returns_goes_on() {
  DiffusionRun run{noise_schedule(shipped(), 3), [](const at::Tensor&, int) { return at::zeros({2}); }, {}};
  run.after = [](at::Tensor x, int step) { return step == 2 ? x * 10 : x; };
  for (const SamplerInfo& sampler : kSamplers) {
    run.schedule.prediction = Prediction::epsilon;
    check_close(sampler.run(x12(), run), x12() * 10, 1e-5, sampler.name);
  }
}

void a_latent_of_half_precision_is_walked_in_fp32() {
  const DiffusionRun run{
      noise_schedule(shipped(), 3), [](const at::Tensor& x, int) { return x.to(at::kBFloat16); }, {}};
  for (const SamplerInfo& sampler : kSamplers)
    check(sampler.run(x12().to(at::kBFloat16), run).scalar_type() == at::kFloat, sampler.name);
}

// Data distributed as N(mean, spread^2): the best estimate and the path of the flow are known exactly.
struct Gaussian {
  double mean = 0.7, spread = 0.5;
  double estimate(double x, double sigma) const {
    return (spread * spread * x + sigma * sigma * mean) / (spread * spread + sigma * sigma);
  }
  double path(double x, double from, double to) const {
    const double s = spread * spread;
    return mean + (x - mean) * std::sqrt((s + to * to) / (s + from * from));
  }
  // Error at the end of n steps, log-spaced from 10 to 0.05, in a schedule whose network says the estimate.
  double error(const SamplerInfo& sampler, int n) const {
    DiffusionRun run;
    run.schedule.prediction = Prediction::sample;
    for (int i = 0; i <= n; ++i) run.schedule.sigmas.push_back(10.0 * std::pow(0.005, double(i) / n));
    run.schedule.timesteps.assign(size_t(n), 0.0);
    run.predict = [&](const at::Tensor& scaled, int step) {
      const double sigma = run.schedule.sigmas[size_t(step)];
      const double x = scaled.to(at::kDouble).item<double>() * std::sqrt(sigma * sigma + 1);
      return at::tensor({float(estimate(x, sigma))});
    };
    const double got = sampler.run(at::tensor({12.0f}), run).item<double>();
    return std::abs(got - path(12.0, 10.0, 0.05));
  }
};

void euler_is_first_order_and_dpmpp_2m_second_order() {
  const Gaussian g;
  const auto rate = [&](const char* name, int n) {
    return std::log2(g.error(sampler_named(name), n) / g.error(sampler_named(name), 2 * n));
  };
  check_close(rate("euler", 160), 1.0, 0.1, "order of Euler");
  check_close(rate("dpmpp_2m", 40), 2.0, 0.25, "order of DPM++ 2M");
  check(g.error(sampler_named("dpmpp_2m"), 40) < 0.2 * g.error(sampler_named("euler"), 40), "2M is closer at 40 steps");
}

void many_steps_of_both_samplers_meet() {
  // from the highest trained level to 0, by the network's own kind of output
  const Gaussian g;
  const auto last = [&](const char* name, int steps) {
    DiffusionRun run{noise_schedule(shipped().with_spacing("trailing"), steps), {}, {}};
    run.predict = [&](const at::Tensor& scaled, int step) {
      const double sigma = run.schedule.sigmas[size_t(step)];
      const at::Tensor x = scaled.to(at::kDouble) * std::sqrt(sigma * sigma + 1);
      const at::Tensor data =
          (g.spread * g.spread * x + sigma * sigma * g.mean) / (g.spread * g.spread + sigma * sigma);
      return ((x - data) / sigma).to(at::kFloat);
    };
    return sampler_named(name).run(at::tensor({12.0f, -9.0f}), run);
  };
  const at::Tensor exact = last("euler", 1000);
  // what is left is the last step to 0, which is first order in both
  check_close(last("dpmpp_2m", 50), exact, 0.02, "50 steps of DPM++ 2M");
  check(relative_l2(last("dpmpp_2m", 50), exact) < 0.6 * relative_l2(last("euler", 50), exact), "2M is closer at 50");
}

void one_step_of_dpmpp_2m_is_one_step_of_euler() {
  for (const char* spacing : {"leading", "trailing"}) {
    const DiffusionRun run{
        noise_schedule(shipped().with_spacing(spacing), 1), [](const at::Tensor& x, int) { return x * 0.3 + 0.1; }, {}};
    check_close(dpmpp_2m(x12() * 10, run), euler(x12() * 10, run), 1e-5, spacing);
  }
}

void dpmpp_2m_equals_the_published_update() {
  // three hand-made levels; D0, D1 are the estimates of the first two steps
  DiffusionRun run;
  run.schedule = {{0, 0}, {4.0, 2.0, 0.5}, 4.0, Prediction::sample};
  run.predict = [](const at::Tensor&, int step) { return at::tensor({step == 0 ? 1.0f : 3.0f}); };
  const double h0 = std::log(4.0 / 2.0), h1 = std::log(2.0 / 0.5), r = h0 / h1;
  const double x1 = 2.0 / 4.0 * 8.0 - std::expm1(-h0) * 1.0;
  const double mixed = (1 + 1 / (2 * r)) * 3.0 - 1 / (2 * r) * 1.0;
  const double x2 = 0.5 / 2.0 * x1 - std::expm1(-h1) * mixed;
  check_close(dpmpp_2m(at::tensor({8.0f}), run).item<double>(), x2, 1e-5, "x");
}

void churn_adds_noise_and_takes_it_away_again() {
  DiffusionRun run{noise_schedule(shipped(), 5), [](const at::Tensor&, int) { return some_output(); }, {}};
  const at::Tensor n = at::tensor({0.3f, -0.7f});
  run.churn = {1.0, 1.1, 2.0, 6.0, [&](int) { return n; }};  // only the first two levels lie within
  std::vector<at::Tensor> got;
  run.after = [&](at::Tensor x, int) {
    got.push_back(x);
    return x;
  };
  euler(x12(), run);
  const double s0 = run.schedule.sigmas[0], s1 = run.schedule.sigmas[1], s2 = run.schedule.sigmas[2];
  const auto step = [&](const at::Tensor& x, double s, double next) {
    const double raised = s * 1.2;  // 1 + 1/5
    return x + n * (1.1 * std::sqrt(raised * raised - s * s)) + some_output() * (next - raised);
  };
  const at::Tensor one = step(x12(), s0, s1), two = step(one, s1, s2);
  check_close(got[0], one, 1e-5, "first step");
  check_close(got[1], two, 1e-5, "second step");
  check_close(got[2], two + some_output() * (run.schedule.sigmas[3] - s2), 1e-5, "third step, without churn");
}

void strength_runs_the_truncated_part_of_the_steps() {
  check_equal(50 - first_step(50, 0.58), 28, "50 steps of strength 0.58");
  check_equal(first_step(4, 0.5), 2, "half of four");
  check_equal(first_step(50, 1.0), 0, "all");
  for (const double s : {0.0, -1.0, 0.01, 1.5, std::nan("")})
    check_contains(message_of<RequestError>([&] { first_step(50, s); }), "strength");
}

void strengths_reach_the_published_noise() {
  const NoiseSchedule s = noise_schedule(shipped(), 50);
  for (const auto& [strength, sigma] :
       std::vector<std::pair<double, double>>{{0.3, 0.779}, {0.5, 1.519}, {0.7, 3.093}, {0.9, 7.562}})
    check_close(s.sigmas[size_t(first_step(50, strength))], sigma, 6e-4, "sigma");
}

void unknown_samplers_are_refused_with_the_known_ones() {
  const std::string message = message_of<RequestError>([] { sampler_named("ddim"); });
  check_contains(message, "'ddim'");
  for (const SamplerInfo& sampler : kSamplers) {
    check_contains(message, sampler.name);
    check_equal(sampler_named(sampler.name).title, sampler.title, "found by its name");
  }
}

void outside_the_mask_each_level_has_the_same_noise() {
  const NoiseSchedule s = noise_schedule(shipped(), 4);
  const at::Tensor data = values_by_name("data", {1, 2, 3, 4}, 1), noise = values_by_name("noise", {1, 2, 3, 4}, 1);
  at::Tensor mask = at::zeros({1, 1, 3, 4});
  mask[0][0][1][2] = 1;
  const AfterStep keep = keep_outside(mask, data, noise, s);
  const at::Tensor x = at::full({1, 2, 3, 4}, 9.0);
  for (int step = 1; step <= 4; ++step) {
    const at::Tensor kept = step == 4 ? data : data + noise * s.sigmas[size_t(step)];
    check_close(keep(x, step), at::where(mask > 0.5, x, kept), 0, "step");
  }
}

void a_latent_place_is_repainted_when_any_of_its_pixels_is() {
  at::Tensor pixels = at::zeros({1, 1, 24, 35});
  pixels[0][0][8][15] = 0.01;
  const at::Tensor mask = latent_mask(pixels, 8);
  check_shape(mask, {1, 1, 3, 4}, "mask");
  check_close(mask.sum().item<double>(), 1, 0, "repainted places");
  check_close(mask[0][0][1][1].item<double>(), 1, 0, "the place of the pixel");
  const at::Tensor grown = latent_mask(pixels, 8, 1);
  check_shape(grown, {1, 1, 3, 4}, "grown mask");
  check_close(grown.sum().item<double>(), 9, 0, "grown places");
}

const Cases cases = {
    CASE(an_epsilon_step_equals_the_published_numbers),
    CASE(a_v_step_equals_the_published_numbers),
    CASE(a_sample_output_is_the_estimate),
    CASE(the_network_sees_the_scaled_latent_and_the_step),
    CASE(what_the_hook_returns_goes_on),
    CASE(a_latent_of_half_precision_is_walked_in_fp32),
    CASE(euler_is_first_order_and_dpmpp_2m_second_order),
    CASE(many_steps_of_both_samplers_meet),
    CASE(one_step_of_dpmpp_2m_is_one_step_of_euler),
    CASE(dpmpp_2m_equals_the_published_update),
    CASE(churn_adds_noise_and_takes_it_away_again),
    CASE(strength_runs_the_truncated_part_of_the_steps),
    CASE(strengths_reach_the_published_noise),
    CASE(unknown_samplers_are_refused_with_the_known_ones),
    CASE(outside_the_mask_each_level_has_the_same_noise),
    CASE(a_latent_place_is_repainted_when_any_of_its_pixels_is),
};

}  // namespace
