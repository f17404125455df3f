#include <zlib.h>

#include <cstdlib>

#include "core/base/error.h"
#include "core/base/utf8.h"
#include "core/image/codec.h"
#include "core/image/png_chunks.h"

namespace b3o {
namespace {

// The predictors of PNG: none, left, up, their mean, and the one of left, up and corner that is nearest to
// left + up - corner.
constexpr int kFilters = 5;

template <int filter>
int guess(int left, int up, int corner) {
  if constexpr (filter == 0) return 0;
  if constexpr (filter == 1) return left;
  if constexpr (filter == 2) return up;
  if constexpr (filter == 3) return (left + up) / 2;
  const int to_left = std::abs(up - corner), to_up = std::abs(left - corner);
  const int to_corner = std::abs(left + up - 2 * corner);
  if (to_left <= to_up && to_left <= to_corner) return left;
  return to_up <= to_corner ? up : corner;
}

// Writes the row under a filter and returns the sum of its bytes read as signed numbers without their sign: the row
// with the least sum compresses best nearly always. `above` is the row before it, zeros for the first.
template <int filter>
size_t filter_row(const uint8_t* row, const uint8_t* above, size_t size, size_t pixel, uint8_t* out) {
  for (size_t i = 0; i < pixel; ++i) out[i] = uint8_t(row[i] - guess<filter>(0, above[i], 0));
  for (size_t i = pixel; i < size; ++i)
    out[i] = uint8_t(row[i] - guess<filter>(row[i - pixel], above[i], above[i - pixel]));
  uint32_t sum = 0;
  for (size_t i = 0; i < size; ++i) sum += uint32_t(std::abs(int(int8_t(out[i]))));
  return sum;
}

constexpr decltype(&filter_row<0>) kFilterRow[kFilters] = {&filter_row<0>, &filter_row<1>, &filter_row<2>,
                                                           &filter_row<3>, &filter_row<4>};

// Compresses what it is given into one zlib stream.
class Deflater {
 public:
  Deflater() { ensure(deflateInit(&z_, 6) == Z_OK, "zlib starts"); }
  ~Deflater() { deflateEnd(&z_); }
  void add(const uint8_t* data, size_t size, int flush = Z_NO_FLUSH) {
    z_.next_in = const_cast<Bytef*>(data);
    z_.avail_in = uInt(size);
    do {
      char piece[16384];
      z_.next_out = reinterpret_cast<Bytef*>(piece);
      z_.avail_out = sizeof piece;
      deflate(&z_, flush);
      out_.append(piece, sizeof piece - z_.avail_out);
    } while (z_.avail_out == 0);
  }
  std::string finish() {
    add(nullptr, 0, Z_FINISH);
    return std::move(out_);
  }

 private:
  z_stream z_{};
  std::string out_;
};

std::string packed_rows(const uint8_t* pixels, size_t row_bytes, int rows, size_t pixel_bytes) {
  Deflater deflater;
  const std::vector<uint8_t> zeros(row_bytes);
  std::vector<uint8_t> best(row_bytes), candidate(row_bytes);
  for (int y = 0; y < rows; ++y) {
    const uint8_t* row = pixels + size_t(y) * row_bytes;
    const uint8_t* above = y ? row - row_bytes : zeros.data();
    uint8_t chosen = 0;
    size_t least = SIZE_MAX;
    for (int filter = 0; filter < kFilters; ++filter) {
      const size_t cost = kFilterRow[filter](row, above, row_bytes, pixel_bytes, candidate.data());
      if (cost < least) {
        least = cost;
        chosen = uint8_t(filter);
        best.swap(candidate);
      }
    }
    deflater.add(&chosen, 1);
    deflater.add(best.data(), row_bytes);
  }
  return deflater.finish();
}

std::string latin1_keyword(const std::string& keyword) {
  std::string out;
  for (size_t at = 0; at < keyword.size();) {
    const char32_t c = next_code_point(keyword, at);
    if (c < 32 || (c > 126 && c < 161) || c > 255) out.append(80, '?');  // refused below
    out += char(c);
  }
  if (out.empty() || out.size() > 79)
    throw RequestError(cat("The keyword of a PNG text must have 1 to 79 characters of Latin-1, got '", keyword, "'."));
  return out;
}

void append_text(std::string& out, const PngText& text) {
  const std::string keyword = latin1_keyword(text.keyword);
  bool plain = keyword != "XML:com.adobe.xmp";  // readers look for XMP in iTXt only
  std::string utf8;
  for (const char c : text.text) {
    plain = plain && (c == '\n' || (c >= 32 && c < 127));
    if (c == 0)
      utf8 += "\xEF\xBF\xBD";  // a zero would end the text
    else
      utf8 += c;
  }
  if (plain)
    append_png_chunk(out, "tEXt", keyword + '\0' + utf8);
  else  // not compressed, no language, no translated keyword
    append_png_chunk(out, "iTXt", keyword + std::string(5, '\0') + repaired_utf8(utf8));
}

std::string encode(const std::vector<uint8_t>& pixels, int width, int height, size_t channels,
                   const std::vector<PngText>& texts) {
  if (pixels.empty()) throw RequestError("An empty picture cannot be written as PNG.");
  std::string header;
  append_be32(header, uint32_t(width));
  append_be32(header, uint32_t(height));
  header += char(8);                      // bits a sample
  header += channels == 3 ? '\2' : '\0';  // RGB or gray
  header.append(3, '\0');                 // the only compression, the only filter set, not interlaced
  std::string out(reinterpret_cast<const char*>(kPngSignature), 8);
  append_png_chunk(out, "IHDR", header);
  append_png_chunk(out, "sRGB", std::string(1, '\0'));  // perceptual intent
  for (const PngText& text : texts) append_text(out, text);
  append_png_chunk(out, "IDAT", packed_rows(pixels.data(), size_t(width) * channels, height, channels));
  append_png_chunk(out, "IEND", "");
  return out;
}

}  // namespace

std::string encode_png(const Image& image, const std::vector<PngText>& texts) {
  return encode(image.pixels, image.width, image.height, 3, texts);
}

std::string encode_png(const GrayImage& image, const std::vector<PngText>& texts) {
  return encode(image.pixels, image.width, image.height, 1, texts);
}

}  // namespace b3o
