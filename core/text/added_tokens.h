// Added tokens: strings that become one id before any BPE, like <|im_end|>.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace b3o {

struct AddedToken {
  std::string text;
  int64_t id;
  bool special;  // decoding may drop it
};

class AddedTokens {
 public:
  // LoadError that starts with `where` for an empty, too long, ill-formed or repeated text, or a repeated id.
  AddedTokens(std::vector<AddedToken> tokens, const std::string& where);

  const std::vector<AddedToken>& all() const { return tokens_; }  // by id
  const AddedToken* by_id(int64_t id) const;
  const AddedToken* by_text(std::string_view text) const;

  struct Match {
    size_t begin, end;
    const AddedToken* token;
  };
  // The leftmost match at or after `from`, the longest of those that start there.
  std::optional<Match> find(std::string_view text, size_t from) const;

 private:
  const AddedToken* longest_at(std::string_view text) const;

  std::vector<AddedToken> tokens_;
  std::array<bool, 256> starts_{};                // bytes that begin a token
  std::unordered_map<uint64_t, uint32_t> child_;  // trie: node << 8 | byte -> node; the root is 0
  std::vector<int32_t> ends_;                     // [nodes] index in tokens_, or -1
};

}  // namespace b3o
