// Masks: growing, feathering, measuring, and pasting through them. 255 = repaint, 0 = keep.
#pragma once

#include <vector>

#include "core/image/image.h"

namespace b3o {

// Every pixel within `radius` (Euclidean, in pixels) of a painted one (128 or more) becomes 255; the others stay.
GrayImage grow(const GrayImage& mask, int radius);

// Every pixel within `radius` of one that is not painted (below 128) becomes 0; the others stay. The picture's border
// is no edge.
GrayImage shrink(const GrayImage& mask, int radius);

// Fades the mask over `width` pixels inwards from its edge (between painted, 128 or more, and not), so that a composite
// never touches what the mask leaves out. The picture's border is no edge. width 0: the mask as it is.
GrayImage feather(const GrayImage& mask, int width);

// The covered fraction of every cell, 0 to 1, row by row: [rows, columns].
std::vector<float> area_average(const GrayImage& mask, int columns, int rows);

// base where alpha is 0 and over where it is 255, both byte by byte; mixed between. RequestError unless all three have
// one size.
Image composite(const Image& base, const Image& over, const GrayImage& alpha);

}  // namespace b3o
