// What edits add to sampling: tokens between two pictures, kept places, soft masks, repeated steps (decoder.md 5).
#include <cmath>

#include "core/base/error.h"
#include "core/sampling/diffusion.h"
#include "core/sampling/flow.h"
#include "core/sampling/noise.h"
#include "core/sampling/slerp.h"
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

at::Tensor vector(float x, float y, float z) { return at::tensor({x, y, z}).view({1, 1, 3}); }

void a_quarter_of_the_way_turns_the_direction_and_mixes_the_length() {
  const Between got = between(vector(1, 0, 0), vector(0, 2, 0), 0.25);
  check_first(got.tokens, {1.25 * 0.92388, 1.25 * 0.38268, 0}, 2e-5, "tokens");
  check_equal(got.opposed, 0);
  check_close(got.tokens.norm().item<double>(), 1.25, 1e-6, "length");
}

void the_ends_are_the_very_numbers_of_both() {
  const at::Tensor a = standard_normal(1, kClipNoise, {1, 64, 64}), b = standard_normal(2, kClipNoise, {1, 64, 64});
  check(at::equal(between(a, b, 0).tokens, a), "the start");
  check(at::equal(between(a, b, 1).tokens, b), "the end");
}

void equal_tokens_stay_and_opposed_ones_are_counted() {
  const at::Tensor a = vector(1, 2, -2);
  check_close(between(a, a * 3, 0.5).tokens, a * 2, 1e-6, "the same direction");
  const Between turned = between(at::cat({a, vector(1, 0, 0)}, 1), at::cat({-a, vector(0, 1, 0)}, 1), 0.25);
  check_equal(turned.opposed, 1);
  check_close(turned.tokens[0][0], (a * 0.5)[0][0], 1e-6, "a straight line through the middle");
  check(at::isfinite(between(at::zeros({1, 2, 3}), at::ones({1, 2, 3}), 0.5).tokens).all().item<bool>(), "zeros");
}

void the_cosine_to_the_first_falls_all_the_way() {
  const at::Tensor a = standard_normal(3, kClipNoise, {1, 16, 24}), b = standard_normal(4, kClipNoise, {1, 16, 24});
  double before = 2;
  for (int k = 0; k <= 10; ++k) {
    const double now = mean_cosine(a, between(a, b, k / 10.0).tokens);
    check(now < before, cat("at ", k, " of 10 the cosine is ", now, " after ", before));
    before = now;
  }
  check_close(mean_cosine(a, a), 1, 1e-9, "with itself");
  check_close(mean_cosine(a, -a), -1, 1e-9, "with its opposite");
}

void the_way_back_in_the_flow_has_the_published_factors() {
  const FlowBack back = flow_back(0.4, 0.7);
  check_close(back.data, 0.5, 1e-12, "data");
  check_close(back.noise, 0.67082, 5e-6, "noise");
  check_close(flow_back(0.5, 1).data, 0, 0, "nothing is left of the data in pure noise");
  check_close(flow_back(0.5, 1).noise, 1, 0, "pure noise");
  check_close(flow_back(0.3, 0.3).data, 1, 0, "no way at all");
}

void a_part_of_the_flow_runs_for_a_strength() {
  check_equal(30 - flow_first_step(30, 0.5), 15, "half");
  check_equal(30 - flow_first_step(30, 1), 30, "all");
  check_equal(30 - flow_first_step(30, 0), 0, "none");
  check_equal(30 - flow_first_step(30, 0.3), 9, "a third");
  check_equal(50 - flow_first_step(50, 0.58), 28, "truncated in double");
}

void kept_places_follow_the_data_and_end_as_they_are() {
  const FlowSchedule s = flow_schedule(5);
  const at::Tensor data = standard_normal(1, 1, {1, 3, 2, 2}), noise = standard_normal(2, 1, {1, 3, 2, 2});
  at::Tensor keep = at::zeros({1, 1, 2, 2}, at::kBool);
  keep[0][0][0][1] = true;
  std::vector<at::Tensor> seen;
  const AfterStep kept = keep_places(keep, data, noise, s);
  const at::Tensor x = flow_euler(
      noise, s, [](const at::Tensor& now, int) { return now * 0.5 + 1; },
      [&](at::Tensor now, int step) {
        now = kept(std::move(now), step);
        seen.push_back(now);
        return now;
      });
  for (int step = 1; step < 5; ++step) {
    const at::Tensor wanted = flow_mix(data, noise, s.sigmas[size_t(step)]);
    check(at::equal(seen[size_t(step) - 1].select(2, 0).select(2, 1), wanted.select(2, 0).select(2, 1)), "on the way");
  }
  check(at::equal(x.select(2, 0).select(2, 1), data.select(2, 0).select(2, 1)), "at the end");
  check(!at::equal(x.select(2, 1), data.select(2, 1)), "everything was kept");
}

// Repeated steps see states as noisy as the first time: with the true velocity they end at the data.
void repeated_steps_of_the_flow_end_at_the_data() {
  const at::Tensor data = at::arange(6, at::kFloat).view({1, 6}), noise = standard_normal(1, 1, {1, 6});
  const FlowSchedule s = flow_schedule(6);
  int calls = 0;
  const FlowRepeats thrice{
      3, [](int step, int repeat) { return standard_normal(uint64_t(step * 8 + repeat), kPlanRepeatNoise, {1, 6}); }};
  const at::Tensor x = flow_euler(
      noise, s,
      [&](const at::Tensor& now, int step) {
        ++calls;
        return (now - data) / double(s.sigmas[size_t(step)]);  // the velocity that points from here to the data
      },
      {}, 0, thrice);
  check_equal(calls, 18);
  check_close(x, data, 1e-4, "end");
}

