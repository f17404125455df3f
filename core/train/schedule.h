// How the learning rate goes over a run: warm-up, a stretch at the top, a decay.
#pragma once

#include <cstdint>

#include "core/base/json.h"

namespace b3o::train {

// Where a run stands. A run ends after a number of steps, after a time, or after whichever comes first.
struct Limits {
  int64_t max_steps = 0;   // 0: none
  double max_seconds = 0;  // 0: none

  static Limits from_json(const Fields& f);  // keys max_steps, max_seconds
  bool reached(int64_t step, double seconds) const;
  // The part of the run that is over, 0 ... 1; of a run without limits 0. Steps before `warmup` do not count.
  double progress(int64_t step, double seconds, int64_t warmup = 0) const;
};

struct Schedule {
  enum class Decay { none, linear, cosine };
  int64_t warmup = 0;  // steps of linear rise; step 0 of w steps gets 1/w
  double hold = 0;     // part of the run at full rate after the warm-up
  Decay decay = Decay::cosine;
  double end = 0;  // the rate at the end, as a part of the full one

  // Keys: schedule (constant, linear, cosine), warmup (steps) or warmup_ratio (rounded up), hold, end.
  static Schedule from_json(const Fields& f, const Limits& limits);
  // What the learning rates of step `step` (from 0) are multiplied with.
  double factor(int64_t step, double seconds, const Limits& limits) const;
};

}  // namespace b3o::train
