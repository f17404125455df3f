#include "core/base/utf8.h"

#include <cstdint>

namespace b3o {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

struct Step {
  char32_t value;
  size_t length;
  bool ok;
  bool incomplete;  // the text ended inside a sequence that was well-formed so far
};

// Table 3-7 of the Unicode standard: the second byte's range depends on the first.
Step read(std::string_view text, size_t at) {
  const auto byte = [&](size_t i) { return uint8_t(text[i]); };
  const uint8_t first = byte(at);
  if (first < 0x80) return {first, 1, true, false};
  const int extra = first >= 0xC2 && first <= 0xDF   ? 1
                    : (first & 0xF0) == 0xE0         ? 2
                    : first >= 0xF0 && first <= 0xF4 ? 3
                                                     : 0;
  if (extra == 0) return {kReplacement, 1, false, false};
  uint8_t low = 0x80, high = 0xBF;
  if (first == 0xE0) low = 0xA0;
  if (first == 0xED) high = 0x9F;
  if (first == 0xF0) low = 0x90;
  if (first == 0xF4) high = 0x8F;
  char32_t value = first & (0x3F >> extra);
  for (int k = 1; k <= extra; ++k) {
    if (at + k >= text.size()) return {kReplacement, size_t(k), false, true};
    const uint8_t b = byte(at + k);
    if (b < low || b > high) return {kReplacement, size_t(k), false, false};
    value = value << 6 | (b & 0x3F);
    low = 0x80;
    high = 0xBF;
  }
  return {value, size_t(extra) + 1, true, false};
}

}  // namespace

char32_t next_code_point(std::string_view text, size_t& at) {
  const Step step = read(text, at);
  at += step.length;
  return step.value;
}

void append_utf8(std::string& out, char32_t c) {
  if (c < 0x80) {
    out += char(c);
  } else if (c < 0x800) {
    out += char(0xC0 | c >> 6);
    out += char(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    out += char(0xE0 | c >> 12);
    out += char(0x80 | (c >> 6 & 0x3F));
    out += char(0x80 | (c & 0x3F));
  } else {
    out += char(0xF0 | c >> 18);
    out += char(0x80 | (c >> 12 & 0x3F));
    out += char(0x80 | (c >> 6 & 0x3F));
    out += char(0x80 | (c & 0x3F));
  }
}

bool is_valid_utf8(std::string_view text) {
  for (size_t at = 0; at < text.size();) {
    const Step step = read(text, at);
    if (!step.ok) return false;
    at += step.length;
  }
  return true;
}

std::string repaired_utf8(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (size_t at = 0; at < text.size();) append_utf8(out, next_code_point(text, at));
  return out;
}

size_t complete_utf8_prefix(std::string_view text) {
  for (size_t back = 1; back <= 3 && back <= text.size(); ++back) {
    const size_t at = text.size() - back;
    if ((uint8_t(text[at]) & 0xC0) == 0x80) continue;  // a continuation byte: the sequence starts further left
    const Step step = read(text, at);
    return step.incomplete && at + step.length == text.size() ? at : text.size();
  }
  return text.size();
}

std::string for_message(std::string_view text, size_t max_bytes) {
  constexpr char digits[] = "0123456789abcdef";
  const bool cut = text.size() > max_bytes;
  if (cut) text = text.substr(0, complete_utf8_prefix(text.substr(0, max_bytes)));
  std::string out;
  for (const char c : repaired_utf8(text)) {
    const uint8_t b = uint8_t(c);
    if (b < 0x20 || b == 0x7f) {
      out += "\\x";
      out += digits[b >> 4];
      out += digits[b & 15];
    } else {
      out += c;
    }
  }
  return cut ? out + "..." : out;
}

}  // namespace b3o
