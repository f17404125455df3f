#include "core/train/random.h"

#include <ATen/ATen.h>

#include "core/sampling/noise.h"
#include "core/weights/scope.h"

namespace b3o::train {

uint64_t key(uint64_t seed, Use use, int64_t step, int64_t sample) {
  constexpr uint64_t kOdd = 0x9e3779b97f4a7c15u;
  uint64_t k = mix64(seed * kOdd + uint64_t(use));
  k = mix64(k + uint64_t(step) * kOdd);
  return mix64(k + uint64_t(sample) * kOdd);
}

world::Rng generator(uint64_t seed, Use use, int64_t step, int64_t sample) {
  return world::Rng(key(seed, use, step, sample), uint64_t(use));
}

at::Tensor normal(uint64_t seed, Use use, int64_t step, int64_t first, int64_t count, at::IntArrayRef shape) {
  Shape full = {count};
  full.insert(full.end(), shape.begin(), shape.end());
  at::Tensor out = at::empty(full, at::kFloat);
  for (int64_t i = 0; i < count; ++i)
    out.select(0, i).copy_(standard_normal(key(seed, use, step, first + i), uint64_t(use), shape));
  return out;
}

at::Tensor uniform(uint64_t seed, Use use, int64_t step, int64_t first, int64_t count) {
  at::Tensor out = at::empty({count}, at::kFloat);
  float* values = out.mutable_data_ptr<float>();
  for (int64_t i = 0; i < count; ++i) values[i] = generator(seed, use, step, first + i).uniform();
  return out;
}

}  // namespace b3o::train
