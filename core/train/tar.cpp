#include "core/train/tar.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <limits>
#include <optional>

#include "core/base/error.h"

namespace b3o::train {
namespace {

constexpr uint64_t kBlock = 512, kMaxNames = 1 << 20;
using Block = std::array<char, kBlock>;

std::string text_at(const Block& b, size_t at, size_t size) {
  const char* first = b.data() + at;
  return {first, std::find(first, first + size, '\0')};
}

// Octal digits, or big-endian binary behind a set top bit.
std::optional<uint64_t> number_at(const Block& b, size_t at, size_t size) {
  const auto byte = [&](size_t i) { return uint8_t(b[at + i]); };
  uint64_t value = 0;
  if (byte(0) & 0x80) {
    if (byte(0) != 0x80) return std::nullopt;  // negative, or beyond 88 bits
    for (size_t i = 1; i < size; ++i) {
      if (value >> 56) return std::nullopt;
      value = value << 8 | byte(i);
    }
    return value;
  }
  size_t i = 0;
  while (i < size && b[at + i] == ' ') ++i;
  for (; i < size && b[at + i] >= '0' && b[at + i] <= '7'; ++i) {
    if (value >> 60) return std::nullopt;
    value = value * 8 + uint64_t(b[at + i] - '0');
  }
  const bool ends = i == size || b[at + i] == ' ' || b[at + i] == '\0';
  return ends ? std::optional(value) : std::nullopt;
}

bool checksum_agrees(const Block& b) {
  int64_t plain = 0, with_sign = 0;  // some old programs added signed bytes
  for (size_t i = 0; i < kBlock; ++i) {
    const char c = i >= 148 && i < 156 ? ' ' : b[i];
    plain += uint8_t(c), with_sign += static_cast<signed char>(c);
  }
  const auto stored = number_at(b, 148, 8);
  return stored && (int64_t(*stored) == plain || int64_t(*stored) == with_sign);
}

// What an extended header says about the members behind it.
struct Extended {
  std::optional<std::string> path;
  std::optional<uint64_t> size;
};

// Records "LENGTH KEY=VALUE\n"; a damaged one ends the reading.
void read_pax(const std::string& data, Extended& into) {
  size_t at = 0;
  while (at < data.size()) {
    size_t length = 0, i = at;
    for (; i < data.size() && data[i] >= '0' && data[i] <= '9' && length < kMaxNames; ++i)
      length = length * 10 + size_t(data[i] - '0');
    if (i == at || i >= data.size() || data[i] != ' ' || length > data.size() - at || at + length <= i + 1) return;
    const std::string record = data.substr(i + 1, at + length - i - 2);
    const size_t equals = record.find('=');
    if (equals == std::string::npos) return;
    const std::string key = record.substr(0, equals), value = record.substr(equals + 1);
    if (key == "path") into.path = value;
    if (key == "size" && !value.empty() && value.size() < 19 &&
        value.find_first_not_of("0123456789") == std::string::npos)
      into.size = std::stoull(value);
    at += length;
  }
}

}  // namespace

std::string read_range(const std::filesystem::path& file, uint64_t offset, uint64_t size) {
  std::string out;
  std::ifstream in(file, std::ios::binary);
  if (in && size <= std::numeric_limits<size_t>::max() / 2 && offset <= uint64_t(std::numeric_limits<int64_t>::max())) {
    in.seekg(0, std::ios::end);
    const auto end = uint64_t(std::max<std::streamoff>(0, in.tellg()));
    if (offset <= end && size <= end - offset) {
      out.resize(size_t(size));
      in.seekg(std::streamoff(offset));
      if (in.read(out.data(), std::streamsize(size))) return out;
    }
  }
  throw LoadError(cat(file.string(), ": ", size, " bytes at ", offset, " cannot be read"));
}

std::string scan_tar(const std::filesystem::path& file, const std::function<void(const TarMember&)>& see) {
  std::ifstream in(file, std::ios::binary);
  if (!in) throw LoadError(cat(file.string(), ": cannot be opened"));
  in.seekg(0, std::ios::end);
  const auto end = uint64_t(std::max<std::streamoff>(0, in.tellg()));
  Extended global, next;
  int zero_blocks = 0;
  for (uint64_t at = 0; at < end;) {
    if (end - at < kBlock) return cat(file.string(), ": ends inside the header at ", at);
    Block b;
    in.seekg(std::streamoff(at));
    if (!in.read(b.data(), kBlock)) return cat(file.string(), ": cannot be read at ", at);
    at += kBlock;
    if (std::all_of(b.begin(), b.end(), [](char c) { return c == 0; })) {
      if (++zero_blocks == 2) return "";
      continue;
    }
    zero_blocks = 0;
    const auto stored = number_at(b, 124, 12);
    if (!checksum_agrees(b) || !stored)
      return cat(file.string(), ": the header at ", at - kBlock, " is damaged; what follows it is not read");
    const char type = b[156];
    const bool describes = type == 'x' || type == 'g' || type == 'L' || type == 'K';
    const bool regular = type == '0' || type == '\0' || type == '7';
    const bool without_data = type >= '1' && type <= '6';  // links, devices, folders: their size says nothing
    const uint64_t size = without_data ? 0 : describes ? *stored : next.size.value_or(global.size.value_or(*stored));
    if (size > end - at) {
      return cat(file.string(), ": the member at ", at - kBlock, " has ", size, " bytes, but only ", end - at,
                 " follow; it is dropped");
    }
    if (describes) {
      if (size > kMaxNames) return cat(file.string(), ": the header at ", at - kBlock, " describes too much");
      const std::string data = read_range(file, at, size);
      if (type == 'L') next.path = data.substr(0, data.find('\0'));
      if (type == 'x') read_pax(data, next);
      if (type == 'g') read_pax(data, global);
    } else {
      const std::string prefix = text_at(b, 257, 5) == "ustar" && b[262] == '\0' ? text_at(b, 345, 155) : "";
      const std::string name = text_at(b, 0, 100);
      const std::string own = prefix.empty() ? name : prefix + "/" + name;
      const std::string path = next.path.value_or(global.path.value_or(own));
      if (regular && !path.ends_with('/')) see({path, at, size});
      next = {};
    }
    const uint64_t padded = (size + kBlock - 1) / kBlock * kBlock;
    if (padded > end - at) return "";  // the last member has no padding
    at += padded;
  }
  return "";
}

}  // namespace b3o::train
