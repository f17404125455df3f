#include "core/sampling/next_token.h"

#include <cmath>
#include <limits>

#include "core/base/error.h"
#include "tests/support/tensors.h"

using namespace b3o;
using namespace b3o::test;

namespace {

at::Tensor row(std::vector<float> values) { return at::tensor(values); }

int64_t choice(const NextTokenSettings& settings, std::vector<float> values, std::vector<int64_t> prompt = {}) {
  return NextToken(settings, prompt).choose(row(std::move(values)));
}

std::vector<double> distribution(const NextTokenSettings& settings, const std::vector<float>& values) {
  const NextToken next(settings, {});
  std::vector<double> out(values.size());
  for (const auto& c : next.candidates(next.scores(row(values)))) out[size_t(c.id)] = c.probability;
  return out;
}

void check_distribution(const std::vector<double>& got, const std::vector<double>& wanted) {
  check_equal(got.size(), wanted.size(), "number of tokens");
  for (size_t i = 0; i < got.size(); ++i) check_close(got[i], wanted[i], 1e-6, "probability of " + shown(i));
}

// The scores whose softmax is this.
std::vector<float> scores_of(const std::vector<double>& probabilities) {
  std::vector<float> out;
  for (const double p : probabilities) out.push_back(float(std::log(p)));
  return out;
}

void the_largest_score_wins_and_of_equals_the_first() {
  check_equal(choice({}, {-3, 2, 1, 2, 2}), 1);
  check_equal(choice({.sample = true, .temperature = 1e-6}, {-3, 2, 1, 2, 2}), 1, "with temperature 1e-6");
  check_equal(choice({.sample = true, .temperature = 0}, {-3, 2, 1, 2, 2}), 1, "with temperature 0");
  check_equal(NextToken({}, {}).choose(row({1, 7, 7}).to(at::kBFloat16)), 1, "of half types");
}

void the_penalty_divides_positive_and_multiplies_negative_scores_once() {
  const std::vector<int64_t> prompt{0, 1, 1, 1, 3};
  const NextToken next({.repetition_penalty = 2}, prompt);
  const std::vector<float> got = next.scores(row({4, -4, 3, 0, 1}));
  check_equal(got, std::vector<float>{2, -8, 3, 0, 1});
}

void chosen_tokens_are_penalised_from_then_on() {
  NextToken next({.repetition_penalty = 2}, {});
  const at::Tensor logits = row({1, 4, 3, 2.5});
  check_equal(next.choose(logits), 1, "first");
  check_equal(next.choose(logits), 2, "second");
  check_equal(next.choose(logits), 3, "third");
  check_equal(next.choose(logits), 1, "fourth");
}

void ids_outside_the_scores_are_no_reason_to_fail() {
  check_equal(choice({.repetition_penalty = 2, .min_new_tokens = 1, .end_ids = {-1, 9}}, {1, 2}, {-5, 2, 77}), 1);
}

void end_tokens_wait_for_the_minimum_length() {
  NextToken next({.min_new_tokens = 2, .end_ids = {1, 3}}, {});
  const at::Tensor logits = row({1, 9, 2, 8});
  check_equal(next.choose(logits), 2, "first");
  check_equal(next.choose(logits), 2, "second");
  check_equal(next.choose(logits), 1, "third");
}

void temperature_divides_the_scores() {
  const double e = std::exp(0.5), sum = 1 + e + e * e;
  check_distribution(distribution({.sample = true, .temperature = 2}, {0, 1, 2}), {1 / sum, e / sum, e * e / sum});
}

void top_k_keeps_the_k_largest_and_their_equals() {
  const std::vector<float> scores{1, 3, 2, 2, 0};
  check_distribution(distribution({.sample = true, .top_k = 1}, scores), {0, 1, 0, 0, 0});
  const double a = std::exp(1.0) / (std::exp(1.0) + 2), b = 1 / (std::exp(1.0) + 2);
  check_distribution(distribution({.sample = true, .top_k = 2}, scores), {0, a, b, b, 0});
  check_distribution(distribution({.sample = true, .top_k = 99}, scores), distribution({.sample = true}, scores));
}

void top_p_removes_the_unlikely_tail() {
  const std::vector<float> scores = scores_of({0.1, 0.4, 0.2, 0.3});
  // Sums from the least likely: 0.1, 0.3, 0.6, 1.
  check_distribution(distribution({.sample = true, .top_p = 0.95}, scores), {0.1, 0.4, 0.2, 0.3});
  check_distribution(distribution({.sample = true, .top_p = 0.85}, scores), {0, 0.4 / 0.9, 0.2 / 0.9, 0.3 / 0.9});
  check_distribution(distribution({.sample = true, .top_p = 0.65}, scores), {0, 0.4 / 0.7, 0, 0.3 / 0.7});
  check_distribution(distribution({.sample = true, .top_p = 0}, scores), {0, 1, 0, 0});
}

void top_p_follows_temperature_and_top_k() {
  const std::vector<float> scores = scores_of({0.1, 0.4, 0.2, 0.3});
  // Temperature 1/2 squares: 0.01 0.16 0.04 0.09; the three largest sum to 0.29; sums from below: 0.138, 0.448, 1.
  check_distribution(distribution({.sample = true, .temperature = 0.5, .top_k = 3, .top_p = 0.8}, scores),
                     {0, 0.16 / 0.25, 0, 0.09 / 0.25});
}

void draws_follow_the_distribution() {
  const std::vector<float> scores = scores_of({0.1, 0.4, 0.2, 0.3});
  NextToken next({.sample = true, .seed = 5}, {});
  const int n = 20000;
  std::vector<int> count(4);
  for (int i = 0; i < n; ++i) ++count[size_t(next.choose(row(scores)))];
  const std::vector<double> wanted{0.1, 0.4, 0.2, 0.3};
  for (size_t i = 0; i < 4; ++i)
    check_close(count[i] / double(n), wanted[i], 4 * std::sqrt(wanted[i] * (1 - wanted[i]) / n),
                "share of " + shown(i));
}

void removed_tokens_are_never_drawn() {
  NextToken next({.sample = true, .top_k = 2, .seed = 3}, {});
  const at::Tensor logits = row({-1, 5, 1, 5, -1});
  for (int i = 0; i < 200; ++i) {
    const int64_t id = next.choose(logits);
    check(id == 1 || id == 3, "one of the two largest is drawn");
  }
}

void a_seed_means_the_same_draws() {
  const auto drawn = [](uint64_t seed) {
    NextToken next({.sample = true, .seed = seed}, {});
    std::vector<int64_t> ids;
    for (int i = 0; i < 30; ++i) ids.push_back(next.choose(at::zeros({50})));
    return ids;
  };
  check_equal(drawn(7), drawn(7), "the same seed");
  check(drawn(7) != drawn(8), "another seed gives other draws");
  check_close(token_draw(0, 0), 0.6524484863740322, 1e-15, "first draw of seed 0");
}

void scores_that_are_no_numbers_are_refused() {
  const float nan = std::nanf(""), inf = std::numeric_limits<float>::infinity();
  for (const std::vector<float>& bad : std::vector<std::vector<float>>{{1, nan, 2}, {nan, 1}, {1, inf}, {-inf, -inf}})
    check_contains(message_of<Error>([&] { choice({}, bad); }), "not finite numbers");
}

void settings_out_of_range_are_refused() {
  const auto refusal = [](const NextTokenSettings& s) { return message_of<RequestError>([&] { NextToken(s, {}); }); };
  check_contains(refusal({.repetition_penalty = 0}), "repetition penalty is 0");
  check_contains(refusal({.temperature = -1}), "temperature is -1");
  check_contains(refusal({.temperature = std::nan("")}), "temperature is nan");
  check_contains(refusal({.top_k = -2}), "top-k is -2");
  check_contains(refusal({.top_p = 1.5}), "top-p is 1.5");
}

const Cases cases = {
    CASE(the_largest_score_wins_and_of_equals_the_first),
    CASE(the_penalty_divides_positive_and_multiplies_negative_scores_once),
    CASE(chosen_tokens_are_penalised_from_then_on),
    CASE(ids_outside_the_scores_are_no_reason_to_fail),
    CASE(end_tokens_wait_for_the_minimum_length),
    CASE(temperature_divides_the_scores),
    CASE(top_k_keeps_the_k_largest_and_their_equals),
    CASE(top_p_removes_the_unlikely_tail),
    CASE(top_p_follows_temperature_and_top_k),
    CASE(draws_follow_the_distribution),
    CASE(removed_tokens_are_never_drawn),
    CASE(a_seed_means_the_same_draws),
    CASE(scores_that_are_no_numbers_are_refused),
    CASE(settings_out_of_range_are_refused),
};

}  // namespace
