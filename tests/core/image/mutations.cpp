// Small valid files with a few bytes changed, thousands of times and always the same ones: each is refused with a
// LoadError or decoded to a picture. The address sanitizer watches this program.
#include <random>

#include "core/base/error.h"
#include "core/image/codec.h"
#include "tests/core/image/pictures.h"
#include "tests/support/case.h"

using namespace b3o;
using namespace b3o::test;

namespace {

std::string rows_of(const Image& image) {
  std::string out;
  for (int y = 0; y < image.height; ++y) {
    out += char(y % 5);
    out.append(reinterpret_cast<const char*>(image.at(0, y)), size_t(image.width) * 3);
  }
  return out;
}

std::string noise(size_t size, unsigned seed) {
  std::mt19937 random(seed);
  std::string out(size, '\0');
  for (char& c : out) c = char(random());
  return out;
}

// Checksums of PNG chunks are made right again, so that changes reach what lies behind them.
std::string with_right_checksums(std::string file) {
  for (size_t at = 8; at + 12 <= file.size();) {
    size_t length = 0;
    for (size_t i = 0; i < 4; ++i) length = length << 8 | uint8_t(file[at + i]);
    if (length > file.size() - at - 12) break;
    file.replace(at, 12 + length, png_chunk(file.substr(at + 4, 4), file.substr(at + 8, length)));
    at += 12 + length;
  }
  return file;
}

std::string changed(std::string file, std::mt19937& random) {
  for (unsigned i = random() % 4 + 1; i > 0; --i) {
    char& c = file[random() % file.size()];
    switch (random() % 4) {
      case 0:
        c = char(c ^ (1 << random() % 8));
        break;
      case 1:
        c = char(random());
        break;
      case 2:
        c = '\xFF';
        break;
      default:
        c = '\0';
    }
  }
  if (random() % 8 == 0) file.resize(random() % file.size());
  if (random() % 8 == 0) {  // a piece twice
    const size_t at = random() % (file.size() + 1);
    file.insert(at, file.substr(at, random() % 40));
  }
  return file;
}

void survive(const std::string& valid, unsigned seed, int times, bool is_png = false) {
  decode_image(bytes_of(valid), "valid");
  std::mt19937 random(seed);
  int decoded = 0;
  for (int i = 0; i < times; ++i) {
    std::string file = changed(valid, random);
    if (is_png && random() % 4) file = with_right_checksums(file);
    file.shrink_to_fit();
    try {
      const Image image = decode_image(bytes_of(file), "changed");
      check_equal(image.pixels.size(), size_t(image.width) * size_t(image.height) * 3, "the number of bytes");
      ++decoded;
    } catch (const LoadError&) {
    }
    try {
      decode_mask(bytes_of(file), "changed");
    } catch (const LoadError&) {
    }
    read_png_texts(bytes_of(file));
  }
  check(decoded > 0, "some changes are harmless");
}

void changed_pngs_do_no_harm() {
  const Image image = formula_image(9, 11);
  const std::string text = png_chunk("zTXt", std::string("k\0\0", 3) + zlib_packed("some text")) +
                           png_chunk("iTXt", std::string("k\0\0\0de\0k\0x", 11)) + png_chunk("eXIf", exif_block(6));
  survive(png(png_header(11, 9, 8, 2), rows_of(image), text), 1, 3000, true);
  survive(png(
              png_header(11, 9, 8, 3),
              [] {
                std::string rows;
                for (int y = 0; y < 9; ++y) rows += '\0' + noise(11, unsigned(y));
                return rows;
              }(),
              png_chunk("PLTE", noise(300, 2)) + png_chunk("tRNS", noise(50, 3))),
          2, 2000, true);
  survive(png(png_header(7, 9, 16, 6, 1), std::string(2000, '\1')), 3, 2000, true);
  survive(png(png_header(13, 9, 1, 0, 1), std::string(200, '\2')), 4, 2000, true);
}

void changed_jpegs_do_no_harm() {
  survive(jpeg_baseline(), 5, 4000);
  survive(jpeg_progressive(), 6, 4000);
  survive(jpeg_gray(), 7, 2000);
  survive(jpeg_cmyk(), 8, 2000);
  survive(jpeg_with(jpeg_gray(), 0xE1, std::string("Exif\0\0", 6) + exif_block(6) + noise(60, 4)), 9, 2000);
}

void changed_gifs_do_no_harm() {
  const std::string start = gif_start(20, 10, noise(768, 5));
  survive(start + gif_frame(0, 0, 20, 10, noise(200, 6)) + "\x3B", 10, 2000);
  survive(gif_start(20, 10, "").substr(0, 10) + std::string("\x80\0\0abcdef", 9) +
              gif_frame(1, 1, 8, 8, noise(64, 7), true) + "\x3B",
          11, 4000);
}

void changed_bmps_do_no_harm() {
  survive(bmp(5, 4, 24, noise(64, 8)), 12, 2000);
  survive(bmp(5, -4, 8, noise(32, 9), noise(64, 10)), 13, 2000);
  survive(bmp(9, 4, 1, noise(16, 11), noise(8, 12)), 14, 2000);
  survive(bmp(5, 4, 16, noise(48, 13), "", 3, little_endian(0xF800) + little_endian(0x7E0) + little_endian(0x1F)), 15,
          2000);
  survive(bmp(5, 4, 32, noise(80, 14)), 16, 2000);
}

void changed_webps_do_no_harm() {
  const std::string still = webp(12, 9, noise(432, 15));
  survive(still, 17, 3000);
  const std::string body = "WEBPVP8X" + little_endian(10) + little_endian(8 | 16) + little_endian(11, 3) +
                           little_endian(8, 3) + still.substr(12) + "EXIF" + little_endian(26) + exif_block(6);
  survive("RIFF" + little_endian(uint32_t(body.size())) + body, 18, 2000);
}

const Cases cases = {CASE(changed_pngs_do_no_harm), CASE(changed_jpegs_do_no_harm), CASE(changed_gifs_do_no_harm),
                     CASE(changed_bmps_do_no_harm), CASE(changed_webps_do_no_harm)};

}  // namespace
