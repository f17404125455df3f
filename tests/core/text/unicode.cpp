#include "core/text/unicode.h"

#include <utf8proc.h>

#include <cstdlib>

#include "core/base/utf8.h"
#include "tests/core/text/fixtures.h"

using namespace b3o;
using namespace b3o::test;

namespace {

std::string nfc(std::string_view text) {
  std::u32string points;
  append_code_points(points, text);
  normalize_nfc(points);
  std::string out;
  for (const char32_t c : points) append_utf8(out, c);
  return out;
}

void letters_compose_with_their_marks() {
  check_equal(nfc("e\u0301"), std::string("\u00E9"));
  check_equal(nfc("a\u0323\u0302"), std::string("\u1EAD"), "two marks");
  check_equal(nfc("a\u0302\u0323"), std::string("\u1EAD"), "two marks in the other order");
  check_equal(nfc("\u1100\u1161\u11A8"), std::string("\uAC01"), "Hangul");
  check_equal(nfc("\u212B\u2126"), std::string("\u00C5\u03A9"), "singletons");
  check_equal(nfc("\u0958"), std::string("\u0915\u093C"), "excluded from composition");
  check_equal(nfc("\uFB01\u00B2"), std::string("\uFB01\u00B2"), "compatibility forms stay");
}

void every_code_point_normalises_as_the_library_says() {
  for (char32_t c = 1; c < 0x110000; ++c) {
    if (c >= 0xD800 && c <= 0xDFFF) continue;
    std::string text = "a";
    append_utf8(text, c);
    text += "\u0301\u0323";
    auto* wanted = utf8proc_NFC(reinterpret_cast<const utf8proc_uint8_t*>(text.c_str()));
    const std::string copy = reinterpret_cast<const char*>(wanted);
    std::free(wanted);
    if (nfc(text) != copy) check_equal(nfc(text), copy, "NFC of " + Json(text).dump());
  }
}

void long_runs_of_marks_are_put_in_order() {
  std::string text = "a", wanted = "\u1EA1";  // the first mark below is taken up by the letter
  constexpr int n = 100000;
  for (int i = 0; i < n; ++i) text += "\u0308\u0323";
  for (int i = 1; i < n; ++i) wanted += "\u0323";
  for (int i = 0; i < n; ++i) wanted += "\u0308";
  check(nfc(text) == wanted, "marks below stand before marks above");
}

void ill_formed_bytes_become_replacement_characters() {
  std::u32string out;
  append_code_points(out, "a\xE4\xBD|\x80\xF0\x9F\x98");
  check(out == U"a\uFFFD|\uFFFD\uFFFD", "one for each maximal part");
}

const Cases cases = {
    CASE(letters_compose_with_their_marks),
    CASE(every_code_point_normalises_as_the_library_says),
    CASE(long_runs_of_marks_are_put_in_order),
    CASE(ill_formed_bytes_become_replacement_characters),
};

}  // namespace
