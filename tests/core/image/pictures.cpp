#include "tests/core/image/pictures.h"

#include <webp/encode.h>
#include <zlib.h>

#include "tests/support/case.h"

namespace b3o::test {
namespace {

std::string from_base64(std::string_view text) {
  constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  uint32_t bits = 0;
  int held = 0;
  for (const char c : text) {
    if (c == '=') break;
    bits = bits << 6 | uint32_t(kDigits.find(c));
    held += 6;
    if (held >= 8) out += char(bits >> (held -= 8) & 255);
  }
  return out;
}

}  // namespace

Image decoded(const std::string& file, DecodeOptions options) {
  return decode_image(bytes_of(file), "a.file", options);
}

void check_pixel(const Image& image, int x, int y, std::array<int, 3> rgb) {
  for (size_t c = 0; c < 3; ++c)
    check_equal(int(image.at(x, y)[c]), rgb[c], "channel " + shown(c) + " at (" + shown(x) + ", " + shown(y) + ")");
}

Image formula_image(int height, int width) {
  Image out(width, height);
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      uint8_t* p = out.at(x, y);
      p[0] = uint8_t((7 * x + 3 * y) % 256);
      p[1] = uint8_t((x * x / 16 + 5 * y) % 256);
      p[2] = uint8_t(((x ^ y) * 11) % 256);
    }
  return out;
}

Image smooth_image(int height, int width) {
  Image out(width, height);
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      uint8_t* p = out.at(x, y);
      p[0] = uint8_t(40 + 4 * x);
      p[1] = uint8_t(60 + 6 * y);
      p[2] = uint8_t(200 - 3 * x - y);
    }
  return out;
}

std::string big_endian(uint32_t value) { return {char(value >> 24), char(value >> 16), char(value >> 8), char(value)}; }

std::string little_endian(uint32_t value, int size) {
  std::string out;
  for (int i = 0; i < size; ++i) out += char(value >> 8 * i);
  return out;
}

std::string zlib_packed(std::string_view data) {
  std::string out(compressBound(data.size()), '\0');
  uLongf size = out.size();
  check(compress(reinterpret_cast<Bytef*>(out.data()), &size, reinterpret_cast<const Bytef*>(data.data()),
                 data.size()) == Z_OK,
        "zlib compresses");
  out.resize(size);
  return out;
}

std::string zlib_unpacked(std::string_view data, size_t size) {
  std::string out(size, '\0');
  uLongf got = size;
  check(uncompress(reinterpret_cast<Bytef*>(out.data()), &got, reinterpret_cast<const Bytef*>(data.data()),
                   data.size()) == Z_OK &&
            got == size,
        "zlib unpacks");
  return out;
}

std::string png_chunk(const std::string& type, const std::string& data) {
  const std::string body = type + data;
  return big_endian(uint32_t(data.size())) + body +
         big_endian(uint32_t(crc32(0, reinterpret_cast<const Bytef*>(body.data()), uInt(body.size()))));
}

std::string png_header(uint32_t width, uint32_t height, int depth, int colour, int interlace) {
  return png_chunk(
      "IHDR", big_endian(width) + big_endian(height) + std::string{char(depth), char(colour), 0, 0, char(interlace)});
}

std::string png(const std::string& header, const std::string& scanlines, const std::string& before_data) {
  return kPngStart + header + before_data + png_chunk("IDAT", zlib_packed(scanlines)) + png_chunk("IEND", "");
}

std::string bmp(int width, int height, int bits, const std::string& rows, const std::string& palette,
                uint32_t compression, const std::string& masks) {
  const std::string header = little_endian(40) + little_endian(uint32_t(width)) + little_endian(uint32_t(height)) +
                             little_endian(1, 2) + little_endian(uint32_t(bits), 2) + little_endian(compression) +
                             std::string(12, '\0') + little_endian(uint32_t(palette.size() / 4)) + little_endian(0) +
                             masks;
  return "BM" + std::string(8, '\0') + little_endian(uint32_t(14 + header.size() + palette.size())) + header + palette +
         rows;
}

