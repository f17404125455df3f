// Stages 2 and 3 on the drawn world (embedded-model.md 8.1): the flow learns to plan features under the states of the
// queries; or one of the paper's other two ways, for comparison. The language model, its queries and the vision tower
// are frozen, so the states of many prompts are computed once. Stage 3 is the same with another mix of prompts, and
// goes on from the result of stage 2. B prompts, Q queries, H hidden width, C channels of a grid of s x s.
#include <ATen/ATen.h>

#include <memory>
#include <optional>

#include "core/base/error.h"
#include "core/train/alignment.h"
#include "core/train/drawing_half.h"
#include "core/train/drawing_scores.h"
#include "core/train/folder_stage.h"
#include "core/train/freeze.h"
#include "core/train/initial.h"
#include "core/train/painting.h"
#include "core/train/pictures.h"
#include "core/train/random.h"
#include "core/train/result.h"
#include "core/train/rolling_pool.h"
#include "core/train/stages.h"
#include "core/weights/parameters.h"

namespace b3o::train {
namespace {

constexpr int64_t kPool = 4096, kRefreshEvery = 3;
constexpr int64_t kShown = 10;  // prompts of each kind on a sheet

struct GenerateTrainer {
  WorldConfig world;
  DrawingMix mix;
  Json dit_json;
  NextDitConfig config;
  TimeDensity density;
  PlanWay way;
  double drop, object_weight, alignment, aligned_part;
  bool paints;  // scores are also those of painted pictures
  uint64_t seed;
  at::Device device;
  EvaClip clip;
  FeatureProbes probes;
  FrozenLanguage language;
  Freezer freezer;
  FilledSource filled;
  ParameterSource parameters;
  DrawingHalf half;
  RollingPool pool;
  mutable std::optional<DrawingChecks> checks;
  mutable std::optional<Painter> painter;
  std::filesystem::path decoder_folder, vae_folder;  // empty: no sheets

  GenerateTrainer(const StageInput& input, const Fields& recipe)
      : world(WorldConfig::from_json(recipe)),
        mix(DrawingMix::from_json(recipe, world.level)),
        dit_json(dit_config(recipe)),
        config(NextDitConfig::from_json(Fields(dit_json, cat(recipe.where(), ": dit_config")))),
        density(TimeDensity::parse(recipe.string("time_density", "logit_normal"))),
        way(PlanWay::from_json(recipe)),
        drop(recipe.number("condition_drop", 0.1)),
        object_weight(recipe.number("object_weight", 3)),
        alignment(recipe.number("alignment", 0.1)),
        aligned_part(recipe.number("aligned_part", 0.8)),
        paints(recipe.boolean("paint", false)),
        seed(uint64_t(recipe.integer("seed"))),
        device(input.device),
        clip(load_clip(input_folder(recipe, "clip"), device)),
        probes(input_folder(recipe, "clip"), clip.config.width, device),
        language(input_folder(recipe, "understand"), device),
        freezer(recipe),
        filled(has_input(recipe, "generate")
                   ? values_of(input_folder(recipe, "generate"), kDitPart)
                   : torch_rules(seed, [this](const std::string& n, at::Tensor& v) { return open_gates(n, v); }),
               {.device = device}),
        parameters(filled, [this](const std::string& name) { return freezer.trains(name); }),
        half(Scope(parameters), config, recipe, clip, device),
        pool(
            {size(recipe, "pool", kPool, 1) / RollingPool::kBlock + 1, size(recipe, "refresh_every", kRefreshEvery, 0)},
            [this](int64_t block, double) { return made(block); }) {
    if (has_input(recipe, "decoder") && has_input(recipe, "vae"))
      decoder_folder = input_folder(recipe, "decoder"), vae_folder = input_folder(recipe, "vae");
    const auto demand = [&](bool holds, const std::string& claim) {
      if (!holds) throw LoadError(cat(recipe.where(), ": ", claim));
    };
    demand(config.latent_embedding_size == language.width(),
           cat("dit_config.latent_embedding_size is ", config.latent_embedding_size, ", the language model is ",
               language.width(), " wide"));
    demand((alignment == 0 && half.dit) || language.queries() == half.cells(),
           cat("the alignment and the head need as many queries as cells, there are ", language.queries()));
    demand(!paints || !decoder_folder.empty(), "key 'paint' needs the inputs decoder and vae");
    freezer.check();
  }

