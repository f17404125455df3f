// The random numbers of the drawn world: PCG32 (XSH-RR), the same on every platform. No std:: distributions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <utility>

#include "core/base/hash.h"

namespace b3o::world {

class Rng {
 public:
  Rng(uint64_t seed, uint64_t stream) : step_((stream << 1) | 1) {
    next();
    state_ += seed;
    next();
  }
  uint32_t next() {
    const uint64_t old = state_;
    state_ = old * 6364136223846793005u + step_;
    const uint32_t mixed = uint32_t(((old >> 18) ^ old) >> 27), turn = uint32_t(old >> 59);
    return (mixed >> turn) | (mixed << ((32 - turn) & 31));
  }
  float uniform() { return float(next() >> 8) * (1.0f / 16777216.0f); }  // [0, 1)
  // 0 .. n - 1, each equally likely; n > 0.
  int below(int n) {
    const uint32_t range = uint32_t(n), reject = (0u - range) % range;
    for (;;)
      if (const uint32_t drawn = next(); drawn >= reject) return int(drawn % range);
  }
  bool chance(float p) { return uniform() < p; }
  template <class List>
  const auto& pick(const List& list) {
    return list[size_t(below(int(std::size(list))))];
  }
  // Place of a weight, each as likely as it weighs; never one that is 0 while another is not.
  template <class List>
  int weighted(const List& weights) {
    float total = 0;
    for (const float w : weights) total += w;
    float left = uniform() * total;
    int last = 0, i = 0;
    for (const float w : weights) {
      if (w > 0) {
        last = i;
        if (left < w) break;
        left -= w;
      }
      ++i;
    }
    return last;
  }
  template <class List>
  void shuffle(List& list) {
    for (int i = int(list.size()) - 1; i > 0; --i) {
      const int j = below(i + 1);
      if (i != j) std::swap(list[size_t(i)], list[size_t(j)]);
    }
  }

 private:
  uint64_t state_ = 0, step_;
};

// The generator of one scene: equal (seed, stream, index) give equal scenes, texts and pixels.
// Training uses the streams 0..999, validation 1000, test 2000 (embedded-model.md 6).
inline Rng scene_rng(uint64_t seed, uint64_t stream, uint64_t index) {
  return Rng(mix64(seed * 0x9e3779b97f4a7c15u + index), stream);
}
inline constexpr uint64_t kTrainStreams = 1000, kValidationStream = 1000, kTestStream = 2000;

}  // namespace b3o::world
