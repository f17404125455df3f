// Tar archives byte by byte, and pictures to put into them.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>

#include "core/image/codec.h"

namespace b3o::test {

inline std::string octal(uint64_t value, size_t digits = 11) {
  std::string out(digits, '0');
  for (size_t i = digits; i-- > 0; value >>= 3) out[i] = char('0' + (value & 7));
  return out;
}
// GNU: a set top bit, then big-endian binary; for sizes beyond eleven octal digits.
inline std::string base256(uint64_t value) {
  std::string out(12, '\0');
  out[0] = char(0x80);
  for (size_t i = 12; i-- > 4; value >>= 8) out[i] = char(value & 0xff);
  return out;
}

struct Member {
  std::string name, content = {};
  char type = '0';
  std::string prefix = {}, size = {};  // size: the field as it stands, else octal
  bool gnu = false;
};

inline std::string padded(std::string content) {
  content.resize((content.size() + 511) / 512 * 512);
  return content;
}

inline std::string header_of(const Member& m) {
  std::string h(512, '\0');
  const auto put = [&](size_t at, const std::string& text) { h.replace(at, text.size(), text); };
  put(0, m.name.substr(0, 100));
  put(100, "0000644"), put(108, "0000000"), put(116, "0000000");
  put(124, m.size.empty() ? octal(m.content.size()) : m.size);
  put(136, octal(0));
  put(148, "        ");
  h[156] = m.type;
  put(257, m.gnu ? std::string("ustar  ", 7)
                 : std::string("ustar\0"
                               "00",
                               8));
  put(345, m.prefix);
  unsigned sum = 0;
  for (const char c : h) sum += uint8_t(c);
  put(148, octal(sum, 6) + std::string("\0 ", 2));
  return h;
}

inline std::string member(const Member& m) { return header_of(m) + padded(m.content); }
inline std::string end_of_tar() { return std::string(1024, '\0'); }

inline std::string pax_record(const std::string& key, const std::string& value) {
  const std::string rest = " " + key + "=" + value + "\n";
  size_t length = rest.size();
  while (std::to_string(length).size() + rest.size() != length) length = std::to_string(length).size() + rest.size();
  return std::to_string(length) + rest;
}

inline Image plain_image(uint8_t value, int side = 20) {
  Image image(side, side);
  std::fill(image.pixels.begin(), image.pixels.end(), value);
  return image;
}
inline std::string png(uint8_t value) { return encode_png(plain_image(value)); }

// One example of a shard.
inline std::string sample(const std::string& key, const std::string& text, uint8_t value) {
  return member({key + ".png", png(value)}) + member({key + ".txt", text});
}

}  // namespace b3o::test