std::string gif_start(int width, int height, const std::string& palette) {
  return "GIF89a" + little_endian(uint32_t(width), 2) + little_endian(uint32_t(height), 2) +
         std::string("\xF7\x00\x00", 3) + palette + std::string(768 - palette.size(), '\0');
}

std::string gif_frame(int x, int y, int width, int height, const std::string& indices, bool interlaced) {
  std::string codes;
  uint32_t bits = 0;
  int held = 0;
  const auto put = [&](uint32_t code) {  // 9 bits: the table is cleared before it needs 10
    bits |= code << held;
    for (held += 9; held >= 8; held -= 8, bits >>= 8) codes += char(bits & 255);
  };
  for (size_t i = 0; i < indices.size(); ++i) {
    if (i % 200 == 0) put(256);
    put(uint8_t(indices[i]));
  }
  put(257);
  if (held) codes += char(bits);
  std::string out = "\x2C";
  for (const int v : {x, y, width, height}) out += little_endian(uint32_t(v), 2);
  out += interlaced ? '\x40' : '\0';
  out += '\x08';
  for (size_t i = 0; i < codes.size(); i += 255) {
    const std::string block = codes.substr(i, 255);
    out += char(block.size()) + block;
  }
  return out + '\0';
}

std::string webp(int width, int height, const std::string& rgba) {
  uint8_t* data = nullptr;
  const size_t size =
      WebPEncodeLosslessRGBA(reinterpret_cast<const uint8_t*>(rgba.data()), width, height, width * 4, &data);
  check(size > 0, "libwebp encodes");
  std::string out(reinterpret_cast<const char*>(data), size);
  WebPFree(data);
  return out;
}

std::string rgba_of(const Image& image, uint8_t alpha) {
  std::string out;
  for (size_t i = 0; i < image.pixels.size(); i += 3)
    out.append(reinterpret_cast<const char*>(&image.pixels[i]), 3) += char(alpha);
  return out;
}

std::string riff(const std::string& chunks) {
  return "RIFF" + little_endian(uint32_t(chunks.size() + 4)) + "WEBP" + chunks;
}

std::string riff_chunk(const std::string& type, const std::string& data) {
  return type + little_endian(uint32_t(data.size())) + data + (data.size() % 2 ? std::string(1, '\0') : std::string());
}

std::string picture_chunk(const std::string& file) { return file.substr(12); }

std::string webp_canvas(int flags, int width, int height) {
  return riff_chunk("VP8X", little_endian(uint32_t(flags)) + little_endian(uint32_t(width - 1), 3) +
                                little_endian(uint32_t(height - 1), 3));
}

std::string jpeg_with(const std::string& jpeg, uint8_t marker, const std::string& body) {
  const size_t length = body.size() + 2;
  return jpeg.substr(0, 2) + '\xFF' + char(marker) + char(length >> 8) + char(length & 255) + body + jpeg.substr(2);
}

std::string exif_block(int orientation, bool big) {
  const auto number = [&](uint32_t value, int size) {
    return big ? big_endian(value).substr(size_t(4 - size)) : little_endian(value, size);
  };
  return std::string(big ? "MM" : "II") + number(42, 2) + number(8, 4) + number(1, 2) + number(0x112, 2) +
         number(3, 2) + number(1, 4) + number(uint32_t(orientation), 2) + number(0, 2) + number(0, 4);
}

std::string jpeg_baseline() {
  return from_base64(
      "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAYEBQYFBAYGBQYHBwYIChAKCgkJChQODwwQFxQYGBcUFhYaHSUfGhsjHBYWICwgIyYnKSop"
      "GR8tMC0oMCUoKSj/2wBDAQcHBwoIChMKChMoGhYaKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgo"
      "KCj/wAARCAAYACgDASIAAhEBAxEB/8QAFwABAQEBAAAAAAAAAAAAAAAAAAQFBv/EABcQAAMBAAAAAAAAAAAAAAAAAAADBGH/xAAWAQEB"
      "AQAAAAAAAAAAAAAAAAAGBQf/xAAcEQADAAIDAQAAAAAAAAAAAAAAAwQCYRIiMSH/3QAEAAL/2gAMAwEAAhEDEQA/AOGXHhSuPDbXHhSu"
      "PBZXbsix27MRceFK48NtceFK48C9duxTHbs//9DKXHgOkXHgILbe3oyVb19C48KVx4AI625fTDo25H//0ehXHhUuPAA7W3IkxtyKVx4A"
      "A61uXIRqblxP/9k=");
}

