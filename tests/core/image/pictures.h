// Pictures and picture files that tests make for themselves.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/image/codec.h"

namespace b3o::test {

// Reads a file that must be good.
Image decoded(const std::string& file, DecodeOptions options = {});
void check_pixel(const Image& image, int x, int y, std::array<int, 3> rgb);

inline std::span<const std::byte> bytes_of(std::string_view text) { return std::as_bytes(std::span(text)); }

// The synthetic picture of understanding.md 4.3.
Image formula_image(int height, int width);
// The smooth picture the JPEG files below hold: 40 + 4x, 60 + 6y, 200 - 3x - y.
Image smooth_image(int height = 24, int width = 40);

std::string big_endian(uint32_t value);
std::string little_endian(uint32_t value, int size = 4);
std::string zlib_packed(std::string_view data);
std::string zlib_unpacked(std::string_view data, size_t size);

inline const std::string kPngStart = "\x89PNG\r\n\x1a\n";  // the signature
std::string png_chunk(const std::string& type, const std::string& data);
std::string png_header(uint32_t width, uint32_t height, int depth, int colour, int interlace = 0);
// A whole PNG; scanlines with their filter bytes, not compressed yet.
std::string png(const std::string& header, const std::string& scanlines, const std::string& before_data = "");

// Uncompressed BMP. kind: size of the header; height below 0: rows from the top.
std::string bmp(int width, int height, int bits, const std::string& rows, const std::string& palette = "",
                uint32_t compression = 0, const std::string& masks = "");

// One GIF frame; the codes of the picture, 8 bits a pixel, never compressed.
std::string gif_frame(int x, int y, int width, int height, const std::string& indices, bool interlaced = false);
std::string gif_start(int width, int height, const std::string& palette);  // 256 colours

// Lossless WebP of RGBA pixels; the pieces of one with more than a picture.
std::string webp(int width, int height, const std::string& rgba);
std::string rgba_of(const Image& image, uint8_t alpha);
std::string riff(const std::string& chunks);
std::string riff_chunk(const std::string& type, const std::string& data);
std::string picture_chunk(const std::string& webp);
std::string webp_canvas(int flags, int width, int height);  // flags: 2 animated, 8 EXIF, 16 alpha

// smooth_image as JPEG: 4:2:0 with restart markers; progressive; gray; CMYK with Adobe's marker.
std::string jpeg_baseline();
std::string jpeg_progressive();
std::string jpeg_gray();
std::string jpeg_cmyk();
// With one more segment after the start of the file.
std::string jpeg_with(const std::string& jpeg, uint8_t marker, const std::string& body);
// A TIFF block with one entry, the orientation.
std::string exif_block(int orientation, bool big = true);

}  // namespace b3o::test
