#include "tests/core/text/fixtures.h"

#include <zlib.h>

#include <cstring>
#include <fstream>

#include "core/base/file.h"
#include "core/text/byte_alphabet.h"
#include "core/text/pieces.h"

namespace b3o::test {
namespace {

constexpr size_t kMaxBytes = size_t(64) << 20;

Tokenizer real_tokenizer(std::vector<AddedToken> added) {
  Tokenizer out = Tokenizer::from_vocab_and_merges(data_path("qwen2.5-tokenizer/vocab.json"),
                                                   data_path("qwen2.5-tokenizer/merges.txt"), std::move(added));
  out.set_embedding_rows(151936);
  return out;
}

}  // namespace

std::vector<AddedToken> qwen_added_tokens() {
  std::vector<AddedToken> out;
  for (const char* text :
       {"<|endoftext|>",  "<|im_start|>",   "<|im_end|>",     "<|object_ref_start|>", "<|object_ref_end|>",
        "<|box_start|>",  "<|box_end|>",    "<|quad_start|>", "<|quad_end|>",         "<|vision_start|>",
        "<|vision_end|>", "<|vision_pad|>", "<|image_pad|>",  "<|video_pad|>",        "<tool_call>",
        "</tool_call>",   "<|fim_prefix|>", "<|fim_middle|>", "<|fim_suffix|>",       "<|fim_pad|>",
        "<|repo_name|>",  "<|file_sep|>"})
    out.push_back({text, 151643 + int64_t(out.size()), out.size() < 14});
  return out;
}

std::vector<AddedToken> blip3o_added_tokens() {
  auto out = qwen_added_tokens();
  for (const char* text : {"[IMG]", "[/IMG]", "<image>"}) out.push_back({text, 151643 + int64_t(out.size()), true});
  return out;
}

const Tokenizer& qwen_tokenizer() {
  static const Tokenizer tokenizer = real_tokenizer(qwen_added_tokens());
  return tokenizer;
}

const Tokenizer& blip3o_tokenizer() {
  static const Tokenizer tokenizer = real_tokenizer(blip3o_added_tokens());
  return tokenizer;
}

Json golden_json(const std::string& relative) {
  return parse_json(read_file(data_path(relative), kMaxBytes), relative);
}

Ids ids_of(const Json& list) { return list.get<Ids>(); }

Ids golden_ids(const std::string& relative, const std::string& name) {
  const std::string bytes = read_file(data_path(relative), kMaxBytes);
  uint64_t header_bytes = 0;
  std::memcpy(&header_bytes, bytes.data(), 8);
  const Json header = parse_json(std::string_view(bytes).substr(8, header_bytes), relative);
  const Json& entry = header.at(name);
  check_equal(entry.at("dtype").get<std::string>(), std::string("I64"), name + ".dtype");
  const auto begin = entry.at("data_offsets")[0].get<size_t>(), end = entry.at("data_offsets")[1].get<size_t>();
  Ids out((end - begin) / 8);
  std::memcpy(out.data(), bytes.data() + 8 + header_bytes + begin, end - begin);
  return out;
}

std::string inflated(const std::string& relative) {
  gzFile file = gzopen(data_path(relative).c_str(), "rb");
  check(file != nullptr, relative + " can be opened");
  std::string out;
  std::vector<char> buffer(1 << 20);
  int n = 0;
  while ((n = gzread(file, buffer.data(), unsigned(buffer.size()))) > 0) out.append(buffer.data(), size_t(n));
  gzclose(file);
  check_equal(n, 0, "gzread's last answer");
  return out;
}

Files small_folder() {
  Json vocab = Json::object();
  for (int b = 0; b < 256; ++b) vocab[spelled_bytes(std::string(1, char(b)))] = b;
  vocab["he"] = 256;
  vocab["ll"] = 257;
  const Json token = {{"content", "<|im_end|>"}, {"single_word", false}, {"lstrip", false},
                      {"rstrip", false},         {"normalized", false},  {"special", true}};
  Json listed = token;
  listed["id"] = 258;
  const Json split = {
      {"type", "Split"}, {"pattern", {{"Regex", kPieceRegex}}}, {"behavior", "Isolated"}, {"invert", false}};
  const Json byte_level = {
      {"type", "ByteLevel"}, {"add_prefix_space", false}, {"trim_offsets", false}, {"use_regex", false}};
  const Json fast = {{"version", "1.0"},
                     {"added_tokens", Json::array({listed})},
                     {"normalizer", {{"type", "NFC"}}},
                     {"pre_tokenizer", {{"type", "Sequence"}, {"pretokenizers", Json::array({split, byte_level})}}},
                     {"post_processor", {{"type", "ByteLevel"}}},
                     {"decoder", {{"type", "ByteLevel"}}},
                     {"model",
                      {{"type", "BPE"},
                       {"unk_token", nullptr},
                       {"byte_fallback", false},
                       {"vocab", vocab},
                       {"merges", {"h e", "l l"}}}}};
  const Json config = {{"tokenizer_class", "Qwen2Tokenizer"}, {"added_tokens_decoder", {{"258", token}}}};
  return {{"tokenizer.json", fast.dump()},
          {"vocab.json", vocab.dump()},
          {"merges.txt", "h e\nl l\n"},
          {"tokenizer_config.json", config.dump()}};
}

void write_files(const TemporaryFolder& folder, const Files& files) {
  for (const auto& [name, bytes] : files) std::ofstream(folder / name, std::ios::binary) << bytes;
}

}  // namespace b3o::test
