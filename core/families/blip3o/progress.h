// Progress of one stage of a job: counts steps, times them, tells the user.
#pragma once

#include <chrono>

#include "core/families/family.h"

namespace b3o {

class StageClock {
 public:
  StageClock(const JobContext& job, Stage stage, int total, int picture = 0, int pictures = 1)
      : job_(job), now_{stage, 0, total, picture, pictures}, start_(Clock::now()) {
    job_.emit(now_);
  }
  // One more step is done. The first step pays for warming up, so a rate is told from the second on.
  void step() {
    now_.done += 1;
    const double passed = std::chrono::duration<double>(Clock::now() - start_).count();
    if (now_.done == 1) first_ = passed;
    if (now_.done >= 2) {
      now_.seconds_per_step = (passed - first_) / (now_.done - 1);
      now_.seconds_remaining = now_.seconds_per_step * (now_.total - now_.done);
    }
    job_.emit(now_);
  }

 private:
  using Clock = std::chrono::steady_clock;
  const JobContext& job_;
  StageProgress now_;
  Clock::time_point start_;
  double first_ = 0;
};

inline double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

}  // namespace b3o
