// The stages that every job ending in a picture is made of, each with its progress and previews.
#pragma once

#include <chrono>

#include "core/families/blip3o/paint.h"
#include "core/families/blip3o/plan.h"
#include "core/image/clip.h"
#include "core/image/region.h"

namespace b3o {

// One picture on its way: settings, numbering, and what was found so far.
struct PictureRun {
  Recipe recipe;  // complete
  PaintRun paint;
  const Draws& draws;
  int number = 0, count = 1;
  bool previews = false;
  Box part = {};  // where in the finished picture painting happens; no width: all of it
  std::chrono::steady_clock::time_point start = std::chrono::steady_clock::now();
};

class Stages {
 public:
  Stages(const FolderConfig& config, Networks& networks, const Tokenizer& tokenizer, const ModelInfo& info);

  Planner& planner() { return planner_; }
  Painter& painter() { return painter_; }

  PlanRun plan_run(const PlanSettings& settings) const;
  // With everything filled in that the run decided; plan: nothing when no plan was made.
  Recipe completed(Recipe recipe, const PlanRun* plan, const PaintRun& paint) const;

  // The states of the queries [B, n, H].
  at::Tensor read(const std::vector<PlanPrompt>& prompts, JobContext& job, TraceFile& trace);
  at::Tensor plan_tokens(const at::Tensor& states, const PlanRun& run, const PictureRun& picture,
                         const PlanStart* start, JobContext& job, TraceFile& trace);
  Image paint(const at::Tensor& tokens, const at::Tensor& negative, const PictureRun& picture, const PaintStart* start,
              JobContext& job, TraceFile& trace);
  // Pooled features of a picture [1, n, C]: of its centred square, or of all of it squashed to a square.
  at::Tensor clip_tokens_of(const Image& image, JobContext& job, TraceFile& trace);
  at::Tensor clip_tokens_of_all(const Image& image, JobContext& job);
  // The features of the mean colour: what reconstruction is guided away from (decoder.md 1.5).
  at::Tensor nothing_tokens(JobContext& job, TraceFile& trace);
  // What a plan's picture is guided away from; undefined where the guidance is at most 1.
  at::Tensor negative_tokens(const PlanRun& run, const PaintRun& paint, const Draws& draws, bool own_noise,
                             JobContext& job, TraceFile& trace);

 private:
  void quick_look(const at::Tensor& grid, const PictureRun& picture, JobContext& job);
  at::Tensor clip_tokens(const at::Tensor& pixels, JobContext& job);
  at::Tensor clip_input(const Image& image, ClipFit fit) const;
  at::Tensor pooled(const at::Tensor& tokens) const;

  const FolderConfig& config_;
  Networks& networks_;
  const ModelInfo& info_;
  Planner planner_;
  Painter painter_;
};

}  // namespace b3o
