// Reads the tokenizer files of a model folder, in either form, and refuses what this tokenizer would not reproduce
// (understanding.md 2.6). Every refusal is a LoadError that names the file.
#pragma once

#include <filesystem>
#include <vector>

#include "core/text/added_tokens.h"
#include "core/text/bpe.h"

namespace b3o {

struct TokenizerFiles {
  BaseVocabulary base;
  std::vector<AddedToken> added;
  std::string added_file;  // the last that listed added tokens, for messages
};

// tokenizer.json when there is one, else vocab.json + merges.txt. Added tokens also come from tokenizer_config.json,
// or, where that lists none, from added_tokens.json: a folder saved after tokens were added may hold them only there.
TokenizerFiles read_tokenizer_files(const std::filesystem::path& folder);
BaseVocabulary read_vocab_and_merges(const std::filesystem::path& vocab, const std::filesystem::path& merges);

}  // namespace b3o
