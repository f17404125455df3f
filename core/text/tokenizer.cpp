#include "core/text/tokenizer.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/base/utf8.h"
#include "core/text/excerpt.h"
#include "core/text/pieces.h"
#include "core/text/tokenizer_files.h"
#include "core/text/unicode.h"

namespace b3o {
namespace {

constexpr size_t kMaxTextBytes = size_t(16) << 20;

}  // namespace

Tokenizer::Tokenizer(const BaseVocabulary& base, std::vector<AddedToken> added, const std::string& where)
    : bpe_(base), added_(std::move(added), where), where_(where), size_(bpe_.size()) {
  for (const AddedToken& token : added_.all()) {
    if (token.id < 0 || token.id >= kMaxTokens)
      throw LoadError(cat(where, ": added token '", excerpt(token.text), "' has id ", token.id, ", expected 0 to ",
                          kMaxTokens - 1));
    // Else plain text could produce the id of an added token.
    if (!bpe_.bytes(token.id).empty())
      throw LoadError(cat(where, ": added token '", excerpt(token.text), "' has id ", token.id,
                          ", which belongs to a token of the vocabulary"));
    size_ = std::max(size_, token.id + 1);
  }
  rows_ = size_;
}

Tokenizer Tokenizer::load(const std::filesystem::path& folder) {
  TokenizerFiles files = read_tokenizer_files(folder);
  return Tokenizer(files.base, std::move(files.added), files.added_file);
}

Tokenizer Tokenizer::from_vocab_and_merges(const std::filesystem::path& vocab, const std::filesystem::path& merges,
                                           std::vector<AddedToken> added) {
  return Tokenizer(read_vocab_and_merges(vocab, merges), std::move(added), vocab.string());
}

std::vector<int64_t> Tokenizer::encode(std::string_view text, bool match_added_tokens) const {
  const TextSpan span{std::string(text), match_added_tokens};
  return encode({&span, 1});
}

std::vector<int64_t> Tokenizer::encode(std::span<const TextSpan> spans) const {
  size_t total = 0;
  for (const TextSpan& span : spans) total += span.text.size();
  if (total > kMaxTextBytes)
    throw RequestError(cat("The text has ", total, " bytes; at most ", kMaxTextBytes, " can be encoded at once."));
  std::vector<int64_t> ids;
  Bpe::Scratch scratch;
  std::u32string segment;  // between two added tokens
  for (size_t i = 0; i < spans.size();) {
    if (!spans[i].trusted) {
      append_code_points(segment, spans[i++].text);
      continue;
    }
    std::string run;  // neighbours that are trusted are searched as one text
    while (i < spans.size() && spans[i].trusted) run += spans[i++].text;
    size_t at = 0;
    while (const auto match = added_.find(run, at)) {
      append_code_points(segment, std::string_view(run).substr(at, match->begin - at));
      encode_segment(segment, ids, scratch);
      ids.push_back(match->token->id);
      at = match->end;
    }
    append_code_points(segment, std::string_view(run).substr(at));
  }
  encode_segment(segment, ids, scratch);
  return ids;
}

void Tokenizer::encode_segment(std::u32string& segment, std::vector<int64_t>& ids, Bpe::Scratch& scratch) const {
  normalize_nfc(segment);
  std::string piece;
  size_t begin = 0;
  for (const uint32_t end : piece_ends(segment)) {
    piece.clear();
    for (; begin < end; ++begin) append_utf8(piece, segment[begin]);
    bpe_.encode(piece, ids, scratch);
  }
  segment.clear();
}

std::string_view Tokenizer::bytes(int64_t id, bool skip_special) const {
  if (id < 0 || id >= rows_) throw RequestError(cat("Token id ", id, " is outside the ", rows_, " rows of the model."));
  const AddedToken* added = added_.by_id(id);
  if (!added) return bpe_.bytes(id);
  return added->special && skip_special ? std::string_view() : std::string_view(added->text);
}

std::string Tokenizer::decode(std::span<const int64_t> ids, bool skip_special) const {
  std::string out;
  for (const int64_t id : ids) out += bytes(id, skip_special);
  return repaired_utf8(out);
}

std::optional<int64_t> Tokenizer::id_of(std::string_view added_token_text) const {
  const AddedToken* token = added_.by_text(added_token_text);
  return token ? std::optional(token->id) : std::nullopt;
}

void Tokenizer::set_embedding_rows(int64_t rows) {
  if (rows < size_)
    throw LoadError(cat(where_, ": the tokenizer has ", size_, " ids, but the model's embedding has ", rows,
                        " rows; the tokenizer files belong to another model"));
  rows_ = rows;
}

std::string StreamDecoder::push(int64_t id) {
  pending_ += tokenizer_->bytes(id, skip_special_);
  const size_t complete = complete_utf8_prefix(pending_);
  std::string out = repaired_utf8(std::string_view(pending_).substr(0, complete));
  pending_.erase(0, complete);
  return out;
}

std::string StreamDecoder::finish() {
  std::string out = repaired_utf8(pending_);
  pending_.clear();
  return out;
}

}  // namespace b3o
