#include "core/image/region.h"

#include <algorithm>
#include <cstdint>
#include <cstring>

#include "core/base/error.h"

namespace b3o {

Box marked_box(const GrayImage& mask) {
  int left = mask.width, top = mask.height, right = 0, bottom = 0;
  for (int y = 0; y < mask.height; ++y) {
    const uint8_t* row = mask.pixels.data() + size_t(y) * size_t(mask.width);
    for (int x = 0; x < mask.width; ++x) {
      if (row[x] == 0) continue;
      left = std::min(left, x);
      right = std::max(right, x + 1);
      top = std::min(top, y);
      bottom = y + 1;
    }
  }
  return right > left ? Box{left, top, right - left, bottom - top} : Box{};
}

Box surroundings(const Box& box, int padding, int shape_width, int shape_height, int picture_width,
                 int picture_height) {
  ensure(box.width > 0 && box.height > 0 && padding >= 0 && shape_width > 0 && shape_height > 0,
         "something is to be surrounded");
  int64_t width = int64_t(box.width) + 2 * padding, height = int64_t(box.height) + 2 * padding;
  if (width * shape_height < height * shape_width)
    width = (height * shape_width + shape_height - 1) / shape_height;
  else
    height = (width * shape_height + shape_width - 1) / shape_width;
  Box out;
  out.width = int(std::min<int64_t>(width, picture_width));
  out.height = int(std::min<int64_t>(height, picture_height));
  const auto place = [](int at, int size, int whole, int picture) {
    return std::clamp(at + (size - whole) / 2, 0, picture - whole);
  };
  out.x = place(box.x, box.width, out.width, picture_width);
  out.y = place(box.y, box.height, out.height, picture_height);
  return out;
}

GrayImage crop(const GrayImage& mask, const Box& box) {
  ensure(box.x >= 0 && box.y >= 0 && box.width <= mask.width - box.x && box.height <= mask.height - box.y,
         "a part of a mask lies inside it");
  GrayImage out(box.width, box.height);
  for (int y = 0; y < box.height; ++y)
    std::memcpy(out.pixels.data() + size_t(y) * size_t(box.width),
                mask.pixels.data() + size_t(box.y + y) * size_t(mask.width) + size_t(box.x), size_t(box.width));
  return out;
}

Image pasted(const Image& base, const Image& part, int x, int y) {
  if (x < 0 || y < 0 || part.width > base.width - x || part.height > base.height - y)
    throw RequestError(cat("A part of ", part.width, " x ", part.height, " pixels at (", x, ", ", y,
                           ") does not lie inside a picture of ", base.width, " x ", base.height, "."));
  Image out = base;
  for (int row = 0; row < part.height; ++row) std::memcpy(out.at(x, y + row), part.at(0, row), size_t(part.width) * 3);
  return out;
}

}  // namespace b3o
