// Pieces of strange files in messages: short, valid UTF-8, without control characters.
#pragma once

#include <string>
#include <string_view>

#include "core/base/utf8.h"

namespace b3o {

inline std::string excerpt(std::string_view text, size_t most_bytes = 60) {
  std::string out;
  for (size_t at = 0; at < text.size();) {
    if (out.size() >= most_bytes) return out + "...";
    const char32_t c = next_code_point(text, at);
    append_utf8(out, c < 0x20 || c == 0x7F ? U'\uFFFD' : c);
  }
  return out;
}

}  // namespace b3o