  static int64_t size(const Fields& recipe, const char* key, int64_t fallback, int64_t least) {
    return recipe.has(key) ? recipe.integer_in(key, least, 1 << 24) : fallback;
  }

  // Of the recipe, or of the flow that goes on.
  static Json dit_config(const Fields& recipe) {
    if (recipe.has("dit_config") || !has_input(recipe, "generate")) return recipe.raw("dit_config");
    const Json config = read_config(input_folder(recipe, "generate"), "config.json");
    return Fields(config, (input_folder(recipe, "generate") / "config.json").string()).raw("dit_config");
  }

  // embedded-model.md 8.3 rule 1: what the prompt says reaches the picture from the first step on.
  bool open_gates(const std::string& name, at::Tensor& values) const {
    if (name.ends_with(".gate")) {
      values.fill_(1);
    } else if (name.ends_with("norm1.linear.weight") || name.find(".norm_out.") != std::string::npos) {
      values.zero_();
    } else if (name.ends_with("norm1.linear.bias")) {
      values.zero_();
      const int64_t width = values.numel() / 4;  // scale, gate of the attentions; scale, gate of the feed-forward
      values.narrow(0, width, width).fill_(1);
      values.narrow(0, 3 * width, width).fill_(1);
    } else {
      return false;
    }
    return true;
  }

  // States and what is to be made of them in half precision: they are kept, not computed with.
  std::vector<at::Tensor> made(int64_t block) const {
    std::vector<DrawingPrompt> prompts;
    std::vector<world::Scene> scenes;
    for (int64_t i = 0; i < RollingPool::kBlock; ++i) {
      prompts.push_back(drawing_prompt(mix, seed, block * RollingPool::kBlock + i));
      scenes.push_back(prompts.back().target);
    }
    at::Tensor objects = object_cells(scenes);
    for (int64_t i = 0; i < RollingPool::kBlock; ++i)  // where something was removed counts as well
      if (const auto& source = prompts[size_t(i)].source)
        objects[i].copy_(at::maximum(objects[i], object_cells({*source})[0]));
    return {language.states(prompts).to(at::kHalf), half.wanted(draw(scenes).to(device)).to(at::kHalf),
            objects.to(device)};
  }

  at::Tensor loss(const Step& step) {
    pool.advance(step.step, [](int64_t) { return 0.0; });
    at::Tensor index = at::empty({step.count}, at::kLong);
    for (int64_t i = 0; i < step.count; ++i)
      index[i] = generator(step.seed, Use::scene_choice, step.step, step.first + i).below(int(pool.size()));
    const auto batch = pool.pick(index);
    const auto uniforms = [&](Use use) { return uniform(step.seed, use, step.step, step.first, step.count); };
    const auto normals = [&](Use use, at::IntArrayRef shape) {
      return normal(step.seed, use, step.step, step.first, step.count, shape);
    };
    const at::Tensor data = batch[1].to(at::kFloat), weight = object_weights(batch[2], data);
    if (half.head) {
      const at::Tensor error =
          flow_errors(half.headed(batch[0].to(at::kFloat)), {.x = {}, .velocity = data}, weight).mean();
      step.tally.add("square_error", error.item<double>());
      return error;
    }
    const at::Tensor dropped = uniforms(Use::condition_drop).lt(drop).to(device);
    const at::Tensor times =
        flow_times(density.position(uniforms(Use::timestep), normals(Use::timestep, {}))).to(device);
    const FlowSample sample = flow_sample(data, normals(Use::noise, data.sizes().slice(1)).to(device), times);
    const auto condition = half.dit->condition(drop_conditions(batch[0].to(at::kFloat), dropped));

    const bool aligns = alignment > 0 && step.progress < aligned_part;
    CrossQueries queries;
    const at::Tensor answer = (*half.dit)(sample.x, times, condition, aligns ? queries.probe() : Probe());
    const at::Tensor error = flow_errors(answer, sample, weight).mean();
    step.tally.add("flow", error.item<double>());
    if (!aligns) return error;
    const auto aligned = queries.alignment(condition, dropped.logical_not().to(at::kFloat));
    step.tally.add("alignment_loss", aligned.loss.item<double>());
    step.tally.add("alignment", aligned.top1);
    return error + alignment * aligned.loss;
  }

