// Comparing tensors in tests, and reading golden tensors.
#pragma once

#include <ATen/ATen.h>

#include "tests/support/case.h"

namespace b3o::test {

inline void check_shape(const at::Tensor& got, at::IntArrayRef wanted, const std::string& what) {
  if (got.sizes() != wanted)
    throw CheckFailed(what + " has shape " + shown(got.sizes()) + ", expected " + shown(wanted));
}

// Largest absolute difference; shapes must agree.
inline void check_close(const at::Tensor& got, const at::Tensor& wanted, double tolerance, const std::string& what) {
  check_shape(got, wanted.sizes(), what);
  const double worst = (got.to(at::kDouble) - wanted.to(at::kDouble)).abs().max().item<double>();
  if (!(worst <= tolerance))
    throw CheckFailed(what + " differs by " + shown(worst) + ", tolerance " + shown(tolerance));
}

// ||got - wanted|| / ||wanted||.
inline double relative_l2(const at::Tensor& got, const at::Tensor& wanted) {
  const at::Tensor w = wanted.to(at::kDouble);
  return ((got.to(at::kDouble) - w).norm() / w.norm()).item<double>();
}

// "first values" of the specification's tables: a flat prefix within a tolerance.
inline void check_first(const at::Tensor& got, std::vector<double> wanted, double tolerance, const std::string& what) {
  const at::Tensor flat = got.to(at::kDouble).flatten();
  for (size_t i = 0; i < wanted.size(); ++i)
    check_close(flat[int64_t(i)].item<double>(), wanted[i], tolerance, what + "[" + shown(i) + "]");
}

}  // namespace b3o::test
