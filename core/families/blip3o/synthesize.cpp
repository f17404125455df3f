#include <ATen/ATen.h>

#include <cstring>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/hash.h"
#include "core/families/blip3o/official.h"
#include "core/weights/safetensors.h"

namespace b3o {
namespace {

constexpr uint64_t kShardBytes = uint64_t(5) << 30;  // the size official folders cut their shards to

// A made-up byte-level vocabulary of the right size: pairs of bytes, letters and printable characters first, then
// letter pairs joined with a third byte. Merges only join what exists before them, as in a trained one.
struct Vocabulary {
  std::vector<std::string> tokens;  // in the byte alphabet of understanding.md 2.3
  std::vector<std::pair<std::string, std::string>> merges;
};

std::vector<std::string> byte_alphabet() {
  std::vector<std::string> out;
  const auto add = [&](uint32_t code) {
    std::string s;
    if (code < 0x80) {
      s += char(code);
    } else {
      s += char(0xC0 | code >> 6);
      s += char(0x80 | (code & 0x3F));
    }
    out.push_back(s);
  };
  for (uint32_t c = 0x21; c <= 0x7E; ++c) add(c);
  for (uint32_t c = 0xA1; c <= 0xFF; ++c)
    if (c != 0xAD) add(c);
  for (uint32_t k = 0; k < 68; ++k) add(0x100 + k);
  return out;
}

Vocabulary vocabulary(int64_t size) {
  Vocabulary v;
  v.tokens = byte_alphabet();
  const std::vector<std::string> bytes = v.tokens;
  std::vector<std::string> first;  // letters, then the rest
  for (const auto& b : bytes)
    if (b.size() == 1 && std::isalpha(uint8_t(b[0]))) first.push_back(b);
  const size_t letters = first.size();
  for (const auto& b : bytes)
    if (!(b.size() == 1 && std::isalpha(uint8_t(b[0])))) first.push_back(b);
  const auto full = [&] { return int64_t(v.tokens.size()) >= size; };
  const auto join = [&](const std::string& a, const std::string& b) {
    if (full()) return;
    v.merges.emplace_back(a, b);
    v.tokens.push_back(a + b);
  };
  for (const auto& a : first)
    for (const auto& b : first) join(a, b);
  for (size_t i = 0; i < letters && !full(); ++i)
    for (size_t j = 0; j < letters; ++j)
      for (const auto& c : first) join(first[i] + first[j], c);
  ensure(full(), "the made-up vocabulary reaches its size");
  return v;
}

Json added_token(int64_t id, const std::string& text, bool special) {
  return {{"id", id},        {"content", text},     {"single_word", false}, {"lstrip", false},
          {"rstrip", false}, {"normalized", false}, {"special", special}};
}

Json added_tokens(int64_t base) {
  const char* names[] = {"<|endoftext|>",
                         "<|im_start|>",
                         "<|im_end|>",
                         "<|object_ref_start|>",
                         "<|object_ref_end|>",
                         "<|box_start|>",
                         "<|box_end|>",
                         "<|quad_start|>",
                         "<|quad_end|>",
                         "<|vision_start|>",
                         "<|vision_end|>",
                         "<|vision_pad|>",
                         "<|image_pad|>",
                         "<|video_pad|>",
                         "<tool_call>",
                         "</tool_call>",
                         "<|fim_prefix|>",
                         "<|fim_middle|>",
                         "<|fim_suffix|>",
                         "<|fim_pad|>",
                         "<|repo_name|>",
                         "<|file_sep|>",
                         "[IMG]",
                         "[/IMG]",
                         "<image>"};
  Json out = Json::array();
  int64_t k = 0;
  for (const char* name : names) {
    out.push_back(added_token(base + k, name, k < 14 || k >= 22));
    ++k;
  }
  return out;
}

Json tokenizer_json(int64_t base) {
  const Vocabulary v = vocabulary(base);
  Json vocab = Json::object(), merges = Json::array();
  for (size_t id = 0; id < v.tokens.size(); ++id) vocab[v.tokens[id]] = int64_t(id);
  for (const auto& [a, b] : v.merges) merges.push_back({a, b});
  const char* regex =
      R"((?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+)";
  Json out;
  out["version"] = "1.0";
  out["truncation"] = nullptr;
  out["padding"] = nullptr;
  out["added_tokens"] = added_tokens(base);
  out["normalizer"] = {{"type", "NFC"}};
  out["pre_tokenizer"] = {
      {"type", "Sequence"},
      {"pretokenizers",
       Json::array(
           {{{"type", "Split"}, {"pattern", {{"Regex", regex}}}, {"behavior", "Isolated"}, {"invert", false}},
            {{"type", "ByteLevel"}, {"add_prefix_space", false}, {"trim_offsets", false}, {"use_regex", false}}})}};
  const Json byte_level = {
      {"type", "ByteLevel"}, {"add_prefix_space", false}, {"trim_offsets", false}, {"use_regex", false}};
  out["post_processor"] = byte_level;
  out["decoder"] = byte_level;
  out["model"] = {{"type", "BPE"},
                  {"dropout", nullptr},
                  {"unk_token", nullptr},
                  {"continuing_subword_prefix", ""},
                  {"end_of_word_suffix", ""},
                  {"fuse_unk", false},
                  {"byte_fallback", false},
                  {"ignore_merges", false},
                  {"vocab", std::move(vocab)},
                  {"merges", std::move(merges)}};
  return out;
}

// Random bf16 values whose size lets signals pass through many layers: norms near 1, biases small, matrices of
// variance 1 / fan-in. A table of 65,536 draws is stepped through from a place that depends on the name.
class RandomValues {
 public:
  explicit RandomValues(uint64_t seed) : seed_(seed) {
    for (size_t i = 0; i < table_.size(); ++i) {
      double sum = -6;  // twelve uniform draws: close to a normal, and the same on every machine
      for (uint64_t k = 0; k < 12; ++k) sum += double(mix64(seed + i * 12 + k + 1) >> 11) * (1.0 / 9007199254740992.0);
      table_[i] = float(sum);
    }
  }