  // Of every place in the grid, from whether its cell has an object in it [B, 64]: [B, 1, s, s].
  at::Tensor object_weights(const at::Tensor& objects, const at::Tensor& data) const {
    const int64_t side = clip.config.side(), times = data.size(3) / side;
    const at::Tensor weights = (1 + (object_weight - 1) * objects).view({objects.size(0), 1, side, side});
    return weights.repeat_interleave(times, 2).repeat_interleave(times, 3);
  }

  const DrawingChecks& checked() const {
    if (!checks) checks.emplace(world.level, way, language, clip, device);
    return *checks;
  }

  const Painter* painted() const {
    if (!painter && !decoder_folder.empty()) painter.emplace(decoder_folder, vae_folder, device);
    return painter ? &*painter : nullptr;
  }

  void validate(Tally& tally) const {
    checked().score(half, probes, density, tally);
    if (paints) checked().score_pictures(half, *painted(), probes, tally);
  }

  // Three bands: captions, captions with unseen pairs, changes. Each: what was given (a source or the meant scene), the
  // meant scene painted from its true features, and what is painted from the words.
  Image sheet() const {
    const auto shown = checked().show(half, kShown);
    std::vector<world::Scene> given;
    for (const DrawingPrompt& p : shown.prompts) given.push_back(p.source ? *p.source : p.target);
    const at::Tensor pictures = draw(given).to(device, at::kFloat) / 255;
    const at::Tensor best = (*painted())(shown.meant);
    const at::Tensor mine = half.vae ? half.picture(shown.planned) : (*painted())(grid_to_tokens(shown.planned));
    std::vector<at::Tensor> rows;
    for (int64_t from = 0; from < pictures.size(0); from += kShown)
      for (const at::Tensor* all : {&pictures, &best, &mine}) rows.push_back(all->narrow(0, from, kShown));
    return contact_sheet(at::cat(rows), int(kShown));
  }

  void write_result(const std::filesystem::path& folder) const {
    write_part(folder, kDitPart, parameters.parameters());
    write_config(folder, "config.json", {{"dit_config", dit_json}, {"objective", name(half.way)}});
  }
};

Stage world_generate_stage(const StageInput& input, const char* name) {
  const Fields recipe(input.recipe, input.where);
  const auto t = std::make_shared<GenerateTrainer>(input, recipe);
  return {.name = name,
          .parameters = t->parameters.parameters(),
          .frozen = t->language.tensors(),
          .loss = [t](const Step& step) { return t->loss(step); },
          .validate = [t](Tally& tally) { t->validate(tally); },
          .sheet = t->decoder_folder.empty() ? std::function<Image()>() : [t] { return t->sheet(); },
          .write_result = [t](const std::filesystem::path& folder) { t->write_result(folder); },
          .prepare = {}};
}

}  // namespace

// A recipe that names a whole model folder trains that one.
Stage generate_stage(const StageInput& input) {
  if (Fields(input.recipe, input.where).has("model")) return folder_stage(input, "generate");
  return world_generate_stage(input, "generate");
}

Stage tune_stage(const StageInput& input) {
  const Fields recipe(input.recipe, input.where);
  if (recipe.has("model")) return folder_stage(input, "tune");
  input_folder(recipe, "generate");  // must be given: there is nothing to tune otherwise
  return world_generate_stage(input, "tune");
}

}  // namespace b3o::train
