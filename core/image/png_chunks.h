// The chunks of a PNG and its zlib streams. Not for other rooms.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/image/raster.h"

namespace b3o {

inline constexpr uint8_t kPngSignature[8] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};

inline bool is_png(Octets file) {
  return file.size() >= 8 && std::equal(std::begin(kPngSignature), std::end(kPngSignature), file.begin());
}

struct PngChunk {
  std::string_view type;  // four characters; the first is upper case in chunks nobody may skip
  Octets data;
  bool intact = false;  // the checksum is right
};

class PngChunks {
 public:
  explicit PngChunks(Octets file) : rest_(file.subspan(8)) {}
  // Empty at the end, and when the file ends inside the next chunk.
  std::optional<PngChunk> next();

 private:
  Octets rest_;
};

void append_be32(std::string& out, uint32_t value);
uint32_t be32(Octets bytes);  // of the first four
// Length, type, data and checksum.
void append_png_chunk(std::string& out, std::string_view type, std::string_view data);

// The zlib stream unpacked; empty when it is broken, cut short, or longer than `most`. `made` grows by the bytes that
// were unpacked, in vain or not.
std::optional<std::string> unpacked(Octets zlib_stream, size_t most, size_t& made);

}  // namespace b3o
