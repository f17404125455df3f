#include "core/text/bpe.h"

#include <algorithm>
#include <bit>
#include <functional>
#include <limits>
#include <unordered_map>

#include "core/base/error.h"
#include "core/base/hash.h"
#include "core/text/byte_alphabet.h"
#include "core/text/excerpt.h"

namespace b3o {
namespace {

constexpr uint32_t kNone = std::numeric_limits<uint32_t>::max();
constexpr int kIdBits = 20, kRankBits = 24;
static_assert(kMaxTokens == int64_t(1) << kIdBits);

uint64_t pair_key(uint32_t left, uint32_t right) { return uint64_t(left) << kIdBits | right; }

}  // namespace

Bpe::Bpe(const BaseVocabulary& vocabulary) {
  place_tokens(vocabulary);
  place_merges(vocabulary);
}

void Bpe::place_tokens(const BaseVocabulary& vocabulary) {
  const auto refuse = [&](const auto&... parts) { throw LoadError(cat(vocabulary.tokens_file, ": ", parts...)); };
  const auto& tokens = vocabulary.tokens;
  int64_t size = 0;
  for (const auto& [spelled, id] : tokens) {
    if (id < 0 || id >= kMaxTokens)
      refuse("token '", excerpt(spelled), "' has id ", id, ", expected 0 to ", kMaxTokens - 1);
    size = std::max(size, id + 1);
  }
  std::vector<uint32_t> entry(size_t(size), kNone);  // index in tokens, by id
  for (uint32_t i = 0; i < tokens.size(); ++i) {
    uint32_t& place = entry[size_t(tokens[i].second)];
    if (place != kNone)
      refuse("tokens '", excerpt(tokens[place].first), "' and '", excerpt(tokens[i].first), "' have the same id ",
             tokens[i].second);
    place = i;
  }
  begin_.reserve(size_t(size) + 1);
  byte_ids_.fill(kNone);
  for (int64_t id = 0; id < size; ++id) {
    begin_.push_back(uint32_t(text_.size()));
    if (entry[size_t(id)] == kNone) continue;
    const std::string& spelled = tokens[entry[size_t(id)]].first;
    if (spelled.empty()) refuse("the token with id ", id, " is empty");
    if (!append_unspelled(text_, spelled))
      refuse("token '", excerpt(spelled), "' (id ", id, ") holds a character outside the byte alphabet");
    if (text_.size() - begin_.back() == 1) {
      uint32_t& byte_id = byte_ids_[uint8_t(text_.back())];
      if (byte_id != kNone) refuse("token '", spelled, "' appears twice, with ids ", byte_id, " and ", id);
      byte_id = uint32_t(id);
    }
  }
  begin_.push_back(uint32_t(text_.size()));
  for (int b = 0; b < 256; ++b)
    if (byte_ids_[size_t(b)] == kNone)
      refuse("byte ", b, " has no token '", spelled_bytes(std::string(1, char(b))), "'; all 256 bytes need one");
}

void Bpe::place_merges(const BaseVocabulary& vocabulary) {
  std::unordered_map<std::string_view, uint32_t> ids;
  ids.reserve(vocabulary.tokens.size());
  for (const auto& [spelled, id] : vocabulary.tokens)
    if (!ids.emplace(spelled, uint32_t(id)).second)
      throw LoadError(cat(vocabulary.tokens_file, ": token '", excerpt(spelled), "' appears twice"));
  if (int64_t(vocabulary.merges.size()) > kMaxTokens)
    throw LoadError(cat(vocabulary.merges_file, ": has ", vocabulary.merges.size(), " merges, at most ", kMaxTokens,
                        " are accepted"));
  pairs_.assign(std::bit_ceil(vocabulary.merges.size() * 2 + 1), 0);
  merged_.reserve(vocabulary.merges.size());
  std::string whole;
  for (const auto& [left, right] : vocabulary.merges) {
    const auto id_of = [&](std::string_view part, const char* what) {
      const auto it = ids.find(part);
      if (it == ids.end())
        throw LoadError(cat(vocabulary.merges_file, ": merge ", merged_.size() + 1, " ('", excerpt(left), "' '",
                            excerpt(right), "'): ", what, " is not in the vocabulary"));
      return it->second;
    };
    const uint32_t left_id = id_of(left, "its first part"), right_id = id_of(right, "its second part");
    whole.assign(left).append(right);
    if (!add_pair(left_id, right_id, uint32_t(merged_.size())))
      throw LoadError(cat(vocabulary.merges_file, ": merge ", merged_.size() + 1, " ('", excerpt(left), "' '",
                          excerpt(right), "') appears twice"));
    merged_.push_back(id_of(whole, "its result"));
  }
}

bool Bpe::add_pair(uint32_t left, uint32_t right, uint32_t rank) {
  const uint64_t key = pair_key(left, right), mask = pairs_.size() - 1;
  for (uint64_t i = mix64(key) & mask;; i = (i + 1) & mask) {
    if (pairs_[i] == 0) {
      pairs_[i] = key << kRankBits | (rank + 1);
      return true;
    }
    if (pairs_[i] >> kRankBits == key) return false;
  }
}

uint32_t Bpe::rank_of(uint32_t left, uint32_t right) const {
  const uint64_t key = pair_key(left, right), mask = pairs_.size() - 1;
  for (uint64_t i = mix64(key) & mask; pairs_[i] != 0; i = (i + 1) & mask)
    if (pairs_[i] >> kRankBits == key) return uint32_t(pairs_[i] & ((1u << kRankBits) - 1)) - 1;
  return kNone;
}

std::string_view Bpe::bytes(int64_t id) const {
  if (id < 0 || id >= size()) return {};
  return std::string_view(text_).substr(begin_[size_t(id)], begin_[size_t(id) + 1] - begin_[size_t(id)]);
}

void Bpe::encode(std::string_view piece, std::vector<int64_t>& ids, Scratch& scratch) const {
  auto& symbols = scratch.symbols;
  auto& heap = scratch.heap;  // rank << 32 | position: the lowest rank first, the leftmost of equals
  symbols.clear();
  heap.clear();
  const uint32_t n = uint32_t(piece.size());
  for (uint32_t i = 0; i < n; ++i)
    symbols.push_back({byte_ids_[uint8_t(piece[i])], i ? i - 1 : kNone, i + 1 < n ? i + 1 : kNone, kNone});
  const auto rank_at = [&](uint32_t i) {
    Symbol& s = symbols[i];
    s.rank = s.next == kNone ? kNone : rank_of(s.id, symbols[s.next].id);
    return s.rank;
  };
  const auto push = [&](uint32_t i) {
    if (rank_at(i) == kNone) return;
    heap.push_back(uint64_t(symbols[i].rank) << 32 | i);
    std::push_heap(heap.begin(), heap.end(), std::greater<>());
  };
  for (uint32_t i = 0; i < n; ++i)
    if (rank_at(i) != kNone) heap.push_back(uint64_t(symbols[i].rank) << 32 | i);
  std::make_heap(heap.begin(), heap.end(), std::greater<>());
  while (!heap.empty()) {
    const uint32_t at = uint32_t(heap.front()), rank = uint32_t(heap.front() >> 32);
    std::pop_heap(heap.begin(), heap.end(), std::greater<>());
    heap.pop_back();
    Symbol& left = symbols[at];
    if (left.rank != rank) continue;  // this pair was broken up by an earlier merge
    Symbol& right = symbols[left.next];
    left.id = merged_[rank];
    left.next = right.next;
    right.rank = kNone;
    if (left.next != kNone) symbols[left.next].previous = at;
    push(at);
    if (left.previous != kNone) push(left.previous);
  }
  for (uint32_t i = n ? 0 : kNone; i != kNone; i = symbols[i].next) ids.push_back(symbols[i].id);
}

}  // namespace b3o
