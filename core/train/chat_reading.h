// Conversations as the language model reads them while it learns to answer (training.md 3).
// B conversations, S the longest, H hidden.
#pragma once

#include <ATen/core/Tensor.h>

#include <vector>

#include "core/train/examples.h"
#include "core/train/folder_model.h"

namespace b3o::train {

struct ChatSequence {
  std::vector<int64_t> ids;
  std::vector<int64_t> labels;  // -100 but for the answers and the token that ends them
  at::Tensor positions;         // [3, S]
  at::Tensor rows;              // of the vision tower, [R, H]; undefined without pictures
};
// max_pixels: larger pictures are made smaller. RequestError for more tokens than `longest`, or pictures that cannot be
// placed.
ChatSequence chat_sequence(const FolderModel& model, const Example& example, int64_t longest, int64_t max_pixels);

// The mean cross-entropy of each conversation's labelled tokens, [B].
at::Tensor answer_losses(const FolderModel& model, const std::vector<ChatSequence>& sequences, int64_t padding);

}  // namespace b3o::train
