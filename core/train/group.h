// The processes that train together. A run of one process is a group of one.
#pragma once

#include <ATen/core/Tensor.h>

#include <memory>

namespace b3o::train {

class Group {
 public:
  virtual ~Group() = default;
  virtual int rank() const { return 0; }
  virtual int size() const { return 1; }
  // Sums over all processes, in place, in the same order on each. Error when a process is gone.
  virtual void sum(at::Tensor&) {}
  // The values of process 0, everywhere.
  virtual void share(at::Tensor&) {}
  // Whether any process says yes.
  bool any(bool yes);
};

}  // namespace b3o::train
