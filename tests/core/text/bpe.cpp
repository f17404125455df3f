#include "core/text/bpe.h"

#include "core/base/error.h"
#include "core/text/byte_alphabet.h"
#include "tests/core/text/fixtures.h"

using namespace b3o;
using namespace b3o::test;

namespace {

// 256 bytes and these merges, whose results take the next ids.
Bpe small_bpe(std::vector<std::pair<std::string, std::string>> merges) {
  BaseVocabulary v{"vocab", "merges", {}, merges};
  for (int b = 0; b < 256; ++b) v.tokens.emplace_back(spelled_bytes(std::string(1, char(b))), b);
  for (const auto& [left, right] : merges) v.tokens.emplace_back(left + right, int64_t(v.tokens.size()));
  return Bpe(v);
}

std::string joined(const Bpe& bpe, std::string_view piece) {
  Ids ids;
  Bpe::Scratch scratch;
  bpe.encode(piece, ids, scratch);
  std::string out;
  for (const int64_t id : ids) out += cat(out.empty() ? "" : "|", bpe.bytes(id));
  return out;
}

void the_lowest_rank_merges_first() {
  const Bpe bpe = small_bpe({{"b", "c"}, {"a", "b"}, {"a", "bc"}});
  check_equal(joined(bpe, "abc"), std::string("abc"));
  check_equal(joined(bpe, "abab"), std::string("ab|ab"));
  check_equal(joined(small_bpe({{"a", "b"}, {"b", "c"}}), "abc"), std::string("ab|c"));
}

void the_leftmost_of_equal_pairs_merges_first() {
  const Bpe bpe = small_bpe({{"a", "a"}});
  check_equal(joined(bpe, "aaa"), std::string("aa|a"));
  check_equal(joined(bpe, "aaaaa"), std::string("aa|aa|a"));
}

void a_word_of_the_vocabulary_is_still_built_by_merges() {
  BaseVocabulary v{"vocab", "merges", {}, {{"b", "c"}}};
  for (int b = 0; b < 256; ++b) v.tokens.emplace_back(spelled_bytes(std::string(1, char(b))), b);
  v.tokens.emplace_back("bc", 256);
  v.tokens.emplace_back("abc", 257);
  check_equal(joined(Bpe(v), "abc"), std::string("a|bc"));
}

void a_piece_of_no_bytes_has_no_ids() { check_equal(joined(small_bpe({}), ""), std::string()); }

void gaps_between_ids_have_no_bytes() {
  BaseVocabulary v{"vocab", "merges", {}, {}};
  for (int b = 0; b < 256; ++b) v.tokens.emplace_back(spelled_bytes(std::string(1, char(b))), 2 * b);
  const Bpe bpe(v);
  check_equal(bpe.size(), int64_t(511), "size");
  check_equal(bpe.bytes(2 * 'a'), std::string_view("a"));
  check(bpe.bytes(2 * 'a' + 1).empty() && bpe.bytes(-1).empty() && bpe.bytes(511).empty(), "no bytes elsewhere");
}

// Longest first, one pair of symbols after the other: what the heap must agree with.
Ids naive(std::string_view piece) {
  const Tokenizer& t = qwen_tokenizer();
  std::map<std::string, int64_t> ids;
  std::vector<std::string> parts;
  for (const char c : piece) parts.emplace_back(1, c);
  static const auto rank = [&] {
    std::map<std::string, int64_t, std::less<>> out;
    for (int64_t id = 0; id < 151643; ++id) out.emplace(t.bytes(id, false), id);
    return out;
  }();
  for (;;) {
    int64_t best = -1;
    size_t place = 0;
    for (size_t i = 0; i + 1 < parts.size(); ++i) {
      const auto it = rank.find(parts[i] + parts[i + 1]);
      if (it != rank.end() && (best < 0 || it->second < best)) best = it->second, place = i;
    }
    if (best < 0) break;
    parts[place] += parts[place + 1];
    parts.erase(parts.begin() + std::ptrdiff_t(place) + 1);
  }
  Ids out;
  for (const auto& part : parts) out.push_back(rank.find(part)->second);
  return out;
}

// With this vocabulary the id of a result is also the rank of its merge (understanding.md 2.4).
void long_words_merge_as_one_pair_at_a_time_does() {
  for (const std::string unit : {"a", "ab", "banana", "supercalifragilistic", "\u4F60\u597D", "\u0430\u0431"}) {
    std::string word;
    while (word.size() < 300) word += unit;
    check_equal(qwen_tokenizer().encode(word, false), naive(word), "ids of " + word);
  }
}

void a_megabyte_without_a_border_is_encoded() {
  const std::string text(1 << 20, 'a');
  check_equal(qwen_tokenizer().decode(qwen_tokenizer().encode(text, false), false) == text, true, "round trip");
}

const Cases cases = {
    CASE(the_lowest_rank_merges_first),
    CASE(the_leftmost_of_equal_pairs_merges_first),
    CASE(a_word_of_the_vocabulary_is_still_built_by_merges),
    CASE(a_piece_of_no_bytes_has_no_ids),
    CASE(gaps_between_ids_have_no_bytes),
    CASE(long_words_merge_as_one_pair_at_a_time_does),
    CASE(a_megabyte_without_a_border_is_encoded),
};

}  // namespace
