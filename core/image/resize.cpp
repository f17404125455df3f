#include "core/image/resize.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>

#include "core/base/error.h"
#include "core/image/limits.h"

namespace b3o {
namespace {

constexpr int kFractionBits = 22;  // of the fixed-point weights

double cubic(double x) {  // a = -0.5
  x = std::abs(x);
  if (x < 1) return (1.5 * x - 2.5) * x * x + 1;
  if (x < 2) return (((x - 5) * x + 8) * x - 4) * -0.5;
  return 0;
}

// For every output position the range of inputs it is made of, and their weights.
struct Taps {
  struct Range {
    int begin, count;
  };
  std::vector<Range> ranges;
  std::vector<int32_t> weights;  // [out, longest]
  int longest = 0;
};

Taps bicubic_taps(int in, int out) {
  const double scale = double(in) / out;
  const double widening = std::max(scale, 1.0);
  const double support = 2 * widening;
  Taps taps;
  taps.longest = int(std::ceil(support)) * 2 + 1;
  taps.ranges.resize(size_t(out));
  taps.weights.resize(size_t(out) * size_t(taps.longest));
  std::vector<double> exact(size_t(taps.longest));
  for (int o = 0; o < out; ++o) {
    const double centre = (o + 0.5) * scale;
    const int begin = std::max(0, int(centre - support + 0.5));
    const int end = std::min(in, int(centre + support + 0.5));
    double sum = 0;
    for (int i = begin; i < end; ++i) sum += exact[size_t(i - begin)] = cubic((i - centre + 0.5) * (1 / widening));
    int32_t* weights = taps.weights.data() + size_t(o) * size_t(taps.longest);
    for (int i = 0; i < end - begin; ++i) {
      const double w = exact[size_t(i)] / sum * (1 << kFractionBits);
      weights[i] = int32_t(w < 0 ? w - 0.5 : w + 0.5);
    }
    taps.ranges[size_t(o)] = {begin, end - begin};
  }
  return taps;
}

uint8_t rounded(int32_t sum) { return uint8_t(std::clamp(sum >> kFractionBits, 0, 255)); }

constexpr int32_t kHalf = 1 << (kFractionBits - 1);

void shrink_row(const uint8_t* in, const Taps& taps, uint8_t* out) {
  const int32_t* weights = taps.weights.data();
  for (const auto [begin, count] : taps.ranges) {
    const uint8_t* p = in + size_t(begin) * 3;
    int32_t r = kHalf, g = kHalf, b = kHalf;
    for (int i = 0; i < count; ++i, p += 3) {
      r += p[0] * weights[i];
      g += p[1] * weights[i];
      b += p[2] * weights[i];
    }
    *out++ = rounded(r);
    *out++ = rounded(g);
    *out++ = rounded(b);
    weights += taps.longest;
  }
}

}  // namespace

Image resize_bicubic(const Image& image, int width, int height) {
  if (image.empty()) throw RequestError("An empty picture cannot be resized.");
  if (const std::string why = size_problem(width, height, kAnyShape); !why.empty())
    throw RequestError(cat("Cannot resize a picture to that size: it ", why, "."));
  if (width == image.width && height == image.height) return image;
  const size_t row_bytes = size_t(width) * 3;

  // Horizontally resized rows, made when the vertical pass first needs them; row y lies at y % kept.
  const bool narrow = width != image.width;
  const Taps across = narrow ? bicubic_taps(image.width, width) : Taps();
  if (height == image.height) {
    Image out(width, height);
    for (int y = 0; y < height; ++y) shrink_row(image.at(0, y), across, out.at(0, y));
    return out;
  }
  const Taps down = bicubic_taps(image.height, height);
  const int kept = std::min(down.longest, image.height);
  std::vector<uint8_t> rows(narrow ? size_t(kept) * row_bytes : 0);
  int made = 0;
  const auto row = [&](int y) -> const uint8_t* {
    if (!narrow) return image.at(0, y);
    for (; made <= y; ++made) shrink_row(image.at(0, made), across, rows.data() + size_t(made % kept) * row_bytes);
    return rows.data() + size_t(y % kept) * row_bytes;
  };

  Image out(width, height);
  std::vector<int32_t> sums(row_bytes);
  for (int y = 0; y < height; ++y) {
    std::fill(sums.begin(), sums.end(), kHalf);
    const auto [begin, count] = down.ranges[size_t(y)];
    for (int i = 0; i < count; ++i) {
      const int32_t weight = down.weights[size_t(y) * size_t(down.longest) + size_t(i)];
      const uint8_t* in = row(begin + i);
      for (size_t x = 0; x < row_bytes; ++x) sums[x] += in[x] * weight;
    }
    std::transform(sums.begin(), sums.end(), out.at(0, y), rounded);
  }
  return out;
}

Image crop(const Image& image, int x, int y, int width, int height) {
  if (x < 0 || y < 0 || width < 1 || height < 1 || width > image.width - x || height > image.height - y)
    throw RequestError(cat("The part of ", width, " x ", height, " pixels at (", x, ", ", y,
                           ") does not lie inside a picture of ", image.width, " x ", image.height, "."));
  Image out(width, height);
  for (int row = 0; row < height; ++row) std::memcpy(out.at(0, row), image.at(x, y + row), size_t(width) * 3);
  return out;
}

Image centre_square(const Image& image) {
  const int side = std::min(image.width, image.height);
  return crop(image, (image.width - side) / 2, (image.height - side) / 2, side, side);
}

}  // namespace b3o
