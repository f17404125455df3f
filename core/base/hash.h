// The hashes the project uses: FNV-1a and splitmix64 (weights by name, random streams), SHA-256 (files, recipes).
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

namespace b3o {

constexpr uint64_t fnv1a64(std::string_view text) {
  uint64_t h = 0xcbf29ce484222325u;
  for (const char c : text) h = (h ^ uint8_t(c)) * 0x100000001b3u;
  return h;
}

// The finaliser of splitmix64.
constexpr uint64_t mix64(uint64_t z) {
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return z ^ (z >> 31);
}

// SHA-256 (FIPS 180-4), fed in pieces.
class Sha256 {
 public:
  Sha256& add(std::span<const std::byte> bytes);
  Sha256& add(std::string_view text) { return add(std::as_bytes(std::span(text.data(), text.size()))); }
  std::string hex();  // 64 lower-case digits; nothing may be added afterwards

 private:
  void block(const uint8_t* p);
  uint32_t state_[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
  uint8_t pending_[64];
  size_t filled_ = 0;
  uint64_t total_ = 0;
};

std::string sha256_hex(std::string_view text);
std::string sha256_hex_of_file(const std::filesystem::path& file);  // LoadError when it cannot be read

}  // namespace b3o
