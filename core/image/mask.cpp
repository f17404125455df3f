#include "core/image/mask.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "core/base/error.h"

namespace b3o {
namespace {

constexpr uint8_t kPainted = 128;

// Squared distance of every pixel to the nearest one whose being painted equals `painted`; there must be one.
// Two sweeps (Meijster, Roerdink and Hesselink, 2000): distances within columns, then the lower envelope of the rows'
// parabolas. Exact in integers.
std::vector<int32_t> squared_distances(const GrayImage& mask, bool painted) {
  const int w = mask.width, h = mask.height;
  const int32_t far = w + h;  // beyond every distance inside the picture
  std::vector<int32_t> out(mask.pixels.size());
  const auto at = [&](int x, int y) -> int32_t& { return out[size_t(y) * size_t(w) + size_t(x)]; };
  for (int y = 0; y < h; ++y)
    for (int x = 0; x < w; ++x) {
      const bool target = (mask.pixels[size_t(y) * size_t(w) + size_t(x)] >= kPainted) == painted;
      at(x, y) = target ? 0 : y ? std::min(far, at(x, y - 1) + 1) : far;
    }
  for (int y = h - 2; y >= 0; --y)
    for (int x = 0; x < w; ++x) at(x, y) = std::min(at(x, y), at(x, y + 1) + 1);

  std::vector<int> apex(size_t(w), 0), start(size_t(w), 0);  // parabola k rules from start[k] on
  std::vector<int64_t> g2(size_t(w), 0);
  for (int y = 0; y < h; ++y) {
    for (int x = 0; x < w; ++x) g2[size_t(x)] = int64_t(at(x, y)) * at(x, y);
    const auto height_of = [&](int a, int x) { return int64_t(x - a) * (x - a) + g2[size_t(a)]; };
    int last = 0;
    apex[0] = start[0] = 0;
    for (int x = 1; x < w; ++x) {
      while (last >= 0 && height_of(apex[size_t(last)], start[size_t(last)]) > height_of(x, start[size_t(last)]))
        --last;
      int64_t from = 0;
      if (last >= 0) {
        const int64_t a = apex[size_t(last)];
        from = (int64_t(x) * x - a * a + g2[size_t(x)] - g2[size_t(a)]) / (2 * (x - a)) + 1;
      }
      if (from >= w) continue;
      ++last;
      apex[size_t(last)] = x;
      start[size_t(last)] = int(from);
    }
    for (int x = w - 1; x >= 0; --x) {
      at(x, y) = int32_t(height_of(apex[size_t(last)], x));
      if (x == start[size_t(last)]) --last;
    }
  }
  return out;
}

bool has(const GrayImage& mask, bool painted) {
  return std::any_of(mask.pixels.begin(), mask.pixels.end(), [=](uint8_t v) { return (v >= kPainted) == painted; });
}

}  // namespace

GrayImage grow(const GrayImage& mask, int radius) {
  if (radius < 0) throw RequestError("A mask cannot grow by less than nothing.");
  GrayImage out = mask;
  if (radius == 0 || !has(mask, true)) return out;
  const std::vector<int32_t> distance = squared_distances(mask, true);
  for (size_t i = 0; i < out.pixels.size(); ++i)
    if (distance[i] <= int64_t(radius) * radius) out.pixels[i] = 255;
  return out;
}

GrayImage shrink(const GrayImage& mask, int radius) {
  if (radius < 0) throw RequestError("A mask cannot shrink by less than nothing.");
  GrayImage out = mask;
  if (radius == 0 || !has(mask, false)) return out;
  const std::vector<int32_t> distance = squared_distances(mask, false);
  for (size_t i = 0; i < out.pixels.size(); ++i)
    if (distance[i] <= int64_t(radius) * radius) out.pixels[i] = 0;
  return out;
}

GrayImage feather(const GrayImage& mask, int width) {
  if (width < 0) throw RequestError("A mask cannot be feathered by less than nothing.");
  GrayImage out = mask;
  if (width == 0 || !has(mask, false)) return out;
  const std::vector<int32_t> distance = squared_distances(mask, false);
  for (size_t i = 0; i < out.pixels.size(); ++i) {
    const double reached = std::min(1.0, std::sqrt(double(distance[i])) / (width + 1.0));
    out.pixels[i] = std::min(out.pixels[i], uint8_t(std::lround(255 * reached)));
  }
  return out;
}

std::vector<float> area_average(const GrayImage& mask, int columns, int rows) {
  if (columns < 1 || rows < 1 || mask.empty())
    throw RequestError(cat("A mask of ", mask.width, " x ", mask.height, " pixels has no average over a grid of ",
                           columns, " x ", rows, " cells."));
  // In units of 1 / columns of a pixel, a cell is mask.width wide and a pixel is `columns` wide; likewise downwards.
  const auto overlap = [](int64_t pixel, int64_t pixel_size, int64_t cell, int64_t cell_size) {
    return std::min((pixel + 1) * pixel_size, (cell + 1) * cell_size) - std::max(pixel * pixel_size, cell * cell_size);
  };
  const int64_t w = mask.width, h = mask.height;
  std::vector<float> out;
  out.reserve(size_t(columns) * size_t(rows));
  for (int64_t row = 0; row < rows; ++row)
    for (int64_t column = 0; column < columns; ++column) {
      double sum = 0;
      for (int64_t y = row * h / rows; y < ((row + 1) * h + rows - 1) / rows; ++y)
        for (int64_t x = column * w / columns; x < ((column + 1) * w + columns - 1) / columns; ++x)
          sum += double(overlap(x, columns, column, w) * overlap(y, rows, row, h)) * mask.pixels[size_t(y * w + x)];
      out.push_back(float(sum / (255.0 * double(w) * double(h))));
    }
  return out;
}

Image composite(const Image& base, const Image& over, const GrayImage& alpha) {
  if (base.width != over.width || base.height != over.height || base.width != alpha.width ||
      base.height != alpha.height)
    throw RequestError(cat("Pictures of ", base.width, " x ", base.height, " and ", over.width, " x ", over.height,
                           " pixels and a mask of ", alpha.width, " x ", alpha.height,
                           " cannot be put together; they must have one size."));
  Image out = base;
  for (size_t i = 0; i < out.pixels.size(); ++i) {
    const int a = alpha.pixels[i / 3];
    const int mixed = over.pixels[i] * a + base.pixels[i] * (255 - a) + 128;
    out.pixels[i] = uint8_t((mixed + (mixed >> 8)) >> 8);
  }
  return out;
}

}  // namespace b3o
