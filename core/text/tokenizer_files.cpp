#include "core/text/tokenizer_files.h"

#include <charconv>
#include <map>
#include <set>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/text/excerpt.h"
#include "core/text/pieces.h"
#include "core/text/tokenizer_json.h"

namespace b3o {
namespace {

using std::filesystem::path;

// The tokens that Qwen2.5 marks special, for a folder whose files do not say which are.
constexpr std::string_view kQwenSpecial[] = {
    "<|endoftext|>",  "<|im_start|>",   "<|im_end|>",     "<|object_ref_start|>", "<|object_ref_end|>",
    "<|box_start|>",  "<|box_end|>",    "<|quad_start|>", "<|quad_end|>",         "<|vision_start|>",
    "<|vision_end|>", "<|vision_pad|>", "<|image_pad|>",  "<|video_pad|>"};

bool is_there(const path& file) {
  std::error_code ignored;  // where it cannot be told, opening the other form says why
  return std::filesystem::exists(file, ignored);
}

void expect(const Fields& fields, std::string_view key, std::string_view wanted) {
  const std::string got = fields.string(key);
  if (got != wanted)
    throw LoadError(cat(fields.where(), ": key '", key, "' is '", excerpt(got), "', expected '", wanted, "'"));
}

void expect_false(const Fields& fields, std::string_view key) {
  if (fields.boolean(key, false)) throw LoadError(cat(fields.where(), ": key '", key, "' is true, expected false"));
}

void expect_nothing(const Fields& fields, std::string_view key) {  // absent, null, "", 0
  if (!fields.has(key)) return;
  const Json& value = fields.raw(key);
  if (value == Json("") || value == Json(0)) return;
  throw LoadError(cat(fields.where(), ": key '", key, "' is set, expected null or absent"));
}

void expect_byte_level(const Fields& file, std::string_view key) {
  if (file.has(key)) expect(file.object(key), "type", "ByteLevel");
}

const Json& list(const Fields& fields, std::string_view key) {
  const Json& value = fields.raw(key);
  if (!value.is_array()) throw LoadError(cat(fields.where(), ": key '", key, "' is no list"));
  return value;
}

AddedToken read_added_token(const Fields& token, int64_t id) {
  // "normalized" is left out: it only matters to text that composes with the last character of a token.
  for (const auto key : {"lstrip", "rstrip", "single_word"}) expect_false(token, key);
  return {token.string("content"), id, token.boolean("special", false)};
}

void check_pipeline(const Fields& file) {
  expect(file.object("normalizer"), "type", "NFC");
  const Fields pre = file.object("pre_tokenizer");
  expect(pre, "type", "Sequence");
  const Json& steps = list(pre, "pretokenizers");
  if (steps.size() != 2)
    throw LoadError(cat(pre.where(), ": has ", steps.size(), " pretokenizers, expected Split and ByteLevel"));
  const Fields split(steps[0], pre.where() + ": pretokenizers[0]");
  expect(split, "type", "Split");
  expect(split.object("pattern"), "Regex", kPieceRegex);
  expect(split, "behavior", "Isolated");
  expect_false(split, "invert");
  const Fields bytes(steps[1], pre.where() + ": pretokenizers[1]");
  expect(bytes, "type", "ByteLevel");
  expect_false(bytes, "add_prefix_space");
  if (bytes.boolean("use_regex", true)) throw LoadError(cat(bytes.where(), ": key 'use_regex' is not false"));
  expect_byte_level(file, "post_processor");
  expect_byte_level(file, "decoder");
}

void check_model(const Fields& model) {
  expect(model, "type", "BPE");
  for (const auto key : {"byte_fallback", "ignore_merges"}) expect_false(model, key);
  for (const auto key : {"unk_token", "dropout", "continuing_subword_prefix", "end_of_word_suffix"})
    expect_nothing(model, key);
}

TokenizerFiles read_tokenizer_json(const path& file) {
  const std::string where = file.string();
  TokenizerJson json = parse_tokenizer_json(read_file(file, kMaxTokenizerBytes), where);
  const Fields top(json.tree, where);
  check_model(top.object("model"));
  if (!json.has_tokens) throw LoadError(cat(where, ": key 'vocab' of 'model' is no object of tokens"));
  if (!json.has_merges) throw LoadError(cat(where, ": key 'merges' of 'model' is no list"));
  check_pipeline(top);
  TokenizerFiles out{std::move(json.tables), {}, where};
  if (!top.has("added_tokens")) return out;
  const Json& tokens = list(top, "added_tokens");
  for (size_t i = 0; i < tokens.size(); ++i) {
    const Fields token(tokens[i], cat(where, ": added_tokens[", i, "]"));
    out.added.push_back(read_added_token(token, token.integer_in("id", 0, kMaxTokens - 1)));
  }
  AddedTokens(out.added, where);  // refuses repetitions inside this file
  return out;
}

std::vector<AddedToken> read_added_tokens_decoder(const Fields& config) {
  std::vector<AddedToken> out;
  for (const auto& [key, value] : config.object("added_tokens_decoder").json().items()) {
    const std::string where = cat(config.where(), ": added_tokens_decoder: ", excerpt(key));
    int64_t id = -1;
    const auto [end, error] = std::from_chars(key.data(), key.data() + key.size(), id);
    if (error != std::errc() || end != key.data() + key.size() || id < 0 || id >= kMaxTokens)
      throw LoadError(cat(where, ": the key is no id from 0 to ", kMaxTokens - 1));
    out.push_back(read_added_token(Fields(value, where), id));
  }
  return out;
}

// Every text that special_tokens_map.json names, as a string or an object, alone or in a list.
std::set<std::string> read_special_texts(const path& file) {
  std::set<std::string> out;
  if (!is_there(file)) return out;
  const Json map = parse_small_json(read_file(file, kMaxTokenizerBytes), file.string());
  const Fields top(map, file.string());
  const auto add = [&](const Json& item, const std::string& key) {
    out.insert(item.is_string() ? item.get<std::string>()
                                : Fields(item, cat(file.string(), ": ", key)).string("content"));
  };
  for (const auto& [key, value] : map.items()) {
    if (value.is_array())
      for (const Json& item : value) add(item, key);
    else if (!value.is_null())
      add(value, key);
  }
  return out;
}

std::vector<AddedToken> read_added_tokens_json(const path& folder) {
  std::vector<AddedToken> out;
  const path file = folder / "added_tokens.json";
  if (!is_there(file)) return out;
  auto special = read_special_texts(folder / "special_tokens_map.json");
  special.insert(std::begin(kQwenSpecial), std::end(kQwenSpecial));
  const Json map = parse_small_json(read_file(file, kMaxTokenizerBytes), file.string());
  const Fields top(map, file.string());
  for (const auto& [text, id] : map.items()) {
    if (!id.is_number_unsigned() || id.get<uint64_t>() >= uint64_t(kMaxTokens))
      throw LoadError(cat(file.string(), ": added token '", excerpt(text), "' has id ", excerpt(id.dump()),
                          ", expected 0 to ", kMaxTokens - 1));
    out.push_back({text, id.get<int64_t>(), special.contains(text)});
  }
  return out;
}

// Adds what tokenizer_config.json or added_tokens.json say; two files may name the same token, but must agree.
void complete_added_tokens(const path& folder, bool class_must_fit, TokenizerFiles& files) {
  std::vector<AddedToken> more;
  path from = folder / "tokenizer_config.json";
  bool listed = false;
  if (is_there(from)) {
    const Json json = parse_small_json(read_file(from, kMaxTokenizerBytes), from.string());
    const Fields config(json, from.string());
    for (const auto key : {"add_prefix_space", "add_bos_token", "add_eos_token", "split_special_tokens"})
      expect_false(config, key);
    // vocab.json does not say how text is cut and normalised; only the name of the class does.
    const std::string name = config.string("tokenizer_class", "Qwen2Tokenizer");
    if (class_must_fit && name != "Qwen2Tokenizer" && name != "Qwen2TokenizerFast")
      throw LoadError(
          cat(from.string(), ": key 'tokenizer_class' is '", excerpt(name), "', expected 'Qwen2Tokenizer'"));
    listed = config.has("added_tokens_decoder");
    if (listed) more = read_added_tokens_decoder(config);
  }
  if (!listed) {
    from = folder / "added_tokens.json";
    more = read_added_tokens_json(folder);
  }
  if (more.empty()) return;
  files.added_file = from.string();
  AddedTokens(more, files.added_file);
  auto& added = files.added;
  std::map<int64_t, size_t> place;
  for (size_t i = 0; i < added.size(); ++i) place.emplace(added[i].id, i);
  for (AddedToken& token : more) {
    const auto known = place.find(token.id);
    if (known == place.end()) {
      added.push_back(std::move(token));
      continue;
    }
    AddedToken& same = added[known->second];
    if (same.text != token.text)
      throw LoadError(cat(from.string(), ": added token ", token.id, " is '", excerpt(token.text),
                          "', but tokenizer.json says '", excerpt(same.text), "'"));
    same.special = same.special || token.special;
  }
}

}  // namespace

BaseVocabulary read_vocab_and_merges(const path& vocab, const path& merges) {
  BaseVocabulary out = parse_vocab_json(read_file(vocab, kMaxTokenizerBytes), vocab.string()).tables;
  out.merges_file = merges.string();
  const std::string text = read_file(merges, kMaxTokenizerBytes);
  int64_t number = 0;
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find('\n', at), text.size());
    std::string_view line = std::string_view(text).substr(at, end - at);
    at = end + 1;
    ++number;
    if (line.ends_with('\r')) line.remove_suffix(1);
    // '#' is a symbol too: only this very first line is no merge, and the official file lacks it.
    if (line.empty() || (number == 1 && line.starts_with("#version:"))) continue;
    const size_t space = line.find(' ');
    if (space == 0 || space == line.npos || space + 1 == line.size() || line.find(' ', space + 1) != line.npos)
      throw LoadError(
          cat(merges.string(), ": line ", number, " is '", excerpt(line), "', expected two symbols and one space"));
    if (int64_t(out.merges.size()) == kMaxTokens)
      throw LoadError(cat(merges.string(), ": has more than ", kMaxTokens, " merges"));
    out.merges.emplace_back(line.substr(0, space), line.substr(space + 1));
  }
  return out;
}

TokenizerFiles read_tokenizer_files(const path& folder) {
  TokenizerFiles out;
  const bool fast = is_there(folder / "tokenizer.json");
  if (fast)
    out = read_tokenizer_json(folder / "tokenizer.json");
  else
    out = {read_vocab_and_merges(folder / "vocab.json", folder / "merges.txt"), {}, folder.string()};
  complete_added_tokens(folder, !fast, out);
  return out;
}

}  // namespace b3o
