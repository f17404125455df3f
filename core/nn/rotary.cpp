#include "core/nn/rotary.h"

#include <ATen/ATen.h>

namespace b3o {

at::Tensor rotary_frequencies(double theta, int64_t width) {
  const at::Tensor exponent = at::arange(0, width, 2, at::kFloat) / double(width);
  return at::reciprocal(at::pow(theta, exponent));
}

at::Tensor rotate(const at::Tensor& x, const at::Tensor& cos, const at::Tensor& sin) {
  const int64_t half = x.size(-1) / 2;
  const at::Tensor a = x.narrow(-1, 0, half), b = x.narrow(-1, half, half);
  return at::cat({a * cos - b * sin, b * cos + a * sin}, -1);
}

}  // namespace b3o
