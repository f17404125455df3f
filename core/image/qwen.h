// What the Qwen2.5-VL vision tower wants of a picture (understanding.md 4): a size on its grid, normalised values, and
// the patches in the tower's order.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "core/base/json.h"
#include "core/image/image.h"

namespace b3o {

struct QwenImageConfig {
  int64_t min_pixels, max_pixels;  // area after resizing
  int patch;                       // pixels a side of a patch
  int temporal_patch;              // equal frames a still picture is repeated to
  int merge;                       // patches a side that become one token
  double mean[3], std[3];          // of red, green and blue

  // preprocessor_config.json; a missing key has the default of the image processor class.
  static QwenImageConfig from_json(const Fields& config);
  // What the published folders say.
  static QwenImageConfig defaults();
};

struct PatchGrid {
  int64_t t, h, w;  // patches
  bool operator==(const PatchGrid&) const = default;
};

struct QwenPixels {
  std::vector<float> values;  // [grid.h * grid.w, 3 * temporal_patch * patch * patch]
  PatchGrid grid;
};

// The {height, width} a picture is resized to: multiples of patch * merge within the limits. Sides below one multiple
// are scaled up. RequestError when one side is more than 200 times the other.
std::pair<int64_t, int64_t> smart_resize(int64_t height, int64_t width, const QwenImageConfig& config);

QwenPixels qwen_pixels(const Image& image, const QwenImageConfig& config);

}  // namespace b3o
