// A reader and a small language model for tests of what the stage understand reads and teaches.
#pragma once

#include "core/train/understand_model.h"
#include "core/train/vit_pictures.h"
#include "core/weights/parameters.h"
#include "tests/core/train/understand_recipes.h"

namespace b3o::test {

inline QwenVisionConfig vision_config() { return QwenVisionConfig::from_json(Fields(kVision, "vision")); }

inline train::Reader reader_for(const Tokenizer& tokenizer) {
  return train::Reader(tokenizer, train::vision_grid(128, 128, vision_config()), 2, 64);
}

struct SmallLanguage {
  FilledSource filled{fill_by_name_qwen};
  ParameterSource parameters{filled};
  train::Language language{Scope(parameters), QwenTextConfig::from_json(Fields(kLanguage, "language")), 64};
};

}  // namespace b3o::test
