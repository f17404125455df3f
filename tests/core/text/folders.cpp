// Reading whole folders: every form of the files gives the same tokenizer.
#include "core/base/error.h"
#include "core/base/file.h"
#include "tests/core/text/fixtures.h"

using namespace b3o;
using namespace b3o::test;

namespace {

constexpr const char* kFolders[] = {"understanding/tiny-qwen2.5-vl", "understanding/tiny-qwen2.5-vl-untied",
                                    "generation/tiny-blip3o"};

std::string bytes_of(const std::string& file) { return read_file(data_path(file), size_t(64) << 20); }

// A copy of some files of a golden folder.
Tokenizer load_copy(const std::string& folder, std::vector<std::string> names) {
  const TemporaryFolder copy;
  for (const auto& name : names) write_files(copy, {{name, bytes_of(folder + "/" + name)}});
  return Tokenizer::load(copy.path());
}

std::string listed(const Tokenizer& t) {
  std::string out = cat(t.size(), ": ");
  for (const auto& token : t.added_tokens()) out += cat(token.id, token.special ? "*" : "", token.text, " ");
  return out;
}

void check_same(const Tokenizer& got, const Tokenizer& wanted) {
  check_equal(listed(got), listed(wanted), "added tokens");
  for (int64_t id = 0; id < wanted.size(); ++id)
    check_equal(got.bytes(id, false), wanted.bytes(id, false), cat("bytes of ", id));
  const Json goldens = golden_json("understanding/tokenizer-cases.json");
  for (const Json& item : goldens.at("encode")) {
    const std::string text = item.at("text").get<std::string>();
    check_equal(got.encode(text, true), wanted.encode(text, true), "ids of " + Json(text).dump());
  }
}

void both_forms_of_every_tiny_folder_are_the_same_tokenizer() {
  for (const std::string folder : kFolders) {
    const Tokenizer fast = load_copy(folder, {"tokenizer.json"});
    check(fast.added_tokens().size() >= 22, folder + " has added tokens");
    check_same(load_copy(folder, {"vocab.json", "merges.txt", "tokenizer_config.json"}), fast);
    check_same(Tokenizer::load(data_path(folder)), fast);
  }
}

void added_tokens_json_serves_where_the_config_lists_none() {
  for (const std::string folder : {"understanding/tiny-qwen2.5-vl", "generation/tiny-blip3o"})
    check_same(load_copy(folder, {"vocab.json", "merges.txt", "added_tokens.json", "special_tokens_map.json"}),
               load_copy(folder, {"tokenizer.json"}));
}

// A folder saved after [IMG] was added may still hold the tokenizer.json from before.
void added_tokens_that_only_the_config_lists_count() {
  const std::string folder = "generation/tiny-blip3o";
  Json fast = parse_json(bytes_of(folder + "/tokenizer.json"), "tokenizer.json");
  auto& added = fast["added_tokens"];
  added.erase(added.size() - 3);
  added.erase(added.size() - 2);
  added.erase(added.size() - 1);
  const TemporaryFolder copy;
  write_files(copy, {{"tokenizer.json", fast.dump()}});
  check(!Tokenizer::load(copy.path()).id_of("[IMG]"), "the old tokenizer.json lacks [IMG]");
  write_files(copy, {{"tokenizer_config.json", bytes_of(folder + "/tokenizer_config.json")}});
  check_same(Tokenizer::load(copy.path()), Tokenizer::load(data_path(folder)));
}

void both_forms_of_merges_read_the_same() {
  const TemporaryFolder copy;
  Json json = parse_json(bytes_of("generation/tiny-blip3o/tokenizer.json"), "tokenizer.json");
  Json& merges = json["model"]["merges"];
  const bool pairs = merges[0].is_array();
  for (Json& merge : merges) {
    if (pairs) {
      merge = merge[0].get<std::string>() + " " + merge[1].get<std::string>();
    } else {
      const std::string text = merge.get<std::string>();
      merge = Json::array({text.substr(0, text.find(' ')), text.substr(text.find(' ') + 1)});
    }
  }
  write_files(copy, {{"tokenizer.json", json.dump()}});
  check_same(Tokenizer::load(copy.path()), load_copy("generation/tiny-blip3o", {"tokenizer.json"}));
}

// 11 MB, merges as pairs. Its added tokens above 151664 are not those of Qwen2.5.
void the_official_file_of_qwen3_has_the_base_vocabulary_of_qwen2_5() {
  const TemporaryFolder copy;
  write_files(copy, {{"tokenizer.json", inflated("qwen2.5-tokenizer/qwen3-tokenizer.json.gz")}});
  const Tokenizer qwen3 = Tokenizer::load(copy.path());
  check_equal(qwen3.size(), int64_t(151669), "size");
  check_equal(qwen3.id_of("<think>").value_or(-1), int64_t(151667), "<think>");
  const Json goldens = golden_json("understanding/tokenizer-cases.json");
  for (const Json& item : goldens.at("encode")) {
    const std::string text = item.at("text").get<std::string>();
    check_equal(qwen3.encode(text, false), qwen_tokenizer().encode(text, false), "ids of " + Json(text).dump());
  }
  for (int64_t id = 0; id < qwen_tokenizer().size(); ++id)
    check_equal(qwen3.bytes(id, true), qwen_tokenizer().bytes(id, true), cat("bytes of ", id));
}

void the_tokenizer_json_wins_over_the_other_form() {
  const TemporaryFolder folder;
  Files files = small_folder();
  files["merges.txt"] = "l l\n";
  write_files(folder, files);
  check_equal(Tokenizer::load(folder.path()).encode("hell", false), Ids{256, 257});
}

void merges_txt_may_have_a_version_line_windows_ends_and_symbols_like_comments() {
  for (const char* merges : {"#version: 0.2\nh e\nl l\n", "h e\nl l", "h e\r\nl l\r\n", "\nh e\n\nl l\n\n"}) {
    const TemporaryFolder folder;
    Files files = small_folder();
    files.erase("tokenizer.json");
    files["merges.txt"] = merges;
    write_files(folder, files);
    check_equal(Tokenizer::load(folder.path()).encode("hell", false), Ids{256, 257}, Json(merges).dump());
  }
  const TemporaryFolder folder;
  Files files = small_folder();
  files.erase("tokenizer.json");
  files["vocab.json"] = files["vocab.json"].substr(0, files["vocab.json"].size() - 1) + ",\"##\":300}";
  files["merges.txt"] = "# #\nh e\nl l\n";
  write_files(folder, files);
  check_equal(Tokenizer::load(folder.path()).encode("##", false), Ids{300}, "a first line of number signs");
}

void tokens_spelled_with_escapes_read_the_same() {
  const TemporaryFolder folder;
  Files files = small_folder();
  files["tokenizer.json"] = parse_json(files["tokenizer.json"], "tokenizer.json").dump(-1, ' ', true);
  write_files(folder, files);
  check_equal(Tokenizer::load(folder.path()).encode("\u00E9", false), Ids{0xC3, 0xA9});
}

void fewer_embedding_rows_than_ids_are_refused() {
  Tokenizer t = Tokenizer::load(data_path("generation/tiny-blip3o"));
  t.set_embedding_rows(431);
  const std::string message = message_of<LoadError>([&] { t.set_embedding_rows(430); });
  check_contains(message, "431 ids");
  check_contains(message, "430 rows");
}

const Cases cases = {
    CASE(both_forms_of_every_tiny_folder_are_the_same_tokenizer),
    CASE(added_tokens_json_serves_where_the_config_lists_none),
    CASE(added_tokens_that_only_the_config_lists_count),
    CASE(both_forms_of_merges_read_the_same),
    CASE(the_official_file_of_qwen3_has_the_base_vocabulary_of_qwen2_5),
    CASE(the_tokenizer_json_wins_over_the_other_form),
    CASE(merges_txt_may_have_a_version_line_windows_ends_and_symbols_like_comments),
    CASE(tokens_spelled_with_escapes_read_the_same),
    CASE(fewer_embedding_rows_than_ids_are_refused),
};

}  // namespace
