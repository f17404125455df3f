// Files of a tokenizer that are wrong in one way each: every one is refused by a sentence that names the file.
#include <functional>

#include "core/base/error.h"
#include "core/text/tokenizer_json.h"
#include "tests/core/text/fixtures.h"

using namespace b3o;
using namespace b3o::test;

namespace {

using Edit = std::function<void(std::string& bytes)>;

struct Row {
  std::string name, file;
  Edit edit;
  std::string sentence;
};

Edit whole(std::string bytes) {
  return [=](std::string& b) { b = bytes; };
}
Edit replaced(std::string from, std::string to) {
  return [=](std::string& b) {
    const auto at = b.find(from);
    check(at != b.npos, "the good file contains " + from);
    b.replace(at, from.size(), to);
  };
}
Edit appended(std::string bytes) {
  return [=](std::string& b) { b += bytes; };
}
// Sets one value of the file: place is a JSON pointer.
Edit set(std::string place, Json value) {
  return [=](std::string& b) {
    Json json = parse_json(b, "good file");
    json[Json::json_pointer(place)] = value;
    b = json.dump();
  };
}
Edit erased(std::string object, std::string key) {
  return [=](std::string& b) {
    Json json = parse_json(b, "good file");
    check_equal(json.at(Json::json_pointer(object)).erase(key), size_t(1), "values erased");
    b = json.dump();
  };
}

Json added(int64_t id, std::string content) { return {{"id", id}, {"content", content}, {"special", true}}; }
std::string repeated(const std::string& part, int n) {
  std::string out;
  for (int i = 0; i < n; ++i) out += part;
  return out;
}

const std::string kFast = "tokenizer.json", kVocab = "vocab.json", kMerges = "merges.txt",
                  kConfig = "tokenizer_config.json", kAdded = "added_tokens.json", kSpecial = "special_tokens_map.json";
const std::string kSplit = "/pre_tokenizer/pretokenizers/0", kBytes = "/pre_tokenizer/pretokenizers/1";

std::vector<Row> rows() {
  return {
      // The text of tokenizer.json.
      {"empty_file", kFast, whole(""), "not valid JSON"},
      {"cut_in_the_middle", kFast, [](std::string& b) { b.resize(b.size() / 2); }, "not valid JSON"},
      {"cut_before_the_end", kFast, [](std::string& b) { b.pop_back(); }, "not valid JSON"},
      {"text_after_the_end", kFast, appended("{}"), "not valid JSON"},
      {"zero_bytes", kFast, whole(std::string(100, '\0')), "not valid JSON"},
      {"utf8_that_is_ill_formed", kFast, replaced("\"he\"", "\"h\xE4\xBD\""), "not valid JSON"},
      {"half_of_a_surrogate_pair", kFast, replaced("\"he\"", "\"\\ud83d\""), "not valid JSON"},
      {"a_text_that_never_ends", kFast, whole("{\"model\":\"" + repeated("x", 1 << 20)), "not valid JSON"},
      {"an_endless_id", kFast, set("/model/vocab/he", repeated("x", 1 << 20)), "token 'he' has id \"xxx"},
      {"a_list_at_the_top", kFast, whole("[1, 2]"), "expected a JSON object, got array"},
      {"a_number_at_the_top", kFast, whole("7"), "expected a JSON object, got number"},
      {"deep_nesting", kFast, whole(repeated("[", 100000)), "nested deeper than 64"},
      {"deep_nesting_of_objects", kFast, whole(repeated("{\"a\":", 100000)), "nested deeper than 64"},
      {"a_key_twice", kFast, replaced("\"version\":", "\"model\":1,\"version\":"), "key 'model' appears twice"},
      {"too_many_values", kFast, whole("[" + repeated("0,", 600000) + "0]"), "more than 524288 JSON values"},
      // Its model.
      {"no_model", kFast, erased("", "model"), "key 'model' is missing"},
      {"model_is_text", kFast, set("/model", "BPE"), "expected an object"},
      {"another_kind_of_model", kFast, set("/model/type", "Unigram"), "key 'type' is 'Unigram', expected 'BPE'"},
      {"no_vocab", kFast, erased("/model", "vocab"), "'vocab' of 'model' is no object"},
      {"vocab_is_a_list", kFast, set("/model/vocab", {"a", "b"}), "'vocab' of 'model' is no object"},
      {"vocab_is_empty", kFast, set("/model/vocab", Json::object()), "byte 0 has no token"},
      {"no_merges", kFast, erased("/model", "merges"), "'merges' of 'model' is no list"},
      {"merges_is_an_object", kFast, set("/model/merges", Json::object()), "'merges' of 'model' is no list"},
      {"byte_fallback", kFast, set("/model/byte_fallback", true), "'byte_fallback' is true, expected false"},
      {"ignore_merges", kFast, set("/model/ignore_merges", true), "'ignore_merges' is true, expected false"},
      {"dropout", kFast, set("/model/dropout", 0.1), "'dropout' is set"},
      {"unknown_token", kFast, set("/model/unk_token", "he"), "'unk_token' is set"},
      {"prefix_of_continued_words", kFast, set("/model/continuing_subword_prefix", "##"), "is set, expected null"},
      {"suffix_of_words", kFast, set("/model/end_of_word_suffix", "</w>"), "is set, expected null"},
      // Its tokens.
      {"negative_id", kFast, set("/model/vocab/he", -1), "token 'he' has id -1"},
      {"fractional_id", kFast, set("/model/vocab/he", 1.5), "token 'he' has id 1.5"},
      {"id_of_text", kFast, set("/model/vocab/he", "256"), "token 'he' has id \"256\""},
      {"id_null", kFast, set("/model/vocab/he", nullptr), "token 'he' has id null"},
      {"id_list", kFast, set("/model/vocab/he", Json::array()), "token 'he' has id []"},
      {"huge_id", kFast, set("/model/vocab/he", 1 << 20), "token 'he' has id 1048576, expected 0 to 1048575"},
      {"id_beyond_64_bits", kFast, replaced("\"he\":256", "\"he\":18446744073709551616"), "token 'he' has id"},
      {"one_id_for_two_tokens", kFast, set("/model/vocab/he", 257), "tokens 'he' and 'll' have the same id 257"},
      {"a_token_twice", kFast, replaced("\"he\":256", "\"he\":256,\"he\":300"), "token 'he' appears twice"},
      {"a_byte_twice", kFast, replaced("\"he\":256", "\"he\":256,\"a\":300"), "token 'a' appears twice"},
      {"a_byte_without_token", kFast, erased("/model/vocab", "a"), "byte 97 has no token 'a'"},
      {"a_token_outside_the_byte_alphabet", kFast, set("/model/vocab/\u4F60", 300), "outside the byte alphabet"},
      {"a_token_with_a_space", kFast, set("/model/vocab/a b", 300), "outside the byte alphabet"},
      {"an_empty_token", kFast, set("/model/vocab/", 300), "the token with id 300 is empty"},
      // Its merges.
      {"a_merge_of_an_unknown_part", kFast, set("/model/merges/0", "h \u4F60"),
       "its second part is not in the vocabulary"},
      {"a_merge_without_result", kFast, set("/model/merges/0", "h h"), "its result is not in the vocabulary"},
      {"a_merge_of_one_part", kFast, set("/model/merges/0", "he"), "merge 1 is 'he', expected two parts"},
      {"a_merge_of_three_parts", kFast, set("/model/merges/1", "l l l"), "merge 2 is 'l l l', expected two parts"},
      {"a_merge_of_an_empty_part", kFast, set("/model/merges/1", " l"), "merge 2 is ' l', expected two parts"},
      {"a_list_of_one_part", kFast, set("/model/merges/0", Json::array({"h"})), "merge 1 has 1 parts, expected two"},
      {"a_list_of_three_parts", kFast, set("/model/merges/0", Json::array({"h", "e", "l"})), "more than two parts"},
      {"a_list_with_an_empty_part", kFast, set("/model/merges/0", Json::array({"", "e"})), "merge 1 has an empty part"},
      {"a_list_of_numbers", kFast, set("/model/merges/0", Json::array({1, 2})), "merge 1 is 1, expected text"},
      {"a_list_of_lists", kFast, set("/model/merges/0", Json::array({Json::array(), "e"})),
       "merge 1 is [], expected text"},
      {"a_merge_that_is_a_number", kFast, set("/model/merges/1", 5), "merge 2 is 5, expected text"},
      {"a_merge_that_is_an_object", kFast, set("/model/merges/1", Json::object()), "merge 2 is {}, expected text"},
      {"a_merge_twice", kFast, set("/model/merges/1", "h e"), "merge 2 ('h' 'e') appears twice"},
      // Its pipeline.
      {"no_normalizer", kFast, set("/normalizer", nullptr), "key 'normalizer' is missing"},
      {"another_normalizer", kFast, set("/normalizer/type", "NFKC"), "'NFKC', expected 'NFC'"},
      {"no_pre_tokenizer", kFast, erased("", "pre_tokenizer"), "key 'pre_tokenizer' is missing"},
      {"another_pre_tokenizer", kFast, set("/pre_tokenizer/type", "Metaspace"), "'Metaspace', expected 'Sequence'"},
      {"one_pre_tokenizer", kFast, erased("/pre_tokenizer", "pretokenizers"), "'pretokenizers' is"},
      {"an_empty_sequence", kFast, set("/pre_tokenizer/pretokenizers", Json::array()), "has 0 pretokenizers"},
      {"pre_tokenizers_of_text", kFast, set("/pre_tokenizer/pretokenizers", {"a", "b"}), "expected a JSON object"},
      {"another_expression", kFast, set(kSplit + "/pattern/Regex", "\\p{N}{1,3}"), "key 'Regex' is '\\p{N}{1,3}'"},
      {"a_text_for_an_expression", kFast, set(kSplit + "/pattern", Json{{"String", " "}}), "key 'Regex' is missing"},
      {"another_behaviour", kFast, set(kSplit + "/behavior", "Removed"), "'Removed', expected 'Isolated'"},
      {"an_inverted_split", kFast, set(kSplit + "/invert", true), "'invert' is true"},
      {"a_space_before_the_text", kFast, set(kBytes + "/add_prefix_space", true), "'add_prefix_space' is true"},
      {"a_second_expression", kFast, set(kBytes + "/use_regex", true), "'use_regex' is not false"},
      {"a_post_processor_that_adds_tokens", kFast, set("/post_processor/type", "TemplateProcessing"),
       "TemplateProcessing"},
      {"another_decoder", kFast, set("/decoder/type", "Metaspace"), "'Metaspace', expected 'ByteLevel'"},
      // Its added tokens.
      {"added_tokens_as_object", kFast, set("/added_tokens", Json::object()), "'added_tokens' is no list"},
      {"an_added_token_that_is_text", kFast, set("/added_tokens/0", "x"), "added_tokens[0]: expected a JSON object"},
      {"an_added_token_without_text", kFast, erased("/added_tokens/0", "content"), "key 'content' is missing"},
      {"an_added_token_without_id", kFast, erased("/added_tokens/0", "id"), "key 'id' is missing"},
      {"an_added_token_with_a_negative_id", kFast, set("/added_tokens/0/id", -1), "key 'id' is -1"},
      {"an_added_token_with_a_huge_id", kFast, set("/added_tokens/0/id", int64_t(1) << 40), "from 0 to 1048575"},
      {"an_added_token_with_the_id_of_a_byte", kFast, set("/added_tokens/0/id", 97), "belongs to a token of the vocab"},
      {"an_added_token_without_characters", kFast, set("/added_tokens/0/content", ""), "id 258 is empty"},
      {"a_long_added_token", kFast, set("/added_tokens/0/content", repeated("x", 257)), "has 257 bytes, at most 256"},
      {"an_added_token_that_strips", kFast, set("/added_tokens/0/lstrip", true), "'lstrip' is true"},
      {"an_added_token_that_is_a_word", kFast, set("/added_tokens/0/single_word", true), "'single_word' is true"},
      {"an_added_token_twice", kFast, set("/added_tokens/1", added(259, "<|im_end|>")), "appears twice, with ids 258"},
      {"one_id_for_two_added_tokens", kFast, set("/added_tokens/1", added(258, "x")), "have the same id 258"},
      {"a_flag_that_is_text", kFast, set("/added_tokens/0/special", "yes"), "expected true or false"},
      // vocab.json and merges.txt.
      {"empty_vocab", kVocab, whole(""), "not valid JSON"},
      {"vocab_of_a_list", kVocab, whole("[]"), "expected a JSON object of tokens"},
      {"vocab_of_nothing", kVocab, whole("null"), "expected a JSON object of tokens"},
      {"vocab_without_tokens", kVocab, whole("{}"), "byte 0 has no token"},
      {"vocab_cut_short", kVocab, [](std::string& b) { b.resize(b.size() - 5); }, "not valid JSON"},
      {"vocab_with_an_object", kVocab, set("/he", Json::object()), "token 'he' has id {}"},
      {"vocab_with_a_repeated_token", kVocab, replaced("\"he\":256", "\"he\":256,\"he\":300"), "appears twice"},
      {"vocab_with_a_truth", kVocab, set("/he", true), "token 'he' has id true"},
      {"merges_of_one_symbol", kMerges, whole("h e\nll\n"), "line 2 is 'll', expected two symbols"},
      {"merges_of_three_symbols", kMerges, whole("h e l\n"), "line 1 is 'h e l', expected two symbols"},
      {"merges_with_a_space_at_the_end", kMerges, whole("h e \n"), "line 1 is 'h e ', expected two symbols"},
      {"merges_with_two_spaces", kMerges, whole("h  e\n"), "line 1 is 'h  e', expected two symbols"},
      {"merges_with_a_second_version_line", kMerges, whole("h e\n#version: 0.2\n"),
       "merge 2 ('#version:' '0.2'): its first part"},
      {"merges_of_unknown_symbols", kMerges, whole("h \u4F60\n"), "its second part is not in the vocabulary"},
      {"merges_without_result", kMerges, whole("h h\n"), "its result is not in the vocabulary"},
      {"merges_that_repeat", kMerges, whole("h e\nh e\n"), "merge 2 ('h' 'e') appears twice"},
      {"merges_of_zero_bytes", kMerges, whole(std::string(64, '\0')), "expected two symbols"},
      {"merges_of_ill_formed_utf8", kMerges, whole("\xFF \xFE\n"), "its first part is not in the vocabulary"},
      {"merges_in_one_endless_line", kMerges, whole(repeated("x", 1 << 20)), "line 1 is 'xxx"},
      // tokenizer_config.json and its companions.
      {"config_that_is_cut", kConfig, [](std::string& b) { b.resize(b.size() / 2); }, "not valid JSON"},
      {"config_of_a_list", kConfig, whole("[]"), "expected a JSON object, got array"},
      {"config_of_another_class", kConfig, set("/tokenizer_class", "LlamaTokenizer"),
       "'LlamaTokenizer', expected 'Qwen2"},
      {"config_that_adds_a_first_token", kConfig, set("/add_bos_token", true), "'add_bos_token' is true"},
      {"config_that_adds_a_space", kConfig, set("/add_prefix_space", true), "'add_prefix_space' is true"},
      {"config_that_splits_added_tokens", kConfig, set("/split_special_tokens", true),
       "'split_special_tokens' is true"},
      {"decoder_of_a_list", kConfig, set("/added_tokens_decoder", Json::array()), "expected an object"},
      {"decoder_key_of_letters", kConfig, set("/added_tokens_decoder/x", added(0, "y")), "the key is no id"},
      {"decoder_key_with_a_tail", kConfig, set("/added_tokens_decoder/259 ", added(0, "y")), "the key is no id"},
      {"decoder_key_below_zero", kConfig, set("/added_tokens_decoder/-1", added(0, "y")), "the key is no id"},
      {"decoder_key_beyond_64_bits", kConfig, set("/added_tokens_decoder/99999999999999999999", 0), "the key is no id"},
      {"decoder_entry_of_text", kConfig, set("/added_tokens_decoder/259", "y"), "expected a JSON object"},
      {"decoder_entry_that_strips", kConfig, set("/added_tokens_decoder/258/rstrip", true), "'rstrip' is true"},
      {"decoder_entry_twice", kConfig, set("/added_tokens_decoder/300", added(0, "<|im_end|>")), "appears twice"},
      {"decoder_entry_of_a_byte", kConfig, set("/added_tokens_decoder/97", added(0, "y")), "belongs to a token"},
      {"added_tokens_of_text", kAdded, whole("{\"<|im_end|>\":\"258\"}"), "has id \"258\", expected 0 to 1048575"},
      {"added_tokens_below_zero", kAdded, whole("{\"<|im_end|>\":-258}"), "has id -258"},
      {"added_tokens_beyond_the_limit", kAdded, whole("{\"<|im_end|>\":1048576}"), "has id 1048576"},
      {"added_tokens_of_a_list", kAdded, whole("[\"<|im_end|>\"]"), "expected a JSON object, got array"},
      {"added_tokens_of_one_id", kAdded, whole("{\"x\":300,\"y\":300}"), "have the same id 300"},
      {"special_map_of_numbers", kSpecial, whole("{\"eos_token\":5}"), "expected a JSON object, got number"},
      {"special_map_without_text", kSpecial, whole("{\"eos_token\":{}}"), "key 'content' is missing"},
      {"special_map_that_is_cut", kSpecial, whole("{\"eos_token\":"), "not valid JSON"},
  };
}

// Only the files that matter to the row stay beside the broken one.
Files broken_folder(const Row& row) {
  Files files = small_folder();
  if (row.file == kFast) {
    files.erase(kConfig);
  } else {
    files.erase(kFast);
  }
  if (row.file == kAdded || row.file == kSpecial) {
    files.erase(kConfig);
    files[kAdded] = "{\"<|im_end|>\":258}";
    files[kSpecial] = "{}";
  }
  row.edit(files[row.file]);
  return files;
}

void is_refused(const Row& row) {
  const TemporaryFolder folder;
  write_files(folder, broken_folder(row));
  const std::string message = message_of<LoadError>([&] { Tokenizer::load(folder.path()); });
  check_contains(message, (folder / row.file).string());
  check_contains(message, row.sentence);
  check(message.size() < 1000, "the sentence is short");
}

void the_good_folders_load() {
  for (const std::string& name : {kFast, kVocab, kAdded}) {
    const TemporaryFolder folder;
    write_files(folder, broken_folder({name, name, [](std::string&) {}, ""}));
    const Tokenizer t = Tokenizer::load(folder.path());
    check_equal(t.encode("hell<|im_end|>", true), Ids{256, 257, 258}, name);
  }
}

void files_that_disagree_about_an_added_token_are_refused() {
  const TemporaryFolder folder;
  Files files = small_folder();
  set("/added_tokens_decoder/258/content", "<|eot|>")(files[kConfig]);
  write_files(folder, files);
  const std::string message = message_of<LoadError>([&] { Tokenizer::load(folder.path()); });
  check_contains(message, (folder / kConfig).string());
  check_contains(message, "added token 258 is '<|eot|>', but tokenizer.json says '<|im_end|>'");
}

void a_folder_without_tokenizer_files_is_refused() {
  const TemporaryFolder folder;
  check_contains(message_of<LoadError>([&] { Tokenizer::load(folder.path()); }), (folder / kVocab).string());
  write_files(folder, {{kVocab, small_folder()[kVocab]}});
  check_contains(message_of<LoadError>([&] { Tokenizer::load(folder.path()); }), (folder / kMerges).string());
}

void a_folder_in_place_of_a_file_is_refused() {
  for (const std::string& name : {kFast, kVocab, kMerges, kConfig}) {
    const TemporaryFolder folder;
    Files files = small_folder();
    files.erase(name);
    if (name != kFast) files.erase(kFast);
    write_files(folder, files);
    std::filesystem::create_directory(folder / name);
    const std::string message = message_of<LoadError>([&] { Tokenizer::load(folder.path()); });
    check_contains(message, (folder / name).string());
    check_contains(message, "not a regular file");
  }
}

void files_above_the_limit_are_refused_unread() {
  for (const std::string& name : {kFast, kVocab, kMerges, kConfig}) {
    const TemporaryFolder folder;
    Files files = small_folder();
    if (name != kFast) files.erase(kFast);
    write_files(folder, files);
    std::filesystem::resize_file(folder / name, kMaxTokenizerBytes + 1);
    const std::string message = message_of<LoadError>([&] { Tokenizer::load(folder.path()); });
    check_contains(message, (folder / name).string());
    check_contains(message, "at most 67108864");
  }
}

// One more token than the ids can count.
void too_many_tokens_are_refused() {
  std::string vocab = "{";
  for (int i = 0; i <= kMaxTokens; ++i) vocab += cat(i ? "," : "", "\"", i, "\":", i % kMaxTokens);
  check_contains(message_of<LoadError>([&] { parse_vocab_json(vocab + "}", "v.json"); }), "more than 1048576 tokens");
}

void too_many_merges_are_refused() {
  std::string merges;
  for (int i = 0; i <= kMaxTokens; ++i) merges += "h e\n";
  const TemporaryFolder folder;
  Files files = small_folder();
  files.erase(kFast);
  files[kMerges] = merges;
  write_files(folder, files);
  check_contains(message_of<LoadError>([&] { Tokenizer::load(folder.path()); }), "more than 1048576 merges");
}

void too_many_added_tokens_are_refused() {
  const TemporaryFolder folder;
  Files files = small_folder();
  files.erase(kFast);
  files.erase(kConfig);
  std::string text = "{";
  for (int i = 0; i <= 8192; ++i) text += cat(i ? "," : "", "\"<", i, ">\":", 300 + i);
  files[kAdded] = text + "}";
  write_files(folder, files);
  check_contains(message_of<LoadError>([&] { Tokenizer::load(folder.path()); }), "8193 added tokens, at most 8192");
}

// An object whose keys were looked up one by one would take minutes here.
void an_object_of_many_keys_is_read_in_linear_time() {
  std::string text = "{\"added_tokens_decoder\":{";
  for (int i = 0; i < 400000; ++i) text += cat(i ? "," : "", "\"x", i, "\":0");
  check_contains(message_of<LoadError>([&] { parse_small_json(text, "c.json"); }), "c.json: not valid JSON");
  check_equal(parse_small_json(text + "}}", "c.json").at("added_tokens_decoder").size(), size_t(400000), "keys");
}

// Cut at every byte, the small files are refused or read; nothing else happens.
void files_cut_at_any_byte_never_crash() {
  const Files good = small_folder();
  for (const std::string& name : {kFast, kVocab, kMerges, kConfig}) {
    const std::string& bytes = good.at(name);
    int refused = 0;
    const TemporaryFolder folder;
    Files files = good;
    if (name != kFast) files.erase(kFast);
    write_files(folder, files);
    for (size_t n = 0; n < bytes.size(); n += name == kFast || name == kVocab ? 7 : 1) {
      write_files(folder, {{name, bytes.substr(0, n)}});
      try {
        Tokenizer::load(folder.path());
      } catch (const LoadError&) {
        ++refused;
      }
    }
    check(refused > 2, "cut files are refused: " + name);
  }
}

// One byte changed at a time: the files are refused or read; nothing else happens.
void files_with_one_strange_byte_never_crash() {
  const Files good = small_folder();
  for (const std::string& name : {kFast, kVocab, kMerges, kConfig}) {
    int refused = 0;
    const TemporaryFolder folder;
    Files files = good;
    if (name != kFast) files.erase(kFast);
    write_files(folder, files);
    const size_t step = good.at(name).size() / 400 + 1;
    for (size_t at = 0; at < good.at(name).size(); at += step)
      for (const char strange : {'\0', '"', '9', ' ', '\xE4', '}'}) {
        std::string bytes = good.at(name);
        bytes[at] = strange;
        write_files(folder, {{name, bytes}});
        try {
          Tokenizer::load(folder.path());
        } catch (const LoadError& e) {
          check_contains(e.what(), folder.path().string());
          ++refused;
        }
      }
    check(refused > 10, "strange bytes are refused: " + name);
  }
}

std::vector<Case> all() {
  std::vector<Case> out = {
      CASE(the_good_folders_load),
      CASE(files_that_disagree_about_an_added_token_are_refused),
      CASE(a_folder_without_tokenizer_files_is_refused),
      CASE(a_folder_in_place_of_a_file_is_refused),
      CASE(files_above_the_limit_are_refused_unread),
      CASE(too_many_tokens_are_refused),
      CASE(too_many_merges_are_refused),
      CASE(too_many_added_tokens_are_refused),
      CASE(an_object_of_many_keys_is_read_in_linear_time),
      CASE(files_cut_at_any_byte_never_crash),
      CASE(files_with_one_strange_byte_never_crash),
  };
  for (const Row& row : rows()) out.push_back({"refuses_" + row.name, [row] { is_refused(row); }});
  return out;
}

const Cases cases(all());

}  // namespace
