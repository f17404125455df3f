// The processes that train together. A run of one process is a group of one.
#pragma once

#include <ATen/core/Tensor.h>
#include <c10/core/Device.h>

#include <memory>

#include "core/base/error.h"

namespace b3o::train {

// Another process of the group is gone or does not answer.
struct LostProcess : Error {
  using Error::Error;
};

class Group {
 public:
  virtual ~Group() = default;
  virtual int rank() const { return 0; }
  virtual int size() const { return 1; }
  // Sums over all processes, in place, in the same order on each. LostProcess.
  virtual void sum(at::Tensor&) {}
  // The values of process 0, everywhere.
  virtual void share(at::Tensor&) {}
  // Whether any process says yes.
  bool any(bool yes);
};

// The group that the launcher described: `torchrun --no-python blip3o train ...` sets RANK, WORLD_SIZE, MASTER_ADDR and
// MASTER_PORT. Without them a group of one. Gloo on the CPU, NCCL on GPUs, where each process gets the GPU of its
// LOCAL_RANK: `device` becomes that one. RequestError for settings that cannot be; LostProcess.
std::unique_ptr<Group> join_group(c10::Device& device);

}  // namespace b3o::train
