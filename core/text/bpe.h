// Byte-level byte-pair encoding: the base vocabulary, and merging inside one piece.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace b3o {

// Ids and merges are counted with 20 bits each in the table of pairs.
inline constexpr int64_t kMaxTokens = int64_t(1) << 20;

// The two tables as the files hold them, in the byte alphabet.
struct BaseVocabulary {
  std::string tokens_file, merges_file;  // for messages
  std::vector<std::pair<std::string, int64_t>> tokens;
  std::vector<std::pair<std::string, std::string>> merges;  // in order of rank
};

class Bpe {
 public:
  // LoadError naming the file when an id repeats or is out of range, a byte has no token, a merge repeats, or a part
  // or result of a merge is no token.
  explicit Bpe(const BaseVocabulary& vocabulary);

  int64_t size() const { return int64_t(begin_.size()) - 1; }  // one more than the highest id
  std::string_view bytes(int64_t id) const;                    // empty for an id that no token has

  struct Symbol {
    uint32_t id, previous, next;
    uint32_t rank;  // of the pair this symbol makes with the next one
  };
  struct Scratch {
    std::vector<Symbol> symbols;
    std::vector<uint64_t> heap;
  };
  // Appends the ids of one piece; O(n log n). Scratch only saves allocations between calls.
  void encode(std::string_view piece, std::vector<int64_t>& ids, Scratch& scratch) const;

 private:
  void place_tokens(const BaseVocabulary& vocabulary);
  void place_merges(const BaseVocabulary& vocabulary);
  bool add_pair(uint32_t left, uint32_t right, uint32_t rank);
  uint32_t rank_of(uint32_t left, uint32_t right) const;

  std::string text_;             // bytes of all tokens by id
  std::vector<uint32_t> begin_;  // [size + 1] offsets in text_
  std::array<uint32_t, 256> byte_ids_{};
  std::vector<uint64_t> pairs_;   // open addressing: left, right, rank + 1; 0 is free
  std::vector<uint32_t> merged_;  // id of the result, by rank
};

}  // namespace b3o
