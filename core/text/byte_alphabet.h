// Vocabulary files spell every byte as one visible character (understanding.md 2.3).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace b3o {

// The characters that stand for these bytes, as UTF-8.
std::string spelled_bytes(std::string_view bytes);
// Appends the bytes that a spelling stands for; false when it holds a character outside the alphabet.
bool append_unspelled(std::string& bytes, std::string_view spelled);

}  // namespace b3o
