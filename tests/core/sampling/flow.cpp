#include "core/sampling/flow.h"

#include "core/base/error.h"
#include "core/weights/safetensors.h"
#include "tests/support/tensors.h"

using namespace b3o;
using namespace b3o::test;

namespace {

void thirty_steps_tell_the_network_truncated_times() {
  const std::vector<float> wanted = {1000, 966, 933, 900, 866, 833, 800, 766, 733, 700, 666, 633, 600, 566, 533,
                                     500,  466, 433, 400, 366, 333, 300, 266, 233, 200, 166, 133, 100, 66,  33};
  check_equal(flow_schedule(30).times, wanted);
  check_equal(flow_schedule(6).times, std::vector<float>{1000, 833, 666, 500, 333, 166});
}

// Every table of the reference's scheduler: sigmas, 1000 sigma, and what the network was given.
void tables_equal_the_golden_tables() {
  const auto golden = SafetensorsFile::open(data_path("generation/modules.safetensors"));
  int tables = 0;
  for (const auto& [name, entry] : golden->entries()) {
    const std::string table = name.substr(0, name.find('.'));
    if (!table.starts_with("flow_table_N") || !name.ends_with(".sigmas")) continue;
    const int n = std::stoi(table.substr(12));
    const FlowSchedule s = flow_schedule(n), exact = flow_schedule(n, 1.0, FlowTimes::exact);
    check_close(at::tensor(s.sigmas), golden->tensor(name), 0, name);
    check_close(at::tensor(exact.times), golden->tensor(table + ".timesteps"), 0, table + ".timesteps");
    check_close(at::tensor(s.times), golden->tensor(table + ".network_t"), 0, table + ".network_t");
    ++tables;
  }
  check_equal(tables, 11);
}

void exact_times_keep_their_fraction() {
  const FlowSchedule exact = flow_schedule(30, 1.0, FlowTimes::exact);
  check_close(exact.times[1], 966.66669, 1e-4);
  check(exact.sigmas == flow_schedule(30).sigmas, "sigmas are the same");
}

void steps_add_up_to_minus_one() {
  for (const int n : {1, 2, 3, 7, 30, 100, 1000}) {
    const FlowSchedule s = flow_schedule(n);
    check_equal(s.sigmas.size(), size_t(n) + 1);
    check_equal(s.sigmas.front(), 1.0f);
    check_equal(s.sigmas.back(), 0.0f);
    double sum = 0;
    for (int i = 0; i < n; ++i) {
      check(s.sigmas[size_t(i) + 1] < s.sigmas[size_t(i)], "sigmas fall");
      sum += double(s.sigmas[size_t(i) + 1] - s.sigmas[size_t(i)]);
    }
    check_close(sum, -1.0, 1e-5, "sum of steps");
  }
}

// The reference's differences at the start of 30 steps alternate between two neighbours.
void step_lengths_have_the_roundings_of_fp32() {
  const FlowSchedule s = flow_schedule(30);
  check_close(s.sigmas[1] - s.sigmas[0], -0.03333336, 5e-9, "first difference");
  check_close(s.sigmas[2] - s.sigmas[1], -0.03333330, 5e-9, "second difference");
}

void shift_moves_sigmas_up() {
  const FlowSchedule s = flow_schedule(4, 3.0);
  check_close(s.sigmas[0], 1.0, 1e-7);
  check_close(s.sigmas[1], 3 * 0.75 / (1 + 2 * 0.75), 1e-6);
  check_close(s.sigmas[3], 3 * 0.25 / (1 + 2 * 0.25), 1e-6);
  check_equal(s.times[1], 900.0f);
}

void refuses_impossible_schedules() {
  check_contains(message_of<RequestError>([] { flow_schedule(0); }), "got 0");
  check_contains(message_of<RequestError>([] { flow_schedule(30, 0.0); }), "shift");
  check_contains(message_of<RequestError>([] { flow_schedule(30, NAN); }), "shift");
}

// With the velocity noise - data the path is straight: any number of steps ends at the data.
void true_velocity_leads_to_the_data() {
  const at::Tensor data = at::arange(12, at::kFloat).view({1, 3, 4}), noise = at::full({1, 3, 4}, -2.0);
  for (const int n : {1, 5, 30}) {
    const FlowSchedule s = flow_schedule(n);
    const at::Tensor x = flow_euler(noise, s, [&](const at::Tensor&, int) { return noise - data; });
    check_close(x, data, 1e-5, "end");
  }
}

void a_flow_from_the_middle_starts_at_the_mixture() {
  const at::Tensor data = at::arange(6, at::kFloat), noise = at::full({6}, 3.0);
  const FlowSchedule s = flow_schedule(10);
  int calls = 0;
  const at::Tensor x = flow_euler(
      flow_mix(data, noise, s.sigmas[4]), s,
      [&](const at::Tensor& at_sigma, int step) {
        check_close(at_sigma, flow_mix(data, noise, s.sigmas[size_t(step)]), 1e-5, "on the line");
        check_close(flow_estimate(at_sigma, noise - data, s.sigmas[size_t(step)]), data, 1e-5, "estimate");
        ++calls;
        return noise - data;
      },
      {}, 4);
  check_equal(calls, 6);
  check_close(x, data, 1e-5, "end");
}

void after_step_sees_every_step_and_may_replace_x() {
  std::vector<int> seen;
  const at::Tensor x = flow_euler(
      at::zeros({2}), flow_schedule(3), [](const at::Tensor& now, int) { return at::ones_like(now); },
      [&](at::Tensor now, int step) {
        seen.push_back(step);
        return step == 2 ? at::full_like(now, 7.0) : now;
      });
  check_equal(seen, std::vector<int>{1, 2, 3});
  check_close(x, at::full({2}, 7.0 - 1.0 / 3.0), 1e-6, "end");
}

void stop_leaves_the_loop() {
  int calls = 0;
  bool stopped = false;
  try {
    flow_euler(
        at::zeros({2}), flow_schedule(30), [&](const at::Tensor& x, int) { return ++calls, x; },
        [](at::Tensor x, int step) { return step == 3 ? throw Stop() : x; });
  } catch (const Stop&) {
    stopped = true;
  }
  check(stopped, "Stop passes through");
  check_equal(calls, 3);
}

// generation.md 5.2: the product is rounded to the model's type before the sum in fp32.
void half_steps_round_the_product_before_the_sum() {
  const at::Tensor x = at::full({1}, 1.0).to(at::kBFloat16), v = at::full({1}, 3.015625).to(at::kBFloat16);
  const float from = 1.0f, to = 0.966796875f;
  const float product = at::full({1}, double((to - from) * 3.015625f)).to(at::kBFloat16).item<float>();
  const at::Tensor wanted = at::full({1}, double(1.0f + product)).to(at::kBFloat16);
  const at::Tensor got = flow_step(x, v, from, to);
  check(got.scalar_type() == at::kBFloat16, "keeps the number type");
  check(at::equal(got, wanted), "value");
  check(flow_step(at::ones({1}), v, from, to).item<float>() == 1.0f + product, "fp32 state, bf16 velocity");
}

void guidance_takes_the_unconditional_rows_first() {
  const at::Tensor null = at::full({2, 3}, 1.0), cond = at::full({2, 3}, 3.0);
  check_close(flow_guidance(at::cat({null, cond}), 3.0), at::full({2, 3}, 7.0), 0, "3");
  check_close(flow_guidance(at::cat({null, cond}), 1.0), cond, 0, "1");
  check_close(flow_guidance(at::cat({null, cond}), 0.0), null, 0, "0");
}

void guidance_rounds_each_of_its_three_operations() {
  const at::Tensor rows = at::tensor({1.0f, 1.2578125f}).to(at::kBFloat16);  // difference 0.2578125, exact
  const at::Tensor scaled = (at::tensor({0.2578125f}) * 3.3f).to(at::kBFloat16);
  const at::Tensor wanted = (scaled.to(at::kFloat) + 1.0f).to(at::kBFloat16);
  check(at::equal(flow_guidance(rows, 3.3), wanted), "value");
}

const Cases cases = {
    CASE(thirty_steps_tell_the_network_truncated_times),
    CASE(tables_equal_the_golden_tables),
    CASE(exact_times_keep_their_fraction),
    CASE(steps_add_up_to_minus_one),
    CASE(step_lengths_have_the_roundings_of_fp32),
    CASE(shift_moves_sigmas_up),
    CASE(refuses_impossible_schedules),
    CASE(true_velocity_leads_to_the_data),
    CASE(a_flow_from_the_middle_starts_at_the_mixture),
    CASE(after_step_sees_every_step_and_may_replace_x),
    CASE(stop_leaves_the_loop),
    CASE(half_steps_round_the_product_before_the_sum),
    CASE(guidance_takes_the_unconditional_rows_first),
    CASE(guidance_rounds_each_of_its_three_operations),
};

}  // namespace
