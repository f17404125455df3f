// The stages vit and understand in miniature, for their own tests and for the stages that read their results.
#pragma once

#include "core/train/learn_tokenizer.h"
#include "core/weights/safetensors.h"
#include "tests/core/train/recipes.h"
#include "tests/support/tensors.h"

namespace b3o::test {

inline const Json kVision = {{"hidden_act", "silu"},     {"depth", 2},
                             {"hidden_size", 16},        {"num_heads", 2},
                             {"intermediate_size", 8},   {"out_hidden_size", 24},
                             {"in_channels", 3},         {"patch_size", 8},
                             {"temporal_patch_size", 2}, {"spatial_merge_size", 2},
                             {"window_size", 64},        {"fullatt_block_indexes", {1}}};
inline const Json kLanguage = {
    {"hidden_size", 24},           {"num_hidden_layers", 2},
    {"num_attention_heads", 2},    {"num_key_value_heads", 1},
    {"intermediate_size", 32},     {"vocab_size", 400},
    {"rms_norm_eps", 1e-6},        {"rope_theta", 10000.0},
    {"tie_word_embeddings", true}, {"rope_scaling", {{"type", "mrope"}, {"mrope_section", {2, 2, 2}}}}};

// A tokenizer of 400 tokens, learnt once.
inline const std::filesystem::path& tokenizer_folder() {
  static const TemporaryFolder folder;
  static const bool made = [] {
    train::train_tokenizer({{"vocab", 400}, {"texts", 800}, {"seed", 3}}, "recipe", folder.path());
    return true;
  }();
  (void)made;
  return folder.path();
}

inline Json vit_recipe(const std::filesystem::path& parts) {
  Json r = tiny_recipe("vit");
  r["vision_config"] = kVision;
  r["inputs"] = {{"clip", parts.string()}};
  return r;
}

// What the stage understand reads, in miniature.
inline Json understand_recipe(const std::filesystem::path& parts) {
  write_frozen_parts(parts);
  train::vit_stage({vit_recipe(parts), "recipe"}).write_result(parts / "vit");
  Json r = tiny_recipe("understand");
  r["language"] = kLanguage;
  r["n_query"] = 64;
  r["look_weight"] = 0.5, r["fact_weight"] = 0.3;
  r["lesson"] = {{"questions", 3}, {"talks", 1}, {"captions", 1}, {"edits", 1}};
  r["inputs"] = {
      {"clip", parts.string()}, {"vit", (parts / "vit").string()}, {"tokenizer", tokenizer_folder().string()}};
  return r;
}

}  // namespace b3o::test
