#include "core/sampling/noise.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <bit>
#include <cmath>

namespace b3o {
namespace {

// ln(u) for u in (0, 1). With u = m 2^e and m in [sqrt(1/2), sqrt(2)): ln m = 2 atanh(s), s = (m - 1) / (m + 1), and
// |s| < 0.1716, where eleven terms of the series reach double precision. The C library's log is not used because its
// last bit differs between machines.
double natural_log(double u) {
  constexpr uint64_t kMantissa = (uint64_t(1) << 52) - 1;
  constexpr double kLn2 = 0x1.62e42fefa39efp-1, kSqrt2 = 0x1.6a09e667f3bcdp+0;
  const uint64_t bits = std::bit_cast<uint64_t>(u);
  double m = std::bit_cast<double>((bits & kMantissa) | (uint64_t(1023) << 52));  // [1, 2)
  double e = double(int64_t(bits >> 52) - 1023);
  const bool high = m >= kSqrt2;
  m = high ? m * 0.5 : m;
  e = high ? e + 1.0 : e;
  const double s = (m - 1.0) / (m + 1.0), z = s * s;
  double sum = 1.0 / 21.0;
  for (const double term : {1.0 / 19, 1.0 / 17, 1.0 / 15, 1.0 / 13, 1.0 / 11, 1.0 / 9, 1.0 / 7, 1.0 / 5, 1.0 / 3, 1.0})
    sum = sum * z + term;
  return e * kLn2 + 2.0 * s * sum;
}

struct Direction {
  double cosine, sine;
};

// The point of the unit circle at 2 pi (k + 1/2) / 2^32. The quadrant is taken from the two top bits, exactly; the rest
// is an angle in [-pi/4, pi/4] for the Taylor series.
Direction direction(uint32_t k) {
  constexpr double kTwoPi = 0x1.921fb54442d18p+2;
  const uint32_t turned = k + 0x20000000u;  // the middle of quadrant 0 is angle 0
  const double a = (double(int64_t(turned & 0x3fffffffu) - 0x20000000) + 0.5) * (kTwoPi * 0x1p-32), z = a * a;
  double c = 1.0, s = 1.0;
  for (int n = 8; n > 0; --n) {
    c = 1.0 - c * z / double((2 * n - 1) * (2 * n));
    s = 1.0 - s * z / double((2 * n) * (2 * n + 1));
  }
  s = s * a;
  switch (turned >> 30) {
    case 0:
      return {c, s};
    case 1:
      return {-s, c};
    case 2:
      return {-c, -s};
    default:
      return {s, -c};
  }
}

// Box and Muller: two words of 32 bits become two independent normal numbers, up to 6.76 from zero.
void normal_pair(uint32_t radius_word, uint32_t angle_word, float* out) {
  const double u = (double(radius_word) + 0.5) * 0x1p-32;  // exact, in (0, 1)
  const double radius = std::sqrt(-2.0 * natural_log(u));
  const Direction d = direction(angle_word);
  out[0] = float(radius * d.cosine);
  out[1] = float(radius * d.sine);
}

}  // namespace

std::array<uint32_t, 4> philox4x32(std::array<uint32_t, 4> counter, std::array<uint32_t, 2> key) {
  for (int round = 0; round < 10; ++round) {
    const uint64_t a = uint64_t(0xd2511f53u) * counter[0], b = uint64_t(0xcd9e8d57u) * counter[2];
    counter = {uint32_t(b >> 32) ^ counter[1] ^ key[0], uint32_t(b), uint32_t(a >> 32) ^ counter[3] ^ key[1],
               uint32_t(a)};
    key = {key[0] + 0x9e3779b9u, key[1] + 0xbb67ae85u};
  }
  return counter;
}

at::Tensor standard_normal(uint64_t seed, uint64_t stream, at::IntArrayRef shape) {
  at::Tensor result = at::empty(shape, at::TensorOptions(at::kFloat));
  float* out = result.mutable_data_ptr<float>();
  const uint64_t count = uint64_t(result.numel());
  for (uint64_t block = 0; block * 4 < count; ++block) {
    const auto words = philox4x32({uint32_t(block), uint32_t(block >> 32), uint32_t(stream), uint32_t(stream >> 32)},
                                  {uint32_t(seed), uint32_t(seed >> 32)});
    float four[4];
    normal_pair(words[0], words[1], four);
    normal_pair(words[2], words[3], four + 2);
    std::copy_n(four, std::min<uint64_t>(4, count - block * 4), out + block * 4);
  }
  return result;
}

}  // namespace b3o