std::string jpeg_progressive() {
  return from_base64(
      "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAYEBQYFBAYGBQYHBwYIChAKCgkJChQODwwQFxQYGBcUFhYaHSUfGhsjHBYWICwgIyYnKSop"
      "GR8tMC0oMCUoKSj/2wBDAQcHBwoIChMKChMoGhYaKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgo"
      "KCj/wgARCAAYACgDASIAAhEBAxEB/8QAFwABAQEBAAAAAAAAAAAAAAAAAAMEBf/EABYBAQEBAAAAAAAAAAAAAAAAAAUEBv/aAAwDAQAC"
      "EAMQAAAB4VdtVosNdtS1MLpDklRHDUqGK1ByP//EABYQAAMAAAAAAAAAAAAAAAAAAAABAv/aAAgBAQABBQJQKBQKBQKBQKBQKBQKBQKB"
      "Qf/EABkRAAMBAQEAAAAAAAAAAAAAAAACAwERIf/aAAgBAwEBPwGNiNhbeEW0i2itvD//xAAZEQADAQEBAAAAAAAAAAAAAAAAAgMBESH/"
      "2gAIAQIBAT8BrYrYa3pVtKtozb0//8QAFBABAAAAAAAAAAAAAAAAAAAAMP/aAAgBAQAGPwJ//8QAFBABAAAAAAAAAAAAAAAAAAAAMP/a"
      "AAgBAQABPyFwAAAAP//aAAwDAQACAAMAAAAQop8j8B//xAAXEQADAQAAAAAAAAAAAAAAAAAAIGFR/9oACAEDAQE/EKlTciWf/8QAGBEA"
      "AgMAAAAAAAAAAAAAAAAAAGEQIVH/2gAIAQIBAT8QePNxenZ//8QAFRABAQAAAAAAAAAAAAAAAAAAAGH/2gAIAQEAAT8Qgggggggggggg"
      "ggg//9k=");
}

std::string jpeg_gray() {
  return from_base64(
      "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAYEBQYFBAYGBQYHBwYIChAKCgkJChQODwwQFxQYGBcUFhYaHSUfGhsjHBYWICwgIyYnKSop"
      "GR8tMC0oMCUoKSj/wAALCAAYACgBAREA/8QAFgABAQEAAAAAAAAAAAAAAAAABAAG/8QAFxAAAwEAAAAAAAAAAAAAAAAAAAMEYf/aAAgB"
      "AQAAPwDDLjwSuPBK48ErjwSuPCXHglceCVx4JXHglceEuPBK48ErjwUuPBK48P/Z");
}

std::string jpeg_cmyk() {
  return from_base64(
      "/9j/7gAOQWRvYmUAZAAAAAAA/9sAQwAGBAUGBQQGBgUGBwcGCAoQCgoJCQoUDg8MEBcUGBgXFBYWGh0lHxobIxwWFiAsICMmJykqKRkf"
      "LTAtKDAlKCko/8AAFAgAGAAoBEMRAE0RAFkRAEsRAP/EABcAAQEBAQAAAAAAAAAAAAAAAAAGBwj/xAAbEAEAAAcAAAAAAAAAAAAAAAAA"
      "AwQFFTFBYv/aAA4EQwBNAFkASwAAPwDHKbpAWnlps9Ey6pVdN0WnlPz0TIq6botPKfnomRVU3RaeU/PRMirpui08p+eiZHKlN00C08t2"
      "nomRV03RaeU/PRMirpui08p+eiZFVTdFp5T89EyKum6LTyn56JkcqU3TQLTy3WeiZFXTdFp5T89EyKum6LTyn56JkVVN0WnlPz0TIq6b"
      "otPKfnomR//Z");
}

}  // namespace b3o::test
