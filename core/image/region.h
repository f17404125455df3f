// Rectangles of a picture: where a mask is, what surrounds it, and putting a part back.
#pragma once

#include "core/image/image.h"

namespace b3o {

struct Box {
  int x = 0, y = 0, width = 0, height = 0;  // pixels
  bool operator==(const Box&) const = default;
};

// The smallest box that holds every pixel above 0; of no size when there is none.
Box marked_box(const GrayImage& mask);

// The box with `padding` around it, widened to the shape of `shape_width` to `shape_height` and moved into the picture;
// where the picture is too small for that, cut to it.
Box surroundings(const Box& box, int padding, int shape_width, int shape_height, int picture_width, int picture_height);

// The part of a mask in a box that lies inside it.
GrayImage crop(const GrayImage& mask, const Box& box);

// base with `part` laid over it, its upper left corner at (x, y). RequestError when it does not lie inside.
Image pasted(const Image& base, const Image& part, int x, int y);

}  // namespace b3o
