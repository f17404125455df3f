#include "core/train/learn_tokenizer.h"

#include <algorithm>
#include <map>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/utf8.h"
#include "core/text/byte_alphabet.h"
#include "core/text/pieces.h"
#include "core/text/unicode.h"
#include "core/train/corpus_language.h"
#include "core/train/pictures.h"

namespace b3o::train {
namespace {

struct Added {
  const char* text;
  bool special;
};
// Qwen2.5's, in the order of their ids, then BLIP3-o's.
constexpr Added kAdded[] = {{"<|endoftext|>", true},
                            {"<|im_start|>", true},
                            {"<|im_end|>", true},
                            {"<|object_ref_start|>", true},
                            {"<|object_ref_end|>", true},
                            {"<|box_start|>", true},
                            {"<|box_end|>", true},
                            {"<|quad_start|>", true},
                            {"<|quad_end|>", true},
                            {"<|vision_start|>", true},
                            {"<|vision_end|>", true},
                            {"<|vision_pad|>", true},
                            {"<|image_pad|>", true},
                            {"<|video_pad|>", true},
                            {"<tool_call>", false},
                            {"</tool_call>", false},
                            {"<|fim_prefix|>", false},
                            {"<|fim_middle|>", false},
                            {"<|fim_suffix|>", false},
                            {"<|fim_pad|>", false},
                            {"<|repo_name|>", false},
                            {"<|file_sep|>", false},
                            {"[IMG]", true},
                            {"[/IMG]", true},
                            {"<image>", true}};
constexpr int64_t kAddedCount = std::size(kAdded);

// The prompts that core/text renders, as the template that other programs execute.
constexpr char kChatTemplate[] =
    "{% set image_count = namespace(value=0) %}{% for message in messages %}{% if loop.first and message['role'] != "
    "'system' %}<|im_start|>system\nYou are a helpful assistant.<|im_end|>\n{% endif %}<|im_start|>{{ message['role'] "
    "}}\n{% if message['content'] is string %}{{ message['content'] }}<|im_end|>\n{% else %}{% for content in "
    "message['content'] %}{% if content['type'] == 'image' or 'image' in content or 'image_url' in content %}{% set "
    "image_count.value = image_count.value + 1 %}{% if add_vision_id %}Picture {{ image_count.value }}: {% endif "
    "%}<|vision_start|><|image_pad|><|vision_end|>{% elif 'text' in content %}{{ content['text'] }}{% endif %}{% "
    "endfor %}<|im_end|>\n{% endif %}{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}";

using Pair = std::pair<std::string, std::string>;

struct Word {
  std::vector<std::string> symbols;
  int64_t count;
};

// Pieces of the texts as bytes, with how often each occurs; in byte order.
std::vector<Word> words_of(const std::vector<std::string>& texts) {
  std::map<std::string, int64_t> counts;
  for (const std::string& text : texts) {
    std::u32string points;
    append_code_points(points, text);
    normalize_nfc(points);
    size_t begin = 0;
    for (const uint32_t end : piece_ends(points)) {
      std::string piece;
      for (size_t i = begin; i < end; ++i) append_utf8(piece, points[i]);
      ++counts[piece];
      begin = end;
    }
  }
  std::vector<Word> out;
  for (const auto& [piece, count] : counts) {
    Word word{{}, count};
    for (const char c : piece) word.symbols.emplace_back(1, c);
    out.push_back(std::move(word));
  }
  return out;
}

void join(Word& word, const Pair& pair) {
  std::vector<std::string> out;
  for (size_t i = 0; i < word.symbols.size(); ++i) {
    const bool here =
        i + 1 < word.symbols.size() && word.symbols[i] == pair.first && word.symbols[i + 1] == pair.second;
    out.push_back(here ? pair.first + pair.second : word.symbols[i]);
    if (here) ++i;
  }
  word.symbols = std::move(out);
}

Json added_token(int64_t id, const Added& token) {
  return {{"id", id},        {"content", token.text}, {"single_word", false},    {"lstrip", false},
          {"rstrip", false}, {"normalized", false},   {"special", token.special}};
}

// Ids of single bytes, as Qwen's: visible characters of the alphabet in their own order first.
std::vector<std::string> byte_symbols() {
  std::vector<std::string> visible, hidden;
  for (int b = 0; b < 256; ++b) {
    const std::string byte(1, char(b)), spelled = spelled_bytes(byte);
    const bool own = (b >= '!' && b <= '~') || (b >= 0xA1 && b <= 0xAC) || b >= 0xAE;
    (own ? visible : hidden).push_back(spelled);
  }
  visible.insert(visible.end(), hidden.begin(), hidden.end());
  return visible;
}

Json byte_level(bool prefix, bool trim, bool regex) {
  return {{"type", "ByteLevel"}, {"add_prefix_space", prefix}, {"trim_offsets", trim}, {"use_regex", regex}};
}

Json tokenizer_json(const std::vector<Pair>& merges, Json& decoder) {
  Json vocab = Json::object(), list = Json::array(), added = Json::array();
  int64_t next = 0;
  for (const std::string& symbol : byte_symbols()) vocab[symbol] = next++;
  for (const auto& [left, right] : merges) {
    const std::string a = spelled_bytes(left), b = spelled_bytes(right);
    vocab[a + b] = next++;
    list.push_back({a, b});
  }
  for (const Added& token : kAdded) {
    added.push_back(added_token(next, token));
    decoder[std::to_string(next)] = added_token(next, token);
    decoder[std::to_string(next)].erase("id");
    ++next;
  }
  const Json split = {{"type", "Split"},
                      {"pattern", {{"Regex", std::string(kPieceRegex)}}},
                      {"behavior", "Isolated"},
                      {"invert", false}};
  return {{"version", "1.0"},
          {"truncation", nullptr},
          {"padding", nullptr},
          {"added_tokens", added},
          {"normalizer", {{"type", "NFC"}}},
          {"pre_tokenizer",
           {{"type", "Sequence"}, {"pretokenizers", Json::array({split, byte_level(false, true, false)})}}},
          {"post_processor", byte_level(true, false, true)},
          {"decoder", byte_level(true, true, true)},
          {"model",
           {{"type", "BPE"},
            {"dropout", nullptr},
            {"unk_token", nullptr},
            {"continuing_subword_prefix", ""},
            {"end_of_word_suffix", ""},
            {"fuse_unk", false},
            {"byte_fallback", false},
            {"ignore_merges", false},
            {"vocab", vocab},
            {"merges", list}}}};
}

Json tokenizer_config(const Json& decoder) {
  return {{"add_bos_token", false},
          {"add_prefix_space", false},
          {"added_tokens_decoder", decoder},
          {"additional_special_tokens", {"[IMG]", "[/IMG]", "<image>"}},
          {"bos_token", nullptr},
          {"chat_template", kChatTemplate},
          {"clean_up_tokenization_spaces", false},
          {"eos_token", "<|im_end|>"},
          {"errors", "replace"},
          {"model_max_length", 1024},
          {"pad_token", "<|endoftext|>"},
          {"padding_side", "right"},
          {"processor_class", "Qwen2_5_VLProcessor"},
          {"split_special_tokens", false},
          {"tokenizer_class", "Qwen2Tokenizer"},
          {"unk_token", nullptr}};
}

}  // namespace

std::vector<Pair> learn_merges(const std::vector<std::string>& texts, int64_t count) {
  std::vector<Word> words = words_of(texts);
  // Every pair with how often it occurs and the words that hold it; words are few, so each round only visits those.
  struct Seen {
    int64_t count = 0;
    std::vector<size_t> words;
  };
  std::map<Pair, Seen> pairs;
  const auto tell = [&](size_t w, int64_t sign) {
    const auto& symbols = words[w].symbols;
    for (size_t i = 0; i + 1 < symbols.size(); ++i) {
      Seen& seen = pairs[{symbols[i], symbols[i + 1]}];
      seen.count += sign * words[w].count;
      if (sign > 0 && (seen.words.empty() || seen.words.back() != w)) seen.words.push_back(w);
    }
  };
  for (size_t w = 0; w < words.size(); ++w) tell(w, 1);
  std::vector<Pair> merges;
  while (int64_t(merges.size()) < count) {
    auto best = pairs.end();
    for (auto at = pairs.begin(); at != pairs.end(); ++at)
      if (best == pairs.end() || at->second.count > best->second.count) best = at;
    if (best == pairs.end() || best->second.count < 2) break;
    const Pair pair = best->first;
    std::vector<size_t> touched = std::move(best->second.words);
    std::sort(touched.begin(), touched.end());
    touched.erase(std::unique(touched.begin(), touched.end()), touched.end());
    merges.push_back(pair);
    for (const size_t w : touched) {
      tell(w, -1);
      join(words[w], pair);
      tell(w, 1);
    }
    pairs.erase(pair);
  }
  return merges;
}

void train_tokenizer(const Json& recipe, const std::string& where, const std::filesystem::path& folder) {
  const Fields f(recipe, where);
  const int64_t vocab = f.integer_in("vocab", 256 + kAddedCount, 1 << 17);
  const auto texts = language_corpus(WorldConfig::from_json(f).level, uint64_t(f.integer_in("seed", 0, 1LL << 53)),
                                     f.integer_in("texts", 1, 1 << 24));
  Json decoder = Json::object();
  const Json tokenizer = tokenizer_json(learn_merges(texts, vocab - 256 - kAddedCount), decoder);
  std::filesystem::create_directories(folder);
  write_file(folder / "tokenizer.json", tokenizer.dump(1) + "\n");
  write_file(folder / "tokenizer_config.json", tokenizer_config(decoder).dump(1) + "\n");
  write_file(folder / "chat_template.json", Json({{"chat_template", kChatTemplate}}).dump(1) + "\n");
}

}  // namespace b3o::train