  at::Tensor draw(const std::string& name, const Shape& shape) const {
    const int64_t count = c10::multiply_integers(shape);
    double scale = 0.02, offset = 0;
    if (shape.size() == 1 && name.ends_with("weight")) offset = 1;
    if (shape.size() > 1 && name.ends_with("weight")) scale = 1 / std::sqrt(double(count / shape[0]));
    if (name.ends_with("embed_tokens.weight") || name.ends_with("latent_queries")) scale = 1;
    std::vector<at::BFloat16> values(table_.size());
    for (size_t i = 0; i < table_.size(); ++i) values[i] = at::BFloat16(float(table_[i] * scale + offset));
    at::Tensor out = at::empty(shape, at::kBFloat16);
    auto* to = out.data_ptr<at::BFloat16>();
    uint64_t state = seed_ ^ fnv1a64(name);
    for (int64_t done = 0; done < count;) {  // runs of 4096 from random places of the table
      state = mix64(state + 0x9e3779b97f4a7c15u);
      const size_t at = state % (table_.size() - 4096);
      const int64_t n = std::min<int64_t>(4096, count - done);
      std::memcpy(to + done, values.data() + at, size_t(n) * sizeof(at::BFloat16));
      done += n;
    }
    return out;
  }

 private:
  uint64_t seed_;
  std::vector<float> table_ = std::vector<float>(65536);
};

using Items = std::vector<DescribeSource::Item>;

uint64_t bytes_of(const Items& items) {
  uint64_t sum = 0;
  for (const auto& item : items) sum += uint64_t(c10::multiply_integers(item.shape)) * 2;
  return sum;
}

class Synthesis {
 public:
  Synthesis(const std::filesystem::path& folder, const SynthesizeOptions& options,
            const std::function<void(uint64_t, uint64_t)>& progress)
      : folder_(folder), options_(options), random_(options.seed), progress_(progress) {}

