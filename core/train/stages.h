// The stages of training: each turns a recipe into a Stage for the loop.
#pragma once

#include <ATen/core/Tensor.h>

#include <functional>
#include <string>

#include "core/base/json.h"
#include "core/train/run.h"

namespace b3o::train {

struct StageInput {
  Json recipe;
  std::string where;  // the recipe's name, for errors
  at::Device device = at::kCPU;
  bool fresh = true;  // no checkpoint replaces the first values: costly initialisation is worth it
  int rank = 0;       // of this process among those that train together
  std::function<void(const std::string&)> say = [](const std::string&) {};  // one line for the user
};

Stage clip_stage(const StageInput& input);        // E: the EVA-CLIP image tower (embedded-model.md 8.1)
Stage vae_stage(const StageInput& input);         // V: the autoencoder
Stage decoder_stage(const StageInput& input);     // D: the UNet that paints latents under image features
Stage vit_stage(const StageInput& input);         // the vision tower's warm start, before stage 1
Stage understand_stage(const StageInput& input);  // 1: the language model, its queries
Stage joint_stage(const StageInput& input);       // answers and drawing at once, of a whole folder
Stage generate_stage(const StageInput& input);    // 2: the flow that plans features from the queries' states
Stage tune_stage(const StageInput& input);        // 3: the same flow on curated prompts and edits
Stage polish_stage(const StageInput& input);      // the decoder again, on features that the flow plans

struct StageEntry {
  const char* name;
  const char* title;
  Stage (*make)(const StageInput& input);
};
inline constexpr StageEntry kStages[] = {
    {"clip", "the CLIP image tower, whose features the flow plans", &clip_stage},
    {"vae", "the autoencoder between pictures and latents", &vae_stage},
    {"decoder", "the UNet that turns image features into latents", &decoder_stage},
    {"vit", "the vision tower, which looks at pictures", &vit_stage},
    {"understand", "the language model and the queries that lay pictures out", &understand_stage},
    {"generate", "the flow that plans a picture's features from words", &generate_stage},
    {"tune", "the flow again, on curated prompts and edits", &tune_stage},
    {"polish", "the decoder again, on features that the flow plans", &polish_stage},
    {"joint", "answers and drawing at once, of a whole model folder", &joint_stage},
};

}  // namespace b3o::train
