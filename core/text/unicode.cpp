#include "core/text/unicode.h"

#include <utf8proc.h>

#include <algorithm>
#include <vector>

#include "core/base/error.h"
#include "core/base/utf8.h"

namespace b3o {
namespace {

// The property White_Space without CR and LF. Category Z* would miss the controls and U+0085.
bool is_space(char32_t c) {
  return c == ' ' || c == '\t' || c == 0x0B || c == 0x0C || c == 0x85 || c == 0xA0 || c == 0x1680 ||
         (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

bool is_mark(utf8proc_int32_t c) { return utf8proc_get_property(c)->combining_class != 0; }

// utf8proc's own ordering swaps neighbours, which takes quadratic time on a long run of marks.
void order_marks(std::vector<utf8proc_int32_t>& text) {
  const auto before = [](utf8proc_int32_t a, utf8proc_int32_t b) {
    return utf8proc_get_property(a)->combining_class < utf8proc_get_property(b)->combining_class;
  };
  for (auto at = text.begin(); at != text.end();) {
    at = std::find_if(at, text.end(), is_mark);
    const auto end = std::find_if_not(at, text.end(), is_mark);
    std::stable_sort(at, end, before);
    at = end;
  }
}

}  // namespace

CharClass char_class(char32_t c) {
  if (c < 0x80) {
    if ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') return CharClass::letter;
    if (c >= '0' && c <= '9') return CharClass::number;
    if (c == '\r' || c == '\n') return CharClass::newline;
    return is_space(c) ? CharClass::space : CharClass::other;
  }
  if (is_space(c)) return CharClass::space;
  switch (utf8proc_category(utf8proc_int32_t(c))) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
      return CharClass::letter;
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_NO:
      return CharClass::number;
    default:
      return CharClass::other;
  }
}

void normalize_nfc(std::u32string& text) {
  // Nothing below U+0300 combines or is recomposed.
  if (std::none_of(text.begin(), text.end(), [](char32_t c) { return c >= 0x300; })) return;
  std::vector<utf8proc_int32_t> parts;
  parts.reserve(text.size());
  utf8proc_int32_t one[32];
  int unused = 0;
  for (const char32_t c : text) {
    const auto n = utf8proc_decompose_char(utf8proc_int32_t(c), one, std::size(one), UTF8PROC_DECOMPOSE, &unused);
    ensure(n > 0 && n <= utf8proc_ssize_t(std::size(one)), "a canonical decomposition of one to 32 code points");
    parts.insert(parts.end(), one, one + n);
  }
  order_marks(parts);
  const auto options = utf8proc_option_t(UTF8PROC_COMPOSE | UTF8PROC_STABLE);
  const auto n = utf8proc_normalize_utf32(parts.data(), utf8proc_ssize_t(parts.size()), options);
  ensure(n >= 0, "composition");
  text.assign(parts.begin(), parts.begin() + n);
}

void append_code_points(std::u32string& out, std::string_view utf8) {
  for (size_t at = 0; at < utf8.size();) out += next_code_point(utf8, at);
}

}  // namespace b3o
