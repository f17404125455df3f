// From a prompt to the image tokens (generation.md 3 to 5): the language model reads prompt and learned queries, the
// flow then plans the tokens under the states of the queries.
#pragma once

#include <utility>
#include <vector>

#include "core/families/blip3o/networks.h"
#include "core/families/blip3o/trace_file.h"
#include "core/text/chat_template.h"

namespace b3o {

// A prompt ready to be read: ids with the start-of-image id at the end, and the rows of its pictures.
struct PlanPrompt {
  std::vector<int64_t> ids;
  at::Tensor rows;  // [rows, hidden], undefined without pictures
};

struct PlanRun {
  int steps = 30;
  double guidance = 3;
  bool exact_times = false;
  bool operator==(const PlanRun&) const = default;
};

// A plan that starts from a picture's tokens instead of noise alone (decoder.md 5.5a and c).
struct PlanStart {
  at::Tensor tokens;    // [1, n, C] of the picture
  double strength = 1;  // the part of the flow that runs, 0 to 1; 0: the tokens as they are
  at::Tensor keep;      // [1, 1, s, s] of bool: cells that end as the picture's; undefined: none
  int resampling = 1;   // how often each step is taken where cells are kept
  uint64_t seed = 0;    // of the noise between repeats
};

// Letters: B prompts, n queries, H hidden, C width of a token, s side of the token grid.
class Planner {
 public:
  // LoadError when the tokenizer lacks [IMG].
  Planner(const FolderConfig& config, Networks& networks, const Tokenizer& tokenizer);

  // The caption inside the generation instruction. reference_tokens: control tokens the user spells count.
  PlanPrompt caption(const std::string& text, bool reference_tokens) const;
  // A whole user turn in which "<image>" marks the picture's place (generation.md 8a).
  PlanPrompt with_picture(const std::string& user_text, const Image* image, bool reference_tokens, JobContext& job,
                          TraceFile& trace);
  PlanPrompt negative() const;

  // The states of the queries, each row as if its prompt were alone: [B, n, H].
  at::Tensor states(const std::vector<PlanPrompt>& prompts, JobContext& job);

  // Is shown the estimate of the finished tokens [B, C, s, s] after each step.
  using SeeEstimate = std::function<void(const at::Tensor& tokens, int step)>;
  // Walks the flow from noise [B, C, s, s] under states [B, n, H], or with B = 1 from a picture's tokens mixed with it;
  // returns the tokens [B, n, C] in fp32. step_done is called after each step. Trace names get the prefix.
  at::Tensor plan(const at::Tensor& states, const at::Tensor& noise, const PlanRun& run, JobContext& job,
                  const std::function<void()>& step_done, const SeeEstimate& see, TraceFile& trace,
                  const std::string& prefix = "", const PlanStart* start = nullptr);
  // Steps that `plan` will take.
  static int steps_of(const PlanRun& run, const PlanStart* start);

  // What the pixel decoder is guided away from: the plan of the one-space text, with noise of its own fixed seed. Kept
  // in memory for each run setting.
  at::Tensor negative_tokens(const PlanRun& run, const Draws& draws, bool own_noise, JobContext& job, TraceFile& trace);

  Shape noise_shape() const;  // [1, C, s, s]
  void forget() { negatives_.clear(); }

 private:
  PlanPrompt finish(RenderedPrompt rendered, std::vector<int64_t> copies, bool reference_tokens) const;
  void trace_condition(const NextDit& dit, const at::Tensor& states, TraceFile& trace, const std::string& prefix) const;

  const FolderConfig& config_;
  Networks& networks_;
  const Tokenizer& tokenizer_;
  int64_t start_of_image_;
  std::vector<std::pair<PlanRun, at::Tensor>> negatives_;
};

}  // namespace b3o
