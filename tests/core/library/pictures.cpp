#include <algorithm>
#include <chrono>
#include <cstring>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/image/codec.h"
#include "core/library/schema.h"
#include "core/library/similar.h"
#include "tests/core/library/support.h"

using namespace b3o;
using namespace b3o::test;

namespace {

using Names = std::vector<std::string>;

Image decoded(const std::string& bytes) {
  return decode_image(std::as_bytes(std::span(bytes.data(), bytes.size())), "bytes");
}

void a_picture_comes_back_with_its_recipe_after_a_restart() {
  TemporaryFolder folder;
  NewPicture made = drawn("a green flower", 41);
  made.recipe.plan = {16, 2.5};
  made.notice = "Demonstration model.";
  made.seconds = 1.5;
  PictureLine line;
  {
    Store store(folder.path());
    check_equal(store.notice(), std::string());
    line = store.add_picture(made);
  }
  Store store(folder.path());
  check_equal(store.notice(), std::string());
  const auto stored = store.picture(line.id);
  check(stored.has_value(), "the picture is there");
  check(stored->recipe == made.recipe, "the recipe is equal");
  check(stored->line == line, "the line is equal");
  check_equal(stored->notice, made.notice);
  check_equal(stored->seconds, 1.5);
  check(load_image(store.picture_path(line.file)) == made.image, "the file holds the picture");
  check(read_recipe(store.picture_path(line.file)) == made.recipe, "the file holds the recipe");
  check(store.picture_named(line.file) == line.id, "the picture is found by its name");
}

void changes_are_written_ahead() {
  const TemporaryFolder folder;
  Store store(folder.path());
  store.add_picture(drawn("boat", 1));
  check(std::filesystem::file_size(folder / "library.sqlite-wal") > 0, "the journal is no write-ahead log");
}

void the_newest_picture_is_first() {
  TemporaryFolder folder;
  Store store(folder.path());
  for (const int64_t made : {2000, 3000, 1000}) store.add_picture(drawn(cat("at ", made), 1, made));
  check(prompts_of(store.pictures()) == Names{"at 3000", "at 2000", "at 1000"}, "newest first");
  check(prompts_of(store.pictures({.oldest_first = true})) == Names{"at 1000", "at 2000", "at 3000"}, "oldest first");
}

void pictures_of_one_moment_and_seed_get_files_of_their_own() {
  TemporaryFolder folder;
  Store store(folder.path());
  const auto a = store.add_picture(drawn("a", 5, 1000)), b = store.add_picture(drawn("b", 5, 1000));
  check(a.file != b.file, "the files differ");
  check_equal(read_recipe(store.picture_path(a.file)).prompt, std::string("a"));
}

void a_search_finds_all_words_in_any_order_and_case() {
  TemporaryFolder folder;
  Store store(folder.path());
  store.add_picture(drawn("A green Flower by the sea", 1, 1));
  store.add_picture(drawn("a red flower", 2, 2));
  store.add_picture(drawn("ÜBER den Ärmelkanal, 100%_", 3, 3));
  const auto found = [&](const char* words) { return prompts_of(store.pictures({.words = words})).size(); };
  check_equal(found("flower"), size_t(2));
  check_equal(found("SEA green"), size_t(1));
  check_equal(found("flower boat"), size_t(0));
  check_equal(found("über ärmel"), size_t(1));
  check_equal(found("100%_"), size_t(1));
  check_equal(found("%"), size_t(1));
  check_equal(found("  "), size_t(3));
}

void stars_filter_and_stay() {
  TemporaryFolder folder;
  int64_t id = 0;
  {
    Store store(folder.path());
    id = store.add_picture(drawn("one", 1, 1)).id;
    store.add_picture(drawn("two", 2, 2));
    store.star({id}, true);
  }
  Store store(folder.path());
  check(prompts_of(store.pictures({.starred = true})) == Names{"one"}, "only the starred one");
  store.star({id}, false);
  check(store.pictures({.starred = true}).empty(), "none is starred");
}

void the_trash_gives_back_after_a_restart() {
  TemporaryFolder folder;
  int64_t id = 0;
  {
    Store store(folder.path());
    id = store.add_picture(drawn("one", 1, 1)).id;
    store.add_picture(drawn("two", 2, 2));
    store.trash({id});
    check(prompts_of(store.pictures()) == Names{"two"}, "trashed pictures are not listed");
  }
  Store store(folder.path());
  check(prompts_of(store.pictures({.trash = true})) == Names{"one"}, "the trash lists it");
  store.restore({id});
  check_equal(store.pictures().size(), size_t(2), "pictures");
  check_equal(store.pictures({.trash = true}).size(), size_t(0), "in the trash");
}

void only_the_trash_is_deleted_for_good() {
  TemporaryFolder folder;
  Store store(folder.path());
  const auto kept = store.add_picture(drawn("kept", 1)), gone = store.add_picture(drawn("gone", 2));
  store.trash({gone.id});
  store.delete_for_good({kept.id, gone.id});
  check(std::filesystem::exists(store.picture_path(kept.file)), "the kept file is there");
  check(!std::filesystem::exists(store.picture_path(gone.file)), "the deleted file is gone");
  check(!store.picture(gone.id) && store.picture(kept.id), "rows follow files");
}

void thumbnails_are_small_and_made_again_when_the_cache_is_lost() {
  TemporaryFolder folder;
  int64_t id = 0;
  std::string before;
  {
    Store store(folder.path());
    NewPicture big = drawn("wide");
    big.image = plain(1000, 300);
    big.tokens = tokens_towards(1);
    id = store.add_picture(big).id;
    before = store.thumbnail(id);
  }
  check_equal(decoded(before).width, kThumbnailSide);
  check_equal(decoded(before).height, 77);
  write_file(folder / "cache.sqlite", "this is no database, and nobody should mind at all");
  Store store(folder.path());
  check_equal(store.notice(), std::string());
  check(!store.has_tokens(id), "the new cache has no tokens yet");
  check(store.thumbnail(id) == before, "the same thumbnail is made again");
  check(store.has_tokens(id), "the tokens came back from the file");
}

void a_missing_file_is_a_sentence() {
  TemporaryFolder folder;
  Store store(folder.path());
  const auto line = store.add_picture(drawn("one"));
  std::filesystem::remove(store.picture_path(line.file));
  std::filesystem::remove(folder / "cache.sqlite");
  Store again(folder.path());
  check_contains(message_of<LoadError>([&] { again.thumbnail(line.id); }), line.file + ": cannot be opened");
  check_contains(message_of<Error>([&] { again.thumbnail(99); }), "no picture with the number 99");
}

void tokens_in_the_file_come_back_bit_by_bit() {
  TemporaryFolder folder;
  Store store(folder.path());
  NewPicture picture = drawn("one");
  picture.tokens = {{0.1f, -3e-38f, 65504.5f, 1e-45f, -0.0f, 7}, 2, 3};
  const auto line = store.add_picture(picture);
  const auto back = tokens_in_png(read_file(store.picture_path(line.file), 1 << 20), line.file);
  check(back.has_value() && back->count == 2 && back->width == 3, "their shape");
  check(std::memcmp(back->values.data(), picture.tokens.values.data(), 24) == 0, "their bytes");
  picture.carry_tokens = false;
  const auto without = store.add_picture(picture);
  check(!tokens_in_png(read_file(store.picture_path(without.file), 1 << 20), "x"), "left out when not wanted");
  check(store.has_tokens(without.id), "the library still knows what is alike");
}

void broken_tokens_are_refused_with_their_size() {
  const auto file = [](const std::string& json) { return encode_png(plain(2, 2), {{kTokensKeyword, json}}); };
  const auto refused = [&](const std::string& json) {
    return message_of<LoadError>([&] { tokens_in_png(file(json), "a.png"); });
  };
  check_contains(refused(R"({"format":1,"count":2,"width":3,"type":"float32","data":"AAAA"})"),
                 "a.png: the tokens have 3 bytes, expected 24");
  check_contains(refused(R"({"count":0,"width":3,"type":"float32","data":""})"), "'count'");
  check_contains(refused(R"({"count":65536,"width":65536,"type":"float32","data":""})"), "expected 17179869184");
  check_contains(refused(R"({"count":1,"width":1,"type":"float16","data":"AAAA"})"), "'float16'");
  check_contains(refused(R"({"count":1,"width":1,"type":"float32","data":"AADAfw=="})"), "no finite number");
  check_contains(refused("{"), "a.png");
}

void more_like_this_goes_by_direction_not_by_what_all_share() {
  TemporaryFolder folder;
  Store store(folder.path());
  std::vector<int64_t> ids;
  for (int i = 0; i < 6; ++i) {
    NewPicture picture = drawn(cat("direction ", i % 3, " number ", i), uint64_t(i), i + 1);
    picture.tokens = tokens_towards(i % 3);
    picture.tokens.values[7] += float(i) * 0.01f;
    ids.push_back(store.add_picture(picture).id);
  }
  store.add_picture(drawn("no tokens", 9, 9));
  check_equal(store.more_like(ids[0], 1)[0].prompt, std::string("direction 0 number 3"));
  check_equal(store.more_like(ids[4], 9).size(), size_t(5), "all others with tokens");
  store.trash({ids[3]});
  check(store.more_like(ids[0], 9).size() == 4, "what is in the trash is not offered");
}

void where_a_thing_stands_in_the_picture_counts() {
  const auto quarter = [](int row, int column) {
    PictureTokens tokens{std::vector<float>(16 * 4, 1.0f), 16, 4};
    for (int y = 0; y < 2; ++y)
      for (int x = 0; x < 2; ++x) tokens.values[size_t(((row * 2 + y) * 4 + column * 2 + x) * 4)] = 3;
    return compact_tokens(tokens);
  };
  const std::string a = quarter(0, 0), b = quarter(1, 1), c = quarter(0, 0);
  const auto scores = likeness({a, b, c}, 0);
  check_close(scores[2], 1, 1e-3);
  check(scores[1] < 0, "another corner is another direction");
  check_equal(compact_tokens({{1, 2, 3}, 3, 1}).size(), size_t(5));
  check_equal(compact_tokens({{0, 0}, 2, 1}), std::string());
}

void ten_thousand_pictures_are_listed_and_searched_whole() {
  TemporaryFolder folder;
  {
    Store store(folder.path());
  }
  change(folder / "library.sqlite",
         "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000) "
         "INSERT INTO pictures(file, made, width, height, prompt, folded, recipe) "
         "SELECT i || '.png', i, 8, 8, 'Picture ' || i || ' by the sea', 'picture ' || i || ' by the sea', "
         "'{\"format\":1}' FROM n");
  Store store(folder.path());
  const auto start = std::chrono::steady_clock::now();
  check_equal(store.pictures().size(), size_t(10000), "pictures");
  check_equal(store.pictures({.words = "sea 777"}).size(), size_t(19), "found");
  const auto took = std::chrono::steady_clock::now() - start;
  std::fprintf(stderr, "list and search of 10,000: %lld ms\n",
               (long long)std::chrono::duration_cast<std::chrono::milliseconds>(took).count());
  check_equal(store.pictures({.words = "sea 777"})[0].made, int64_t(9777));
}

const Cases cases = {
    CASE(a_picture_comes_back_with_its_recipe_after_a_restart),
    CASE(changes_are_written_ahead),
    CASE(the_newest_picture_is_first),
    CASE(pictures_of_one_moment_and_seed_get_files_of_their_own),
    CASE(a_search_finds_all_words_in_any_order_and_case),
    CASE(stars_filter_and_stay),
    CASE(the_trash_gives_back_after_a_restart),
    CASE(only_the_trash_is_deleted_for_good),
    CASE(thumbnails_are_small_and_made_again_when_the_cache_is_lost),
    CASE(a_missing_file_is_a_sentence),
    CASE(tokens_in_the_file_come_back_bit_by_bit),
    CASE(broken_tokens_are_refused_with_their_size),
    CASE(more_like_this_goes_by_direction_not_by_what_all_share),
    CASE(where_a_thing_stands_in_the_picture_counts),
    CASE(ten_thousand_pictures_are_listed_and_searched_whole),
};

}  // namespace
