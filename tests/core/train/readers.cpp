// The stream of examples, exclusion lists, JSON and the drawn world as data (training.md 5 and 6).
#include <set>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/train/examples.h"
#include "core/train/json_examples.h"
#include "core/train/world_examples.h"
#include "core/world/export.h"
#include "tests/core/train/archive.h"
#include "tests/support/case.h"

using namespace b3o;
using namespace b3o::test;
using namespace b3o::train;

namespace {

namespace fs = std::filesystem;

// A source in memory: `sizes` shards; the text is "shard index"; the examples in `bad` are broken.
struct Numbers : ExampleSource {
  std::vector<int64_t> sizes;
  std::set<std::pair<int64_t, int64_t>> bad;
  int reads = 0;
  explicit Numbers(std::vector<int64_t> sizes) : sizes(std::move(sizes)) {}
  const std::vector<int64_t>& shard_sizes() const override { return sizes; }
  std::string text(int64_t shard, int64_t index) override { return cat(shard, " ", index); }
  Example read(int64_t shard, int64_t index) override {
    ++reads;
    if (bad.contains({shard, index})) throw LoadError("broken");
    Example e;
    e.text = text(shard, index);
    if (index % 10 == 9) e.kind = Example::Kind::chat;
    return e;
  }
};

std::vector<std::string> texts_of(ExampleStream& stream, int64_t from, int64_t count) {
  std::vector<std::string> out;
  for (int64_t i = 0; i < count; ++i) out.push_back(stream.at(from + i).text);
  return out;
}

void an_epoch_shows_each_example_once_in_an_order_of_its_own() {
  const std::vector<int64_t> sizes = {3000, 0, 2500, 700};
  ExampleStream one(std::make_unique<Numbers>(sizes), 1), again(std::make_unique<Numbers>(sizes), 1),
      other(std::make_unique<Numbers>(sizes), 2);
  check_equal(one.size(), int64_t(6200), "examples an epoch");
  const auto first = texts_of(one, 0, 6200), second = texts_of(one, 6200, 6200);
  for (const auto& epoch : {first, second})
    check_equal(std::set(epoch.begin(), epoch.end()).size(), size_t(6200), "different examples of an epoch");
  check(first != second, "another order in the second epoch");
  check(texts_of(other, 0, 6200) != first, "another order with another seed");
  for (const int64_t n : {7000, 5, 6199, 4096, 4095, 0})  // any place, in any order
    check_equal(again.at(n).text, n < 6200 ? first[size_t(n)] : second[size_t(n - 6200)], "an example by its number");
}

void broken_and_unwanted_examples_are_replaced_and_counted() {
  auto source = std::make_unique<Numbers>(std::vector<int64_t>{50, 50});
  for (int64_t i = 0; i < 50; i += 5) source->bad.insert({0, i});
  Numbers& numbers = *source;
  ExampleStream stream(std::move(source), 3, {}, [](const Example& e) { return e.kind == Example::Kind::draw; });
  const auto texts = texts_of(stream, 0, 200);
  for (const std::string& text : texts) check(!text.ends_with("9"), "a chat was shown: " + text);
  check_equal(stream.broken(), int64_t(10), "broken");
  check_equal(stream.unfit(), int64_t(10), "unfit");
  const int before = numbers.reads;
  check(texts_of(stream, 0, 100) == std::vector(texts.begin(), texts.begin() + 100), "the same examples again");
  check_equal(numbers.reads - before, 100, "what is known to be useless is not read again");
}

void data_without_use_end_in_a_sentence() {
  message_of<LoadError>([&] { ExampleStream(std::make_unique<Numbers>(std::vector<int64_t>{0, 0}), 1); });
  auto source = std::make_unique<Numbers>(std::vector<int64_t>{4});
  for (int64_t i = 0; i < 4; ++i) source->bad.insert({0, i});
  ExampleStream stream(std::move(source), 1);
  check_contains(message_of<LoadError>([&] { stream.at(0); }), "4 broken");
}

void prompts_of_benchmarks_are_never_shown() {
  TemporaryFolder folder;
  write_file(folder / "list.txt", "0 3\n\n  A Photo, of 2 cats! \r\n{\"prompt\": \"1-1\", \"tag\": \"x\"}\n");
  ExcludedPrompts excluded;
  excluded.add(folder / "list.txt");
  check_equal(excluded.size(), size_t(3), "prompts");
  check(excluded.has("a photo of 2 CATS"), "words count, not their form");
  check(!excluded.has("a photo of 2 dogs"), "others stay");
  ExampleStream stream(std::make_unique<Numbers>(std::vector<int64_t>{5, 5}), 4, excluded);
  const auto texts = texts_of(stream, 0, 50);
  for (const std::string& text : texts) check(text != "0 3" && text != "1 1", "an excluded prompt was shown");
  check_equal(stream.excluded(), int64_t(2), "excluded examples");
  write_file(folder / "bad.txt", "{\"text\": 1}\n");
  check_contains(message_of<LoadError>([&] { excluded.add(folder / "bad.txt"); }), "bad.txt:1");
}

struct JsonFolder {
  TemporaryFolder folder;
  JsonFolder() {
    for (const char* sub : {"pictures", "jdb/data/train/imgs/001"}) fs::create_directories(folder / sub);
    write_file(folder / "a.png", png(10));
    write_file(folder / "pictures" / "b.png", png(20));
    write_file(folder / "jdb/data/train/imgs/001/c.jpg", png(30));
  }
  JsonExamples lines(const std::string& text, const std::string& root = "") {
    write_file(folder / "data.jsonl", text);
    return JsonExamples({(folder / "data.jsonl").string()}, root.empty() ? fs::path() : folder / root);
  }
  Example one(const std::string& json, const std::string& root = "") { return lines(json, root).read(0, 0); }
  std::string refusal(const std::string& json) {
    return message_of<LoadError>([&] { one(json); });
  }
};

void every_key_of_a_caption_is_read() {
  JsonFolder f;
  for (const char* image : {"image", "img_path", "image_path"})
    for (const char* text : {"txt", "caption", "prompt"})
      for (const char* type : {"", R"("type": "T2I", )"}) {
        const Example e = f.one(cat("{", type, "\"", image, "\": \"a.png\", \"", text, "\": \"a house\", \"id\": 7}"));
        check(e.kind == Example::Kind::draw && e.text == "a house" && e.target == plain_image(10),
              cat(image, " and ", text));
      }
  check(f.one(R"({"image": ["pictures/b.png"], "txt": "x"})").target == plain_image(20), "a list of pictures");
  check(f.one(R"({"image": "b.png", "txt": "x"})", "pictures").target == plain_image(20), "below the image root");
  check(f.one(R"({"image": "a.png", "txt": "x"})", "pictures").target == plain_image(10), "beside the file");
  check(f.one(cat(R"({"image": ")", (f.folder / "a.png").string(), R"(", "txt": "x"})")).target == plain_image(10),
        "an absolute path");
  check(f.one(R"({"type": "journeyDB_T2I", "img_path": "001/c.jpg", "caption": "x"})", "jdb").target == plain_image(30),
        "JourneyDB's pictures");
  check_equal(
      f.one(R"({"image": "a.png", "type": "T2I", "conversations": [{"from": "human", "value": "Please generate )"
            R"(image based on the following caption: a barn"}, {"from": "gpt", "value": "<image>"}]})")
          .text,
      std::string("a barn"));
}

