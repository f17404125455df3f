// What a CLIP tower wants of a picture (generation.md 6.3): a square of fixed size, normalised, channels first.
#pragma once

#include <span>
#include <vector>

#include "core/image/image.h"

namespace b3o {

// squash: both sides become `size` (reconstruction). crop: the shorter side becomes `size`, the centre is cut out
// (training).
enum class ClipFit { squash, crop };

// [3, size, size]. RequestError when the picture is too long for `crop`, or size is not 1 to 4096.
std::vector<float> clip_pixels(const Image& image, int size, ClipFit fit, std::span<const double, 3> mean,
                               std::span<const double, 3> std);
// The 8-bit square that clip_pixels normalises.
Image clip_square(const Image& image, int size, ClipFit fit);

}  // namespace b3o
