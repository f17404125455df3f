// Cuts text into the pieces inside which BPE works: the regular expression of Qwen2, matched by hand.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace b3o {

// The only expression that piece_ends() implements; a tokenizer.json with another one is refused.
inline constexpr std::string_view kPieceRegex =
    R"((?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+)";

// The end of every piece, in order; the last is text.size(). Nothing is dropped. Linear in the text.
std::vector<uint32_t> piece_ends(std::u32string_view text);

}  // namespace b3o