void reconstructions_and_edits_have_a_source() {
  JsonFolder f;
  const Example plain = f.one(R"({"type": "I2I", "image": "a.png"})");
  check(plain.kind == Example::Kind::reconstruct && plain.source == plain_image(10) && plain.target == plain.source,
        "a reconstruction");
  check_equal(plain.text, std::string("Please reconstruct the given image."), "its words");
  check(f.one(R"({"type": "journeyDB_I2I", "img_path": "001/c.jpg"})", "jdb").source == plain_image(30), "JourneyDB's");
  const std::string edit = R"("image": "a.png", "target_image": "pictures/b.png", )";
  for (const char* rest : {R"("prompt": "brighter")", R"("type": "edit", "prompt": "brighter")",
                           R"("conversations": [{"from": "human", "value": "<image>\nbrighter"}])"}) {
    const Example e = f.one("{" + edit + rest + "}");
    check(e.kind == Example::Kind::edit && e.text == "brighter" && e.source == plain_image(10) &&
              e.target == plain_image(20),
          rest);
  }
}

void conversations_are_read_in_both_spellings() {
  JsonFolder f;
  const Example a = f.one(
      R"({"image": ["a.png", "pictures/b.png"], "conversations": [)"
      R"({"from": "human", "value": "<image> and <image>: brighter?"}, {"from": "gpt", "value": "the second<image>"}]})"
      "\n");
  check(a.kind == Example::Kind::chat && a.pictures.size() == 2 && a.pictures[1] == plain_image(20), "pictures");
  check_equal(a.turns.at(0).role + a.turns.at(1).role, std::string("userassistant"), "roles");
  check_equal(a.turns.at(1).text, std::string("the second"), "a place in an answer is removed");
  const Example b = f.one(R"({"type": "I2T", "conversations": [{"role": "system", "content": "s"}, )"
                          R"({"role": "user", "content": "q"}, {"role": "assistant", "content": "a"}]})");
  check(b.pictures.empty() && b.turns.size() == 3 && b.turns[0].role == "system", "a talk without pictures");
}

