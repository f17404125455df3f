// A moving average of the parameters (EMA): what is validated and kept.
#pragma once

#include <algorithm>
#include <utility>

#include "core/train/bank.h"

namespace b3o::train {

class Average {
 public:
  // decay 0: no average is kept.
  Average(Bank& bank, double decay) : bank_(bank), decay_(decay) {
    if (decay > 0) values_ = bank.values.clone();
  }
  bool on() const { return values_.defined(); }
  const at::Tensor& values() const { return values_; }

  // After optimiser step `step` (from 1). Early on the average is short, so that it forgets the start.
  void update(int64_t step) {
    if (on()) values_.lerp_(bank_.values, 1 - std::min(decay_, double(1 + step) / double(10 + step)));
  }

  // While this lives the network computes with the average.
  class InPlace {
   public:
    explicit InPlace(Average& a) : average_(a) { swap(); }
    ~InPlace() { swap(); }
    InPlace(const InPlace&) = delete;
    InPlace& operator=(const InPlace&) = delete;

   private:
    void swap() {
      if (!average_.on()) return;
      const at::Tensor kept = average_.bank_.values.clone();
      average_.bank_.values.copy_(average_.values_);
      average_.values_.copy_(kept);
    }
    Average& average_;
  };

 private:
  Bank& bank_;
  double decay_;
  at::Tensor values_;
};

}  // namespace b3o::train
