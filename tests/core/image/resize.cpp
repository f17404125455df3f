#include "core/image/resize.h"

#include <array>

#include "core/base/error.h"
#include "tests/core/image/goldens.h"
#include "tests/core/image/pictures.h"
#include "tests/support/case.h"

using namespace b3o;
using namespace b3o::test;

namespace {

struct Spot {
  int y, x;
  uint8_t rgb[3];
};

void check_against(const Image& image, std::vector<Spot> spots, std::vector<uint64_t> sums) {
  for (const Spot& s : spots)
    for (int c = 0; c < 3; ++c) check_equal(int(image.at(s.x, s.y)[c]), int(s.rgb[c]), "pixel at row " + shown(s.y));
  for (size_t c = 0; c < 3; ++c) {
    uint64_t sum = 0;
    for (size_t i = c; i < image.pixels.size(); i += 3) sum += image.pixels[i];
    check_equal(sum, sums[c], "the sum of channel " + shown(c));
  }
}

// The two checks of understanding.md 4.3.
void enlarging_gives_pillows_pixels() {
  check_against(resize_bicubic(formula_image(100, 150), 140, 112),
                {{0, 0, {0, 0, 0}}, {10, 20, {177, 72, 66}}, {56, 70, {163, 89, 55}}, {111, 139, {60, 89, 147}}},
                {1993941, 2002316, 1933349});
}

void shrinking_gives_pillows_pixels() {
  check_against(resize_bicubic(formula_image(300, 420), 140, 84),
                {{0, 0, {11, 7, 15}}, {40, 70, {117, 185, 217}}, {83, 139, {235, 105, 232}}},
                {1499083, 1499265, 1497801});
}

void the_same_size_is_a_copy() {
  const Image image = formula_image(31, 17);
  check(resize_bicubic(image, 17, 31) == image, "nothing changed");
}

void a_pass_in_one_direction_leaves_the_other_alone() {
  // A picture whose rows are all equal keeps that property when only its width changes, and likewise for columns.
  Image rows(20, 9), columns(9, 20);
  for (int y = 0; y < 9; ++y)
    for (int x = 0; x < 20; ++x) rows.at(x, y)[1] = columns.at(y, x)[1] = uint8_t(x * 12);
  const Image narrow = resize_bicubic(rows, 7, 9), low = resize_bicubic(columns, 9, 7);
  for (int y = 0; y < 9; ++y)
    for (int x = 0; x < 7; ++x) {
      check_equal(int(narrow.at(x, y)[1]), int(narrow.at(x, 0)[1]), "a row");
      check_equal(int(low.at(y, x)[1]), int(narrow.at(x, 0)[1]), "a column");
    }
}

void one_colour_stays_that_colour_at_every_scale() {
  Image image(13, 57);
  for (size_t i = 0; i < image.pixels.size(); ++i) image.pixels[i] = uint8_t(251 - 100 * (i % 3));
  for (const auto& [w, h] : {std::pair{1, 1}, {13, 400}, {400, 13}, {5, 300}, {300, 5}, {199, 3}}) {
    const Image out = resize_bicubic(image, w, h);
    for (size_t i = 0; i < out.pixels.size(); ++i)
      check_equal(int(out.pixels[i]), 251 - 100 * int(i % 3), "a byte at " + shown(w) + " x " + shown(h));
  }
}

void impossible_sizes_are_refused() {
  const Image image = formula_image(4, 4);
  for (const auto& [w, h] : {std::pair{0, 5}, {5, -1}, {16385, 4}, {16384, 16384}})
    check_contains(message_of<RequestError>([&] { resize_bicubic(image, w, h); }), shown(w) + " x " + shown(h));
  check_contains(message_of<RequestError>([&] { resize_bicubic(Image(), 5, 5); }), "empty");
}

void crop_takes_the_named_part() {
  const Image image = formula_image(9, 11);
  const Image part = crop(image, 3, 2, 5, 4);
  check_equal(part.width, 5);
  check_equal(part.height, 4);
  for (int y = 0; y < 4; ++y)
    for (int x = 0; x < 5; ++x)
      for (int c = 0; c < 3; ++c) check_equal(int(part.at(x, y)[c]), int(image.at(x + 3, y + 2)[c]), "a byte");
}

void crop_outside_is_refused() {
  const Image image = formula_image(9, 11);
  for (const auto& [x, y, w, h] :
       {std::array{-1, 0, 2, 2}, {7, 0, 5, 2}, {0, 8, 2, 2}, {0, 0, 0, 2}, {2147483647, 0, 2, 2}})
    check_contains(message_of<RequestError>([&, x = x, y = y, w = w, h = h] { crop(image, x, y, w, h); }),
                   "does not lie inside");
}

void the_centre_square_leans_left_and_up() {
  const Image wide = formula_image(3, 6), tall = formula_image(8, 3);
  check(centre_square(wide) == crop(wide, 1, 0, 3, 3), "6 x 3 is cut at column 1");
  check(centre_square(tall) == crop(tall, 0, 2, 3, 3), "3 x 8 is cut at row 2");
  const Image square = formula_image(4, 4);
  check(centre_square(square) == square, "a square stays");
}

const Cases cases = {CASE(enlarging_gives_pillows_pixels),
                     CASE(shrinking_gives_pillows_pixels),
                     CASE(the_same_size_is_a_copy),
                     CASE(a_pass_in_one_direction_leaves_the_other_alone),
                     CASE(one_colour_stays_that_colour_at_every_scale),
                     CASE(impossible_sizes_are_refused),
                     CASE(crop_takes_the_named_part),
                     CASE(crop_outside_is_refused),
                     CASE(the_centre_square_leans_left_and_up)};

}  // namespace