void wrong_objects_say_what_is_wrong() {
  JsonFolder f;
  check_contains(f.refusal(R"({"txt": "x"})"), "has no picture");
  check_contains(f.refusal(R"({"image": "a.png"})"), "has no text");
  check_contains(f.refusal(R"({"image": "z.png", "txt": "x"})"), "z.png is not there");
  check_contains(f.refusal(R"({"image": "data.jsonl", "txt": "x"})"), "data.jsonl");
  check_contains(f.refusal(R"({"image": 5, "txt": "x"})"), "example 1");
  check_contains(f.refusal(R"({"type": "V2V", "image": "a.png"})"), "'V2V'");
  check_contains(f.refusal(R"({"image": "a.png", "target_image": "a.png"})"), "has no instruction");
  check_contains(f.refusal(R"({"type": "edit", "image": "a.png", "txt": "x"})"), "target_image");
  check_contains(f.refusal(R"({"image": "a.png", "conversations": [{"from": "human", "value": "q"}]})"), "no answer");
  check_contains(f.refusal(R"({"image": "a.png", "conversations": [{"from": "human", "value": "q"}, )"
                           R"({"from": "gpt", "value": "a"}]})"),
                 "0 places <image> for 1 pictures");
  check_contains(f.refusal(R"({"conversations": [{"from": "robot", "value": "q"}]})"), "'robot'");
  check_contains(f.refusal(R"({"conversations": "q"})"), "no list");
  check_contains(f.refusal("7"), "example 1");
  check_contains(f.refusal(R"({"image": "a.png", "image": "b.png"})"), "example 1");
}

void lines_and_arrays_hold_the_same_examples() {
  JsonFolder f;
  const std::string a = R"({"image": "a.png", "txt": "one } ] \" {"})",
                    b = R"({"image": "a.png", "txt": "two", "x": [[{}]]})";
  const auto texts = [&](const std::string& text) {
    JsonExamples data = f.lines(text);
    std::vector<std::string> out;
    for (int64_t i = 0; i < data.shard_sizes().at(0); ++i) {
      try {
        out.push_back(data.read(0, i).text);
      } catch (const LoadError&) {
        out.push_back("broken");
      }
    }
    for (const std::string& note : data.notes()) out.push_back(note.substr(note.size() - 4));
    return out;
  };
  using Texts = std::vector<std::string>;
  const Texts both = {"one } ] \" {", "two"};
  check(texts(a + "\n\n  \r\n" + b) == both, "lines");
  check(texts("\xef\xbb\xbf" + a + "\n" + b + "\n") == both, "lines behind a byte order mark");
  check(texts(" [ " + a + ",\n" + b + " ] \n") == both, "an array");
  check(texts(a + "\n{\"image\": \"a.png\", \"txt\": \n" + b) == Texts({both[0], "broken", "two"}), "a broken line");
  check(texts(a + "\n" + b.substr(0, 20)) == Texts({both[0], "broken"}), "a line that was cut");
  check(texts("[" + a + ", " + b.substr(0, 20)) == Texts({both[0], "used"}), "an array that was cut");
  check(texts("[]").empty() && texts("").empty(), "nothing");
}

