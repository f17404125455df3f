#include <wctype.h>

#include <clocale>

#include "core/base/utf8.h"
#include "core/library/store_parts.h"

namespace b3o {
namespace {

// The capitals of all scripts, whatever language the program runs in.
locale_t unicode() {
  static const locale_t locale = ::newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
  return locale;
}

}  // namespace

std::string folded(const std::string& text) {
  std::string out;
  out.reserve(text.size());
  for (size_t at = 0; at < text.size();) {
    const char32_t c = next_code_point(text, at);
    if (c < 128)
      out += char(c >= 'A' && c <= 'Z' ? c + 32 : c);
    else
      append_utf8(out, unicode() ? char32_t(::towlower_l(wint_t(c), unicode())) : c);
  }
  return out;
}

std::vector<std::string> search_words(const std::string& text) {
  std::vector<std::string> out;
  std::string word;
  for (const char c : folded(text) + ' ') {
    if (c != ' ' && c != '\t' && c != '\n') {
      word += c;
    } else if (!word.empty()) {
      out.push_back(std::move(word));
      word.clear();
    }
  }
  if (out.size() > 32) out.resize(32);
  return out;
}

std::string conditions(const std::string& column, size_t words) {
  std::string out;
  for (size_t i = 0; i < words; ++i) out += " AND instr(" + column + ", ?) > 0";
  return out;
}

}  // namespace b3o
