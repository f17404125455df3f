#include "core/image/qwen.h"

#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/image/normalise.h"
#include "core/image/resize.h"

namespace b3o {
namespace {

constexpr int64_t kMaxArea = int64_t(1) << 40;

void read_triple(const Fields& config, const char* key, double (&out)[3]) {
  if (!config.has(key)) return;
  const std::vector<double> values = config.numbers(key);
  if (values.size() != 3)
    throw LoadError(cat(config.where(), ": key '", key, "' has ", values.size(), " numbers, expected 3"));
  std::copy(values.begin(), values.end(), out);
}

int small(const Fields& config, const char* key, int64_t most, int fallback) {
  return config.has(key) ? int(config.integer_in(key, 1, most)) : fallback;
}

}  // namespace

QwenImageConfig QwenImageConfig::defaults() {
  return {3136, 12845056, 14, 2, 2, {0.48145466, 0.4578275, 0.40821073}, {0.26862954, 0.26130258, 0.27577711}};
}

QwenImageConfig QwenImageConfig::from_json(const Fields& config) {
  QwenImageConfig c = defaults();
  c.max_pixels = 28 * 28 * 1280;  // the class default; the published files say more
  // Newer writers repeat the limits as the edges of `size`.
  if (config.has("size") && config.raw("size").is_object()) {
    const Fields size = config.object("size");
    if (size.has("shortest_edge")) c.min_pixels = size.integer_in("shortest_edge", 1, kMaxArea);
    if (size.has("longest_edge")) c.max_pixels = size.integer_in("longest_edge", 1, kMaxArea);
  }
  if (config.has("min_pixels")) c.min_pixels = config.integer_in("min_pixels", 1, kMaxArea);
  if (config.has("max_pixels")) c.max_pixels = config.integer_in("max_pixels", 1, kMaxArea);
  if (c.min_pixels > c.max_pixels)
    throw LoadError(cat(config.where(), ": min_pixels is ", c.min_pixels, ", more than max_pixels, ", c.max_pixels));
  c.patch = small(config, "patch_size", 256, c.patch);
  c.temporal_patch = small(config, "temporal_patch_size", 16, c.temporal_patch);
  c.merge = small(config, "merge_size", 16, c.merge);
  read_triple(config, "image_mean", c.mean);
  read_triple(config, "image_std", c.std);
  for (const double s : c.std)
    if (!(s > 0)) throw LoadError(cat(config.where(), ": key 'image_std' holds ", s, ", expected numbers above 0"));
  return c;
}

std::pair<int64_t, int64_t> smart_resize(int64_t height, int64_t width, const QwenImageConfig& config) {
  constexpr int64_t kMaxSideHere = int64_t(1) << 24;  // keeps every product below exact
  if (height < 1 || width < 1 || height > kMaxSideHere || width > kMaxSideHere)
    throw RequestError(cat("A picture of ", width, " x ", height, " pixels cannot be looked at."));
  const auto [shorter, longer] = std::minmax(height, width);
  if (longer > 200 * shorter)
    throw RequestError(cat("A picture of ", width, " x ", height,
                           " pixels cannot be looked at: one side may be at most 200 times the other."));

  const int64_t factor = int64_t(config.patch) * config.merge;
  // nearbyint rounds halves to even, as the reference does.
  const auto round_to_grid = [&](int64_t side) {
    return std::max(factor, int64_t(std::nearbyint(double(side) / double(factor))) * factor);
  };
  int64_t h = round_to_grid(height), w = round_to_grid(width);
  // The rounded size is compared, the original size is scaled.
  if (h * w > config.max_pixels) {
    const double shrink = std::sqrt(double(height * width) / double(config.max_pixels));
    const auto fit = [&](int64_t side) {
      return std::max(factor, int64_t(std::floor(double(side) / shrink / double(factor))) * factor);
    };
    h = fit(height), w = fit(width);
  } else if (h * w < config.min_pixels) {
    const double enlarge = std::sqrt(double(config.min_pixels) / double(height * width));
    const auto fit = [&](int64_t side) { return int64_t(std::ceil(double(side) * enlarge / double(factor))) * factor; };
    h = fit(height), w = fit(width);
  }
  return {h, w};
}

QwenPixels qwen_pixels(const Image& image, const QwenImageConfig& config) {
  const auto [height, width] = smart_resize(image.height, image.width, config);
  const Image resized = resize_bicubic(image, int(width), int(height));
  const NormalisedLevels levels(config.mean, config.std);
  const int patch = config.patch, merge = config.merge;

  QwenPixels out;
  out.grid = {1, height / patch, width / patch};
  const size_t plane = size_t(patch) * size_t(patch);
  const size_t row = 3 * size_t(config.temporal_patch) * plane;
  out.values.resize(size_t(out.grid.h) * size_t(out.grid.w) * row);
  float* to = out.values.data();
  // Merge blocks row by row, patches of a block row by row; in a patch: channel, frame, pixel row, pixel column.
  for (int by = 0; by < out.grid.h; by += merge)
    for (int bx = 0; bx < out.grid.w; bx += merge)
      for (int py = by; py < by + merge; ++py)
        for (int px = bx; px < bx + merge; ++px)
          for (int c = 0; c < 3; ++c) {
            const float* const frame = to;
            for (int y = 0; y < patch; ++y) {
              const uint8_t* from = resized.at(px * patch, py * patch + y) + c;
              for (int x = 0; x < patch; ++x, from += 3) *to++ = levels.of[c][*from];
            }
            for (int t = 1; t < config.temporal_patch; ++t, to += plane) std::copy_n(frame, plane, to);
          }
  return out;
}

}  // namespace b3o
