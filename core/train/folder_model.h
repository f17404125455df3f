// A model folder of the official layout as something to train: what is trained are fp32 leaves, what is frozen stays as
// the folder's files give it.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>

#include "core/families/blip3o/folder.h"
#include "core/text/tokenizer.h"
#include "core/train/bank.h"
#include "core/train/freeze.h"
#include "core/weights/folder.h"

namespace b3o::train {

// Trained tensors are copies of their own; all others come from the files as they are.
class SplitSource : public TensorSource {
 public:
  SplitSource(TensorSource& files, Freezer& freezer) : files_(files), freezer_(freezer) {}
  std::optional<Shape> shape(const std::string& name) override { return files_.shape(name); }
  at::Tensor take(const std::string& name, at::IntArrayRef shape, bool matrix) override;
  const Named& trained() const { return trained_; }
  const Named& frozen() const { return frozen_; }

 private:
  TensorSource& files_;
  Freezer& freezer_;
  Named trained_, frozen_;
};

// The networks that training of the language model and the flow needs; the pixel decoder is not among them.
struct FolderModel {
  FolderConfig config;
  Tokenizer tokenizer;
  Freezer& freezer;
  FolderSource files;
  SplitSource source;
  QwenText text;
  QwenVision vision;
  at::Tensor queries;  // [1, n, hidden]
  NextDit dit;
  std::optional<EvaClip> eva;  // absent where the folder has no CLIP tower

  // LoadError for a folder that is not whole; RequestError for one that cannot draw.
  FolderModel(const std::filesystem::path& folder, Freezer& freezer, const Placement& placement);

  // The training target of a picture (training.md 2.2): [C, s, s]. RequestError without a CLIP tower.
  at::Tensor target(const Image& image) const;
  // A picture beside a prompt that draws: cropped like a target, then read by the vision tower. [R, hidden]
  at::Tensor picture_rows(const Image& image) const;

  // The folder again with the given tensors (by canonical name) in place of the stored ones, in the stored number
  // types and under the stored names; everything else is copied. The target must not exist or be empty.
  void write(const std::filesystem::path& target, const Named& values) const;
};

}  // namespace b3o::train
