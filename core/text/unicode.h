// What the tokenizer needs from Unicode: the classes of its regular expression, and normalisation form C.
#pragma once

#include <string>
#include <string_view>

namespace b3o {

// newline: CR and LF; space: every other White_Space; the five classes cover all code points (understanding.md 2.2).
enum class CharClass : unsigned char { letter, number, newline, space, other };
CharClass char_class(char32_t c);

// Form C, in time linear in the text but for the sorting of runs of combining marks.
void normalize_nfc(std::u32string& text);

// Appends the code points of UTF-8; ill-formed bytes become U+FFFD.
void append_code_points(std::u32string& out, std::string_view utf8);

}  // namespace b3o
