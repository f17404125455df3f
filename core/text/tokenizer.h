// Text to ids and back, as Qwen2.5 does it: added tokens, NFC, pieces, byte-level BPE (understanding.md 2).
// Immutable once set up: any number of threads may encode and decode.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/text/added_tokens.h"
#include "core/text/bpe.h"

namespace b3o {

// A part of a prompt. Only trusted text may become added tokens: what a user types never opens a turn or a picture.
struct TextSpan {
  std::string text;
  bool trusted;
};

class Tokenizer {
 public:
  // From a model folder, either form of files. LoadError that names the file.
  static Tokenizer load(const std::filesystem::path& folder);
  static Tokenizer from_vocab_and_merges(const std::filesystem::path& vocab, const std::filesystem::path& merges,
                                         std::vector<AddedToken> added);

  // The spans are one rendered text: normalisation, pieces and merges cross their borders, added tokens do not.
  // Ill-formed UTF-8 counts as U+FFFD. RequestError above 16 MiB.
  std::vector<int64_t> encode(std::span<const TextSpan> spans) const;
  std::vector<int64_t> encode(std::string_view text, bool match_added_tokens) const;

  // Ill-formed bytes become U+FFFD, one per maximal ill-formed part. RequestError for an id without an embedding row;
  // a row without a token decodes to nothing.
  std::string decode(std::span<const int64_t> ids, bool skip_special) const;
  // The bytes behind one id, which need not be whole characters. RequestError as above.
  std::string_view bytes(int64_t id, bool skip_special) const;

  std::optional<int64_t> id_of(std::string_view added_token_text) const;
  const std::vector<AddedToken>& added_tokens() const { return added_.all(); }
  int64_t size() const { return size_; }  // one more than the highest id

  // How many rows the model's embedding has: size() until this is called. LoadError when there are fewer than size().
  void set_embedding_rows(int64_t rows);
  int64_t embedding_rows() const { return rows_; }

 private:
  Tokenizer(const BaseVocabulary& base, std::vector<AddedToken> added, const std::string& where);
  void encode_segment(std::u32string& segment, std::vector<int64_t>& ids, Bpe::Scratch& scratch) const;

  Bpe bpe_;
  AddedTokens added_;
  std::string where_;  // the file or folder, for messages
  int64_t size_ = 0, rows_ = 0;
};

// Decodes one id at a time; the pieces joined equal decode(). Holds back at most three bytes of an unfinished
// character. The tokenizer must outlive it.
class StreamDecoder {
 public:
  StreamDecoder(const Tokenizer& tokenizer, bool skip_special) : tokenizer_(&tokenizer), skip_special_(skip_special) {}
  std::string push(int64_t id);
  std::string finish();  // what is still held back, as U+FFFD

 private:
  const Tokenizer* tokenizer_;
  bool skip_special_;
  std::string pending_;
};

}  // namespace b3o
