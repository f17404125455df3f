// The tokenizer of the drawn world: what is merged, and that the files are Qwen2.5's.
#include "core/train/learn_tokenizer.h"

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/text/chat_template.h"
#include "core/text/tokenizer.h"
#include "core/train/corpus_language.h"
#include "core/world/words.h"
#include "tests/support/case.h"

using namespace b3o;
using namespace b3o::test;
using namespace b3o::train;

namespace {

using Merges = std::vector<std::pair<std::string, std::string>>;

const Json kRecipe = {{"world", {{"level", "M"}}}, {"vocab", 1024}, {"texts", 20000}, {"seed", 1}};

const std::filesystem::path& learnt() {
  static const TemporaryFolder folder;
  static const bool made = [] {
    train_tokenizer(kRecipe, "recipe", folder.path());
    return true;
  }();
  (void)made;
  return folder.path();
}

void the_most_frequent_neighbours_merge_first() {
  // "aab" three times, "ab" once: a+b occurs four times, a+a and a+ab three times.
  check_equal(learn_merges({"aab", "aab", "aab", "ab"}, 2), Merges{{"a", "b"}, {"a", "ab"}}, "merges");
}

void of_equally_frequent_pairs_the_first_in_byte_order_merges() {
  check_equal(learn_merges({"xy", "ab", "xy", "ab"}, 2), Merges{{"a", "b"}, {"x", "y"}}, "merges");
}

void a_row_of_equal_letters_merges_from_the_left() {
  check_equal(learn_merges({"aaa", "aaa"}, 3), Merges{{"a", "a"}, {"aa", "a"}}, "merges");
}

void pairs_that_occur_once_stay_apart() { check_equal(learn_merges({"ab", "cd"}, 5), Merges{}, "merges"); }

void merges_stay_inside_pieces() {
  for (const auto& [left, right] : learn_merges({"red fish", "red fish"}, 100))
    check((left + right).find(' ', 1) == std::string::npos, "'" + left + right + "' crosses a border");
}

void equal_recipes_give_equal_files() {
  TemporaryFolder other;
  train_tokenizer(kRecipe, "recipe", other.path());
  for (const char* file : {"tokenizer.json", "tokenizer_config.json", "chat_template.json"})
    check_equal(read_file(other / file, 1 << 24), read_file(learnt() / file, 1 << 24), file);
}

void the_vocabulary_is_full_and_ends_with_the_added_tokens() {
  const Tokenizer t = Tokenizer::load(learnt());
  check_equal(t.size(), int64_t(1024), "tokens");
  check_equal(t.added_tokens().size(), size_t(25), "added tokens");
  check_equal(t.id_of("<|endoftext|>").value(), int64_t(999), "the first");
  check_equal(t.id_of("<image>").value(), int64_t(1023), "the last");
  check_equal(t.id_of("[IMG]").value() + 2, t.id_of("<image>").value(), "in the order of BLIP3-o");
}

void every_word_of_the_world_is_one_token() {
  const Tokenizer t = Tokenizer::load(learnt());
  const auto one = [&](const std::string& word) {
    check_equal(t.encode(" " + word, false).size(), size_t(1), "tokens of ' " + word + "'");
  };
  for (int i = 0; i < world::kObjects; ++i) one(world::word(world::Obj(i))), one(world::plural(world::Obj(i)));
  for (int i = 0; i < world::kColors; ++i) one(world::word(world::Col(i)));
  for (const char* word : {"left", "right", "above", "below", "corner", "remove", "replace", "background"}) one(word);
}

void what_the_world_says_is_short_and_comes_back_whole() {
  const Tokenizer t = Tokenizer::load(learnt());
  int64_t tokens = 0, texts = 0;
  for (const std::string& text : language_corpus(world::Level::S, 77, 500)) {
    const auto ids = t.encode(text, false);
    check_equal(t.decode(ids, false), text, "decoded");
    tokens += int64_t(ids.size()), ++texts;
  }
  check(tokens < 9 * texts, cat(double(tokens) / double(texts), " tokens a text"));
  const std::string strange = "Grüße, 漢字 \xF0\x9F\x90\x9F\n\tDRAW a redd fishh!!";
  check_equal(t.decode(t.encode(strange, false), false), strange, "any text");
}

void a_vocabulary_without_room_is_refused() {
  TemporaryFolder folder;
  Json recipe = kRecipe;
  recipe["vocab"] = 280;
  check_contains(message_of<LoadError>([&] { train_tokenizer(recipe, "recipe", folder.path()); }), "'vocab'");
}

const Cases cases = {
    CASE(the_most_frequent_neighbours_merge_first),
    CASE(of_equally_frequent_pairs_the_first_in_byte_order_merges),
    CASE(a_row_of_equal_letters_merges_from_the_left),
    CASE(pairs_that_occur_once_stay_apart),
    CASE(merges_stay_inside_pieces),
    CASE(equal_recipes_give_equal_files),
    CASE(the_vocabulary_is_full_and_ends_with_the_added_tokens),
    CASE(every_word_of_the_world_is_one_token),
    CASE(what_the_world_says_is_short_and_comes_back_whole),
    CASE(a_vocabulary_without_room_is_refused),
};

}  // namespace
