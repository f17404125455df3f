// Stage E (embedded-model.md 8.1): an image tower whose feature of a cell tells what the cell shows and where it lies,
// and from which the cell can be drawn again.
// B pictures, N cells of a picture, W width of the tower, P pixel values of a cell.
#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include <memory>

#include "core/base/error.h"
#include "core/models/eva_clip.h"
#include "core/train/folding.h"
#include "core/train/freeze.h"
#include "core/train/initial.h"
#include "core/train/losses.h"
#include "core/train/pictures.h"
#include "core/train/random.h"
#include "core/train/result.h"
#include "core/train/stages.h"
#include "core/weights/parameters.h"
#include "core/world/labels.h"

namespace b3o::train {
namespace {

constexpr uint64_t kStream = 0;  // of training scenes; the statistics of the end take the next one
constexpr int64_t kPcaScenes = 768, kTogether = 100;
constexpr double kPixelWeight = 4, kClassWeight = 0.5, kPositionWeight = 0.05, kHuberDelta = 0.5;
constexpr float kEmptyCells = 0.2f;  // part of the cells without an object that are drawn again

// What is thrown away after training.
struct Heads {
  Linear inverse, fc1, fc2;  // [P]: the linear inverse of the patch embedding, and what it misses
  Linear object, color, position;
  Heads(const Scope& s, int64_t width, int64_t cells, int64_t pixels)
      : inverse(s / "inverse", width, pixels),
        fc1(s / "fc1", width, 3 * width),
        fc2(s / "fc2", 3 * width, pixels),
        object(s / "object", width, world::CellLabels::kObjClasses),
        color(s / "color", width, world::CellLabels::kColClasses),
        position(s / "position", width, cells) {}
  at::Tensor pixels(const at::Tensor& features) const {  // [..., W] -> [..., P]
    return inverse(features) + fc2(at::gelu(fc1(features)));
  }
};

// [B, 3, H, W] -> [B, N, 3 * p * p], values of a cell in the order of the patch embedding.
at::Tensor cells_of(const at::Tensor& pixels, int64_t p) {
  const int64_t b = pixels.size(0), h = pixels.size(2) / p, w = pixels.size(3) / p;
  return pixels.view({b, 3, h, p, w, p}).permute({0, 2, 4, 1, 3, 5}).reshape({b, h * w, 3 * p * p});
}

// The patch embedding as a random rotation of the main components of the cells, at unit spread in every channel.
struct Start {
  at::Tensor weight, bias;                  // [W, P], [W]
  at::Tensor inverse_weight, inverse_bias;  // [P, W], [P]
};
Start principal_start(const at::Tensor& cells, int64_t width, uint64_t seed) {  // [M, P]
  const at::Tensor mean = cells.mean(0), centred = cells - mean;
  const at::Tensor covariance = at::mm(centred.t(), centred) / double(cells.size(0));
  const auto [values, vectors] = at::linalg_eigh(covariance.to(at::kDouble));
  const int64_t all = values.size(0);
  const at::Tensor main = vectors.narrow(1, all - width, width);                     // [P, W]
  const at::Tensor strength = values.narrow(0, all - width, width).clamp_min(1e-8);  // [W]
  const at::Tensor random = normal(seed, Use::initial_weight, 0, 0, width, {width}).to(at::kDouble);
  const at::Tensor rotation = std::get<0>(at::linalg_qr(random));                     // [W, W]
  const at::Tensor spread = at::mv(rotation.square(), strength).sqrt().unsqueeze(1);  // [W, 1]
  const at::Tensor weight = at::mm(rotation, main.t()) / spread;
  const at::Tensor inverse = at::mm(main, (rotation * spread).t());
  const at::Tensor m = mean.to(at::kDouble);
  return {weight.to(at::kFloat), -at::mv(weight, m).to(at::kFloat), inverse.to(at::kFloat), mean};
}

struct ClipTrainer {
  WorldConfig world;
  Json vision_config;
  EvaConfig config;
  int64_t statistics_scenes;  // whose features are brought to mean 0 and spread 1 at the end
  uint64_t seed;
  at::Device device;
  Start start;
  Freezer freezer;
  FilledSource filled;
  ParameterSource parameters;
  EvaClip eva;
  Heads heads;

