// The understanding half that stage 1 finished: later stages read prompts with it and never train it.
// D drawings, Q queries, H hidden width.
#pragma once

#include <ATen/core/Tensor.h>

#include <filesystem>
#include <string>
#include <vector>

#include "core/models/qwen_vision.h"
#include "core/text/tokenizer.h"
#include "core/train/bank.h"
#include "core/train/drawing_mix.h"
#include "core/train/understand_model.h"
#include "core/weights/folder.h"
#include "core/weights/parameters.h"

namespace b3o::train {

class FrozenLanguage {
 public:
  // result: of the stage understand. LoadError naming what is missing.
  FrozenLanguage(const std::filesystem::path& result, at::Device device);

  // What the queries say behind each prompt, as the program would read it alone: [D, Q, H]. Without gradients.
  at::Tensor states(const std::vector<DrawingPrompt>& prompts) const;

  // In how many of its cells the states of each drawing say, by the layout heads of stage 1, another object or colour
  // than the scene has: what no flow can do better than by luck.
  std::vector<int> wrong_cells(const at::Tensor& states, const std::vector<world::Scene>& scenes) const;

  int64_t queries() const { return language_.queries.size(1); }
  int64_t width() const { return language_.queries.size(2); }
  // For the proof that nothing moved.
  const Named& tensors() const { return parameters_.parameters(); }

 private:
  Json config_;
  std::string where_;
  Tokenizer tokenizer_;
  FolderSource files_;
  ParameterSource parameters_;
  Language language_;
  QwenVision vision_;
  Reader reader_;
  LayoutHeads heads_;
};

}  // namespace b3o::train
