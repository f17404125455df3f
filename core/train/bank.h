// The trained tensors of a run as views of one flat buffer: clipping, optimisers, averages, checkpoints and sums over
// processes then are a few large operations instead of thousands of small ones.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "core/weights/scope.h"

namespace b3o::train {

using Named = std::vector<std::pair<std::string, at::Tensor>>;

class Bank {
 public:
  struct Slot {
    std::string name;
    Shape shape;
    int64_t offset, count;  // in numbers; offsets are multiples of 16, what lies between is zero
  };

  // Moves the values of the tensors into one buffer, in the given order. The tensors stay the same objects (networks
  // hold them), with views of the buffers as values and gradients. They are fp32 leaves on one device.
  explicit Bank(const Named& parameters);

  const std::vector<Slot>& slots() const { return slots_; }
  int64_t size() const { return values.numel(); }
  at::Tensor zeros() const;  // another buffer of this layout
  static at::Tensor view(const at::Tensor& flat, const Slot& slot);
  // The numbers of a buffer by name, with `suffix` behind each; views, not copies.
  Named named(const at::Tensor& flat, const std::string& suffix = "") const;

  at::Tensor values, gradients;  // [size]

 private:
  std::vector<Slot> slots_;
  Named parameters_;
};

}  // namespace b3o::train