  void run() {
    const FolderJson json = official_json(options_.like);
    const FolderConfig config = folder_config(json, folder_);
    Items root, unet, vae;
    for (auto& part : describe_parts(config, options_.with_eva)) {
      Items& to = part.part == "UNet" ? unet : part.part == "VAE" ? vae : root;
      to.insert(to.end(), part.items.begin(), part.items.end());
    }
    total_ = bytes_of(root) + bytes_of(unet) + bytes_of(vae);
    std::filesystem::create_directories(folder_);
    const uint64_t free = std::filesystem::space(folder_).available;
    if (free < total_ + (uint64_t(64) << 20))
      throw RequestError(cat(folder_.string(), ": the folder needs ", total_ >> 20, " MB, the disk has ", free >> 20,
                             " MB free; choose another place."));
    write_json("config.json", json.config);
    write_json("generation_config.json", json.generation);
    write_json("preprocessor_config.json", json.preprocessor);
    write_json("tokenizer.json", tokenizer_json(json.config["bos_token_id"]));
    write_json("tokenizer_config.json", {{"tokenizer_class", "Qwen2Tokenizer"},
                                         {"eos_token", "<|im_end|>"},
                                         {"pad_token", "<|endoftext|>"},
                                         {"model_max_length", 131072},
                                         {"clean_up_tokenization_spaces", false}});
    write_json("diffusion-decoder/unet/config.json", json.unet);
    write_json("diffusion-decoder/vae/config.json", json.vae);
    write_json("diffusion-decoder/scheduler/scheduler_config.json", json.scheduler);
    write_shards(root);
    write_tensors("diffusion-decoder/unet/diffusion_pytorch_model.bf16.safetensors", unet);
    write_tensors("diffusion-decoder/vae/diffusion_pytorch_model.bf16.safetensors", vae);
  }

 private:
  void write_json(const std::string& name, const Json& json) {
    const auto file = folder_ / name;
    std::filesystem::create_directories(file.parent_path());
    write_file(file, json.dump(1) + "\n");
  }

  void write_tensors(const std::string& name, const Items& items) {
    std::vector<SafetensorsWriter::Declared> header;
    for (const auto& item : items) header.push_back({item.name, at::kBFloat16, item.shape});
    SafetensorsWriter writer(folder_ / name, header, {{"format", "pt"}});
    for (const auto& item : items) {
      const at::Tensor values = random_.draw(item.name, item.shape);
      writer.write(item.name, values);
      done_ += uint64_t(values.nbytes());
      if (progress_) progress_(done_, total_);
    }
    writer.finish();
  }

  void write_shards(const Items& items) {
    std::vector<Items> shards(1);
    for (const auto& item : items) {
      if (!shards.back().empty() && bytes_of(shards.back()) + bytes_of({item}) > kShardBytes) shards.emplace_back();
      shards.back().push_back(item);
    }
    Json map = Json::object();
    for (size_t k = 0; k < shards.size(); ++k) {
      char name[64];
      std::snprintf(name, sizeof name, "model-%05zu-of-%05zu.safetensors", k + 1, shards.size());
      for (const auto& item : shards[k]) map[item.name] = name;
      write_tensors(name, shards[k]);
    }
    write_json("model.safetensors.index.json", {{"metadata", {{"total_size", bytes_of(items)}}}, {"weight_map", map}});
  }

  std::filesystem::path folder_;
  SynthesizeOptions options_;
  RandomValues random_;
  const std::function<void(uint64_t, uint64_t)>& progress_;
  uint64_t done_ = 0, total_ = 0;
};

}  // namespace

void synthesize(const std::filesystem::path& folder, const SynthesizeOptions& options,
                const std::function<void(uint64_t done, uint64_t total)>& progress) {
  std::error_code ignored;
  if (std::filesystem::exists(folder, ignored) && !std::filesystem::is_empty(folder, ignored))
    throw RequestError(folder.string() + ": is not empty; name a new folder.");
  try {
    Synthesis(folder, options, progress).run();
  } catch (...) {
    std::filesystem::remove_all(folder, ignored);
    throw;
  }
}

}  // namespace b3o
