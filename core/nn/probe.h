// What a network shows of its inside while it runs: tests and traces record it, a job stops in it.
#pragma once

#include <ATen/core/Tensor.h>

#include <functional>
#include <string_view>

namespace b3o {

// Called by a network after every block with a name and the value there. Recording is the caller's matter; the callee
// may throw Stop, so a network calls it often enough to stop within a fraction of a second.
class Probe {
 public:
  using Seen = std::function<void(std::string_view name, const at::Tensor& value)>;
  Probe() = default;
  explicit Probe(Seen seen) : seen_(std::move(seen)) {}
  void operator()(std::string_view name, const at::Tensor& value) const {
    if (seen_) seen_(name, value);
  }

 private:
  Seen seen_;
};

}  // namespace b3o
