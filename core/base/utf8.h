// UTF-8 in and out, with the replacement rule of the Unicode standard for ill-formed bytes.
#pragma once

#include <string>
#include <string_view>

namespace b3o {

// Reads the code point at `at` and moves `at` past it. An ill-formed sequence gives U+FFFD and moves past its maximal
// subpart (at least one byte). `at` must be below text.size().
char32_t next_code_point(std::string_view text, size_t& at);
void append_utf8(std::string& out, char32_t code_point);
bool is_valid_utf8(std::string_view text);
// The text with every maximal ill-formed subpart replaced by U+FFFD.
std::string repaired_utf8(std::string_view text);
// The number of leading bytes that cannot change when more bytes follow: all but an incomplete last sequence.
size_t complete_utf8_prefix(std::string_view text);
// A text from a file, fit for an error sentence: repaired, control characters as \xNN, at most max_bytes and "...".
std::string for_message(std::string_view text, size_t max_bytes = 120);

}  // namespace b3o
