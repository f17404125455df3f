// The collectives of GPUs, in builds that have them.
#pragma once

#include <c10/core/Device.h>
#include <torch/csrc/distributed/c10d/Backend.hpp>
#include <torch/csrc/distributed/c10d/Store.hpp>

namespace b3o::train {

// RequestError in a build without NCCL.
c10::intrusive_ptr<c10d::Backend> nccl_backend(const c10::intrusive_ptr<c10d::Store>& store, int rank, int size,
                                               c10::Device device, std::chrono::milliseconds patience);

}  // namespace b3o::train
