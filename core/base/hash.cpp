#include "core/base/hash.h"

#include <bit>
#include <cstring>
#include <fstream>
#include <vector>

#include "core/base/error.h"

namespace b3o {
namespace {

constexpr uint32_t kRound[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

}  // namespace

void Sha256::block(const uint8_t* p) {
  uint32_t w[64];
  for (int i = 0; i < 16; ++i)
    w[i] = uint32_t(p[4 * i]) << 24 | uint32_t(p[4 * i + 1]) << 16 | uint32_t(p[4 * i + 2]) << 8 | p[4 * i + 3];
  for (int i = 16; i < 64; ++i) {
    const uint32_t s0 = std::rotr(w[i - 15], 7) ^ std::rotr(w[i - 15], 18) ^ (w[i - 15] >> 3);
    const uint32_t s1 = std::rotr(w[i - 2], 17) ^ std::rotr(w[i - 2], 19) ^ (w[i - 2] >> 10);
    w[i] = w[i - 16] + s0 + w[i - 7] + s1;
  }
  uint32_t v[8];
  std::memcpy(v, state_, sizeof v);
  for (int i = 0; i < 64; ++i) {
    const uint32_t s1 = std::rotr(v[4], 6) ^ std::rotr(v[4], 11) ^ std::rotr(v[4], 25);
    const uint32_t t1 = v[7] + s1 + ((v[4] & v[5]) ^ (~v[4] & v[6])) + kRound[i] + w[i];
    const uint32_t s0 = std::rotr(v[0], 2) ^ std::rotr(v[0], 13) ^ std::rotr(v[0], 22);
    const uint32_t t2 = s0 + ((v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]));
    for (int j = 7; j > 0; --j) v[j] = v[j - 1];
    v[4] += t1;
    v[0] = t1 + t2;
  }
  for (int i = 0; i < 8; ++i) state_[i] += v[i];
}

Sha256& Sha256::add(std::span<const std::byte> bytes) {
  const auto* p = reinterpret_cast<const uint8_t*>(bytes.data());
  size_t left = bytes.size();
  total_ += left;
  while (left > 0) {
    const size_t n = std::min(left, sizeof pending_ - filled_);
    std::memcpy(pending_ + filled_, p, n);
    filled_ += n;
    p += n;
    left -= n;
    if (filled_ == sizeof pending_) {
      block(pending_);
      filled_ = 0;
    }
  }
  return *this;
}

std::string Sha256::hex() {
  const uint64_t bits = total_ * 8;
  const std::byte one{0x80}, zero{0};
  add(std::span(&one, 1));
  while (filled_ != 56) add(std::span(&zero, 1));
  for (int i = 7; i >= 0; --i) {
    const std::byte b{uint8_t(bits >> (8 * i))};
    add(std::span(&b, 1));
  }
  constexpr char digits[] = "0123456789abcdef";
  std::string out;
  for (const uint32_t s : state_)
    for (int shift = 28; shift >= 0; shift -= 4) out += digits[(s >> shift) & 15];
  return out;
}

std::string sha256_hex(std::string_view text) { return Sha256().add(text).hex(); }

std::string sha256_hex_of_file(const std::filesystem::path& file) {
  std::error_code unknown;  // a pipe would block the opening
  if (!std::filesystem::is_regular_file(file, unknown)) throw LoadError(cat(file.string(), ": is not a regular file"));
  std::ifstream in(file, std::ios::binary);
  if (!in) throw LoadError(cat(file.string(), ": cannot be opened"));
  Sha256 hash;
  std::vector<char> buffer(1 << 20);
  while (in) {
    in.read(buffer.data(), std::streamsize(buffer.size()));
    hash.add(std::string_view(buffer.data(), size_t(in.gcount())));
  }
  if (in.bad()) throw LoadError(cat(file.string(), ": reading failed"));
  return hash.hex();
}

}  // namespace b3o
