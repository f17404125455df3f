// First values of networks that are trained from nothing: torch's rules for linear layers, convolutions and norms.
#pragma once

#include <functional>
#include <string>

#include "core/weights/scope.h"

namespace b3o::train {

// For FilledSource. Matrices and kernels: uniform in +-1/sqrt(fan in); the bias that a constructor asks for next: the
// same range; one-dimensional weights 1, their biases 0. `special` may set a tensor itself and return true.
// Values depend on seed and name only, biases also on the weight asked for before.
FilledSource::Fill torch_rules(uint64_t seed,
                               std::function<bool(const std::string& name, at::Tensor& values)> special = {});

// Uniform in +-bound; depends on seed and name only.
void fill_uniform(uint64_t seed, const std::string& name, at::Tensor& values, double bound);
// Normal with this spread.
void fill_normal(uint64_t seed, const std::string& name, at::Tensor& values, double spread);

}  // namespace b3o::train
