// Pictures of the drawn world as the vision tower reads them, and the tower of a finished stage.
// B pictures, N patches of a picture.
#pragma once

#include <ATen/core/Tensor.h>

#include <filesystem>
#include <vector>

#include "core/models/qwen_vision.h"

namespace b3o::train {

inline constexpr char kVisionPrefix[] = "visual";

// The keys of preprocessor_config.json that make the program show the tower pictures just so.
Json preprocessor_config(const QwenVisionConfig& config);

// uint8 [B, 3, H, W], sides in multiples of patch * merge -> [B N, C T p p] in the tower's order.
at::Tensor vision_patches(const at::Tensor& bytes, const QwenVisionConfig& config);
VisionGrid vision_grid(int64_t height, int64_t width, const QwenVisionConfig& config);

// [B, N / M, O] for pictures of the same size.
at::Tensor picture_tokens(const QwenVision& vision, const at::Tensor& bytes);

QwenVisionConfig vision_config_of(const std::filesystem::path& result);
QwenVision load_vision(const std::filesystem::path& result, at::Device device);

}  // namespace b3o::train
