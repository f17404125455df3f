#include "core/image/canvas.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/base/error.h"
#include "core/base/hash.h"

namespace b3o {
namespace {

constexpr int kNoise = 6;  // of 255, to both sides

int mirrored(int at, int size) { return at < 0 ? -at : at >= size ? 2 * (size - 1) - at : at; }

// The mean of 2 radius + 1 neighbours along one line of `count` pixels, `stride` bytes apart; borders repeat.
void blur_line(uint8_t* line, size_t stride, int count, int radius, std::vector<uint8_t>& copy) {
  copy.resize(size_t(count));
  for (int i = 0; i < count; ++i) copy[size_t(i)] = line[size_t(i) * stride];
  const auto at = [&](int i) { return int(copy[size_t(std::clamp(i, 0, count - 1))]); };
  const int width = 2 * radius + 1;
  int sum = 0;
  for (int i = -radius; i <= radius; ++i) sum += at(i);
  for (int i = 0; i < count; ++i) {
    line[size_t(i) * stride] = uint8_t((sum + radius) / width);
    sum += at(i + radius + 1) - at(i - radius);
  }
}

// Three means one after the other come close to a Gaussian.
void blur(Image& image, int radius) {
  std::vector<uint8_t> copy;
  const size_t row = size_t(image.width) * 3;
  for (int pass = 0; pass < 3; ++pass) {
    for (int y = 0; y < image.height; ++y)
      for (size_t c = 0; c < 3; ++c) blur_line(image.at(0, y) + c, 3, image.width, radius, copy);
    for (size_t x = 0; x < row; ++x) blur_line(image.pixels.data() + x, row, image.height, radius, copy);
  }
}

// How far outside a stretch that begins at `begin` and is `size` long.
int outside(int at, int begin, int size) { return std::max({begin - at, at - (begin + size - 1), 0}); }

}  // namespace

Image extended(const Image& image, const Margins& m, uint64_t seed) {
  if (std::min({m.left, m.top, m.right, m.bottom}) < 0 || std::max(m.left, m.right) >= image.width ||
      std::max(m.top, m.bottom) >= image.height)
    throw RequestError(cat("A picture of ", image.width, " x ", image.height, " pixels cannot grow by ", m.left, ", ",
                           m.top, ", ", m.right, " and ", m.bottom, " at its sides; each must be less than the side."));
  Image sharp(image.width + m.left + m.right, image.height + m.top + m.bottom);
  for (int y = 0; y < sharp.height; ++y)
    for (int x = 0; x < sharp.width; ++x)
      std::copy_n(image.at(mirrored(x - m.left, image.width), mirrored(y - m.top, image.height)), 3, sharp.at(x, y));
  Image soft = sharp;
  const int radius = std::max(1, std::min(image.width, image.height) / 24);
  blur(soft, radius);
  for (int y = 0; y < sharp.height; ++y)
    for (int x = 0; x < sharp.width; ++x) {
      const double d = std::hypot(outside(x, m.left, image.width), outside(y, m.top, image.height));
      if (d == 0) continue;
      const double share = std::min(1.0, d / (3.0 * radius));
      for (int c = 0; c < 3; ++c) {
        uint8_t& value = sharp.at(x, y)[c];
        const uint64_t draw = mix64(seed + (uint64_t(y) * uint64_t(sharp.width) + uint64_t(x)) * 3 + uint64_t(c));
        const double noise = double(int64_t(draw % (2 * kNoise + 1)) - kNoise);
        value = uint8_t(std::clamp(std::lround(value + share * (soft.at(x, y)[c] - value + noise)), 0l, 255l));
      }
    }
  return sharp;
}

GrayImage extension_mask(int width, int height, const Margins& m, int band) {
  ensure(width > 0 && height > 0 && band >= 0, "an extended picture has pixels");
  GrayImage out(width + m.left + m.right, height + m.top + m.bottom);
  for (int y = 0; y < out.height; ++y)
    for (int x = 0; x < out.width; ++x) {
      uint8_t& value = out.pixels[size_t(y) * size_t(out.width) + size_t(x)];
      const int across = x - m.left, down = y - m.top;
      if (outside(across, 0, width) > 0 || outside(down, 0, height) > 0) {
        value = 255;
        continue;
      }
      int d = band;
      if (m.left > 0) d = std::min(d, across);
      if (m.right > 0) d = std::min(d, width - 1 - across);
      if (m.top > 0) d = std::min(d, down);
      if (m.bottom > 0) d = std::min(d, height - 1 - down);
      if (d < band) value = uint8_t(std::lround(255.0 * (band - d) * (band - d) / (double(band) * band)));
    }
  return out;
}

}  // namespace b3o
