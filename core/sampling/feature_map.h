// Image tokens as colours: the three directions in which the tokens differ most become red, green and blue. A picture
// of the plan before anything is painted.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <vector>

namespace b3o {

struct FeatureMap {
  std::vector<uint8_t> rgb;  // N * 3
  at::Tensor basis;          // [C, 3] fp64, orthonormal or zero columns: the directions shown
};

// tokens [N, C], any number type and device. With the map of the step before, the three directions are turned within
// their space until they lie closest to the former ones, so that colours do not jump from step to step; without it the
// largest coefficient of each direction is positive. Where the tokens do not differ the colour is grey.
FeatureMap feature_map(const at::Tensor& tokens, const FeatureMap* previous = nullptr);

}  // namespace b3o
