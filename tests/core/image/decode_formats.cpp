// JPEG, GIF, BMP and WebP: compared with what the bytes were made from; JPEG within some levels, because it loses some
// and decoders round differently.
#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/image/codec.h"
#include "tests/core/image/pictures.h"
#include "tests/support/case.h"

using namespace b3o;
using namespace b3o::test;

namespace {

void check_near(const Image& got, const Image& wanted, double most, double mean) {
  check_equal(got.width, wanted.width, "the width");
  check_equal(got.height, wanted.height, "the height");
  double sum = 0;
  for (size_t i = 0; i < wanted.pixels.size(); ++i) {
    check_close(got.pixels[i], wanted.pixels[i], most, "byte " + shown(i));
    sum += std::abs(double(got.pixels[i]) - wanted.pixels[i]);
  }
  check(sum / double(wanted.pixels.size()) <= mean,
        "the mean difference is " + shown(sum / double(wanted.pixels.size())));
}

void jpegs_are_near_what_they_were_made_from() {
  check_near(decoded(jpeg_baseline()), smooth_image(), 20, 3);
  check_near(decoded(jpeg_progressive()), smooth_image(), 20, 3);
  check_near(decoded(jpeg_cmyk()), smooth_image(), 20, 3);
  Image gray = smooth_image();
  for (size_t i = 0; i < gray.pixels.size(); i += 3) {
    const uint8_t* p = gray.pixels.data() + i;
    const auto luma = uint8_t(std::lround(0.299 * p[0] + 0.587 * p[1] + 0.114 * p[2]));
    std::fill_n(gray.pixels.begin() + long(i), 3, luma);
  }
  check_near(decoded(jpeg_gray()), gray, 6, 2);
}

void progressive_and_baseline_agree() { check_near(decoded(jpeg_progressive()), decoded(jpeg_baseline()), 1, 0.1); }

const std::string kPalette = std::string("\x00\x00\x00\xFF\x00\x00\x00\xFF\x00\x00\x00\xFF\x80\x80\x80", 15);

void the_first_frame_of_a_gif_is_taken() {
  const std::string still = gif_start(3, 2, kPalette) + gif_frame(0, 0, 3, 2, std::string("\0\1\2\3\4\1", 6));
  const Image image = decoded(still + gif_frame(0, 0, 3, 2, std::string(6, '\4')) + "\x3B");
  check(image == decoded(still + "\x3B"), "the second frame changes nothing");
  check(image == decoded(still), "the end may be missing");
  check_pixel(image, 0, 0, {0, 0, 0});
  check_pixel(image, 1, 0, {255, 0, 0});
  check_pixel(image, 2, 0, {0, 255, 0});
  check_pixel(image, 0, 1, {0, 0, 255});
  check_pixel(image, 1, 1, {128, 128, 128});
}

void interlaced_gifs_are_put_in_order() {
  // Rows come as 0, 8; 4; 2, 6; 1, 3, 5, 7, 9.
  const std::string rows("\0\1\2\3\4\5\6\7\x08\x09", 10);
  std::string palette;
  for (int i = 0; i < 10; ++i) palette += std::string(3, char(20 * i));
  const Image image = decoded(gif_start(1, 10, palette) + gif_frame(0, 0, 1, 10, rows, true) + "\x3B");
  const int order[] = {0, 8, 4, 2, 6, 1, 3, 5, 7, 9};
  for (int i = 0; i < 10; ++i) check_pixel(image, 0, order[i], {20 * i, 20 * i, 20 * i});
}

void a_transparent_gif_colour_keeps_its_colour_and_bare_screen_is_white() {
  const std::string control("\x21\xF9\x04\x01\x00\x00\x01\x00", 8);  // colour 1 is transparent
  const Image image = decoded(gif_start(3, 1, kPalette) + control + gif_frame(1, 0, 2, 1, "\1\2") + "\x3B");
  check_pixel(image, 0, 0, {255, 255, 255});
  check_pixel(image, 1, 0, {255, 0, 0});
  check_pixel(image, 2, 0, {0, 255, 0});
}

void long_gif_codes_are_followed() {
  // Codes 0, then 258 = "00", 259 = "000": one pixel, two, three.
  std::string file = gif_start(6, 1, std::string("\x11\x22\x33", 3));
  file += std::string("\x2C\0\0\0\0\x06\0\x01\0\0\x08", 11);
  const int codes[] = {256, 0, 258, 259, 257};
  uint64_t bits = 0;
  for (int i = 0; i < 5; ++i) bits |= uint64_t(codes[i]) << (9 * i);
  file += '\6';
  for (int i = 0; i < 6; ++i) file += char(bits >> (8 * i));
  const Image image = decoded(file + '\0' + "\x3B");
  for (int x = 0; x < 6; ++x) check_pixel(image, x, 0, {0x11, 0x22, 0x33});
}

void bmp_rows_run_upwards_unless_the_height_is_negative() {
  const std::string rows("\1\2\3\0\4\5\6\0", 8);  // blue, green, red, padding
  for (const int height : {2, -2}) {
    const Image image = decoded(bmp(1, height, 24, rows));
    check_pixel(image, 0, height > 0 ? 1 : 0, {3, 2, 1});
    check_pixel(image, 0, height > 0 ? 0 : 1, {6, 5, 4});
  }
}

void bmp_palettes_of_1_4_and_8_bits_are_read() {
  const std::string palette("\x30\x20\x10\0\x60\x50\x40\0", 8);
  check_pixel(decoded(bmp(2, 1, 1, std::string("\x40\0\0\0", 4), palette)), 1, 0, {0x40, 0x50, 0x60});
  check_pixel(decoded(bmp(2, 1, 4, std::string("\x01\0\0\0", 4), palette)), 1, 0, {0x40, 0x50, 0x60});
  const Image image = decoded(bmp(3, 1, 8, std::string("\0\1\7\0", 4), palette));
  check_pixel(image, 0, 0, {0x10, 0x20, 0x30});
  check_pixel(image, 1, 0, {0x40, 0x50, 0x60});
  check_pixel(image, 2, 0, {0, 0, 0});  // beyond the palette
}

void bmp_16_bits_are_555_or_what_the_masks_say() {
  check_pixel(decoded(bmp(1, 1, 16, little_endian(0x7C1F, 2) + std::string(2, 0))), 0, 0, {255, 0, 255});
  const std::string masks = little_endian(0xF800) + little_endian(0x7E0) + little_endian(0x1F);
  check_pixel(decoded(bmp(1, 1, 16, little_endian(0x07E0, 2) + std::string(2, 0), "", 3, masks)), 0, 0, {0, 255, 0});
}

void the_fourth_byte_of_a_plain_bmp_is_no_alpha() {
  check_pixel(decoded(bmp(1, 1, 32, std::string("\1\2\3\0", 4))), 0, 0, {3, 2, 1});
  check_pixel(decoded(bmp(2, 1, 32, std::string("\1\2\3\0\1\2\3\x80", 8))), 1, 0, {3, 2, 1});
}

void lossless_webp_is_exact() {
  const Image image = formula_image(21, 34);
  check(decoded(webp(34, 21, rgba_of(image, 255))) == image, "the pixels");
}

void transparent_webp_lies_over_white() {
  const Image image = decoded(webp(2, 1, std::string("\x64\x00\xC8\x80\x64\x00\xC8\xFF", 8)));
  check_pixel(image, 0, 0, {177, 127, 227});
  check_pixel(image, 1, 0, {100, 0, 200});
  const Image dropped = decoded(webp(2, 1, std::string("\x64\x00\xC8\x80\x64\x00\xC8\xFF", 8)), {.drop_alpha = true});
  check_pixel(dropped, 0, 0, {100, 0, 200});
}

void the_first_frame_of_an_animated_webp_is_taken() {
  const auto frame = [](int x, const std::string& rgba, int width) {
    return riff_chunk("ANMF", little_endian(uint32_t(x / 2), 3) + little_endian(0, 3) +
                                  little_endian(uint32_t(width - 1), 3) + little_endian(0, 3) + little_endian(10, 3) +
                                  little_endian(0, 1) + picture_chunk(webp(width, 1, rgba)));
  };
  const std::string red("\xFF\0\0\xFF\xFF\0\0\xFF", 8), blue("\0\0\xFF\xFF\0\0\xFF\xFF", 8);
  const std::string file = riff(webp_canvas(2 | 16, 4, 1) + riff_chunk("ANIM", std::string(6, '\0')) +
                                frame(2, red, 2) + frame(0, blue + blue, 4));
  const Image image = decoded(file);
  check_equal(image.width, 4, "the width of the canvas");
  check_pixel(image, 0, 0, {255, 255, 255});
  check_pixel(image, 2, 0, {255, 0, 0});
  check_pixel(image, 3, 0, {255, 0, 0});
}

const Cases cases = {CASE(jpegs_are_near_what_they_were_made_from),
                     CASE(progressive_and_baseline_agree),
                     CASE(the_first_frame_of_a_gif_is_taken),
                     CASE(interlaced_gifs_are_put_in_order),
                     CASE(a_transparent_gif_colour_keeps_its_colour_and_bare_screen_is_white),
                     CASE(long_gif_codes_are_followed),
                     CASE(bmp_rows_run_upwards_unless_the_height_is_negative),
                     CASE(bmp_palettes_of_1_4_and_8_bits_are_read),
                     CASE(bmp_16_bits_are_555_or_what_the_masks_say),
                     CASE(the_fourth_byte_of_a_plain_bmp_is_no_alpha),
                     CASE(lossless_webp_is_exact),
                     CASE(transparent_webp_lies_over_white),
                     CASE(the_first_frame_of_an_animated_webp_is_taken)};

}  // namespace