void a_soft_mask_is_released_by_degrees() {
  const NoiseSchedule s = noise_schedule(shipped(), 10);
  const at::Tensor mask = at::tensor({0.0f, 0.05f, 0.3f, 0.5f, 0.7f, 1.0f}).view({1, 1, 1, 6});
  const at::Tensor data = at::full({1, 1, 1, 6}, 5.0), noise = at::full({1, 1, 1, 6}, 2.0);
  const int first = 2;  // eight steps run
  const AfterStep keep = keep_by_degrees(mask, data, noise, s, first);
  // after k of 8 steps all of at least 1 - k / 8 are free
  const std::vector<std::vector<int>> free = {{5},       {5},          {4, 5},       {3, 4, 5},
                                              {3, 4, 5}, {2, 3, 4, 5}, {2, 3, 4, 5}, {1, 2, 3, 4, 5}};
  for (int k = 1; k <= 8; ++k) {
    const at::Tensor x = keep(at::full({1, 1, 1, 6}, 9.0), first + k).flatten();
    const double level = k == 8 ? 5 : 5 + 2 * s.sigmas[size_t(first + k)];
    for (int i = 0; i < 6; ++i) {
      const auto& now = free[size_t(k - 1)];
      const bool is_free = std::find(now.begin(), now.end(), i) != now.end();
      check_close(x[i].item<double>(), is_free ? 9 : level, 1e-5, cat("place ", i, " after ", k, " steps"));
    }
  }
}

void a_soft_latent_mask_has_the_largest_value_of_each_place() {
  at::Tensor pixels = at::zeros({1, 1, 16, 8});
  pixels[0][0][3][3] = 0.25;
  pixels[0][0][4][7] = 0.5;
  check_close(soft_latent_mask(pixels, 8).flatten(), at::tensor({0.5f, 0.0f}), 0, "mask");
}

DiffusionRun repeated(const char* spacing, int steps, int times) {
  DiffusionRun run;
  run.schedule = noise_schedule(shipped().with_spacing(spacing), steps);
  run.predict = [](const at::Tensor& x, int) { return x * 0.9; };
  run.repeats.times = times;
  run.repeats.noise = [](int step, int repeat) {
    return standard_normal(uint64_t(step), step_noise(kPaintRepeatNoise, uint64_t(repeat)), {64, 64});
  };
  return run;
}

void only_noisy_steps_are_repeated() {
  DiffusionRun run = repeated("leading", 50, 3);
  int noisy = 0, calls = 0;
  for (int i = 0; i < 50; ++i) noisy += run.schedule.sigmas[size_t(i)] > 0.8 ? 1 : 0;
  check(noisy > 10 && noisy < 50, "some steps are noisy");
  check_equal(steps_taken(run.schedule, 0, run.repeats), 50 + 2 * noisy);
  check_equal(steps_taken(run.schedule, 49, run.repeats), 1, "the last step");
  run.after = [&](at::Tensor x, int) { return ++calls, x; };
  for (const SamplerInfo& sampler : kSamplers) {
    calls = 0;
    sampler.run(standard_normal(1, 1, {64, 64}) * run.schedule.init_sigma, run);
    check_equal(calls, 50 + 2 * noisy, sampler.name);
  }
}

// Where the network knows the data, a state taken back has the spread of its level again.
void a_step_taken_back_is_as_noisy_as_before() {
  check_close(way_back(3, 5), 4, 1e-12, "from 3 to 5");
  DiffusionRun run = repeated("leading", 10, 4);
  const at::Tensor data = at::full({64, 64}, 2.0);
  run.predict = [&](const at::Tensor& scaled, int step) {
    const double sigma = run.schedule.sigmas[size_t(step)];
    const at::Tensor x = scaled * std::sqrt(sigma * sigma + 1);
    check_close((x - data).std().item<double>(), sigma, 0.05 * sigma, cat("spread at step ", step));
    return (x - data) / sigma;
  };
  for (const SamplerInfo& sampler : kSamplers) {
    const at::Tensor x = sampler.run(add_noise(data, standard_normal(1, 1, {64, 64}), run.schedule.sigmas[0]), run);
    check_close(x, data, 1e-4, sampler.name);
  }
}

void one_repeat_is_the_plain_run() {
  for (const SamplerInfo& sampler : kSamplers) {
    DiffusionRun plain = repeated("trailing", 8, 1), twice = repeated("trailing", 8, 2);
    const at::Tensor x = standard_normal(1, 1, {64, 64}) * plain.schedule.init_sigma;
    check_equal(steps_taken(plain.schedule, 0, plain.repeats), 8);
    check(!at::equal(sampler.run(x, plain), sampler.run(x, twice)), "repeats change nothing");
    twice.repeats.above = 1e9;
    check(at::equal(sampler.run(x, plain), sampler.run(x, twice)), "a run without noisy steps changed");
  }
}

const Cases cases = {
    CASE(a_quarter_of_the_way_turns_the_direction_and_mixes_the_length),
    CASE(the_ends_are_the_very_numbers_of_both),
    CASE(equal_tokens_stay_and_opposed_ones_are_counted),
    CASE(the_cosine_to_the_first_falls_all_the_way),
    CASE(the_way_back_in_the_flow_has_the_published_factors),
    CASE(a_part_of_the_flow_runs_for_a_strength),
    CASE(kept_places_follow_the_data_and_end_as_they_are),
    CASE(repeated_steps_of_the_flow_end_at_the_data),
    CASE(a_soft_mask_is_released_by_degrees),
    CASE(a_soft_latent_mask_has_the_largest_value_of_each_place),
    CASE(only_noisy_steps_are_repeated),
    CASE(a_step_taken_back_is_as_noisy_as_before),
    CASE(one_repeat_is_the_plain_run),
};

}  // namespace
