// Reads the JSON files of a tokenizer. A vocabulary and its merges hold some 150,000 entries each, too many for a tree
// of JSON values: they go to two tables, everything else becomes an ordinary tree.
#pragma once

#include <string>
#include <string_view>

#include "core/base/json.h"
#include "core/text/bpe.h"

namespace b3o {

// How many values the tree may hold, and a file may have bytes.
inline constexpr size_t kMaxTokenizerValues = size_t(1) << 19, kMaxTokenizerBytes = size_t(64) << 20;

struct TokenizerJson {
  Json tree;  // of a tokenizer.json without model.vocab and model.merges; null for a vocab.json
  bool has_tokens = false, has_merges = false;
  BaseVocabulary tables;
};

// A tokenizer.json. LoadError that starts with `where` for anything that parse_json() refuses, more values than
// kMaxTokenizerValues, or more entries in a table than kMaxTokens.
TokenizerJson parse_tokenizer_json(std::string_view text, const std::string& where);
// A vocab.json: one object, token -> id.
TokenizerJson parse_vocab_json(std::string_view text, const std::string& where);
// tokenizer_config.json and its companions: the tree alone.
Json parse_small_json(std::string_view text, const std::string& where);

}  // namespace b3o
