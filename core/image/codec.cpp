#include "core/image/codec.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/hash.h"
#include "core/image/limits.h"
#include "core/image/png_chunks.h"
#include "core/image/raster.h"

namespace b3o {
namespace {

constexpr size_t kMaxFile = size_t(512) << 20;

bool begins_with(Octets file, std::string_view magic, size_t at = 0) {
  return file.size() >= at + magic.size() && std::equal(magic.begin(), magic.end(), file.begin() + std::ptrdiff_t(at),
                                                        [](char a, uint8_t b) { return uint8_t(a) == b; });
}

Raster read(std::span<const std::byte> bytes, const std::string& where, bool for_mask) {
  const Octets file(reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size());
  if (file.empty()) throw LoadError(cat(where, ": is empty"));
  if (file.size() > kMaxFile) throw LoadError(cat(where, ": is too large a file for a picture"));
  if (is_png(file)) return read_png(file, where, for_mask);
  if (begins_with(file, "\xFF\xD8\xFF")) return read_jpeg(file, where);
  if (begins_with(file, "RIFF") && begins_with(file, "WEBP", 8)) return read_webp(file, where);
  if (begins_with(file, "GIF87a") || begins_with(file, "GIF89a")) return read_gif(file, where);
  if (begins_with(file, "BM")) return read_bmp(file, where);
  throw LoadError(cat(where, ": is no picture of a known kind; PNG, JPEG, WebP, BMP and GIF can be read"));
}

// The rows and columns as the orientation says they are to be looked at; channels bytes a pixel.
std::vector<uint8_t> turned(const std::vector<uint8_t>& in, int width, int height, int channels, int orientation) {
  const std::ptrdiff_t across = channels, down = std::ptrdiff_t(width) * channels;
  const bool from_right = orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
  const bool from_below = orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
  const bool swapped = orientation >= 5;
  const std::ptrdiff_t start = (from_right ? (width - 1) * across : 0) + (from_below ? (height - 1) * down : 0);
  const std::ptrdiff_t along_x = from_right ? -across : across, along_y = from_below ? -down : down;
  const int out_width = swapped ? height : width, out_height = swapped ? width : height;
  std::vector<uint8_t> out;
  out.reserve(in.size());
  for (int y = 0; y < out_height; ++y)
    for (int x = 0; x < out_width; ++x) {
      const uint8_t* p = in.data() + start + (swapped ? x * along_y + y * along_x : x * along_x + y * along_y);
      out.insert(out.end(), p, p + channels);
    }
  return out;
}

uint8_t over_white(int colour, int alpha) {
  const int t = colour * alpha + 255 * (255 - alpha) + 128;
  return uint8_t((t + (t >> 8)) >> 8);
}

Image to_rgb(Raster raster, bool blend) {
  Image out;
  out.width = raster.width;
  out.height = raster.height;
  if (raster.channels == 3) {
    out.pixels = std::move(raster.samples);
  } else {
    out.pixels.reserve(size_t(raster.width) * size_t(raster.height) * 3);
    const bool colour = raster.channels == 4, with_alpha = raster.channels != 1 && blend && raster.over_white;
    const size_t step = size_t(raster.channels);
    for (size_t i = 0; i < raster.samples.size(); i += step) {
      const uint8_t* p = raster.samples.data() + i;
      for (int c = 0; c < 3; ++c) {
        const uint8_t value = p[colour ? c : 0];
        out.pixels.push_back(with_alpha ? over_white(value, p[step - 1]) : value);
      }
    }
  }
  return out;
}

uint8_t luma(const uint8_t* rgb) {  // Pillow's
  return uint8_t((rgb[0] * 19595 + rgb[1] * 38470 + rgb[2] * 7471 + 0x8000) >> 16);
}

GrayImage to_mask(const Raster& raster) {
  GrayImage out(raster.width, raster.height);
  const size_t step = size_t(raster.channels);
  const bool has_alpha = step == 2 || step == 4;
  const uint8_t* seen = nullptr;  // a visible pixel
  bool one_colour = true, alpha_varies = false;
  for (size_t i = 0; i < out.pixels.size(); ++i) {
    const uint8_t* p = raster.samples.data() + i * step;
    const int alpha = has_alpha ? p[step - 1] : 255;
    out.pixels[i] = uint8_t(((step < 3 ? p[0] : luma(p)) * alpha + 127) / 255);  // over black
    if (has_alpha) alpha_varies = alpha_varies || alpha != raster.samples[step - 1];
    if (alpha == 0) continue;
    if (!seen) seen = p;
    one_colour = one_colour && std::equal(p, p + (step < 3 ? 1 : 3), seen);
  }
  if (alpha_varies && one_colour)
    for (size_t i = 0; i < out.pixels.size(); ++i) out.pixels[i] = raster.samples[i * step + step - 1];
  return out;
}

std::span<const std::byte> as_bytes(const std::string& text) {
  return std::as_bytes(std::span(text.data(), text.size()));
}

}  // namespace

void check_size(int64_t width, int64_t height, const std::string& where) {
  if (const std::string why = size_problem(width, height); !why.empty())
    throw LoadError(cat(where, ": this picture ", why));
}

Image decode_image(std::span<const std::byte> bytes, const std::string& where, DecodeOptions options) {
  Raster raster = read(bytes, where, false);
  const int orientation = raster.orientation;
  Image image = to_rgb(std::move(raster), !options.drop_alpha);
  if (orientation == 1) return image;
  image.pixels = turned(image.pixels, image.width, image.height, 3, orientation);
  if (orientation >= 5) std::swap(image.width, image.height);
  return image;
}

Image load_image(const std::filesystem::path& file, DecodeOptions options) {
  return decode_image(as_bytes(read_file(file, kMaxFile)), file.string(), options);
}

GrayImage decode_mask(std::span<const std::byte> bytes, const std::string& where) {
  const Raster raster = read(bytes, where, true);
  GrayImage mask = to_mask(raster);
  if (raster.orientation == 1) return mask;
  mask.pixels = turned(mask.pixels, mask.width, mask.height, 1, raster.orientation);
  if (raster.orientation >= 5) std::swap(mask.width, mask.height);
  return mask;
}

GrayImage load_mask(const std::filesystem::path& file) {
  return decode_mask(as_bytes(read_file(file, kMaxFile)), file.string());
}

std::string image_sha256(const Image& image) {
  Sha256 hash;
  uint8_t size[8];
  for (int i = 0; i < 4; ++i) {
    size[i] = uint8_t(uint32_t(image.width) >> 8 * i);
    size[4 + i] = uint8_t(uint32_t(image.height) >> 8 * i);
  }
  return hash.add(std::as_bytes(std::span(size))).add(std::as_bytes(std::span(image.pixels))).hex();
}

}  // namespace b3o
