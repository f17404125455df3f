#include "core/sampling/noise.h"

#include <algorithm>
#include <cmath>
#include <string_view>

#include "core/base/hash.h"
#include "tests/support/tensors.h"

using namespace b3o;
using namespace b3o::test;

namespace {

constexpr int64_t kMany = 1 << 20;

const at::Tensor& many() {  // fp64
  static const at::Tensor values = standard_normal(20250101, kClipNoise, {kMany}).to(at::kDouble);
  return values;
}

double share_beyond(double bound) { return (many().abs() > bound).to(at::kDouble).mean().item<double>(); }

// The known answers published with the generator (Random123, kat_vectors).
void philox_gives_the_published_answers() {
  using Block = std::array<uint32_t, 4>;
  constexpr uint32_t ones = 0xffffffffu;
  check(philox4x32({0, 0, 0, 0}, {0, 0}) == Block{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}, "zeros");
  check(philox4x32({ones, ones, ones, ones}, {ones, ones}) == Block{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd},
        "ones");
  check(philox4x32({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}) ==
            Block{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1},
        "digits of pi");
}

// Values of the same formula with another language's log, cos and sin.
void first_values_are_those_of_the_formula() {
  check_first(standard_normal(0, 0, {6}),
              {0.991137683, -0.92466259, -0.617608964, -0.482068598, -0.153638229, 0.180825904}, 3e-7, "seed 0");
  check_first(standard_normal(42, kClipNoise, {6}),
              {2.12769103, 2.16137385, -0.408270836, -1.65975308, 2.02131915, -0.108216509}, 3e-7, "seed 42");
  check_first(standard_normal(~uint64_t(0), kPaintNoise, {6}),
              {-0.110534258, 0.839087665, 0.957125545, -0.02875554, -0.179489404, -1.55447316}, 3e-7, "largest seed");
  check_first(standard_normal(0x123456789abcdef0u, kPreviewNoise, {6}),
              {-0.362748444, 0.0929296985, 1.27734947, 0.603882015, 0.644454598, -1.71475875}, 3e-7, "a 64-bit seed");
}

void bits_are_the_same_on_every_machine() {
  const at::Tensor values = standard_normal(42, kPaintNoise, {4, 128, 128});
  const std::string_view bytes(static_cast<const char*>(values.const_data_ptr()), size_t(values.nbytes()));
  check_equal(fnv1a64(bytes), uint64_t(13989243237698829000u), "hash of 65536 values");
}

void an_element_does_not_depend_on_the_shape() {
  const at::Tensor line = standard_normal(7, kClipNoise, {1003});
  for (const int64_t n : {1, 2, 3, 5, 1002})
    check(at::equal(standard_normal(7, kClipNoise, {n}), line.narrow(0, 0, n)), "a shorter line is a prefix");
  check(at::equal(standard_normal(7, kClipNoise, {2, 3, 5}).flatten(), line.narrow(0, 0, 30)), "row-major");
  check_equal(standard_normal(7, kClipNoise, {0, 4}).numel(), int64_t(0));
}

void moments_are_those_of_the_normal_distribution() {
  const at::Tensor& z = many();
  const double sigma = 1.0 / std::sqrt(double(kMany));
  check_close(z.mean().item<double>(), 0.0, 4 * sigma, "mean");
  check_close(z.square().mean().item<double>(), 1.0, 4 * std::sqrt(2.0) * sigma, "variance");
  check_close(z.pow(3).mean().item<double>(), 0.0, 4 * std::sqrt(15.0) * sigma, "third moment");
  check_close(z.pow(4).mean().item<double>(), 3.0, 4 * std::sqrt(96.0) * sigma, "fourth moment");
}

void tails_hold_what_the_normal_distribution_says() {
  for (const double bound : {1.0, 2.0, 3.0, 4.0, 4.5}) {
    const double p = std::erfc(bound / std::sqrt(2.0));
    check_close(share_beyond(bound), p, 4 * std::sqrt(p / double(kMany)), "share beyond " + shown(bound));
  }
  check(many().abs().max().item<double>() < 6.77, "32 bits end at 6.76");
}

void distribution_function_is_that_of_the_normal_distribution() {
  const at::Tensor sorted = std::get<0>(many().sort());
  const double* z = sorted.const_data_ptr<double>();
  double worst = 0;
  for (int64_t i = 0; i < kMany; ++i) {
    const double phi = 0.5 * std::erfc(-z[i] / std::sqrt(2.0));
    worst = std::max({worst, std::abs(phi - double(i) / kMany), std::abs(phi - double(i + 1) / kMany)});
  }
  check(worst < 1.63 / std::sqrt(double(kMany)), "Kolmogorov and Smirnov at 1 %, distance " + shown(worst));
}

double correlation(const at::Tensor& a, const at::Tensor& b) {
  return (a.to(at::kDouble) * b.to(at::kDouble)).mean().item<double>();
}

void streams_seeds_and_neighbours_are_independent() {
  const int64_t n = 1 << 18;
  const double bound = 4.0 / std::sqrt(double(n));
  const at::Tensor z = standard_normal(11, kClipNoise, {n});
  check_close(correlation(z, standard_normal(11, kPaintNoise, {n})), 0, bound, "another stream");
  check_close(correlation(z, standard_normal(12, kClipNoise, {n})), 0, bound, "the next seed");
  check_close(correlation(z, standard_normal(11 + (uint64_t(1) << 32), kClipNoise, {n})), 0, bound, "a high seed bit");
  check_close(correlation(z, standard_normal(11, kClipNoise + (uint64_t(1) << 32), {n})), 0, bound,
              "a high stream bit");
  for (const int64_t lag : {1, 2, 3, 4, 64})
    check_close(correlation(z.narrow(0, 0, n - lag), z.narrow(0, lag, n - lag)), 0, bound * 1.01, "lag " + shown(lag));
  const at::Tensor even = z.view({-1, 2}).select(1, 0).square() - 1, odd = z.view({-1, 2}).select(1, 1).square() - 1;
  check_close(correlation(even, odd), 0, 4 * 2 / std::sqrt(double(n / 2)), "squares of a pair");
}

void step_streams_do_not_meet_the_streams_of_other_uses() {
  std::vector<uint64_t> streams;
  for (const uint64_t use : {kClipNoise, kPaintNoise, kNegativeNoise, kPreviewNoise}) {
    streams.push_back(use);
    for (uint64_t step = 0; step < 200; ++step) streams.push_back(step_noise(use, step));
  }
  std::sort(streams.begin(), streams.end());
  check(std::adjacent_find(streams.begin(), streams.end()) == streams.end(), "every stream number is used once");
}

const Cases cases = {
    CASE(philox_gives_the_published_answers),
    CASE(first_values_are_those_of_the_formula),
    CASE(bits_are_the_same_on_every_machine),
    CASE(an_element_does_not_depend_on_the_shape),
    CASE(moments_are_those_of_the_normal_distribution),
    CASE(tails_hold_what_the_normal_distribution_says),
    CASE(distribution_function_is_that_of_the_normal_distribution),
    CASE(streams_seeds_and_neighbours_are_independent),
    CASE(step_streams_do_not_meet_the_streams_of_other_uses),
};

}  // namespace
