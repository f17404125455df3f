// The vision tower's warm start (embedded-model.md 8.1, stage 1): before the language model learns to look, every row
// of the tower tells what its cell shows. The heads are thrown away, the tower stays frozen from then on.
// B pictures, N cells = rows of the tower, O width of a row.
#include <ATen/ATen.h>

#include <algorithm>
#include <memory>
#include <optional>

#include "core/base/error.h"
#include "core/train/freeze.h"
#include "core/train/frozen_parts.h"
#include "core/train/initial.h"
#include "core/train/layout_cells.h"
#include "core/train/losses.h"
#include "core/train/pictures.h"
#include "core/train/result.h"
#include "core/train/stages.h"
#include "core/train/vit_pictures.h"
#include "core/weights/parameters.h"
#include "core/world/labels.h"

namespace b3o::train {
namespace {

using world::CellLabels;

constexpr uint64_t kStream = 40;  // of training scenes; the statistics of the end take the next one
constexpr int64_t kStatistics = 1000, kTogether = 50, kValidation = 96;
constexpr double kEmptyWeight = 0.2;  // of cells without an object
constexpr double kSideWeight = 0.5;   // of everything but object and colour
constexpr double kCellWeight = 0.2;
constexpr double kObjectFeatures = 3;
constexpr int64_t kNoObject = CellLabels::kObjClasses - 1;

// What is thrown away after training. An object's middle tells one cell of it from the others: what counting needs. A
// row knows which cell it is, so that the language model can find it by content.
struct VisionHeads {
  Linear object, color, size, place, row, column, background, middle, cell;
  std::optional<Linear> features;  // of the CLIP tower
  VisionHeads(const Scope& s, int64_t width, int64_t feature_width)
      : object(s / "object", width, CellLabels::kObjClasses),
        color(s / "color", width, CellLabels::kColClasses),
        size(s / "size", width, CellLabels::kSizeClasses),
        place(s / "place", width, CellLabels::kPlaceClasses),
        row(s / "row", width, CellLabels::kAxisClasses),
        column(s / "column", width, CellLabels::kAxisClasses),
        background(s / "background", width, world::kBackgrounds),
        middle(s / "middle", width, 2),
        cell(s / "cell", width, world::kCells * world::kCells),
        features(feature_width > 0 ? std::optional<Linear>(std::in_place, s / "features", width, feature_width)
                                   : std::nullopt) {}
};

at::Tensor backgrounds_of(const std::vector<world::Scene>& scenes, int64_t cells) {  // [B, N]
  std::vector<int64_t> of;
  for (const world::Scene& s : scenes) of.push_back(int64_t(s.bg));
  return at::tensor(of, at::kLong).unsqueeze(1).expand({int64_t(of.size()), cells});
}

at::Tensor middles_of(const std::vector<world::Scene>& scenes) {  // [B, N]: 1 where an object has its middle, else 0
  at::Tensor out = at::zeros({int64_t(scenes.size()), world::kCells * world::kCells}, at::kLong);
  for (size_t i = 0; i < scenes.size(); ++i)
    for (const world::Item& item : scenes[i].items)
      out[int64_t(i)][(item.cy - 1) / world::kCellPixels * world::kCells + (item.cx - 1) / world::kCellPixels] = 1;
  return out;
}

at::Tensor own_cells(int64_t pictures) {  // [B, N]
  constexpr int64_t cells = world::kCells * world::kCells;
  return at::arange(cells, at::kLong).expand({pictures, cells});
}

struct VitTrainer {
  WorldConfig world;
  Json vision_json;
  QwenVisionConfig config;
  double crowd;          // part of the scenes with about ten objects
  double output_spread;  // root mean square of the finished tower's rows
  uint64_t seed;
  at::Device device;
  std::optional<EvaClip> clip;
  Freezer freezer;
  FilledSource filled;
  ParameterSource parameters;
  QwenVision vision;
  VisionHeads heads;

