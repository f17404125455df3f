#include "core/train/schedule.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/base/error.h"

namespace b3o::train {

Limits Limits::from_json(const Fields& f) {
  Limits l;
  if (f.has("max_steps")) l.max_steps = f.integer_in("max_steps", 0, int64_t(1) << 40);
  l.max_seconds = f.number("max_seconds", 0);
  if (!(l.max_seconds >= 0 && std::isfinite(l.max_seconds)))
    throw LoadError(cat(f.where(), ": key 'max_seconds' is ", l.max_seconds, ", expected a positive time"));
  if (l.max_steps == 0 && l.max_seconds == 0)
    throw LoadError(cat(f.where(), ": neither max_steps nor max_seconds is given, so the run would never end"));
  return l;
}

bool Limits::reached(int64_t step, double seconds) const {
  return (max_steps > 0 && step >= max_steps) || (max_seconds > 0 && seconds >= max_seconds);
}

double Limits::progress(int64_t step, double seconds, int64_t warmup) const {
  double p = 0;
  if (max_steps > 0) p = double(std::max<int64_t>(0, step - warmup)) / double(std::max<int64_t>(1, max_steps - warmup));
  if (max_seconds > 0) p = std::max(p, seconds / max_seconds);
  return std::min(p, 1.0);
}

Schedule Schedule::from_json(const Fields& f, const Limits& limits) {
  Schedule s;
  const std::string kind = f.string("schedule", "cosine");
  if (kind == "constant")
    s.decay = Decay::none;
  else if (kind == "linear")
    s.decay = Decay::linear;
  else if (kind != "cosine")
    throw LoadError(cat(f.where(), ": key 'schedule' is '", kind, "', expected constant, linear or cosine"));
  s.warmup = f.has("warmup") ? f.integer_in("warmup", 0, int64_t(1) << 40)
                             : int64_t(std::ceil(f.number("warmup_ratio", 0) * double(limits.max_steps)));
  s.hold = f.number("hold", 0);
  s.end = f.number("end", 0);
  if (!(s.hold >= 0 && s.hold <= 1 && s.end >= 0 && s.end <= 1 && s.warmup >= 0))
    throw LoadError(cat(f.where(), ": keys 'hold' and 'end' are ", s.hold, " and ", s.end, ", expected parts of 1"));
  return s;
}

double Schedule::factor(int64_t step, double seconds, const Limits& limits) const {
  if (step < warmup) return double(step + 1) / double(warmup);
  const double p = limits.progress(step, seconds, warmup);
  if (decay == Decay::none || p <= hold) return 1;
  const double q = (p - hold) / (1 - hold);
  const double left = decay == Decay::linear ? 1 - q : 0.5 * (1 + std::cos(std::numbers::pi * q));
  return end + (1 - end) * left;
}

}  // namespace b3o::train
