// Long inputs in parts: a block of a network on the CPU can take seconds, and a user who stops it should not wait.
#pragma once

#include <ATen/core/Tensor.h>

#include <algorithm>
#include <cstdint>
#include <vector>

#include "core/nn/probe.h"

namespace b3o {

// make(begin, n) for stretches of at most `rows` of `total` rows, joined along `axis`. With more than one stretch each
// is shown as "part".
template <class Make>
at::Tensor in_parts(int64_t total, int64_t rows, int64_t axis, const Probe& probe, const Make& make) {
  if (total <= rows) return make(int64_t(0), total);
  std::vector<at::Tensor> parts;
  for (int64_t begin = 0; begin < total; begin += rows) {
    parts.push_back(make(begin, std::min(rows, total - begin)));
    probe("part", parts.back());
  }
  return at::cat(parts, axis);
}

}  // namespace b3o