  VitTrainer(const StageInput& input, const Fields& recipe)
      : world(WorldConfig::from_json(recipe)),
        vision_json(recipe.raw("vision_config")),
        config(QwenVisionConfig::from_json(recipe.object("vision_config"))),
        crowd(recipe.number("crowd", 0.6)),
        output_spread(recipe.number("output_spread", 0.05)),
        seed(uint64_t(recipe.integer("seed"))),
        device(input.device),
        clip(recipe.has("inputs") ? std::optional(load_clip(input_folder(recipe, "clip"), device)) : std::nullopt),
        freezer(recipe),
        filled(torch_rules(seed), {.device = device}),
        parameters(filled, [this](const std::string& name) { return freezer.trains(name); }),
        vision(Scope(parameters) / kVisionPrefix, config),
        heads(Scope(parameters) / "heads", config.out_hidden_size, clip ? clip->config.width : 0) {
    if (config.patch_size * config.spatial_merge_size != world::kCellPixels)
      throw LoadError(cat(recipe.where(), ": patch_size x spatial_merge_size must be ", world::kCellPixels,
                          ", one cell of the drawn world"));
    freezer.check();
  }

  world::Scene scene(int64_t index, uint64_t stream = kStream) const {
    const std::vector<ScenePart> parts = {{float(crowd), true, 1}, {float(1 - crowd), false, 1}};
    return mixed_scene(world.level, parts, 1, seed, stream, uint64_t(index));
  }

  at::Tensor object_extra(const Labels& labels) const {  // [B, N], for features of cells with an object in them
    return (kObjectFeatures - 1) * labels.object.ne(kNoObject).to(device, at::kFloat);
  }

  at::Tensor loss(const Step& step) const {
    std::vector<world::Scene> scenes;
    for (int64_t i = 0; i < step.count; ++i) scenes.push_back(scene(step.sample(i)));
    const at::Tensor bytes = draw(scenes), x = picture_tokens(vision, bytes);  // [B, N, O]
    const Labels labels = labels_of(scenes);
    at::Tensor total = at::zeros({}, x.options());
    const auto learn = [&](const char* name, const Linear& head, const at::Tensor& wanted, double weight, int64_t none,
                           double none_weight = kEmptyWeight) {
      const at::Tensor here = wanted.to(device);
      const at::Tensor each = cell_loss(head(x), here, cell_weights(here, none, none_weight));
      step.tally.add(name, each.item<double>());
      total = total + weight * each;
    };
    learn("object", heads.object, labels.object, 1, kNoObject);
    learn("color", heads.color, labels.color, 1, CellLabels::kColClasses - 1);
    learn("size", heads.size, labels.size, kSideWeight, CellLabels::kSizeClasses - 1);
    learn("place", heads.place, labels.place, kSideWeight, CellLabels::kPlaceClasses - 1);
    learn("row", heads.row, labels.row, kSideWeight, CellLabels::kAxisClasses - 1);
    learn("column", heads.column, labels.column, kSideWeight, CellLabels::kAxisClasses - 1);
    learn("middle", heads.middle, middles_of(scenes), kSideWeight, -1);
    learn("background", heads.background, backgrounds_of(scenes, x.size(1)), kSideWeight, -1);
    learn("cell", heads.cell, own_cells(x.size(0)), kCellWeight, -1);
    if (clip) {
      const at::Tensor wanted = clip->tokens(clip_pixels(bytes).to(device));
      const at::Tensor off = feature_loss((*heads.features)(x), wanted, object_extra(labels));
      step.tally.add("features", off.item<double>());
      total = total + off;
    }
    return total;
  }

