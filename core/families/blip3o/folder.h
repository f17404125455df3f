// What a model folder says about itself: every configuration file read and checked, no weights touched.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/api/event.h"
#include "core/base/json.h"
#include "core/image/qwen.h"
#include "core/models/eva_clip.h"
#include "core/models/next_dit.h"
#include "core/models/qwen_text.h"
#include "core/models/qwen_vision.h"
#include "core/models/sdxl_unet.h"
#include "core/models/sdxl_vae.h"
#include "core/sampling/diffusion.h"

namespace b3o {

// Defaults of generation_config.json, or of config.json where that file is missing: greedy, penalty 1, its own eos.
struct GenerationDefaults {
  bool sample = false;
  double temperature = 1, top_p = 1, repetition_penalty = 1;
  int top_k = 50;
  std::vector<int64_t> end_ids;
};

// Ids the prompts are built with.
struct ChatIds {
  int64_t image_pad = 0, vision_start = 0;
};

// What config.json says about drawing; official files leave most of it to the code's defaults.
struct DrawConfig {
  NextDitConfig dit;
  EvaConfig eva;
  UnetConfig unet;
  VaeConfig vae;
  NoiseConfig noise;
  int64_t queries = 64;   // learned query tokens; their grid is square
  int64_t pooling = 4;    // EVA tokens are averaged over pooling x pooling
  double flow_shift = 1;  // of the flow-matching schedule
};

struct FolderConfig {
  std::filesystem::path folder;
  std::string name;  // of the folder, for people
  std::string kind;  // model_type
  QwenTextConfig text;
  QwenVisionConfig vision;
  QwenImageConfig image;
  GenerationDefaults generation;
  ChatIds ids;
  std::optional<DrawConfig> draw;  // absent in a plain Qwen2.5-VL folder
  Capabilities can;
  std::string notice;
  std::vector<std::string> warnings;
};

// The configuration of a folder. Throws LoadError naming file and key.
FolderConfig read_folder(const std::filesystem::path& folder);

// The same from JSON values, for folders that do not exist yet. decoder values may be null for a chat-only model.
struct FolderJson {
  Json config, generation, preprocessor, unet, vae, scheduler;
};
FolderConfig folder_config(const FolderJson& json, const std::filesystem::path& folder);

}  // namespace b3o
