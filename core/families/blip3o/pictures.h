// Between 8-bit pictures and the tensors of the networks.
#pragma once

#include <ATen/core/Tensor.h>

#include "core/image/image.h"
#include "core/image/qwen.h"
#include "core/models/vision_grid.h"

namespace b3o {

struct VisionInput {
  at::Tensor pixels;  // [patches, values of a patch] fp32
  VisionGrid grid;
};
VisionInput vision_input(const Image& image, const QwenImageConfig& config);

at::Tensor tensor_of(const Image& image);  // uint8 [H, W, 3]
Image image_of(const at::Tensor& bytes);   // uint8 [H, W, 3] on any device
at::Tensor tensor_of(const std::vector<float>& values, at::IntArrayRef shape);
std::vector<float> floats_of(const at::Tensor& values);  // flattened, from any type and device

}  // namespace b3o
