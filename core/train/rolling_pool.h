// What a frozen network makes of many samples, computed once and replaced slowly while a stage learns from it.
#pragma once

#include <ATen/core/Tensor.h>

#include <functional>
#include <vector>

namespace b3o::train {

// A pool of blocks. Block b holds samples that depend on b alone (and on the progress at which it was due); slot
// b % blocks holds the newest. Which block a slot holds depends on the step alone, and a block is always made as a
// whole, so that a resumed run reads the same numbers.
class RollingPool {
 public:
  static constexpr int64_t kBlock = 16;  // samples that are made together
  struct Config {
    int64_t blocks;         // of the pool
    int64_t refresh_every;  // steps after which the oldest block is replaced; 0: never
  };
  // The tensors of a block, each [kBlock, ...], when the run stands at `progress`.
  using Make = std::function<std::vector<at::Tensor>(int64_t block, double progress)>;

  RollingPool(Config config, Make make);

  // Makes the pool what it has to be at `step`; cheap from step to step, the whole pool at the first call.
  // progress_of: the progress at a step.
  void advance(int64_t step, const std::function<double(int64_t step)>& progress_of);

  int64_t size() const { return config_.blocks * kBlock; }
  std::vector<at::Tensor> pick(const at::Tensor& index) const;  // int64 [B], 0 ... size() - 1

 private:
  void fill(int64_t block, double progress);

  Config config_;
  Make make_;
  std::vector<int64_t> held_;  // block of every slot; -1: none yet
  std::vector<at::Tensor> all_;
};

}  // namespace b3o::train
