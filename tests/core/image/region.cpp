// Boxes around masks, and parts of pictures put back.
#include "core/image/region.h"

#include "core/base/error.h"
#include "core/base/hash.h"
#include "tests/support/case.h"

using namespace b3o;
using namespace b3o::test;

namespace {

GrayImage mask_of(int width, int height, const Box& box) {
  GrayImage out(width, height);
  for (int y = box.y; y < box.y + box.height; ++y)
    for (int x = box.x; x < box.x + box.width; ++x) out.pixels[size_t(y) * size_t(width) + size_t(x)] = 1;
  return out;
}

void the_box_of_a_mask_holds_all_that_is_not_black() {
  check(marked_box(mask_of(9, 7, {2, 3, 4, 1})) == Box{2, 3, 4, 1}, "a line");
  check(marked_box(mask_of(9, 7, {0, 0, 9, 7})) == Box{0, 0, 9, 7}, "everything");
  check(marked_box(GrayImage(9, 7)) == Box{}, "nothing");
  GrayImage corners(5, 4);
  corners.pixels.front() = corners.pixels.back() = 255;
  check(marked_box(corners) == Box{0, 0, 5, 4}, "two corners");
}

void surroundings_get_the_shape_and_stay_in_the_picture() {
  check(surroundings({40, 40, 20, 10}, 10, 1, 1, 200, 200) == Box{30, 25, 40, 40}, "in the middle");
  check(surroundings({0, 190, 20, 10}, 10, 1, 1, 200, 200) == Box{0, 160, 40, 40}, "moved inside, not cut");
  check(surroundings({0, 0, 4, 100}, 32, 1, 1, 64, 200) == Box{0, 0, 64, 164}, "cut where the picture is narrow");
  check(surroundings({50, 50, 10, 10}, 0, 4, 3, 200, 200) == Box{48, 50, 14, 10}, "four to three");
  check(surroundings({0, 0, 1, 64}, 4096, 3, 2, 1, 64) == Box{0, 0, 1, 64}, "a strip is its own surroundings");
}

void surroundings_hold_the_box_and_lie_inside_whatever_the_numbers() {
  uint64_t n = 1;
  const auto draw = [&](int low, int high) { return low + int(mix64(++n) % uint64_t(high - low + 1)); };
  for (int k = 0; k < 2000; ++k) {
    const int w = draw(1, 700), h = draw(1, 700);
    const Box box = [&] {
      const int x = draw(0, w - 1), y = draw(0, h - 1);
      return Box{x, y, draw(1, w - x), draw(1, h - y)};
    }();
    const Box out = surroundings(box, draw(0, 200), draw(1, 5), draw(1, 5), w, h);
    check(out.x >= 0 && out.y >= 0 && out.x + out.width <= w && out.y + out.height <= h, "inside the picture");
    check(out.x <= box.x && out.y <= box.y && out.x + out.width >= box.x + box.width &&
              out.y + out.height >= box.y + box.height,
          "around the box");
  }
}

void a_part_comes_back_where_it_was_cut() {
  const GrayImage mask = mask_of(6, 5, {1, 2, 3, 2});
  check(crop(mask, {1, 2, 3, 2}).pixels == std::vector<uint8_t>(6, 1), "the marked part");
  check(crop(mask, {0, 0, 6, 2}).pixels == std::vector<uint8_t>(12, 0), "the part above");
  Image base(5, 4), part(2, 3);
  std::fill(part.pixels.begin(), part.pixels.end(), uint8_t(7));
  const Image out = pasted(base, part, 3, 1);
  for (int y = 0; y < 4; ++y)
    for (int x = 0; x < 5; ++x) check_equal(int(*out.at(x, y)), x >= 3 && y >= 1 ? 7 : 0, cat(x, ", ", y));
  check_contains(message_of<RequestError>([&] { pasted(base, part, 4, 1); }), "does not lie inside");
}

const Cases cases = {
    CASE(the_box_of_a_mask_holds_all_that_is_not_black),
    CASE(surroundings_get_the_shape_and_stay_in_the_picture),
    CASE(surroundings_hold_the_box_and_lie_inside_whatever_the_numbers),
    CASE(a_part_comes_back_where_it_was_cut),
};

}  // namespace
