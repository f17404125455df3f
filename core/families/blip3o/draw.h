// The jobs that end in a picture (or in tokens): generate, edit, reconstruct, encode, decode.
#pragma once

#include "core/families/blip3o/paint.h"
#include "core/families/blip3o/plan.h"

namespace b3o {

class Draw {
 public:
  Draw(const FolderConfig& config, Networks& networks, const Tokenizer& tokenizer, const ModelInfo& info);

  void generate(const GenerateRequest& request, JobContext& job);
  void edit(const EditRequest& request, JobContext& job);
  void reconstruct(const ReconstructRequest& request, JobContext& job);
  void encode(const EncodeRequest& request, JobContext& job);
  void decode(const DecodeRequest& request, JobContext& job);
  // Frees what is remembered.
  void forget() { planner_.forget(); }

 private:
  struct Picture;  // one picture on its way: settings, numbering, and what was found so far
  PlanRun plan_run(const PlanSettings& settings) const;
  at::Tensor read(const std::vector<PlanPrompt>& prompts, JobContext& job, TraceFile& trace);
  at::Tensor plan_tokens(const at::Tensor& states, const PlanRun& run, const Picture& picture, JobContext& job,
                         TraceFile& trace);
  Image paint(const at::Tensor& tokens, const at::Tensor& negative, const Picture& picture, const PaintStart* start,
              JobContext& job, TraceFile& trace);
  void quick_look(const at::Tensor& grid, const Picture& picture, JobContext& job);
  at::Tensor clip_tokens(const at::Tensor& pixels, JobContext& job);
  at::Tensor clip_tokens_of(const Image& image, JobContext& job, TraceFile& trace);
  at::Tensor nothing_tokens(JobContext& job, TraceFile& trace);
  void finish(Image image, const at::Tensor& tokens, const Picture& picture, JobContext& job);
  Recipe completed(Recipe recipe, const PlanRun* plan, const PaintRun& paint) const;

  const FolderConfig& config_;
  Networks& networks_;
  const ModelInfo& info_;
  Planner planner_;
  Painter painter_;
};

}  // namespace b3o
