// BMP: the header, of any of the known kinds, is read here and written anew for the decoder, which trusts headers and
// would read palette entries that were never set.
#include <algorithm>

#include "core/base/error.h"
#include "core/image/raster.h"

namespace b3o {
namespace {

uint32_t le(Octets bytes, size_t at, int size) {
  uint32_t value = 0;
  for (int i = size; i-- > 0;) value = value << 8 | bytes[at + size_t(i)];
  return value;
}

void append_le(std::vector<uint8_t>& out, uint32_t value, int size) {
  for (int i = 0; i < size; ++i) out.push_back(uint8_t(value >> 8 * i));
}

struct Header {
  int64_t width, height;  // height below 0: rows from the top
  uint32_t bits, compression = 0, colours = 0;
  uint32_t masks[4] = {0, 0, 0, 0};  // red, green, blue, alpha
  size_t end;                        // where the palette begins
  size_t palette_entry = 4;          // bytes
};

constexpr uint32_t kPlain = 0, kBitFields = 3, kAlphaBitFields = 6;

Header read_header(Octets file, const std::string& where) {
  const auto need = [&](size_t count) {
    if (file.size() < count) throw LoadError(cat(where, ": this BMP ends inside its header"));
  };
  need(18);
  const uint32_t size = le(file, 14, 4);
  if (size != 12 && (size < 40 || size > 124))
    throw LoadError(cat(where, ": this BMP has a header of ", size, " bytes, expected 12 or 40 to 124"));
  need(14 + size);
  Header h{};
  h.end = 14 + size;
  if (size == 12) {
    h.width = le(file, 18, 2);
    h.height = le(file, 20, 2);
    h.bits = le(file, 24, 2);
    h.palette_entry = 3;
    return h;
  }
  h.width = int32_t(le(file, 18, 4));
  h.height = int32_t(le(file, 22, 4));
  h.bits = le(file, 28, 2);
  h.compression = le(file, 30, 4);
  h.colours = le(file, 46, 4);
  if (h.compression == kBitFields || h.compression == kAlphaBitFields) {
    // In the oldest kind of header the masks follow it, later they are a part of it.
    const size_t count = h.compression == kAlphaBitFields || size >= 56 ? 4 : 3;
    need(54 + 4 * count);
    for (size_t i = 0; i < count; ++i) h.masks[i] = le(file, 54 + 4 * i, 4);
    if (size == 40) h.end += 4 * count;
  }
  return h;
}

// Files say how many colours they have, or imply it by where the pixels begin.
Octets palette_of(Octets file, const Header& h, size_t pixels_at, const std::string& where) {
  const size_t most = size_t(1) << h.bits;
  const size_t room = std::min(pixels_at, file.size()) - std::min({h.end, pixels_at, file.size()});
  const size_t count = std::min({h.colours ? size_t(h.colours) : most, most, room / h.palette_entry});
  if (count == 0) throw LoadError(cat(where, ": this BMP has no palette"));
  return file.subspan(h.end, count * h.palette_entry);
}

}  // namespace

Raster read_bmp(Octets file, const std::string& where) {
  Header h = read_header(file, where);
  const int64_t rows = h.height < 0 ? -h.height : h.height;
  check_size(h.width, rows, where);
  const bool indexed = h.bits == 1 || h.bits == 4 || h.bits == 8;
  const bool masked = h.bits == 16 || h.bits == 32;
  const bool fields = h.compression == kBitFields || h.compression == kAlphaBitFields;
  if ((!indexed && !masked && h.bits != 24) || (h.compression != kPlain && !(fields && masked)))
    throw LoadError(cat(where, ": this BMP has ", h.bits, " bits a pixel and compression ", h.compression,
                        ", which is not supported: save it uncompressed"));
  if (masked && !fields) {
    const uint32_t usual[2][3] = {{0x7C00, 0x3E0, 0x1F}, {0xFF0000, 0xFF00, 0xFF}};
    std::copy_n(usual[h.bits == 32], 3, h.masks);  // the fourth byte is no alpha here
  }
  const size_t pixels_at = le(file, 10, 4);
  const size_t used = (size_t(h.width) * h.bits + 7) / 8, stride = (used + 3) / 4 * 4;
  const size_t wanted = stride * (size_t(rows) - 1) + used;  // the padding of the last row may be missing
  if (pixels_at < h.end || pixels_at > file.size() || wanted > file.size() - pixels_at)
    throw LoadError(cat(where, ": this BMP ends before its picture does"));

  constexpr uint32_t kHeader = 108;
  const uint32_t colours = indexed ? 256 : 0;
  std::vector<uint8_t> again = {'B', 'M', 0, 0, 0, 0, 0, 0, 0, 0};
  append_le(again, 14 + kHeader + colours * 4, 4);
  append_le(again, kHeader, 4);
  append_le(again, uint32_t(h.width), 4);
  append_le(again, uint32_t(h.height), 4);
  append_le(again, 1, 2);  // planes
  append_le(again, h.bits, 2);
  append_le(again, masked ? kBitFields : kPlain, 4);
  again.resize(54);
  for (const uint32_t mask : h.masks) append_le(again, mask, 4);
  again.resize(14 + kHeader);
  if (indexed) {
    const Octets palette = palette_of(file, h, pixels_at, where);
    for (size_t i = 0; i < palette.size(); i += h.palette_entry) {
      again.insert(again.end(), palette.begin() + i, palette.begin() + i + 3);
      again.push_back(0);
    }
    again.resize(14 + kHeader + colours * 4);
  }
  const Octets pixels = file.subspan(pixels_at, wanted);
  again.insert(again.end(), pixels.begin(), pixels.end());

  Raster out = decode_with_stb(again, int(h.width), int(rows), h.masks[3] ? 4 : 3, where);
  out.over_white = out.channels == 4;
  return out;
}

}  // namespace b3o
