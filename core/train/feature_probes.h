// What features show, read by the linear heads that the CLIP tower's stage left behind.
// B pictures, N cells, W width of a feature.
#pragma once

#include <ATen/core/Tensor.h>

#include <filesystem>
#include <vector>

#include "core/nn/layers.h"
#include "core/world/scene.h"

namespace b3o::train {

class FeatureProbes {
 public:
  FeatureProbes(const std::filesystem::path& clip_result, int64_t width, at::Device device);
  // In how many of its cells each picture's features [B, N, W] show another object or colour than the scene has.
  std::vector<int> wrong_cells(const at::Tensor& features, const std::vector<world::Scene>& scenes) const;

 private:
  Linear object_, color_;
};

}  // namespace b3o::train