  void score(Tally& tally, const std::string& kind, const std::vector<world::Scene>& scenes) const {
    const at::Tensor bytes = draw(scenes), x = picture_tokens(vision, bytes);
    const Labels labels = labels_of(scenes);
    const auto count = [&](const char* name, const Linear& head, const at::Tensor& wanted, int64_t none) {
      count_right(tally, kind + name, head(x), wanted.to(device), none);
    };
    count("object", heads.object, labels.object, kNoObject);
    count("color", heads.color, labels.color, CellLabels::kColClasses - 1);
    count("size", heads.size, labels.size, CellLabels::kSizeClasses - 1);
    count("place", heads.place, labels.place, CellLabels::kPlaceClasses - 1);
    count("row", heads.row, labels.row, CellLabels::kAxisClasses - 1);
    count("column", heads.column, labels.column, CellLabels::kAxisClasses - 1);
    count("middle", heads.middle, middles_of(scenes), 0);
    count("background", heads.background, backgrounds_of(scenes, x.size(1)), -1);
    count("cell", heads.cell, own_cells(x.size(0)), -1);
    if (!clip) return;
    const at::Tensor wanted = clip->tokens(clip_pixels(bytes).to(device));
    tally.add(kind + "features", feature_loss((*heads.features)(x), wanted, object_extra(labels)).item<double>());
  }

  void validate(Tally& tally) const {
    score(tally, "", validation_scenes(world.level, kValidation));
    std::vector<world::Scene> crowds;
    for (int64_t i = 0; i < kValidation / 2; ++i) {
      world::Rng rng = world::scene_rng(1, world::kValidationStream, uint64_t(i));
      crowds.push_back(world::Sampler{world.level, 1}.scene(world::Task::crowd, world::Split::validation, rng));
    }
    score(tally, "crowd_", crowds);
  }

  // The rows' mean is taken away and their spread made that of word embeddings, by the last layer alone: untied, rows
  // grow to many times the words, most of it one shared vector (embedded-model.md 8.3 rule 13).
  void write_result(const std::filesystem::path& folder) const {
    std::vector<at::Tensor> all;
    for (int64_t i = 0; i < kStatistics; i += kTogether) {
      std::vector<world::Scene> scenes;
      for (int64_t k = i; k < i + kTogether; ++k) scenes.push_back(scene(k, kStream + 1));
      all.push_back(picture_tokens(vision, draw(scenes)).flatten(0, 1));
    }
    const at::Tensor rows = at::cat(all), mean = rows.mean(0);
    const double scale = output_spread / (rows - mean).square().mean().sqrt().item<double>();
    const std::string last = std::string(kVisionPrefix) + ".merger.mlp.2";
    Named tower, probes;
    for (const auto& [name, value] : parameters.parameters()) {
      at::Tensor v = value.detach();
      if (name == last + ".bias") v = (v - mean) * scale;
      if (name == last + ".weight") v = v * scale;
      if (name.starts_with("heads.") && name.ends_with(".bias"))  // reads the changed rows
        v = v + at::mv(weight_of(name.substr(0, name.size() - 4) + "weight"), mean);
      if (name.starts_with("heads.") && name.ends_with(".weight")) v = v / scale;
      (name.starts_with("heads.") ? probes : tower).emplace_back(name, v);
    }
    write_part(folder, "vit.safetensors", tower);
    write_part(folder, "vit-heads.safetensors", probes);
    write_config(folder, "config.json", {{"vision_config", vision_json}});
    write_config(folder, "preprocessor_config.json", preprocessor_config(config));
  }

  at::Tensor weight_of(const std::string& wanted) const {
    for (const auto& [name, value] : parameters.parameters())
      if (name == wanted) return value.detach();
    throw Error("internal error: no tensor " + wanted);
  }
};

}  // namespace

Stage vit_stage(const StageInput& input) {
  const Fields recipe(input.recipe, input.where);
  const auto t = std::make_shared<VitTrainer>(input, recipe);
  return {.name = "vit",
          .parameters = t->parameters.parameters(),
          .loss = [t](const Step& step) { return t->loss(step); },
          .validate = [t](Tally& tally) { t->validate(tally); },
          .sheet = {},
          .write_result = [t](const std::filesystem::path& folder) { t->write_result(folder); },
          .prepare = {}};
}

}  // namespace b3o::train