  ClipTrainer(const StageInput& input, const Fields& recipe)
      : world(WorldConfig::from_json(recipe)),
        vision_config(recipe.raw("gen_vision_config")),
        config(EvaConfig::from_json(recipe.object("gen_vision_config"))),
        statistics_scenes(recipe.has("statistics_scenes") ? recipe.integer_in("statistics_scenes", 1, 1 << 24) : 5000),
        seed(uint64_t(recipe.integer("seed"))),
        device(input.device),
        start(input.fresh ? first_values() : Start()),
        freezer(recipe),
        filled(torch_rules(seed, [this](const std::string& name, at::Tensor& v) { return fill(name, v); }),
               {.device = device}),
        parameters(filled, [this](const std::string& name) { return freezer.trains(name); }),
        eva(Scope(parameters) / kEvaPrefix, config),
        heads(Scope(parameters) / "heads", config.width, cells(), 3 * config.patch_size * config.patch_size) {
    if (config.image_size != world::kCanvas || config.side() != world::kCells)
      throw LoadError(cat(recipe.where(), ": gen_vision_config must give 8 x 8 cells of ", world::kCanvas,
                          " pixels; pooling is not trained"));
    freezer.check();
  }

  int64_t cells() const { return config.side() * config.side(); }

  Start first_values() const {
    std::vector<world::Scene> scenes;
    for (int64_t i = 0; i < kPcaScenes; ++i) scenes.push_back(scene(0, i));
    return principal_start(cells_of(clip_pixels(draw(scenes)), config.patch_size).flatten(0, 1), config.width, seed);
  }

  bool fill(const std::string& name, at::Tensor& values) const {
    if (name.ends_with("pos_embed") || name.ends_with("cls_token"))
      fill_normal(seed, name, values, 0.2);
    else if (name.ends_with("norm1.weight") || name.ends_with("norm2.weight"))
      values.fill_(0.2);
    else if (name.ends_with("qkv.bias") || name == "heads.fc2.weight" || name == "heads.fc2.bias")
      values.zero_();
    else if (name.ends_with("patch_embed.proj.weight") && start.weight.defined())
      values.copy_(start.weight.view(values.sizes()));
    else if (name.ends_with("patch_embed.proj.bias") && start.bias.defined())
      values.copy_(start.bias);
    else if (name == "heads.inverse.weight" && start.inverse_weight.defined())
      values.copy_(start.inverse_weight);
    else if (name == "heads.inverse.bias" && start.inverse_bias.defined())
      values.copy_(start.inverse_bias);
    else
      return false;
    return true;
  }

  world::Scene scene(double progress, int64_t index, uint64_t stream = kStream) const {
    static const std::vector<ScenePart> early = {{0.50f, true, 1}, {0.25f, false, 1}, {0.25f, false, 0}};
    static const std::vector<ScenePart> late = {{0.20f, true, 1}, {0.40f, false, 1}, {0.40f, false, 0}};
    return mixed_scene(world.level, progress < 0.5 ? early : late, 1, seed, stream, uint64_t(index));
  }

  // Which cells of which picture are drawn again: all that an object touches, and some of the others.
  // Indices into [B * N] and the weight of each, so that every picture counts alike.
  std::pair<at::Tensor, at::Tensor> chosen_cells(const Labels& labels, const Step& step) const {
    std::vector<int64_t> index;
    std::vector<float> weight;
    const int64_t n = cells();
    const int64_t* object = labels.object.const_data_ptr<int64_t>();
    for (int64_t i = 0; i < step.count; ++i) {
      world::Rng rng = generator(step.seed, Use::cell_choice, step.step, step.first + i);
      const size_t before = index.size();
      for (int64_t c = 0; c < n; ++c) {
        const bool empty = object[i * n + c] == world::CellLabels::kObjClasses - 1;
        if (!empty || rng.uniform() < kEmptyCells) index.push_back(i * n + c);
      }
      const float each = 1 / float(std::max<size_t>(1, index.size() - before) * size_t(step.count));
      weight.insert(weight.end(), index.size() - before, each);
    }
    return {at::tensor(index, at::kLong), at::tensor(weight, at::kFloat)};
  }

