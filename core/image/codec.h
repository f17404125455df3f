// Picture files in and out. Reads PNG, JPEG, WebP, BMP and GIF (the first frame of what moves), writes PNG.
// Files come from strangers: the size in the header is checked before anything is decoded (at most 16,384 pixels a
// side, 64 Mi pixels, no side 200 times the other), and every refusal is a LoadError of one sentence.
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "core/image/image.h"

namespace b3o {

// Colours follow understanding.md 4.1: a picture with red, green, blue and alpha is laid over white; gray with alpha
// and palettes with transparency lose their alpha, as in the reference. Where we differ from it on purpose: 16-bit gray
// keeps its high byte (the reference makes almost everything white), and the orientation in EXIF is applied.
// JPEG: another decoder than the reference's, equal to it up to rounding, not bit by bit.
struct DecodeOptions {
  bool drop_alpha = false;  // true: forget alpha instead of laying the picture over white
};

// where: what messages call the bytes, usually the file's name.
Image decode_image(std::span<const std::byte> bytes, const std::string& where, DecodeOptions options = {});
Image load_image(const std::filesystem::path& file, DecodeOptions options = {});

// Any picture as a mask: its luma, transparent parts black (keep). Where all visible pixels have one colour and alpha
// varies, the alpha is the mask.
GrayImage decode_mask(std::span<const std::byte> bytes, const std::string& where);
GrayImage load_mask(const std::filesystem::path& file);

// One text inside a PNG, in UTF-8.
struct PngText {
  std::string keyword, text;
  bool operator==(const PngText&) const = default;
};

// The bytes of an 8-bit PNG marked as sRGB. Plain ASCII texts become tEXt chunks, all others (and XMP) iTXt.
// RequestError when a keyword is not 1 to 79 characters of Latin-1, or the picture is empty.
std::string encode_png(const Image& image, const std::vector<PngText>& texts = {});
std::string encode_png(const GrayImage& image, const std::vector<PngText>& texts = {});

// The texts of a PNG in file order: tEXt, zTXt and iTXt. Never throws for what the bytes hold: broken entries, entries
// of more than 4 MiB, and entries after 16 MiB of text in all are left out; what is no PNG has none.
std::vector<PngText> read_png_texts(std::span<const std::byte> bytes);

// SHA-256 over width and height (4 bytes each, little-endian) and the pixels.
std::string image_sha256(const Image& image);

}  // namespace b3o
