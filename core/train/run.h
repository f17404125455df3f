// The loop that every stage shares: steps, logging, validation, checkpoints, and an end that can be continued.
#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "core/image/image.h"
#include "core/train/bank.h"
#include "core/train/group.h"
#include "core/train/optimiser.h"
#include "core/train/schedule.h"
#include "core/train/tally.h"

namespace b3o::train {

// What a stage is told about the micro-batch whose loss it computes.
struct Step {
  uint64_t seed;
  int64_t step;          // from 0
  int64_t first, count;  // which samples of the step's batch, counted over all processes
  int64_t batch;         // samples of the whole step
  double progress;       // the part of the run that is over, 0 ... 1
  Tally& tally;          // what the metrics show beside the loss

  int64_t sample(int64_t i) const { return step * batch + first + i; }  // number of sample i since the start
};

struct Stage {
  std::string name;
  // Everything a checkpoint holds; what requires a gradient is trained, the rest is proved not to move.
  Named parameters;
  Named frozen = {};  // what a checkpoint need not hold, because files do; proved not to move like the rest
  // A mean over the samples, so that equal shares of a batch can be computed anywhere and averaged.
  std::function<at::Tensor(const Step&)> loss;
  std::function<void(Tally&)> validate;  // without gradients, with the averaged weights; may be empty
  std::function<Image()> sheet;          // what the model makes of fixed inputs; may be empty
  std::function<void(const std::filesystem::path& folder)> write_result;  // with the averaged weights
  std::function<void(int64_t step, double progress)> prepare;             // before the first step of this process
};

struct RunOptions {
  std::filesystem::path folder;  // checkpoints, metrics.jsonl, sheets/, result/
  Json recipe;                   // stored; a resumed run must have the same
  uint64_t seed = 0;
  int64_t batch = 16, accumulate = 1;  // samples a process and micro-batch; micro-batches a step
  Limits limits;
  Schedule schedule;
  OptimiserConfig optimiser;
  bool bf16 = false;   // networks compute in bf16, weights stay fp32
  double average = 0;  // decay of the EMA; 0: none
  int64_t log_every = 20, validate_every = 0, sheet_every = 0, save_every = 0;  // steps; 0: only at the end
  double save_seconds = 300;                                                    // 0: by steps only
  int keep = 2;
  int64_t keep_every = 0;
  bool allow_config_change = false;
  std::function<bool()> stop = [] { return false; };                         // asked after every step
  std::function<void(const std::string&)> show = [](const std::string&) {};  // the progress line
  std::function<void(const std::string&)> say = [](const std::string&) {};   // one line that stays

  // Keys of a recipe. LoadError for a value that cannot be.
  static RunOptions from_json(const Json& recipe, const std::string& where);
};

enum class Ended { done, interrupted };

// Continues from the newest checkpoint in the folder, if there is one. Error after ten steps in a row whose gradient is
// not finite, when a frozen tensor moved, when the last checkpoint cannot be written, or when a process was lost.
Ended run(Stage& stage, const RunOptions& options, Group& group);

// Over the tensors' bytes, for proofs that nothing moved.
std::string checksum(const Named& tensors);

}  // namespace b3o::train
