// Resizing and cropping of 8-bit pictures. The resize gives the very bytes of Pillow (up to 12.3.0), because the vision
// networks were trained on them.
#pragma once

#include "core/image/image.h"
#include "core/image/mask.h"

namespace b3o {

// Bicubic, widened when shrinking, horizontally first, rounded to 8 bits between the passes (understanding.md 4.3).
// RequestError unless the sides are 1 to 16384 and the area is at most 64 Mi pixels.
Image resize_bicubic(const Image& image, int width, int height);

// The part of the picture with its upper left corner at (x, y). RequestError when it does not lie inside.
Image crop(const Image& image, int x, int y, int width, int height);

// The largest centred square; what cannot be halved goes to the right and lower side, as in the reference's
// reconstruction script (generation.md 6.3).
Image centre_square(const Image& image);

}  // namespace b3o
