#include "core/text/byte_alphabet.h"

#include <array>

#include "core/base/utf8.h"

namespace b3o {
namespace {

// The 68 bytes without a character of their own, in increasing order, take U+0100 and up.
constexpr bool is_visible(int byte) { return (byte >= 0x21 && byte <= 0x7E) || (byte >= 0xA1 && byte != 0xAD); }

struct Alphabet {
  std::array<char32_t, 256> character{};
  std::array<int16_t, 0x144> byte{};
  constexpr Alphabet() {
    byte.fill(-1);
    char32_t next = 0x100;
    for (int b = 0; b < 256; ++b) {
      character[b] = is_visible(b) ? char32_t(b) : next++;
      byte[character[b]] = int16_t(b);
    }
  }
};
constexpr Alphabet kAlphabet;

}  // namespace

std::string spelled_bytes(std::string_view bytes) {
  std::string out;
  for (const char c : bytes) append_utf8(out, kAlphabet.character[uint8_t(c)]);
  return out;
}

bool append_unspelled(std::string& bytes, std::string_view spelled) {
  for (size_t at = 0; at < spelled.size();) {
    const char32_t c = next_code_point(spelled, at);
    if (c >= kAlphabet.byte.size() || kAlphabet.byte[c] < 0) return false;
    bytes += char(kAlphabet.byte[c]);
  }
  return true;
}

}  // namespace b3o
