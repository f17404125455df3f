#include "core/image/clip.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "core/base/error.h"
#include "core/image/limits.h"
#include "core/image/normalise.h"
#include "core/image/resize.h"

namespace b3o {

Image clip_square(const Image& image, int size, ClipFit fit) {
  if (size < 1 || size > 4096) throw RequestError(cat("A CLIP input of ", size, " pixels a side cannot be made."));
  if (image.empty()) throw RequestError("An empty picture cannot be looked at.");
  if (fit == ClipFit::squash) return resize_bicubic(image, size, size);

  const bool tall = image.height > image.width;
  const int64_t shorter = std::min(image.width, image.height), longer = std::max(image.width, image.height);
  const int64_t length = int64_t(size) * longer / shorter;
  if (const std::string why = size_problem(length, size, kAnyShape); !why.empty())
    throw RequestError(cat("A picture of ", image.width, " x ", image.height,
                           " pixels is too long to be cropped: brought to ", size, " pixels it ", why, "."));
  const int width = tall ? size : int(length), height = tall ? int(length) : size;
  const auto offset = [size](int side) { return int(std::nearbyint((side - size) / 2.0)); };  // half to even
  return crop(resize_bicubic(image, width, height), offset(width), offset(height), size, size);
}

std::vector<float> clip_pixels(const Image& image, int size, ClipFit fit, std::span<const double, 3> mean,
                               std::span<const double, 3> std) {
  const Image square = clip_square(image, size, fit);
  const NormalisedLevels levels(mean, std);
  const size_t plane = size_t(size) * size_t(size);
  std::vector<float> out(3 * plane);
  for (size_t i = 0; i < plane; ++i)
    for (size_t c = 0; c < 3; ++c) out[c * plane + i] = levels.of[c][square.pixels[i * 3 + c]];
  return out;
}

}  // namespace b3o
