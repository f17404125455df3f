// Scenes of the drawn world as batches of tensors.
// B pictures of 128 x 128 pixels, 64 cells of 16 x 16 pixels in rows.
#pragma once

#include <ATen/core/Tensor.h>

#include <vector>

#include "core/image/image.h"
#include "core/train/run.h"
#include "core/world/sampler.h"

namespace b3o::train {

// The world a run draws from; key "world": {"level": "S" | "M" | "L"}.
struct WorldConfig {
  world::Level level = world::Level::S;
  static WorldConfig from_json(const Fields& recipe);
};

// One line of a mixture: scenes of a task (or of the curriculum's mix of tasks), with a layout freedom.
struct ScenePart {
  float share;
  bool crowd;            // ten objects instead of the tasks of prompts
  float layout_freedom;  // 0 canonical ... 1 free
};
// The scene of sample `index`: it decides by itself which part it belongs to. train streams 0 ... 999.
world::Scene mixed_scene(world::Level level, const std::vector<ScenePart>& parts, float task_progress, uint64_t seed,
                         uint64_t stream, uint64_t index);
// Free layouts of all tasks from the validation stream.
std::vector<world::Scene> validation_scenes(world::Level level, int64_t count, int64_t first = 0);

at::Tensor draw(const std::vector<world::Scene>& scenes);          // uint8 [B, 3, 128, 128]
at::Tensor object_masks(const std::vector<world::Scene>& scenes);  // float [B, 1, 128, 128]: 0 or 1
struct Labels {
  at::Tensor object, color, size, place, row, column;  // int64 [B, 64]; 255 = not to be learnt
};
Labels labels_of(const std::vector<world::Scene>& scenes);

at::Tensor unit_range(const at::Tensor& bytes);   // [-1, 1], as the VAE reads pictures
at::Tensor clip_pixels(const at::Tensor& bytes);  // normalised as EVA-CLIP reads them

// Pictures side by side, `columns` in a row. float [B, 3, H, W] in [0, 1], or bytes.
Image contact_sheet(const at::Tensor& pictures, int columns);

}  // namespace b3o::train
