#include "core/image/png_chunks.h"

#include <zlib.h>

#include <algorithm>

namespace b3o {

uint32_t be32(Octets bytes) {
  return uint32_t(bytes[0]) << 24 | uint32_t(bytes[1]) << 16 | uint32_t(bytes[2]) << 8 | bytes[3];
}

void append_be32(std::string& out, uint32_t value) {
  for (int shift = 24; shift >= 0; shift -= 8) out += char(value >> shift & 255);
}

std::optional<PngChunk> PngChunks::next() {
  if (rest_.size() < 12) return std::nullopt;
  const size_t length = be32(rest_);
  if (length > rest_.size() - 12) return std::nullopt;
  PngChunk chunk;
  chunk.type = {reinterpret_cast<const char*>(rest_.data()) + 4, 4};
  chunk.data = rest_.subspan(8, length);
  chunk.intact = crc32_z(0, rest_.data() + 4, length + 4) == be32(rest_.subspan(8 + length));
  rest_ = rest_.subspan(12 + length);
  return chunk;
}

void append_png_chunk(std::string& out, std::string_view type, std::string_view data) {
  append_be32(out, uint32_t(data.size()));
  const size_t begin = out.size();
  out.append(type).append(data);
  append_be32(out, uint32_t(crc32_z(0, reinterpret_cast<const Bytef*>(out.data()) + begin, out.size() - begin)));
}

std::optional<std::string> unpacked(Octets zlib_stream, size_t most, size_t& made) {
  z_stream z{};
  if (zlib_stream.size() > UINT32_MAX || inflateInit(&z) != Z_OK) return std::nullopt;
  z.next_in = const_cast<Bytef*>(zlib_stream.data());
  z.avail_in = uInt(zlib_stream.size());
  std::string out;
  int status = Z_OK;
  while (status == Z_OK && out.size() <= most) {
    char piece[16384];
    z.next_out = reinterpret_cast<Bytef*>(piece);
    z.avail_out = sizeof piece;
    status = inflate(&z, Z_NO_FLUSH);
    out.append(piece, sizeof piece - z.avail_out);
  }
  inflateEnd(&z);
  made += out.size();
  if (status != Z_STREAM_END || out.size() > most) return std::nullopt;
  return out;
}

}  // namespace b3o
