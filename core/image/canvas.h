// More canvas around a picture (decoder.md 5.4): what the new area holds before it is painted, and the mask to paint
// it with.
#pragma once

#include <cstdint>

#include "core/image/image.h"

namespace b3o {

// Pixels of new canvas at each side.
struct Margins {
  int left = 0, top = 0, right = 0, bottom = 0;
  bool operator==(const Margins&) const = default;
};

// The picture, byte by byte, in a larger one. The new area is the picture mirrored at its border, more and more blurred
// and a little noisy away from it: a start that continues the picture without repeating it. RequestError for a margin
// that is not smaller than the picture's side.
Image extended(const Image& image, const Margins& margins, uint64_t seed);

// A mask of the extended size: 255 in the new area; in the old one, within `band` pixels of a border that moved,
// 255 ((band - d) / band)^2 at the distance d from it, 0 beyond.
GrayImage extension_mask(int width, int height, const Margins& margins, int band);

}  // namespace b3o
