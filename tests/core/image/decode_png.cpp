// What PNGs of every kind decode to, and what holds for all formats.
#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/image/codec.h"
#include "tests/core/image/pictures.h"
#include "tests/support/case.h"

using namespace b3o;
using namespace b3o::test;

namespace {

// The gray 16-bit samples of a PNG without interlacing, by this test's own reading.
std::vector<uint16_t> samples16(const std::string& file, int width, int height) {
  std::string packed;
  for (size_t at = 8; at + 12 <= file.size();) {
    size_t length = 0;
    for (size_t i = 0; i < 4; ++i) length = length << 8 | uint8_t(file[at + i]);
    if (file.compare(at + 4, 4, "IDAT") == 0) packed += file.substr(at + 8, length);
    at += 12 + length;
  }
  const size_t row = size_t(width) * 2;
  std::string raw = zlib_unpacked(packed, (row + 1) * size_t(height));
  std::vector<uint8_t> above(row), now(row);
  std::vector<uint16_t> out;
  for (size_t y = 0; y < size_t(height); ++y) {
    const int filter = raw[y * (row + 1)];
    for (size_t i = 0; i < row; ++i) {
      const int left = i < 2 ? 0 : now[i - 2], up = above[i], corner = i < 2 ? 0 : above[i - 2];
      const int p = left + up - corner, a = std::abs(p - left), b = std::abs(p - up), c = std::abs(p - corner);
      const int guesses[] = {0, left, up, (left + up) / 2, a <= b && a <= c ? left : b <= c ? up : corner};
      now[i] = uint8_t(uint8_t(raw[y * (row + 1) + 1 + i]) + guesses[filter]);
    }
    for (size_t i = 0; i < row; i += 2) out.push_back(uint16_t(now[i] << 8 | now[i + 1]));
    above = now;
  }
  return out;
}

// The reference clips 16-bit gray at 255; we keep the high byte (understanding.md 4.1).
void gray_of_16_bits_keeps_its_high_byte() {
  const std::string name = "understanding/images/mode_gray16.png";
  const Image image = load_image(data_path(name));
  const std::vector<uint16_t> samples = samples16(read_file(data_path(name), 1 << 20), 90, 66);
  check_equal(image.width * image.height, 90 * 66, "the size");
  std::vector<uint8_t> seen(256);
  for (size_t i = 0; i < samples.size(); ++i) {
    for (size_t c = 0; c < 3; ++c) check_equal(int(image.pixels[i * 3 + c]), samples[i] >> 8, "sample " + shown(i));
    seen[samples[i] >> 8] = 1;
  }
  check(std::count(seen.begin(), seen.end(), 1) > 3, "the picture has several levels");
}

void shallow_gray_spans_the_whole_range() {
  for (const int depth : {1, 2, 4}) {
    const int most = (1 << depth) - 1, width = most + 1;
    std::string row(1 + size_t(width * depth + 7) / 8, '\0');
    for (int x = 0; x < width; ++x) row[size_t(1 + x * depth / 8)] |= char(x << (8 - depth - x * depth % 8));
    const Image image = decoded(png(png_header(uint32_t(width), 1, depth, 0), row));
    for (int x = 0; x < width; ++x) check_pixel(image, x, 0, {x * 255 / most, x * 255 / most, x * 255 / most});
  }
}

void an_index_beyond_the_palette_is_black() {
  const std::string palette = png_chunk("PLTE", "\x10\x20\x30\x40\x50\x60");
  const Image image = decoded(png(png_header(4, 1, 8, 3), std::string("\0\0\1\2\xFF", 5), palette));
  check_pixel(image, 0, 0, {0x10, 0x20, 0x30});
  check_pixel(image, 1, 0, {0x40, 0x50, 0x60});
  check_pixel(image, 2, 0, {0, 0, 0});
  check_pixel(image, 3, 0, {0, 0, 0});
}

void interlaced_pictures_equal_plain_ones() {
  const int w = 13, h = 9;
  const Image image = formula_image(h, w);
  constexpr int kPasses[7][4] = {{0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4},
                                 {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}};
  std::string rows;
  for (const auto& [x0, y0, dx, dy] : kPasses)
    for (int y = y0; y < h; y += dy) {
      if (x0 < w) rows += '\0';
      for (int x = x0; x < w; x += dx) rows.append(reinterpret_cast<const char*>(image.at(x, y)), 3);
    }
  check(decoded(png(png_header(w, h, 8, 2, 1), rows)) == image, "the pixels");
}

void rgba_lies_over_white_unless_alpha_is_dropped() {
  const std::string file =
      png(png_header(3, 1, 8, 6), std::string("\0\x64\x00\xC8\x00\x64\x00\xC8\x80\x64\x00\xC8\xFF", 13));
  const Image white = decoded(file), dropped = decoded(file, {.drop_alpha = true});
  check_pixel(white, 0, 0, {255, 255, 255});
  check_pixel(white, 1, 0, {177, 127, 227});  // (100 * 128 + 255 * 127) / 255, rounded
  check_pixel(white, 2, 0, {100, 0, 200});
  for (int x = 0; x < 3; ++x) check_pixel(dropped, x, 0, {100, 0, 200});
}

void gray_with_alpha_loses_it_at_8_bits_and_not_at_16() {
  check_pixel(decoded(png(png_header(1, 1, 8, 4), std::string("\0\x64\x00", 3))), 0, 0, {100, 100, 100});
  check_pixel(decoded(png(png_header(1, 1, 16, 4), std::string("\0\x64\x00\x00\x00", 5))), 0, 0, {255, 255, 255});
}

void transparent_colours_keep_their_colour() {
  const std::string row("\0\x0A\x14\x1E\x0B\x14\x1E", 7);
  const std::string mark = png_chunk("tRNS", std::string("\0\x0A\0\x14\0\x1E", 6));
  check_pixel(decoded(png(png_header(2, 1, 8, 2), row, mark)), 0, 0, {10, 20, 30});
}

void trailing_data_and_a_missing_end_are_ignored() {
  const std::string header = png_header(2, 1, 8, 0), row("\0\x07\x09", 3);
  const std::string plain = png(header, row);
  check_pixel(decoded(png(header, row + "junk")), 1, 0, {9, 9, 9});
  check_pixel(decoded(plain.substr(0, plain.size() - 12)), 1, 0, {9, 9, 9});
  check_pixel(decoded(plain + "after the end"), 1, 0, {9, 9, 9});
}

void data_may_be_split_over_chunks() {
  const std::string packed = zlib_packed(std::string("\0\x07\x09", 3));
  std::string file = kPngStart + png_header(2, 1, 8, 0);
  for (const char c : packed) file += png_chunk("IDAT", std::string(1, c)) + png_chunk("IDAT", "");
  check_pixel(decoded(file + png_chunk("IEND", "")), 1, 0, {9, 9, 9});
}

void the_hash_covers_size_and_pixels() {
  const Image a = formula_image(2, 6);
  Image b = a;
  b.width = 6, b.height = 2;
  check_equal(image_sha256(a), image_sha256(b), "equal pictures");
  std::swap(b.width, b.height);
  check(image_sha256(a) != image_sha256(b), "another shape");
  b = a;
  b.pixels[35] ^= 1;
  check(image_sha256(a) != image_sha256(b), "another pixel");
  Image dot(1, 1);
  dot.pixels = {1, 2, 3};  // sha256 of 01000000 01000000 010203
  check_equal(image_sha256(dot), std::string("a4d3750cd606e63d8352d550ffe954594f01d109b77e67b5460751a37a2a8941"),
              "a hash");
}

void the_sentence_names_the_file() {
  check_contains(message_of<LoadError>([] { load_image("/nowhere/cat.png"); }), "/nowhere/cat.png");
  TemporaryFolder folder;
  write_file(folder / "cat.png", "not a picture");
  check_contains(message_of<LoadError>([&] { load_image(folder / "cat.png"); }), "cat.png: is no picture");
  check_contains(message_of<LoadError>([&] { load_mask(folder / "cat.png"); }), "cat.png: is no picture");
}

void the_extension_does_not_matter() {
  TemporaryFolder folder;
  write_file(folder / "cat.txt", jpeg_baseline());
  check(load_image(folder / "cat.txt") == decoded(jpeg_baseline()), "the pixels");
}

const Cases cases = {CASE(gray_of_16_bits_keeps_its_high_byte),
                     CASE(shallow_gray_spans_the_whole_range),
                     CASE(an_index_beyond_the_palette_is_black),
                     CASE(interlaced_pictures_equal_plain_ones),
                     CASE(rgba_lies_over_white_unless_alpha_is_dropped),
                     CASE(gray_with_alpha_loses_it_at_8_bits_and_not_at_16),
                     CASE(transparent_colours_keep_their_colour),
                     CASE(trailing_data_and_a_missing_end_are_ignored),
                     CASE(data_may_be_split_over_chunks),
                     CASE(the_hash_covers_size_and_pixels),
                     CASE(the_sentence_names_the_file),
                     CASE(the_extension_does_not_matter)};

}  // namespace
