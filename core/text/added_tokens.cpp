#include "core/text/added_tokens.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/base/utf8.h"
#include "core/text/excerpt.h"

namespace b3o {
namespace {

// Bounds the work per byte of text, and the trie.
constexpr size_t kMaxBytes = 256, kMaxCount = 8192;

}  // namespace

AddedTokens::AddedTokens(std::vector<AddedToken> tokens, const std::string& where) : tokens_(std::move(tokens)) {
  const auto refuse = [&](const auto&... parts) { throw LoadError(cat(where, ": ", parts...)); };
  if (tokens_.size() > kMaxCount) refuse("has ", tokens_.size(), " added tokens, at most ", kMaxCount, " are accepted");
  std::sort(tokens_.begin(), tokens_.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
  ends_.push_back(-1);
  for (size_t i = 0; i < tokens_.size(); ++i) {
    const AddedToken& token = tokens_[i];
    if (token.text.empty()) refuse("the added token with id ", token.id, " is empty");
    if (token.text.size() > kMaxBytes)
      refuse("the added token with id ", token.id, " has ", token.text.size(), " bytes, at most ", kMaxBytes,
             " are accepted");
    if (!is_valid_utf8(token.text)) refuse("the added token with id ", token.id, " is not valid UTF-8");
    if (i && tokens_[i - 1].id == token.id)
      refuse("added tokens '", excerpt(tokens_[i - 1].text), "' and '", excerpt(token.text), "' have the same id ",
             token.id);
    starts_[uint8_t(token.text[0])] = true;
    uint32_t node = 0;
    for (const char c : token.text) {
      const auto [it, is_new] = child_.try_emplace(uint64_t(node) << 8 | uint8_t(c), uint32_t(ends_.size()));
      if (is_new) ends_.push_back(-1);
      node = it->second;
    }
    if (ends_[node] >= 0)
      refuse("added token '", excerpt(token.text), "' appears twice, with ids ", tokens_[size_t(ends_[node])].id,
             " and ", token.id);
    ends_[node] = int32_t(i);
  }
}

const AddedToken* AddedTokens::by_id(int64_t id) const {
  const auto it =
      std::lower_bound(tokens_.begin(), tokens_.end(), id, [](const AddedToken& t, int64_t v) { return t.id < v; });
  return it != tokens_.end() && it->id == id ? &*it : nullptr;
}

const AddedToken* AddedTokens::by_text(std::string_view text) const {
  const AddedToken* token = longest_at(text);
  return token && token->text.size() == text.size() ? token : nullptr;
}

const AddedToken* AddedTokens::longest_at(std::string_view text) const {
  int32_t best = -1;
  uint32_t node = 0;
  for (const char c : text) {
    const auto it = child_.find(uint64_t(node) << 8 | uint8_t(c));
    if (it == child_.end()) break;
    node = it->second;
    if (ends_[node] >= 0) best = ends_[node];
  }
  return best < 0 ? nullptr : &tokens_[size_t(best)];
}

std::optional<AddedTokens::Match> AddedTokens::find(std::string_view text, size_t from) const {
  for (size_t i = from; i < text.size(); ++i) {
    if (!starts_[uint8_t(text[i])]) continue;
    if (const AddedToken* token = longest_at(text.substr(i))) return Match{i, i + token->text.size(), token};
  }
  return std::nullopt;
}

}  // namespace b3o
