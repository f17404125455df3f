// Learns the small byte-level tokenizer of the drawn world and writes it in the files of Qwen2.5 (embedded-model.md 7).
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/json.h"

namespace b3o::train {

// The pairs of symbols, in the byte alphabet, that byte-pair encoding joins: the most frequent pair of neighbours
// first, of equally frequent ones the first in byte order. Fewer than `count` when no pair occurs twice.
std::vector<std::pair<std::string, std::string>> learn_merges(const std::vector<std::string>& texts, int64_t count);

// tokenizer.json, tokenizer_config.json and chat_template.json in `folder`: the 256 bytes, the merges, then Qwen2.5's
// 22 added tokens and [IMG], [/IMG], <image>. Recipe: {"world", "seed", "vocab", "texts"}; equal recipes give equal
// files. LoadError for a vocabulary without room for the bytes and the added tokens.
void train_tokenizer(const Json& recipe, const std::string& where, const std::filesystem::path& folder);

}  // namespace b3o::train