  at::Tensor loss(const Step& step) const {
    std::vector<world::Scene> scenes;
    for (int64_t i = 0; i < step.count; ++i) scenes.push_back(scene(step.progress, step.sample(i)));
    const at::Tensor pixels = clip_pixels(draw(scenes)).to(device);
    const Labels labels = labels_of(scenes);
    const auto [index, weight] = chosen_cells(labels, step);

    const at::Tensor features = eva.tokens(pixels);  // [B, N, W]
    const at::Tensor wanted = cells_of(pixels, config.patch_size).flatten(0, 1).index_select(0, index.to(device));
    const at::Tensor drawn = heads.pixels(features.flatten(0, 1).index_select(0, index.to(device)));
    const at::Tensor off = at::huber_loss(drawn, wanted, at::Reduction::None, kHuberDelta).mean(1);  // [chosen]
    const at::Tensor pixel = (off * weight.to(device)).sum();
    const at::Tensor object = cell_cross_entropy(heads.object(features), labels.object.to(device));
    const at::Tensor color = cell_cross_entropy(heads.color(features), labels.color.to(device));
    const at::Tensor place = cell_cross_entropy(heads.position(features), own_positions(step.count));
    step.tally.add("pixel", pixel.item<double>());
    step.tally.add("object", object.item<double>());
    step.tally.add("color", color.item<double>());
    step.tally.add("position", place.item<double>());
    return kPixelWeight * pixel + kClassWeight * (object + color) + kPositionWeight * place;
  }

  at::Tensor own_positions(int64_t batch) const {
    return at::arange(cells(), at::TensorOptions().dtype(at::kLong).device(device)).expand({batch, cells()});
  }

  void validate(Tally& tally) const {
    constexpr int64_t kScenes = 96;
    const auto scenes = validation_scenes(world.level, kScenes);
    const at::Tensor pixels = clip_pixels(draw(scenes)).to(device), features = eva.tokens(pixels);
    const Labels labels = labels_of(scenes);
    count_right(tally, "object", heads.object(features), labels.object.to(device), world::CellLabels::kObjClasses - 1);
    count_right(tally, "color", heads.color(features), labels.color.to(device), world::CellLabels::kColClasses - 1);
    count_right(tally, "position", heads.position(features), own_positions(kScenes), -1);
    const at::Tensor error = (heads.pixels(features) - cells_of(pixels, config.patch_size)) * 0.27;  // std of a channel
    tally.add("decibel", -10 * std::log10(error.square().mean().item<double>()));
  }

  void write_result(const std::filesystem::path& folder) {
    std::vector<at::Tensor> all;
    for (int64_t i = 0; i < statistics_scenes; i += kTogether) {
      std::vector<world::Scene> scenes;
      for (int64_t k = i; k < i + kTogether; ++k) scenes.push_back(scene(1, k, kStream + 1));
      all.push_back(eva.tokens(clip_pixels(draw(scenes)).to(device)).flatten(0, 1));
    }
    const at::Tensor features = at::cat(all);  // [pictures * N, W]
    const Spread spread{features.mean(0), features.std(0, /*unbiased=*/false)};
    Values values;
    for (const auto& [name, value] : parameters.parameters()) values[name] = value.detach().clone();
    fold_tower(values, kEvaPrefix, config.layers, spread);
    for (const char* reader : {"inverse", "fc1", "object", "color", "position"})
      fold_reader(values, std::string("heads.") + reader, spread);
    Named tower, probes;
    for (const auto& item : values) (item.first.starts_with("heads.") ? probes : tower).push_back(item);
    write_part(folder, "clip.safetensors", tower);
    write_part(folder, "clip-heads.safetensors", probes);
    write_config(folder, "config.json", {{"gen_vision_config", vision_config}, {"gen_pooling", "early_pool2d_1"}});
  }
};

}  // namespace

Stage clip_stage(const StageInput& input) {
  const Fields recipe(input.recipe, input.where);
  const auto t = std::make_shared<ClipTrainer>(input, recipe);
  return {.name = "clip",
          .parameters = t->parameters.parameters(),
          .loss = [t](const Step& step) { return t->loss(step); },
          .validate = [t](Tally& tally) { t->validate(tally); },
          .sheet = {},
          .write_result = [t](const std::filesystem::path& folder) { t->write_result(folder); },
          .prepare = {}};
}

}  // namespace b3o::train
