#include "core/text/pieces.h"

#include "core/base/error.h"
#include "core/base/utf8.h"
#include "core/text/unicode.h"
#include "tests/core/text/fixtures.h"

using namespace b3o;
using namespace b3o::test;

namespace {

// The pieces of a text, joined by bars.
std::string cut(std::string_view text) {
  std::u32string points;
  append_code_points(points, text);
  std::string out;
  size_t begin = 0;
  for (const uint32_t end : piece_ends(points)) {
    if (begin > 0) out += '|';
    for (; begin < end; ++begin) append_utf8(out, points[begin]);
  }
  check_equal(begin, points.size(), "end of the last piece");
  return out;
}

void contractions_are_cut_whatever_their_case() {
  check_equal(cut("I'm we'LL it's don't I'D they'Re"), std::string("I|'m| we|'LL| it|'s| don|'t| I|'D| they|'Re"));
  check_equal(cut("'\u017Fx"), std::string("'\u017F|x"), "the long s");
  check_equal(cut("'style"), std::string("'s|tyle"), "the first that fits, not the longest");
  check_equal(cut("'lx"), std::string("'lx"), "one l is no contraction");
  check_equal(cut("'l"), std::string("'l"), "at the end of the text");
}

void one_foreign_character_leads_a_word() {
  check_equal(cut("a b"), std::string("a| b"));
  check_equal(cut("\tb\tc"), std::string("\tb|\tc"));
  check_equal(cut("(word)"), std::string("(word|)"));
  check_equal(cut("((word"), std::string("((|word"), "two signs stay together");
  check_equal(cut("\nword"), std::string("\n|word"), "a newline leads nothing");
  check_equal(cut("e\u0301x"), std::string("e|\u0301x"), "a mark is no letter");
}

void digits_stand_alone() {
  check_equal(cut("12a3"), std::string("1|2|a|3"));
  check_equal(cut(" 12"), std::string(" |1|2"));
  check_equal(cut("\u0663\u00B2\u2167"), std::string("\u0663|\u00B2|\u2167"), "Nd, No, Nl");
}

void signs_take_one_space_before_and_newlines_after() {
  check_equal(cut("a !?\r\n\nb"), std::string("a| !?\r\n\n|b"));
  check_equal(cut("a  !"), std::string("a| | !"));
  check_equal(cut("a\t!"), std::string("a|\t|!"), "a tab is not taken");
}

void spaces_end_at_their_last_newline() {
  check_equal(cut("a \n \n  b"), std::string("a| \n \n| | b"));
  check_equal(cut("a\r\n"), std::string("a|\r\n"));
  check_equal(cut(" \n\u2003"), std::string(" \n|\u2003"));
}

void spaces_leave_their_last_to_what_follows() {
  check_equal(cut("a   b"), std::string("a|  | b"));
  check_equal(cut("a   "), std::string("a|   "), "unless nothing follows");
  check_equal(cut("a  1"), std::string("a| | |1"), "a digit takes none");
}

void white_space_is_the_property_not_the_category() {
  for (const char* space :
       {"\u0085", "\u00A0", "\u1680", "\u2000", "\u200A", "\u2028", "\u2029", "\u202F", "\u205F", "\u3000"})
    check_equal(cut(cat(space, space, "1")), cat(space, "|", space, "|1"), "white space");
  for (const char* sign : {"\u001C", "\u001F", "\u200B", "\uFEFF"})
    check_equal(cut(cat(sign, sign, "1")), cat(sign, sign, "|1"), "no white space");
}

void every_code_point_is_in_some_piece() {
  std::u32string all;
  for (char32_t c = 0; c < 0x110000; ++c)
    if (c < 0xD800 || c > 0xDFFF) all += c;
  const auto ends = piece_ends(all);
  uint32_t previous = 0;
  for (const uint32_t end : ends) {
    check(end > previous, "no piece is empty");
    previous = end;
  }
  check_equal(size_t(previous), all.size(), "end of the last piece");
}

const Cases cases = {
    CASE(contractions_are_cut_whatever_their_case),
    CASE(one_foreign_character_leads_a_word),
    CASE(digits_stand_alone),
    CASE(signs_take_one_space_before_and_newlines_after),
    CASE(spaces_end_at_their_last_newline),
    CASE(spaces_leave_their_last_to_what_follows),
    CASE(white_space_is_the_property_not_the_category),
    CASE(every_code_point_is_in_some_piece),
};

}  // namespace
