#include "core/text/pieces.h"

#include "core/text/unicode.h"

namespace b3o {
namespace {

char32_t lower(char32_t c) {
  if (c >= 'A' && c <= 'Z') return c + 32;
  return c == 0x17F ? U's' : c;  // the long s matches s when case is ignored
}

struct Matcher {
  std::u32string_view text;
  std::vector<CharClass> classes;

  bool is(size_t i, CharClass c) const { return i < text.size() && classes[i] == c; }
  size_t run(size_t i, CharClass c) const {
    while (is(i, c)) ++i;
    return i;
  }
  bool continues(size_t i, std::u32string_view small) const {
    if (text.size() - i < small.size()) return false;
    for (size_t k = 0; k < small.size(); ++k)
      if (lower(text[i + k]) != small[k]) return false;
    return true;
  }

  size_t end_of_contraction(size_t i) const {  // i when there is none
    if (text[i] != U'\'') return i;
    for (const std::u32string_view tail : {U"s", U"t", U"re", U"ve", U"m", U"ll", U"d"})
      if (continues(i + 1, tail)) return i + 1 + tail.size();
    return i;
  }

  size_t end_of_spaces(size_t i) const {
    size_t end = i, after_newline = i;
    for (; is(end, CharClass::space) || is(end, CharClass::newline); ++end)
      if (classes[end] == CharClass::newline) after_newline = end + 1;
    if (after_newline > i) return after_newline;
    // The last space before something visible is left to it.
    return end == text.size() || end == i + 1 ? end : end - 1;
  }

  // The alternatives of the expression in their order: the first that matches wins (understanding.md 2.2).
  size_t end_of_piece(size_t i) const {
    if (const size_t end = end_of_contraction(i); end > i) return end;
    const CharClass first = classes[i];
    const bool may_lead = first == CharClass::space || first == CharClass::other;
    const size_t word = may_lead ? i + 1 : i;
    if (is(word, CharClass::letter)) return run(word, CharClass::letter);
    if (first == CharClass::number) return i + 1;
    const size_t signs = text[i] == U' ' ? i + 1 : i;
    if (is(signs, CharClass::other)) return run(run(signs, CharClass::other), CharClass::newline);
    return end_of_spaces(i);
  }
};

}  // namespace

std::vector<uint32_t> piece_ends(std::u32string_view text) {
  Matcher matcher{text, {}};
  matcher.classes.reserve(text.size());
  for (const char32_t c : text) matcher.classes.push_back(char_class(c));
  std::vector<uint32_t> ends;
  for (size_t i = 0; i < text.size();) {
    i = matcher.end_of_piece(i);
    ends.push_back(uint32_t(i));
  }
  return ends;
}

}  // namespace b3o
