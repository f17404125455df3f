// The jobs that end in a picture (or in tokens) and change none: generate, reconstruct, encode, decode.
#pragma once

#include "core/families/blip3o/stages.h"

namespace b3o {

class Draw {
 public:
  Draw(const FolderConfig& config, Stages& stages) : config_(config), stages_(stages) {}

  void generate(const GenerateRequest& request, JobContext& job);
  void reconstruct(const ReconstructRequest& request, JobContext& job);
  void encode(const EncodeRequest& request, JobContext& job);
  void decode(const DecodeRequest& request, JobContext& job);

 private:
  const FolderConfig& config_;
  Stages& stages_;
};

// What is told of a finished picture and the tokens [1, n, C] it was painted from.
ImageReady finished(Image image, const at::Tensor& tokens, const PictureRun& picture);

}  // namespace b3o
