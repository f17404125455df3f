// GIF: the first frame. The decoder gets a file written anew with only that frame, a full palette and no transparency
// (palettes lose it, understanding.md 4.1), after the coded data was measured.
#include <algorithm>

#include "core/base/error.h"
#include "core/image/raster.h"

namespace b3o {
namespace {

struct Reader {
  Octets file;
  const std::string& where;
  size_t at = 0;

  [[noreturn]] void refuse(const std::string& why) const { throw LoadError(cat(where, ": this GIF ", why)); }
  Octets take(size_t count) {
    if (count > file.size() - at) refuse("ends before its picture does");
    at += count;
    return file.subspan(at - count, count);
  }
  uint8_t byte() { return take(1)[0]; }
  Octets palette(uint8_t flags) { return flags & 0x80 ? take(size_t(6) << (flags & 7)) : Octets(); }
  // The payload of a chain of sub-blocks.
  std::vector<uint8_t> chain() {
    std::vector<uint8_t> out;
    while (const uint8_t size = byte()) {
      const Octets block = take(size);
      out.insert(out.end(), block.begin(), block.end());
    }
    return out;
  }
};

int le16(Octets bytes, size_t at) { return bytes[at] | bytes[at + 1] << 8; }

// How many bytes of the LZW data give `pixels` pixels; more than there are when they give fewer. The decoder walks
// each code's whole chain even where no pixel is left to draw, so it must not see what comes after.
size_t bytes_for(const std::vector<uint8_t>& data, int code_size, size_t pixels) {
  const int clear = 1 << code_size;
  std::vector<uint32_t> lengths(4096, 1);  // pixels of a code
  int width = code_size + 1, known = clear + 2, last = -1;
  uint32_t bits = 0;
  int held = 0;
  size_t at = 0, given = 0;
  while (given < pixels) {
    for (; held < width; held += 8) {
      if (at == data.size()) return at + 1;
      bits |= uint32_t(data[at++]) << held;
    }
    const int code = int(bits & ((1u << width) - 1));
    bits >>= width;
    held -= width;
    if (code == clear) {
      width = code_size + 1;
      known = clear + 2;
      last = -1;
      continue;
    }
    if (code == clear + 1) return data.size() + 1;
    if (last >= 0 && known < 4096) {
      lengths[size_t(known)] = lengths[size_t(last)] + 1;
      if (++known == 1 << width && width < 12) ++width;
    }
    if (code >= known) return data.size() + 1;
    given += lengths[size_t(code)];
    last = code;
  }
  return at;
}

void append_chain(std::vector<uint8_t>& out, Octets data) {
  for (; !data.empty(); data = data.subspan(std::min<size_t>(255, data.size()))) {
    const Octets block = data.first(std::min<size_t>(255, data.size()));
    out.push_back(uint8_t(block.size()));
    out.insert(out.end(), block.begin(), block.end());
  }
  out.push_back(0);
}

}  // namespace

Raster read_gif(Octets file, const std::string& where) {
  Reader reader{file, where};
  const Octets screen = reader.take(13);
  const int width = le16(screen, 6), height = le16(screen, 8);
  check_size(width, height, where);
  Octets palette = reader.palette(screen[10]);

  for (uint8_t kind; (kind = reader.byte()) != 0x2C;) {
    if (kind == 0x3B) reader.refuse("holds no picture");
    if (kind != 0x21) reader.refuse("is damaged (an unknown block)");
    reader.byte();  // the extension's label; transparency is the only one about pixels
    reader.chain();
  }
  const Octets frame = reader.take(9);
  const int x = le16(frame, 0), y = le16(frame, 2), w = le16(frame, 4), h = le16(frame, 6);
  if (w < 1 || h < 1 || x + w > width || y + h > height) reader.refuse("has a first frame that lies outside of it");
  if (frame[8] & 0x80) palette = reader.palette(frame[8]);
  if (palette.empty()) reader.refuse("has no palette");
  const int code_size = reader.byte();
  if (code_size < 1 || code_size > 11) reader.refuse(cat("has LZW codes of ", code_size, " bits, expected 1 to 11"));
  std::vector<uint8_t> data = reader.chain();
  const size_t needed = bytes_for(data, code_size, size_t(w) * size_t(h));
  if (needed > data.size()) reader.refuse("is damaged (its coded picture is too short)");

  std::vector<uint8_t> again(screen.begin(), screen.begin() + 10);
  again.insert(again.end(), {0x87, 0, 0});  // 256 colours follow
  again.insert(again.end(), palette.begin(), palette.end());
  again.resize(13 + 768);
  again.push_back(0x2C);
  again.insert(again.end(), frame.begin(), frame.begin() + 8);
  again.push_back(frame[8] & 0x40);  // interlaced or not
  again.push_back(uint8_t(code_size));
  append_chain(again, Octets(data).first(needed));
  again.push_back(0x3B);

  Raster out = decode_with_stb(again, width, height, 4, where);
  out.over_white = true;  // only what the frame does not cover is transparent
  return out;
}

}  // namespace b3o
