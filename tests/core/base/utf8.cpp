#include "core/base/utf8.h"

#include "tests/support/case.h"

using namespace b3o;
using namespace b3o::test;

namespace {

const std::string kBad = "\xef\xbf\xbd";  // U+FFFD

void every_code_point_survives_a_round_trip() {
  std::string text;
  for (char32_t c = 0; c <= 0x10FFFF; ++c)
    if (c < 0xD800 || c > 0xDFFF) append_utf8(text, c);
  check(is_valid_utf8(text), "the text is valid");
  size_t at = 0;
  for (char32_t c = 0; c <= 0x10FFFF; ++c)
    if ((c < 0xD800 || c > 0xDFFF) && next_code_point(text, at) != c) throw CheckFailed("lost U+" + shown(uint32_t(c)));
  check_equal(at, text.size(), "end");
}

void ill_formed_bytes_are_replaced_by_maximal_subparts() {
  const std::vector<std::pair<std::string, std::string>> rows = {
      {"", ""},
      {"a\x80z", "a" + kBad + "z"},
      {"\xc0\xaf", kBad + kBad},                        // overlong: C0 starts nothing
      {"\xe0\x9f\x80", kBad + kBad + kBad},             // overlong: 9F cannot follow E0
      {"\xed\xa0\x80", kBad + kBad + kBad},             // a surrogate
      {"\xf4\x91\x92\x93", kBad + kBad + kBad + kBad},  // above U+10FFFF
      {"\xff"
       "A\x80\xbf"
       "B",
       kBad + "A" + kBad + kBad + "B"},
      {"\xe1\x80\xe2\xf0\x91\x92\xf1\xbf"
       "A",
       kBad + kBad + kBad + kBad + "A"},  // the standard's table 3-11
      {"\xf0\x9f\x98", kBad},             // cut after three of four
      {"\xe4\xbd"
       "a",
       kBad + "a"},
      {"ä€😀", "ä€😀"},
  };
  for (const auto& [text, wanted] : rows) {
    check_equal(repaired_utf8(text), wanted, "'" + shown(text) + "'");
    check_equal(is_valid_utf8(text), text == wanted, "validity of '" + shown(text) + "'");
  }
}

void only_an_incomplete_last_sequence_is_held_back() {
  const std::vector<std::pair<std::string, size_t>> rows = {
      {"", 0},
      {"abc", 3},
      {"ab\xc3", 2},
      {"ab\xc3\xa4", 4},
      {"\xe2\x82", 0},
      {"\xf0\x9f\x98", 0},
      {"\xf0\x9f\x98\x80", 4},
      {"a\x80", 2},
      {"\xe0\x9f", 2},
      {"\x80\x80\x80\x80", 4},
      {"a\xff", 2},
  };
  for (const auto& [text, wanted] : rows) check_equal(complete_utf8_prefix(text), wanted, "prefix of '" + text + "'");
}

void a_text_for_a_message_is_short_and_printable() {
  check_equal(for_message("a\nb\x7f\xff"), "a\\x0ab\\x7f" + kBad);
  check_equal(for_message(std::string("x\0y", 3)), std::string("x\\x00y"));
  check_equal(for_message("aä", 2), std::string("a..."), "not cut inside a letter");
  check_equal(for_message("abc", 3), std::string("abc"));
}

const Cases cases = {
    CASE(every_code_point_survives_a_round_trip),
    CASE(ill_formed_bytes_are_replaced_by_maximal_subparts),
    CASE(only_an_incomplete_last_sequence_is_held_back),
    CASE(a_text_for_a_message_is_short_and_printable),
};

}  // namespace
