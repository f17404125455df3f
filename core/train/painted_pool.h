// Scenes with everything the decoder learns from, encoded once: the features of the CLIP tower, the latents of the VAE.
#pragma once

#include <ATen/core/Tensor.h>

#include <functional>
#include <vector>

#include "core/train/frozen_parts.h"
#include "core/world/scene.h"

namespace b3o::train {

// A pool of blocks of scenes. Block b holds scenes that depend on b alone; slot b % blocks holds the newest. Which
// block a slot holds depends on the step alone, and a block is always encoded as a whole, so that a resumed run reads
// the same numbers.
class PaintedPool {
 public:
  static constexpr int64_t kBlock = 16;  // scenes that are encoded together
  struct Config {
    int64_t blocks;         // of the pool
    int64_t refresh_every;  // steps after which the oldest block is replaced; 0: never
  };
  // The scenes of a block, when the run stands at `progress`.
  using Scenes = std::function<std::vector<world::Scene>(int64_t block, double progress)>;

  PaintedPool(Config config, const EvaClip& clip, const SdxlVae& vae, Scenes scenes, at::Device device);

  // Makes the pool what it has to be at `step`; cheap from step to step, the whole pool at the first call.
  // progress_of: the progress at a step.
  void advance(int64_t step, const std::function<double(int64_t step)>& progress_of);

  int64_t size() const { return config_.blocks * kBlock; }
  struct Batch {
    at::Tensor features;  // [B, 64, W]
    at::Tensor latents;   // [B, L, 16, 16], scaled
    at::Tensor objects;   // [B, 1, 16, 16], 1 where an object is
  };
  Batch pick(const at::Tensor& index) const;  // int64 [B], 0 ... size() - 1
  Batch encode(const std::vector<world::Scene>& scenes) const;

 private:
  void fill(int64_t block, double progress);

  Config config_;
  const EvaClip& clip_;
  const SdxlVae& vae_;
  Scenes scenes_;
  at::Device device_;
  std::vector<int64_t> held_;  // block of every slot; -1: none yet
  Batch all_;
};

}  // namespace b3o::train
