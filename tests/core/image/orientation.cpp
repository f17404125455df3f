// EXIF orientation of all formats, and pictures read as masks.
#include "core/base/error.h"
#include "core/image/codec.h"
#include "tests/core/image/pictures.h"
#include "tests/support/case.h"

using namespace b3o;
using namespace b3o::test;

namespace {

GrayImage mask_of(const std::string& file) { return decode_mask(bytes_of(file), "a.file"); }

// Where pixel (x, y) of the stored 3 x 2 picture is looked at, by the EXIF standard.
std::pair<int, int> seen_at(int orientation, int x, int y) {
  const int r = 2 - x, b = 1 - y;  // from the right, from below
  switch (orientation) {
    case 2:
      return {r, y};
    case 3:
      return {r, b};
    case 4:
      return {x, b};
    case 5:
      return {y, x};
    case 6:
      return {b, x};
    case 7:
      return {b, r};
    case 8:
      return {y, r};
    default:
      return {x, y};
  }
}

void all_eight_orientations_are_applied() {
  const Image stored = formula_image(2, 3);
  std::string rows;
  for (int y = 0; y < 2; ++y) rows += '\0' + std::string(reinterpret_cast<const char*>(stored.at(0, y)), 9);
  const std::string still = webp(3, 2, rgba_of(stored, 255));
  for (int orientation = 1; orientation <= 8; ++orientation)
    for (const bool big : {true, false}) {
      const std::string exif = exif_block(orientation, big);
      for (const std::string& file : {png(png_header(3, 2, 8, 2), rows, png_chunk("eXIf", exif)),
                                      riff(webp_canvas(8, 3, 2) + picture_chunk(still) + riff_chunk("EXIF", exif))}) {
        const Image image = decoded(file);
        check_equal(image.width, orientation >= 5 ? 2 : 3, "the width at " + shown(orientation));
        check_equal(image.height, orientation >= 5 ? 3 : 2, "the height at " + shown(orientation));
        for (int y = 0; y < 2; ++y)
          for (int x = 0; x < 3; ++x) {
            const auto [u, v] = seen_at(orientation, x, y);
            check_pixel(image, u, v, {stored.at(x, y)[0], stored.at(x, y)[1], stored.at(x, y)[2]});
          }
      }
    }
}

void jpeg_orientation_is_applied() {
  const Image plain = decoded(jpeg_baseline());
  const Image turned = decoded(jpeg_with(jpeg_baseline(), 0xE1, std::string("Exif\0\0", 6) + exif_block(6)));
  check_equal(turned.width, 24, "the width");
  check_equal(turned.height, 40, "the height");
  for (int y = 0; y < 24; ++y)
    for (int x = 0; x < 40; ++x)
      check_pixel(turned, 23 - y, x, {plain.at(x, y)[0], plain.at(x, y)[1], plain.at(x, y)[2]});
}

void garbage_in_exif_is_ignored() {
  const Image plain = decoded(jpeg_baseline());
  std::string beyond = exif_block(6);
  beyond[7] = '\x7F';  // the directory lies outside
  for (const std::string& exif : {std::string(), std::string("MM\0*", 4), std::string(300, '\xFF'), beyond,
                                  exif_block(0), exif_block(9), exif_block(6).substr(0, 12)})
    check(decoded(jpeg_with(jpeg_baseline(), 0xE1, std::string("Exif\0\0", 6) + exif)) == plain, "as without EXIF");
}

void masks_are_luma() {
  const GrayImage mask =
      mask_of(png(png_header(4, 1, 8, 2), std::string("\0\xFF\xFF\xFF\0\0\0\xFF\0\0\x0A\x14\x1E", 13)));
  const int wanted[] = {255, 0, 76, 18};
  for (size_t i = 0; i < 4; ++i) check_equal(int(mask.pixels[i]), wanted[i], "pixel " + shown(i));
}

void transparent_parts_of_a_mask_are_kept() {
  // White, white but transparent, black, gray.
  const GrayImage mask = mask_of(png(png_header(4, 1, 8, 4), std::string("\0\xFF\xFF\xFF\x00\x00\xFF\x80\xFF", 9)));
  const int wanted[] = {255, 0, 0, 128};
  for (size_t i = 0; i < 4; ++i) check_equal(int(mask.pixels[i]), wanted[i], "pixel " + shown(i));
}

void strokes_of_one_colour_are_masks_by_their_alpha() {
  // Black strokes on nothing, whatever colour nothing has.
  const std::string rows("\0\x00\x00\x00\xFF\x00\x00\x00\x80\x63\x63\x63\x00", 13);
  const GrayImage mask = mask_of(png(png_header(3, 1, 8, 6), rows));
  const int wanted[] = {255, 128, 0};
  for (size_t i = 0; i < 3; ++i) check_equal(int(mask.pixels[i]), wanted[i], "pixel " + shown(i));
}

void palettes_with_transparency_make_masks() {
  const std::string before = png_chunk("PLTE", std::string(6, '\xFF')) + png_chunk("tRNS", std::string("\xFF\x00", 2));
  const GrayImage mask = mask_of(png(png_header(2, 1, 8, 3), std::string("\0\0\1", 3), before));
  check_equal(int(mask.pixels[0]), 255, "opaque");
  check_equal(int(mask.pixels[1]), 0, "transparent");
}

void masks_are_turned_like_pictures() {
  const std::string rows("\0\x0A\x14\x1E", 4);
  const GrayImage mask = mask_of(png(png_header(3, 1, 8, 0), rows, png_chunk("eXIf", exif_block(8))));
  check_equal(mask.height, 3, "the height");
  check_equal(int(mask.pixels[0]), 30, "the last pixel comes first");
}

const Cases cases = {CASE(all_eight_orientations_are_applied),
                     CASE(jpeg_orientation_is_applied),
                     CASE(garbage_in_exif_is_ignored),
                     CASE(masks_are_luma),
                     CASE(transparent_parts_of_a_mask_are_kept),
                     CASE(strokes_of_one_colour_are_masks_by_their_alpha),
                     CASE(palettes_with_transparency_make_masks),
                     CASE(masks_are_turned_like_pictures)};

}  // namespace
