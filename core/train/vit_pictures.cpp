#include "core/train/vit_pictures.h"

#include <ATen/ATen.h>

#include "core/base/error.h"
#include "core/image/qwen.h"
#include "core/train/pictures.h"
#include "core/train/result.h"
#include "core/world/scene.h"

namespace b3o::train {

Json preprocessor_config(const QwenVisionConfig& config) {
  const QwenImageConfig usual = QwenImageConfig::defaults();
  const int64_t area = int64_t(world::kCanvas) * world::kCanvas;
  return {{"min_pixels", area},
          {"max_pixels", area},
          {"patch_size", config.patch_size},
          {"temporal_patch_size", config.temporal_patch_size},
          {"merge_size", config.spatial_merge_size},
          {"image_mean", usual.mean},
          {"image_std", usual.std},
          {"image_processor_type", "Qwen2VLImageProcessor"},
          {"processor_class", "Qwen2_5_VLProcessor"}};
}

VisionGrid vision_grid(int64_t height, int64_t width, const QwenVisionConfig& config) {
  return {1, height / config.patch_size, width / config.patch_size};
}

at::Tensor vision_patches(const at::Tensor& bytes, const QwenVisionConfig& c) {
  const int64_t b = bytes.size(0), m = c.spatial_merge_size, p = c.patch_size;
  const int64_t h = bytes.size(2) / (m * p), w = bytes.size(3) / (m * p);
  return clip_pixels(bytes)
      .view({b, 3, 1, h, m, p, w, m, p})
      .expand({b, 3, c.temporal_patch_size, h, m, p, w, m, p})
      .permute({0, 3, 6, 4, 7, 1, 2, 5, 8})
      .reshape({b * h * w * m * m, c.patch_values()});
}

at::Tensor picture_tokens(const QwenVision& vision, const at::Tensor& bytes) {
  const QwenVisionConfig& c = vision.config;
  const std::vector<VisionGrid> grids(size_t(bytes.size(0)), vision_grid(bytes.size(2), bytes.size(3), c));
  const at::Tensor rows = vision(vision_patches(bytes, c).to(vision.frequencies.device()), grids);
  return rows.view({bytes.size(0), -1, c.out_hidden_size});
}

QwenVisionConfig vision_config_of(const std::filesystem::path& result) {
  const Json json = read_config(result, "config.json");
  return QwenVisionConfig::from_json(Fields(json, (result / "config.json").string()).object("vision_config"));
}

QwenVision load_vision(const std::filesystem::path& result, at::Device device) {
  FolderSource source = open_part(result, "vit.safetensors", device);
  return QwenVision(Scope(source) / kVisionPrefix, vision_config_of(result));
}

}  // namespace b3o::train
