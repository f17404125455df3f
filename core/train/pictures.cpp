#include "core/train/pictures.h"

#include <ATen/ATen.h>

#include <algorithm>

#include "core/base/error.h"
#include "core/image/normalise.h"
#include "core/world/labels.h"
#include "core/world/renderer.h"

namespace b3o::train {
namespace {

using world::kCanvas, world::kCells;

// of OpenAI's CLIP, for red, green and blue (generation.md 6.3)
constexpr double kClipMean[3] = {0.48145466, 0.4578275, 0.40821073};
constexpr double kClipStd[3] = {0.26862954, 0.26130258, 0.27577711};

}  // namespace

WorldConfig WorldConfig::from_json(const Fields& recipe) {
  WorldConfig c;
  if (!recipe.has("world")) return c;
  const Fields f = recipe.object("world");
  const std::string level = f.string("level", "S");
  if (level != "S" && level != "M" && level != "L")
    throw LoadError(cat(f.where(), ": key 'level' is '", level, "', expected S, M or L"));
  c.level = level == "S" ? world::Level::S : level == "M" ? world::Level::M : world::Level::L;
  return c;
}

world::Scene mixed_scene(world::Level level, const std::vector<ScenePart>& parts, float task_progress, uint64_t seed,
                         uint64_t stream, uint64_t index) {
  world::Rng rng = world::scene_rng(seed, stream, index);
  float total = 0;
  for (const ScenePart& part : parts) total += part.share;
  float left = rng.uniform() * total;
  const ScenePart* chosen = &parts.back();
  for (const ScenePart& part : parts) {
    if (left < part.share) {
      chosen = &part;
      break;
    }
    left -= part.share;
  }
  const world::Task task =
      chosen->crowd ? world::Task::crowd : world::draw_task(world::task_mix(level, task_progress), rng);
  return world::Sampler{level, chosen->layout_freedom}.scene(task, world::Split::train, rng);
}

std::vector<world::Scene> validation_scenes(world::Level level, int64_t count, int64_t first) {
  std::vector<world::Scene> out;
  for (int64_t i = first; i < first + count; ++i) {
    world::Rng rng = world::scene_rng(0, world::kValidationStream, uint64_t(i));
    const world::Task task = world::draw_task(world::task_mix(level, 1), rng);
    out.push_back(world::Sampler{level, 1}.scene(task, world::Split::validation, rng));
  }
  return out;
}

at::Tensor draw(const std::vector<world::Scene>& scenes) {
  at::Tensor bytes = at::empty({int64_t(scenes.size()), kCanvas, kCanvas, 3}, at::kByte);
  uint8_t* out = bytes.mutable_data_ptr<uint8_t>();
  for (const world::Scene& scene : scenes) {
    world::Renderer().draw(scene, out);
    out += kCanvas * kCanvas * 3;
  }
  return bytes.permute({0, 3, 1, 2}).contiguous();
}

at::Tensor object_masks(const std::vector<world::Scene>& scenes) {
  at::Tensor out = at::empty({int64_t(scenes.size()), 1, kCanvas, kCanvas}, at::kFloat);
  float* values = out.mutable_data_ptr<float>();
  for (const world::Scene& scene : scenes)
    for (const uint8_t v : world::Renderer().object_mask(scene).pixels) *values++ = v > 0 ? 1.0f : 0.0f;
  return out;
}

Labels labels_of(const std::vector<world::Scene>& scenes) {
  const int64_t n = int64_t(scenes.size()), cells = kCells * kCells;
  at::Tensor all = at::empty({6, n, cells}, at::kLong);
  int64_t* out = all.mutable_data_ptr<int64_t>();
  for (int64_t i = 0; i < n; ++i) {
    const world::CellLabels l = world::cell_labels(scenes[size_t(i)]);
    int64_t k = 0;
    for (const auto* values : {&l.obj, &l.col, &l.size, &l.place, &l.row, &l.column}) {
      std::copy(values->begin(), values->end(), out + (k * n + i) * cells);
      ++k;
    }
  }
  return {all[0], all[1], all[2], all[3], all[4], all[5]};
}

at::Tensor unit_range(const at::Tensor& bytes) { return bytes.to(at::kFloat).div_(127.5).sub_(1); }

at::Tensor clip_pixels(const at::Tensor& bytes) {
  static const NormalisedLevels levels(kClipMean, kClipStd);
  const at::Tensor source = bytes.contiguous();
  at::Tensor out = at::empty(source.sizes(), at::kFloat);
  const int64_t plane = source.size(2) * source.size(3);
  const uint8_t* from = source.const_data_ptr<uint8_t>();
  float* to = out.mutable_data_ptr<float>();
  for (int64_t p = 0; p < source.size(0) * 3; ++p)
    for (int64_t i = 0; i < plane; ++i) *to++ = levels.of[p % 3][*from++];
  return out;
}

Image contact_sheet(const at::Tensor& pictures, int columns) {
  const at::Tensor bytes =
      (pictures.scalar_type() == at::kByte ? pictures : at::round(pictures.clamp(0, 1) * 255).to(at::kByte)).cpu();
  const int64_t n = bytes.size(0), h = bytes.size(2), w = bytes.size(3);
  const int64_t rows = (n + columns - 1) / columns;
  at::Tensor sheet = at::full({rows * h, columns * w, 3}, 255, at::kByte);
  for (int64_t i = 0; i < n; ++i)
    sheet.narrow(0, i / columns * h, h).narrow(1, i % columns * w, w).copy_(bytes[i].permute({1, 2, 0}));
  Image out(int(columns * w), int(rows * h));
  std::copy_n(sheet.const_data_ptr<uint8_t>(), out.pixels.size(), out.pixels.begin());
  return out;
}

}  // namespace b3o::train
