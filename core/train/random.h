// Every random number of a training run is a function of (seed, use, step, sample), so that a resumed run and a run on
// several processes see the same numbers as one that was never interrupted.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>

#include "core/world/rng.h"

namespace b3o::train {

// What a number is used for; each use has numbers of its own.
enum class Use : uint64_t {
  initial_weight = 1,
  scene = 2,
  scene_choice = 3,
  cell_choice = 4,
  noise = 5,
  timestep = 6,
  condition_drop = 7,
  feature_noise = 8,
  latent = 9,
  text = 10,
  order = 11,
};

// `sample` counts over the whole batch of a step, whichever process draws it.
uint64_t key(uint64_t seed, Use use, int64_t step, int64_t sample);
world::Rng generator(uint64_t seed, Use use, int64_t step, int64_t sample);

// Rows `first` ... `first + count - 1` of the step's batch, fp32 on the CPU.
at::Tensor normal(uint64_t seed, Use use, int64_t step, int64_t first, int64_t count, at::IntArrayRef shape);
at::Tensor uniform(uint64_t seed, Use use, int64_t step, int64_t first, int64_t count);  // [count], in [0, 1)

}  // namespace b3o::train
