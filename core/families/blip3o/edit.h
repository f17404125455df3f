// Changing pictures (decoder.md 5): by words, inside a mask, as a sibling, between two, on a larger canvas, in details.
#pragma once

#include "core/families/blip3o/edit_words.h"
#include "core/families/blip3o/stages.h"

namespace b3o {

class Edit {
 public:
  Edit(const FolderConfig& config, Networks& networks, const Tokenizer& tokenizer, Stages& stages)
      : config_(config), networks_(networks), stages_(stages), writer_(config, networks, tokenizer) {}

  void serve(const EditRequest& request, JobContext& job);

 private:
  struct Work;  // what one request is about, found step by step
  void decide(Work& work);
  void read(Work& work, JobContext& job, TraceFile& trace);
  at::Tensor source_tokens(const Image& image, const Work& work, JobContext& job, TraceFile& trace);
  at::Tensor states_of_picture(const std::string& words, const Image& image, JobContext& job, TraceFile& trace);
  PaintStart paint_start(const Work& work, JobContext& job);
  at::Tensor kept_cells(const Work& work) const;
  at::Tensor tokens_of(const Work& work, const PictureRun& picture, JobContext& job, TraceFile& trace);
  ImageReady proposal(Work& work, int number, JobContext& job, TraceFile& trace);

  const FolderConfig& config_;
  Networks& networks_;
  Stages& stages_;
  Writer writer_;
};

}  // namespace b3o
