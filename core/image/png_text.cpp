#include <algorithm>

#include "core/base/utf8.h"
#include "core/image/codec.h"
#include "core/image/png_chunks.h"

namespace b3o {
namespace {

constexpr size_t kMostOfOne = size_t(4) << 20;  // bytes of a text
constexpr size_t kMostOfAll = size_t(16) << 20;

std::string_view view(Octets bytes) { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }
Octets octets(std::string_view text) { return {reinterpret_cast<const uint8_t*>(text.data()), text.size()}; }

// Takes the part before the next zero byte off `rest`; nothing when there is no zero byte.
std::optional<std::string_view> take_until_zero(std::string_view& rest) {
  const size_t zero = rest.find('\0');
  if (zero == std::string_view::npos) return std::nullopt;
  const std::string_view part = rest.substr(0, zero);
  rest.remove_prefix(zero + 1);
  return part;
}

std::string from_latin1(std::string_view text) {
  std::string out;
  for (const char c : text) append_utf8(out, uint8_t(c));
  return out;
}

std::optional<PngText> parse(const PngChunk& chunk, size_t& made) {
  std::string_view rest = view(chunk.data);
  const auto keyword = take_until_zero(rest);
  if (!keyword || keyword->empty() || keyword->size() > 79) return std::nullopt;
  PngText out{from_latin1(*keyword), {}};
  if (chunk.type == "tEXt") {
    made += rest.size();
    if (rest.size() > kMostOfOne) return std::nullopt;
    out.text = from_latin1(rest);
    return out;
  }
  bool compressed = true;
  if (chunk.type == "iTXt") {
    if (rest.size() < 2 || rest[0] < 0 || rest[0] > 1) return std::nullopt;
    compressed = rest[0] == 1;
    rest.remove_prefix(1);
  }
  if (rest.empty() || (compressed && rest[0] != 0)) return std::nullopt;  // the only compression method
  rest.remove_prefix(1);
  if (chunk.type == "iTXt" && (!take_until_zero(rest) || !take_until_zero(rest))) return std::nullopt;  // language
  if (!compressed) {
    made += rest.size();
    if (rest.size() > kMostOfOne) return std::nullopt;
    out.text = repaired_utf8(rest);
    return out;
  }
  const auto text = unpacked(octets(rest), kMostOfOne, made);
  if (!text) return std::nullopt;
  out.text = chunk.type == "iTXt" ? repaired_utf8(*text) : from_latin1(*text);
  return out;
}

}  // namespace

std::vector<PngText> read_png_texts(std::span<const std::byte> bytes) {
  const Octets file(reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size());
  std::vector<PngText> out;
  if (!is_png(file)) return out;
  size_t made = 0;  // bytes of text, those of entries that were left out too
  PngChunks chunks(file);
  while (const auto chunk = chunks.next()) {
    if (chunk->type == "IEND") break;
    if (!chunk->intact || (chunk->type != "tEXt" && chunk->type != "zTXt" && chunk->type != "iTXt")) continue;
    auto text = parse(*chunk, made);
    if (made > kMostOfAll) break;
    if (text) out.push_back(std::move(*text));
  }
  return out;
}

}  // namespace b3o
