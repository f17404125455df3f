// PNG: validated and unpacked here, unfiltered by stb_image. The decoder gets a file written anew that holds nothing
// but the header, a full palette and the scanlines in stored (not compressed) form: so no size in the file can make it
// allocate more than the picture needs, and no index reaches a palette entry that was never set.
#include <zlib.h>

#include <algorithm>

#include "core/base/error.h"
#include "core/image/png_chunks.h"
#include "core/image/raster.h"

namespace b3o {
namespace {

struct Header {
  uint32_t width, height;
  int depth, colour;  // bits a sample; 0 gray, 2 RGB, 3 palette, 4 gray and alpha, 6 RGBA
  bool interlaced;

  int channels() const { return colour == 2 ? 3 : colour == 4 ? 2 : colour == 6 ? 4 : 1; }
};

Header read_header(const PngChunk& chunk, const std::string& where) {
  const Octets d = chunk.data;
  if (chunk.type != "IHDR" || d.size() != 13 || !chunk.intact)
    throw LoadError(cat(where, ": this PNG has a broken header"));
  const Header h{be32(d), be32(d.subspan(4)), d[8], d[9], d[12] == 1};
  check_size(h.width, h.height, where);
  const int depths = h.colour == 0 ? 1 | 2 | 4 | 8 | 16 : h.colour == 3 ? 1 | 2 | 4 | 8 : 8 | 16;
  const bool one_depth = h.depth > 0 && (h.depth & (h.depth - 1)) == 0 && (h.depth & depths) != 0;
  if (h.colour > 6 || h.colour == 1 || h.colour == 5 || !one_depth || d[10] != 0 || d[11] != 0 || d[12] > 1)
    throw LoadError(cat(where, ": this PNG has colour type ", h.colour, ", ", h.depth, " bits, methods ", int(d[10]),
                        " ", int(d[11]), " ", int(d[12]), ", which no PNG may have"));
  return h;
}

// Bytes of all scanlines with their filter bytes.
size_t scanline_bytes(const Header& h) {
  const auto part = [&](size_t width, size_t height) {
    if (width == 0 || height == 0) return size_t(0);
    return ((width * size_t(h.channels()) * size_t(h.depth) + 7) / 8 + 1) * height;
  };
  if (!h.interlaced) return part(h.width, h.height);
  struct Pass {
    size_t x, y, dx, dy;
  };
  constexpr Pass kAdam7[] = {{0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4},
                             {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}};
  size_t sum = 0;
  for (const auto [x, y, dx, dy] : kAdam7) sum += part((h.width + dx - 1 - x) / dx, (h.height + dy - 1 - y) / dy);
  return sum;
}

// The first `wanted` bytes that the streams hold, as a zlib stream of stored blocks. What follows them is ignored, as
// other readers do.
std::string stored_again(const std::vector<Octets>& streams, size_t wanted, const std::string& where) {
  constexpr size_t kBlock = 65535;
  std::string out = "\x78\x01";
  out.reserve(wanted + (wanted / kBlock + 1) * 5 + 8);
  z_stream z{};
  ensure(inflateInit(&z) == Z_OK, "zlib starts");
  const struct End {
    z_stream* z;
    ~End() { inflateEnd(z); }
  } end{&z};
  size_t next = 0;
  // False when the streams end first.
  const auto fill = [&](char* to, size_t count) {
    z.next_out = reinterpret_cast<Bytef*>(to);
    z.avail_out = uInt(count);
    while (z.avail_out > 0) {
      if (z.avail_in == 0 && next < streams.size()) {
        z.next_in = const_cast<Bytef*>(streams[next].data());
        z.avail_in = uInt(streams[next++].size());
        continue;
      }
      const int status = inflate(&z, Z_NO_FLUSH);
      if (status == Z_STREAM_END || status == Z_BUF_ERROR) return z.avail_out == 0;
      if (status != Z_OK)
        throw LoadError(cat(where, ": this PNG is damaged (", z.msg ? z.msg : "its compressed data is broken", ")"));
    }
    return true;
  };
  for (size_t done = 0; done < wanted;) {
    const size_t size = std::min(kBlock, wanted - done);
    done += size;
    const char header[5] = {done == wanted, char(size & 255), char(size >> 8), char(~size & 255), char(~size >> 8)};
    out.append(header, 5);
    out.resize(out.size() + size);
    if (!fill(out.data() + out.size() - size, size))
      throw LoadError(cat(where, ": this PNG ends before its picture does"));
  }
  char beyond;
  fill(&beyond, 1);  // reaches the stream's checksum, where there is one
  return out.append(4, '\0');
}

bool fits_transparency(const Header& h, Octets palette, Octets transparency) {
  if (h.colour == 3) return transparency.size() <= palette.size() / 3;
  return (h.colour == 0 && transparency.size() == 2) || (h.colour == 2 && transparency.size() == 6);
}

std::string_view text(Octets bytes) { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }

}  // namespace

Raster read_png(Octets file, const std::string& where, bool with_transparency) {
  PngChunks chunks(file);
  const auto first = chunks.next();
  if (!first) throw LoadError(cat(where, ": this PNG ends inside its header"));
  const Header header = read_header(*first, where);
  Octets palette, transparency;
  std::vector<Octets> streams;
  int orientation = 1;
  while (const auto chunk = chunks.next()) {
    const bool critical = chunk->type[0] >= 'A' && chunk->type[0] <= 'Z';
    if (critical && !chunk->intact) throw LoadError(cat(where, ": this PNG is damaged (a checksum is wrong)"));
    if (!chunk->intact) continue;
    if (chunk->type == "IEND") break;
    if (chunk->type == "IDAT") {
      streams.push_back(chunk->data);
    } else if (chunk->type == "PLTE") {
      palette = chunk->data;
    } else if (chunk->type == "tRNS") {
      transparency = chunk->data;
    } else if (chunk->type == "eXIf") {
      orientation = exif_orientation(chunk->data);
    } else if (critical) {
      throw LoadError(cat(where, ": this PNG needs something that is not supported (an unknown chunk): save it anew"));
    }
  }
  if (header.colour == 3 && (palette.empty() || palette.size() % 3 != 0 || palette.size() > 768))
    throw LoadError(cat(where, ": this PNG has a palette of ", palette.size(), " bytes, expected 3 to 768"));

  std::string again(reinterpret_cast<const char*>(kPngSignature), 8);
  append_png_chunk(again, "IHDR", text(first->data));
  if (header.colour == 3)
    append_png_chunk(again, "PLTE", std::string(text(palette)).append(768 - palette.size(), '\0'));
  if (with_transparency && fits_transparency(header, palette, transparency))
    append_png_chunk(again, "tRNS", text(transparency));
  append_png_chunk(again, "IDAT", stored_again(streams, scanline_bytes(header), where));
  append_png_chunk(again, "IEND", "");

  const Octets rewritten(reinterpret_cast<const uint8_t*>(again.data()), again.size());
  Raster out = decode_with_stb(rewritten, int(header.width), int(header.height), 0, where);
  out.over_white = header.colour == 6 || (header.colour == 4 && header.depth == 16);  // Pillow opens both as RGBA
  out.orientation = orientation;
  return out;
}

}  // namespace b3o
