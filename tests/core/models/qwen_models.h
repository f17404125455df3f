// The two golden model folders, the tiny model of understanding.md 10 and their inputs.
#pragma once

#include <ATen/ATen.h>

#include <string>
#include <vector>

#include "core/models/qwen_positions.h"
#include "core/models/qwen_text.h"
#include "core/models/qwen_vision.h"
#include "core/weights/folder.h"
#include "tests/support/goldens.h"
#include "tests/support/tensors.h"

namespace b3o::test {

struct QwenModel {
  QwenText text;
  QwenVision vision;
  PictureTokens tokens;
};

inline QwenModel build_qwen(TensorSource& source, const Json& config, const std::string& where) {
  const Fields f(config, where);
  const QwenVisionConfig vision = QwenVisionConfig::from_json(f.object("vision_config"));
  const Scope root(source);
  return {QwenText(root, QwenTextConfig::from_json(f)), QwenVision(root / "visual", vision),
          PictureTokens{f.integer("vision_start_token_id"), f.integer("image_token_id"), vision.spatial_merge_size}};
}

inline QwenModel golden_qwen(const std::string& folder, Placement placement = {}) {
  const auto path = data_path("understanding/" + folder);
  FolderSource source(CheckpointFiles::of_model(path), placement, rename_language_model);
  return build_qwen(source, golden_json("understanding/" + folder + "/config.json"), folder);
}

inline Json tiny_qwen_config() {
  return parse_json(R"({"hidden_size": 64, "num_hidden_layers": 3, "num_attention_heads": 4, "num_key_value_heads": 2,
    "intermediate_size": 96, "vocab_size": 320, "rms_norm_eps": 1e-6, "rope_theta": 1e6, "hidden_act": "silu",
    "rope_scaling": {"type": "mrope", "mrope_section": [2, 3, 3]}, "tie_word_embeddings": false,
    "vision_start_token_id": 298, "image_token_id": 301,
    "vision_config": {"depth": 4, "hidden_size": 32, "num_heads": 2, "intermediate_size": 36, "patch_size": 14,
      "temporal_patch_size": 2, "spatial_merge_size": 2, "window_size": 112, "fullatt_block_indexes": [1, 3],
      "out_hidden_size": 64, "in_chans": 3, "tokens_per_second": 2, "hidden_act": "silu"}})",
                    "section 10");
}

inline QwenModel tiny_qwen(const Json& config, Placement placement = {}) {
  FilledSource source(fill_by_name_qwen, placement);
  return build_qwen(source, config, "section 10");
}

// Patches [N, 1176] of 8-bit pixels [H, W, 3] (understanding.md 4.4, 4.5).
inline at::Tensor patches_of(const at::Tensor& pixels) {
  const int64_t h = pixels.size(0) / 28, w = pixels.size(1) / 28;
  const at::Tensor mean = at::tensor({0.48145466f, 0.4578275f, 0.40821073f});
  const at::Tensor deviation = at::tensor({0.26862954f, 0.26130258f, 0.27577711f});
  const at::Tensor v = ((pixels.to(at::kDouble) / 255).to(at::kFloat) - mean) / deviation;  // [H, W, 3]
  return v.permute({2, 0, 1})
      .view({1, 1, 3, h, 2, 14, w, 2, 14})
      .expand({1, 2, 3, h, 2, 14, w, 2, 14})
      .permute({0, 3, 6, 4, 7, 2, 1, 5, 8})
      .reshape({4 * h * w, 1176});
}

struct Section10 {
  Goldens golden{"understanding/section10.safetensors"};
  std::vector<VisionGrid> grids{{1, 10, 14}, {1, 8, 10}};
  at::Tensor pixels;         // [220, 1176]
  std::vector<int64_t> ids;  // 73

  Section10() {
    at::Tensor a = at::empty({140, 196, 3}, at::kByte);
    auto out = a.accessor<uint8_t, 3>();
    for (int y = 0; y < 140; ++y)
      for (int x = 0; x < 196; ++x) {
        out[y][x][0] = uint8_t(7 * x + 3 * y);
        out[y][x][1] = uint8_t(x * x / 16 + 5 * y);
        out[y][x][2] = uint8_t((x ^ y) * 11);
      }
    const at::Tensor b = Goldens("understanding/image-processor-cases.safetensors").at("formula_100x150.resized");
    pixels = at::cat({patches_of(a), patches_of(b)});
    const at::Tensor t = golden.at("input_ids");
    ids.assign(t.data_ptr<int64_t>(), t.data_ptr<int64_t>() + t.numel());
  }
};

inline at::Tensor id_row(const std::vector<int64_t>& ids) { return at::tensor(ids, at::kLong).unsqueeze(0); }

// Embeddings [1, S, W] of a prompt with its pictures' rows in place.
inline at::Tensor prompt_embeds(const QwenModel& model, const std::vector<int64_t>& ids, const at::Tensor& features) {
  const at::Tensor embeds = model.text.embed(id_row(ids));
  return features.defined() ? place_rows(embeds, id_row(ids), model.tokens.image_pad, features) : embeds;
}

inline at::Tensor positions_of(const QwenModel& model, const std::vector<int64_t>& ids,
                               const std::vector<VisionGrid>& grids) {  // [3, 1, S]
  ChatPositions start;
  return chat_positions(ids, grids, model.tokens, start).unsqueeze(1);
}

// One golden chat.
struct QwenCase {
  std::string name, folder;
  std::vector<int64_t> ids, greedy;
  std::vector<VisionGrid> grids;
  int64_t rope_delta;
};

inline std::vector<QwenCase> qwen_cases() {
  std::vector<QwenCase> out;
  const Json golden = golden_json("understanding/cases.json");
  for (const Json& c : golden.at("cases")) {
    QwenCase item{c.at("name"), c.at("model"), c.at("input_ids"), c.at("greedy").at("ids"), {}, c.at("rope_delta")};
    if (c.contains("image_grid_thw"))
      for (const Json& g : c.at("image_grid_thw")) item.grids.push_back({g.at(0), g.at(1), g.at(2)});
    out.push_back(item);
  }
  return out;
}

// The picture rows of a golden chat, undefined without pictures.
inline at::Tensor case_features(const QwenModel& model, const Goldens& goldens, const QwenCase& c) {
  return c.grids.empty() ? at::Tensor() : model.vision(goldens.at(c.name + ".pixel_values"), c.grids);
}

}  // namespace b3o::test