void the_world_gives_examples_of_each_kind() {
  const Json json = {{"level", "S"}, {"draw", 1}, {"reconstruct", 1}, {"edit", 1}, {"chat", 1}, {"examples", 5000}};
  WorldExamples data(Fields(json, "world"));
  check_equal(data.shard_sizes().size(), size_t(2), "shards");
  check_equal(data.shard_sizes()[1], int64_t(5000 - 4096), "the last shard");
  int kinds[4] = {};
  for (int64_t i = 0; i < 60; ++i) {
    const Example e = data.read(0, i), again = data.read(0, i);
    ++kinds[int(e.kind)];
    check(e.text == again.text && e.target == again.target, "equal numbers give equal examples");
    if (e.kind == Example::Kind::chat) {
      check(e.pictures.size() == 1 && e.turns.size() >= 2 && e.turns[0].text.starts_with("<image>"), "a conversation");
    } else {
      check(!e.text.empty() && e.target.width == 128, "a picture and words");
      check(e.source.empty() == (e.kind == Example::Kind::draw), "a source beside what is no drawing");
      if (e.kind == Example::Kind::edit) check(!(e.source == e.target), "an edit changes something");
    }
  }
  for (const int n : kinds) check(n > 3, "all kinds come");
  const Json none = {{"draw", 0}};
  check_contains(message_of<LoadError>([&] { WorldExamples(Fields(none, "world")); }), "shares");
  const Json free = {{"layout_freedom", 1.5}};
  check_contains(message_of<LoadError>([&] { WorldExamples(Fields(free, "world")); }), "layout_freedom");
}

// The same words and things in other places: what changes is where they lie.
void a_recipe_says_how_free_the_layout_is() {
  const Json free = {{"draw", 1}}, fixed = {{"draw", 1}, {"layout_freedom", 0}};
  WorldExamples one(Fields(free, "world")), other(Fields(fixed, "world"));
  int differ = 0;
  for (int64_t i = 0; i < 40; ++i) differ += !(one.read(0, i).target == other.read(0, i).target);
  check(differ > 10, cat(differ, " of 40 pictures differ"));
}

void exported_scenes_are_read_back() {
  TemporaryFolder folder;
  world::ExportOptions o;
  o.count = 7, o.per_shard = 3, o.folder = folder.path();
  check_equal(world::export_shards(o).size(), size_t(3), "shards");
  const Json json = {{"webdataset", {folder.path().string()}}};
  ExampleStream stream(open_examples(Fields(json, "data")), 1);
  check_equal(stream.size(), int64_t(7), "examples");
  for (int64_t i = 0; i < 7; ++i) {
    const Example e = stream.at(i);
    check(e.target.width == 128 && !e.text.empty(), "a scene");
  }
  check_equal(stream.broken(), int64_t(0), "broken");
  const Json nothing = {{"folder", "x"}};
  check_contains(message_of<RequestError>([&] { open_examples(Fields(nothing, "data")); }), "webdataset, json, world");
}

const Cases cases = {
    CASE(an_epoch_shows_each_example_once_in_an_order_of_its_own),
    CASE(broken_and_unwanted_examples_are_replaced_and_counted),
    CASE(data_without_use_end_in_a_sentence),
    CASE(prompts_of_benchmarks_are_never_shown),
    CASE(every_key_of_a_caption_is_read),
    CASE(reconstructions_and_edits_have_a_source),
    CASE(conversations_are_read_in_both_spellings),
    CASE(wrong_objects_say_what_is_wrong),
    CASE(lines_and_arrays_hold_the_same_examples),
    CASE(the_world_gives_examples_of_each_kind),
    CASE(a_recipe_says_how_free_the_layout_is),
    CASE(exported_scenes_are_read_back),
};

}  // namespace
