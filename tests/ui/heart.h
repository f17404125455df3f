// A 10 ms timer that must keep ticking. A busy machine may let any program wait, so what counts is the processor time
// that the window's thread itself used between two ticks; time on the clock has a limit far above it.
#pragma once

#include <time.h>

#include <QElapsedTimer>
#include <QTimer>
#include <algorithm>

namespace b3o::test {

inline double threadMs() {
  timespec t{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return double(t.tv_sec) * 1e3 + double(t.tv_nsec) / 1e6;
}

class Heartbeat {
 public:
  Heartbeat() {
    timer_.setTimerType(Qt::PreciseTimer);
    QObject::connect(&timer_, &QTimer::timeout, &timer_, [this] {
      worst_busy = std::max(worst_busy, threadMs() - busy_);
      worst_wait = std::max(worst_wait, double(clock_.nsecsElapsed()) / 1e6);
      busy_ = threadMs();
      clock_.restart();
      ++beats;
    });
    clock_.start();
    timer_.start(10);
  }
  double worst_busy = 0, worst_wait = 0;
  int beats = 0;

 private:
  QTimer timer_;
  QElapsedTimer clock_;
  double busy_ = threadMs();
};

}  // namespace b3o::test
