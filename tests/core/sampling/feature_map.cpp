#include "core/sampling/feature_map.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/sampling/noise.h"
#include "tests/support/tensors.h"

using namespace b3o;
using namespace b3o::test;

namespace {

// 64 tokens whose spread along channels 5, 2 and 9 is 10, 6 and 3 in front of little noise.
at::Tensor spread_tokens() {
  at::Tensor x = standard_normal(1, 0, {64, 40}) * 0.1;
  const at::Tensor z = standard_normal(2, 0, {64, 3});
  x.select(1, 5).add_(z.select(1, 0) * 10);
  x.select(1, 2).add_(z.select(1, 1) * 6);
  x.select(1, 9).add_(z.select(1, 2) * 3);
  return x;
}

at::Tensor colours(const FeatureMap& map) {
  return at::tensor(std::vector<int64_t>(map.rgb.begin(), map.rgb.end())).view({-1, 3}).to(at::kDouble);
}

double worst_change(const FeatureMap& a, const FeatureMap& b) {
  return (colours(a) - colours(b)).abs().max().item<double>();
}

void strongest_direction_is_red_then_green_then_blue() {
  const at::Tensor x = spread_tokens();
  const FeatureMap map = feature_map(x);
  check_equal(map.rgb.size(), size_t(192));
  for (const auto& [colour, channel] : {std::pair{0, 5}, {1, 2}, {2, 9}}) {
    check(map.basis[channel][colour].item<double>() > 0.9,
          "direction " + shown(colour) + " is positive along its channel");
    const at::Tensor shown_values = colours(map).select(1, colour), wanted = x.select(1, channel).to(at::kDouble);
    const at::Tensor a = shown_values - shown_values.mean(), b = wanted - wanted.mean();
    check((a * b).sum().item<double>() > 0.95 * (a.norm() * b.norm()).item<double>(), "colour follows the channel");
  }
}

void grey_is_the_mean_token() {
  at::Tensor x = spread_tokens();
  x.select(0, 3).copy_(at::cat({x.narrow(0, 0, 3), x.narrow(0, 4, 60)}).mean(0));
  check_close(colours(feature_map(x))[3], at::full({3}, 127.5, at::kDouble), 0.5, "the mean");
}

void tokens_that_do_not_differ_are_grey() {
  for (const at::Tensor& x : {at::full({64, 24}, 3.7), at::zeros({64, 24}), at::randn({1, 24}), at::zeros({64, 1})})
    for (const uint8_t byte : feature_map(x).rgb) check_equal(int(byte), 128, "colour");
  check_equal(feature_map(at::zeros({0, 24})).rgb.size(), size_t(0));
}

void colours_beyond_the_rank_are_grey() {
  const at::Tensor x = at::outer(standard_normal(3, 0, {64}), standard_normal(4, 0, {24}));
  const at::Tensor c = colours(feature_map(x));
  check(c.select(1, 0).max().item<double>() > 200, "red shows the only direction");
  check_close(c.narrow(1, 1, 2), at::full({64, 2}, 128.0, at::kDouble), 0, "green and blue");
}

void fewer_channels_than_tokens_give_the_same_colours() {
  const at::Tensor x = spread_tokens();
  const at::Tensor wide = at::cat({x, at::zeros({64, 60})}, 1);  // the other way to the same directions
  check(worst_change(feature_map(x), feature_map(wide)) <= 1, "at most one level of rounding");
}

void numbers_that_are_not_finite_do_no_harm() {
  at::Tensor x = spread_tokens();
  x[0][0] = std::numeric_limits<float>::quiet_NaN();
  x[1][1] = std::numeric_limits<float>::infinity();
  check(colours(feature_map(x)).select(1, 0).max().item<double>() > 200, "still a picture");
  check_equal(feature_map(at::full({64, 24}, std::numeric_limits<float>::quiet_NaN())).rgb[0], 128);
}

void half_precision_gives_nearly_the_same_map() {
  const at::Tensor x = spread_tokens();
  check(worst_change(feature_map(x), feature_map(x.to(at::kBFloat16))) <= 8, "bf16");
}

// Two directions of nearly equal strength change places between the steps: alone, red and green would be exchanged.
void colours_follow_the_map_of_the_step_before() {
  const at::Tensor z = standard_normal(5, 0, {64, 3});
  const auto tokens = [&](double first, double second, double third) {
    at::Tensor x = standard_normal(6, 0, {64, 30}) * 0.01;
    x.select(1, 4).add_(z.select(1, 0) * first);
    x.select(1, 7).add_(z.select(1, 1) * second);
    x.select(1, 20).add_(z.select(1, 2) * third);
    return x;
  };
  const FeatureMap before = feature_map(tokens(8, 6, 3));
  const at::Tensor after = tokens(6, 8, 3);
  check(worst_change(before, feature_map(after)) > 100, "without memory the colours jump");
  check(worst_change(before, feature_map(after, &before)) < 40, "with memory they do not");
  const at::Tensor mirrored_basis = -before.basis;
  const FeatureMap mirrored{before.rgb, mirrored_basis};
  check(worst_change(feature_map(after, &before), feature_map(after, &mirrored)) > 100, "the former signs are kept");
}

void a_map_of_another_width_before_is_ignored() {
  const at::Tensor x = spread_tokens();
  const FeatureMap other = feature_map(standard_normal(8, 0, {64, 7}));
  check_equal(worst_change(feature_map(x), feature_map(x, &other)), 0.0);
}

const Cases cases = {
    CASE(strongest_direction_is_red_then_green_then_blue),
    CASE(grey_is_the_mean_token),
    CASE(tokens_that_do_not_differ_are_grey),
    CASE(colours_beyond_the_rank_are_grey),
    CASE(fewer_channels_than_tokens_give_the_same_colours),
    CASE(numbers_that_are_not_finite_do_no_harm),
    CASE(half_precision_gives_nearly_the_same_map),
    CASE(colours_follow_the_map_of_the_step_before),
    CASE(a_map_of_another_width_before_is_ignored),
};

}  // namespace
