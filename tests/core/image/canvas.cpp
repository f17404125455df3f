// More canvas: the picture stays, the new area continues it, the mask falls off as it should.
#include "core/image/canvas.h"

#include <cmath>

#include "core/base/error.h"
#include "tests/support/case.h"

using namespace b3o;
using namespace b3o::test;

namespace {

Image gradient(int width, int height) {
  Image out(width, height);
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      out.at(x, y)[0] = uint8_t(200 * x / width);
      out.at(x, y)[1] = uint8_t(200 * y / height);
      out.at(x, y)[2] = 90;
    }
  return out;
}

void the_old_picture_stays_byte_by_byte() {
  const Image image = gradient(61, 47);
  const Margins m{30, 5, 0, 23};
  const Image out = extended(image, m, 1);
  check_equal(out.width, 91, "width");
  check_equal(out.height, 75, "height");
  for (int y = 0; y < 47; ++y)
    for (int x = 0; x < 61; ++x)
      check(std::equal(image.at(x, y), image.at(x, y) + 3, out.at(x + 30, y + 5)), "a byte of the picture changed");
  check(extended(image, {}, 1) == image, "no margins");
  check(extended(image, m, 1) == out && extended(image, m, 2) != out, "the seed decides the noise");
}

void the_new_area_continues_the_border() {
  const Image out = extended(gradient(96, 96), {48, 0, 48, 0}, 3);
  for (int y = 0; y < 96; ++y) {
    check_close(out.at(47, y)[0], out.at(48, y)[0], 8, "left border");
    check_close(out.at(144, y)[0], out.at(143, y)[0], 8, "right border");
  }
  // far from the border neighbours are alike, whatever the picture
  Image stripes(96, 96);
  for (int y = 0; y < 96; ++y)
    for (int x = 0; x < 96; ++x) std::fill_n(stripes.at(x, y), 3, uint8_t(x % 2 ? 255 : 0));
  const Image blurred = extended(stripes, {48, 0, 0, 0}, 3);
  for (int x = 14; x < 30; ++x) check_close(blurred.at(x, 50)[0], 127, 20, "the far end is grey");
}

void sides_of_one_pixel_have_nothing_to_mirror() {
  check_contains(message_of<RequestError>([] { extended(Image(1, 64), {1, 0, 0, 0}, 0); }), "1 x 64");
  check_contains(message_of<RequestError>([] { extended(Image(9, 9), {0, -1, 0, 0}, 0); }), "-1");
  check_equal(extended(Image(2, 64), {1, 0, 0, 32}, 0).height, 96, "half a side");
}

void the_mask_falls_off_with_the_square_of_the_distance() {
  const GrayImage mask = extension_mask(100, 50, {0, 0, 20, 0}, 40);
  check_equal(mask.width, 120, "width");
  const auto at = [&](int x) { return int(mask.pixels[size_t(25 * 120 + x)]); };
  for (int x = 100; x < 120; ++x) check_equal(at(x), 255, "new");
  for (int d = 0; d < 100; ++d) {
    const double share = d < 40 ? (40.0 - d) / 40 : 0;
    check_equal(at(99 - d), int(std::lround(255 * share * share)), cat("at distance ", d));
  }
  check_equal(at(99), 255, "at the border");
  check_equal(at(79), 64, "half of the band: a quarter");
  check_equal(at(59), 0, "beyond");
}

void a_corner_takes_the_nearer_border_and_no_band_means_none() {
  const GrayImage mask = extension_mask(20, 20, {5, 5, 0, 0}, 10);
  const auto at = [&](int x, int y) { return int(mask.pixels[size_t(y * 25 + x)]); };
  check_equal(at(5 + 2, 5 + 9), at(5 + 9, 5 + 2), "alike in both directions");
  check_equal(at(5 + 2, 5 + 9), int(std::lround(255 * 0.64)), "distance 2");
  check_equal(at(24, 24), 0, "the far corner");
  const GrayImage hard = extension_mask(20, 20, {5, 5, 0, 0}, 0);
  for (int y = 0; y < 25; ++y)
    for (int x = 0; x < 25; ++x)
      check_equal(int(hard.pixels[size_t(y * 25 + x)]), x < 5 || y < 5 ? 255 : 0, cat(x, ", ", y));
}

const Cases cases = {
    CASE(the_old_picture_stays_byte_by_byte),
    CASE(the_new_area_continues_the_border),
    CASE(sides_of_one_pixel_have_nothing_to_mirror),
    CASE(the_mask_falls_off_with_the_square_of_the_distance),
    CASE(a_corner_takes_the_nearer_border_and_no_band_means_none),
};

}  // namespace
