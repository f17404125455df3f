// B examples of a micro-batch, n queries, H hidden, C channels of a grid of s x s features.
#include "core/train/folder_stage.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <memory>
#include <optional>

#include "core/base/error.h"
#include "core/sampling/feature_map.h"
#include "core/sampling/flow.h"
#include "core/train/chat_reading.h"
#include "core/train/feature_cache.h"
#include "core/train/flow_objective.h"
#include "core/train/folder_model.h"
#include "core/train/initial.h"
#include "core/train/pictures.h"
#include "core/train/query_reading.h"
#include "core/train/random.h"
#include "core/train/result.h"
#include "core/weights/parameters.h"

namespace b3o::train {
namespace {

constexpr int64_t kValidationTimes = 16;
constexpr char kPreprocessing[] = "crop-1";  // changes when targets are made in another way
constexpr int kShownSteps = 12, kTilePixels = 12;

std::vector<std::string> frozen_by(const std::string& stage) {
  const std::vector<std::string> language = {"model.embed_tokens.*", "model.layers.*", "model.norm.*", "lm_head.*",
                                             "visual.*"};
  std::vector<std::string> out = {std::string(kEvaPrefix) + ".*"};
  if (stage == "generate" || stage == "tune") out.insert(out.end(), language.begin(), language.end());
  if (stage == "understand") out.insert(out.end(), {std::string(kDitPrefix) + ".*", "model.latent_queries"});
  return out;
}

struct FolderTrainer {
  enum class Objective { flow, regression };

  Freezer freezer;
  at::Device device;
  FolderModel model;
  QueryTokens tokens;
  Objective objective;
  PromptForm form;
  TimeDensity density;
  double drop, flow_weight, answer_weight;
  int64_t max_pixels;  // of a picture in a conversation
  bool draws, answers;
  ExampleStream data;
  std::optional<ExampleStream> checks;
  int64_t check_count;
  FeatureCache cache;
  FilledSource filled;
  ParameterSource extra;  // what is trained beside the folder's tensors
  std::optional<Linear> regression;

  FolderTrainer(const StageInput& input, const Fields& recipe, const std::string& name)
      : freezer(recipe, frozen_by(name)),
        device(input.device),
        model(recipe.string("model"), freezer, {.device = device}),
        tokens(QueryTokens::from(model.tokenizer, padding(), model.config.draw->queries,
                                 recipe.has("max_length") ? recipe.integer_in("max_length", 2, 1 << 20) : 512)),
        objective(objective_named(recipe.string("objective", "clip_flow"), recipe.where())),
        form(form_named(recipe.string("prompt_form", "inference"), recipe.where())),
        density(TimeDensity::parse(recipe.string("time_density", "uniform"))),
        drop(recipe.number("condition_drop", 0.1)),
        flow_weight(recipe.number("flow_weight", 1)),
        answer_weight(recipe.number("answer_weight", 1)),
        max_pixels(recipe.has("max_pixels") ? recipe.integer_in("max_pixels", 28 * 28, 1 << 24) : 448 * 448),
        draws(name != "understand"),
        answers(name == "understand" || name == "joint"),
        data(open_examples(recipe.object("data")), uint64_t(recipe.integer("seed")), excluded(recipe), fits()),
        check_count(recipe.has("validation_examples") ? recipe.integer_in("validation_examples", 1, 4096) : 16),
        cache(recipe.string("cache_features", ""), recipe.has("cache_features") ? encoder() : "", input.rank),
        filled(torch_rules(uint64_t(recipe.integer("seed"))), {.device = device}),
        extra(filled) {
    if (recipe.has("validation"))
      checks.emplace(open_examples(recipe.object("validation")), 0, ExcludedPrompts(), fits());
    if (draws && objective == Objective::regression)
      regression.emplace(Scope(extra) / "regression", model.config.text.hidden, model.config.draw->dit.in_channels);
    if (model.source.trained().empty())
      throw RequestError("Everything is frozen, so there is nothing to train; give fewer patterns to --freeze.");
    for (const ExampleStream* stream : {&data, checks ? &*checks : nullptr})
      if (stream && input.rank == 0)
        for (const std::string& note : stream->source().notes()) input.say(note);
  }

  static Objective objective_named(const std::string& name, const std::string& where) {
    if (name == "clip_flow") return Objective::flow;
    if (name == "clip_mse") return Objective::regression;
    throw LoadError(cat(where, ": key 'objective' is '", name, "', expected clip_flow or clip_mse"));
  }

  static PromptForm form_named(const std::string& name, const std::string& where) {
    if (name == "inference") return PromptForm::inference;
    if (name == "training") return PromptForm::training;
    throw LoadError(cat(where, ": key 'prompt_form' is '", name, "', expected inference or training"));
  }

  ExampleStream::Fits fits() const {
    return [draws = draws, answers = answers](const Example& e) {
      return e.kind == Example::Kind::chat ? answers : draws;
    };
  }

  static ExcludedPrompts excluded(const Fields& recipe) {
    ExcludedPrompts out;
    if (recipe.has("exclude_prompts"))
      for (const std::string& file : recipe.strings("exclude_prompts")) out.add(file);
    return out;
  }

  int64_t padding() const { return model.tokenizer.id_of("<|endoftext|>").value_or(0); }

  std::string encoder() const {
    Named tower;
    for (const auto& item : model.source.frozen())
      if (item.first.starts_with(kEvaPrefix)) tower.push_back(item);
    return cat(checksum(tower), "/", model.config.draw->pooling, "/", kPreprocessing);
  }

  // Examples that draw, ready to be read.
  struct Drawing {
    std::vector<int64_t> samples;  // which of the batch they are
    QueryBatch batch;
    at::Tensor rows;    // of the sources
    at::Tensor target;  // [b, C, s, s]
  };
  Drawing drawing(const std::vector<Example>& examples) {
    Drawing d;
    std::vector<QuerySequence> sequences;
    std::vector<at::Tensor> rows, targets;
    for (size_t i = 0; i < examples.size(); ++i) {
      const Example& e = examples[i];
      if (e.kind == Example::Kind::chat) continue;
      RenderedPrompt prompt;
      if (e.kind == Example::Kind::draw) {
        prompt = render_generation(e.text);
      } else {
        rows.push_back(model.picture_rows(e.source));
        const std::vector<TemplatePart> parts = {{TemplatePart::Kind::image, ""},
                                                 {TemplatePart::Kind::text, "\n" + e.text}};
        prompt = render_generation(parts);
        const int64_t pads[] = {rows.back().size(0)};
        prompt.repeat_image_pads(pads);
      }
      sequences.push_back(query_sequence(prompt, form, model.tokenizer, tokens));
      targets.push_back(cache.get(e.id, [&] { return model.target(e.target); }));
      d.samples.push_back(int64_t(i));
    }
    if (sequences.empty()) return d;
    d.batch = batch_of(sequences, tokens);
    if (!rows.empty()) d.rows = at::cat(rows);
    d.target = at::stack(targets).to(device);
    return d;
  }

  at::Tensor states(const Drawing& d) const {  // [b, n, H]
    const at::Tensor hidden =
        read_batch(model.text, model.queries, d.batch, tokens, model.config.ids.image_pad, d.rows);
    return query_states(hidden, d.batch, tokens.count);
  }

  at::Tensor regression_losses(const at::Tensor& z, const Drawing& d) const {  // [b]
    return ((*regression)(z.to(at::kFloat)) - grid_to_tokens(d.target)).square().flatten(1).mean(1);
  }

  // [b], one for each drawing example.
  at::Tensor drawing_losses(const Drawing& d, const Step& step) {
    const auto of = [&](const at::Tensor& whole) { return whole.index_select(0, at::tensor(d.samples, at::kLong)); };
    const at::Tensor z = states(d);
    if (regression) {
      const at::Tensor losses = regression_losses(z, d);
      count(step.tally, "regression", losses);
      return losses;
    }
    const auto uniforms = [&](Use use) { return uniform(step.seed, use, step.step, step.first, step.count); };
    const at::Tensor dropped = of(uniforms(Use::condition_drop)).lt(drop).to(device);
    const at::Tensor n = normal(step.seed, Use::timestep, step.step, step.first, step.count, {});
    const at::Tensor times = flow_times(density.position(of(uniforms(Use::timestep)), of(n))).to(device);
    const at::Tensor noise =
        of(normal(step.seed, Use::noise, step.step, step.first, step.count, d.target.sizes().slice(1))).to(device);
    const FlowSample sample = flow_sample(d.target, noise, times);
    const at::Tensor losses = flow_errors(flow_answer(model.dit, sample, times, drop_conditions(z, dropped)), sample);
    count(step.tally, "flow", losses);
    for (int64_t i = 0; i < losses.size(0); ++i)
      step.tally.add(cat("flow_at_", int((times[i].item<double>() - 1) / 100) * 100), losses[i].item<double>());
    return losses;
  }

  // Those of the examples that are short enough.
  std::vector<ChatSequence> conversations(const std::vector<Example>& examples, Tally& tally) const {
    std::vector<ChatSequence> out;
    for (const Example& e : examples) {
      if (e.kind != Example::Kind::chat) continue;
      try {
        out.push_back(chat_sequence(model, e, tokens.longest, max_pixels));
        tally.add("unused", 0);
      } catch (const RequestError&) {
        tally.add("unused", 1);
      }
    }
    return out;
  }

  static void count(Tally& tally, const std::string& name, const at::Tensor& losses) {
    tally.add(name, losses.mean().item<double>(), double(losses.size(0)));
  }

  at::Tensor loss(const Step& step) {
    std::vector<Example> examples;
    for (int64_t i = 0; i < step.count; ++i) examples.push_back(data.at(step.sample(i)));
    // Every process has every name, so that their sums can be added.
    for (const char* name : {"flow", "regression", "answer", "unused"}) step.tally.add(name, 0, 0);
    for (int decile = 0; decile < 10; ++decile) step.tally.add(cat("flow_at_", decile * 100), 0, 0);
    step.tally.add("broken", double(data.broken()));
    step.tally.add("excluded", double(data.excluded()));
    step.tally.add("unfit", double(data.unfit()));

    at::Tensor total = at::zeros({}, at::TensorOptions().dtype(at::kFloat).device(device).requires_grad(true));
    if (const Drawing d = drawing(examples); !d.samples.empty())
      total = total + flow_weight * drawing_losses(d, step).sum();
    if (const auto chats = conversations(examples, step.tally); !chats.empty()) {
      const at::Tensor losses = answer_losses(model, chats, tokens.padding);
      count(step.tally, "answer", losses);
      total = total + answer_weight * losses.sum();
    }
    return total / double(step.count);
  }

  // Always the same examples, noises and times: flow losses of different runs can be compared (training.md 8 rule 8).
  void validate(Tally& tally) {
    std::vector<Example> examples;
    for (int64_t i = 0; i < check_count; ++i) examples.push_back(checks->at(i));
    if (const Drawing d = drawing(examples); !d.samples.empty()) {
      const at::Tensor z = states(d);
      if (regression) count(tally, "regression", regression_losses(z, d));
      const auto b = int64_t(d.samples.size());
      for (int64_t k = 0; k < kValidationTimes && !regression; ++k) {
        const at::Tensor times = flow_times(at::full({b}, (double(k) + 0.5) / kValidationTimes, at::kFloat)).to(device);
        const at::Tensor noise = normal(0, Use::noise, k, 0, b, d.target.sizes().slice(1)).to(device);
        const FlowSample sample = flow_sample(d.target, noise, times);
        count(tally, "flow", flow_errors(flow_answer(model.dit, sample, times, z), sample));
      }
    }
    if (const auto chats = conversations(examples, tally); !chats.empty())
      count(tally, "answer", answer_losses(model, chats, tokens.padding));
  }

  bool has_sheet() const { return checks && draws && !regression; }

  // Features of the wanted pictures as colours, below them what is planned from the words.
  Image sheet() {
    std::vector<Example> examples;
    for (int64_t i = 0; i < std::min<int64_t>(8, check_count); ++i) examples.push_back(checks->at(i));
    const Drawing d = drawing(examples);
    if (d.samples.empty()) return Image(1, 1);  // conversations only
    const auto condition = model.dit.condition(states(d));
    const FlowSchedule schedule = flow_schedule(kShownSteps);
    const at::Tensor times = at::tensor(schedule.times, at::kFloat).to(device);
    const auto modulation = model.dit.modulation(times, condition);
    const at::Tensor noise = normal(0, Use::noise, 0, 0, d.target.size(0), d.target.sizes().slice(1)).to(device);
    const at::Tensor planned = flow_euler(
        noise, schedule, [&](const at::Tensor& x, int step) { return model.dit(x, modulation, step, condition); });
    std::vector<at::Tensor> tiles;
    for (const at::Tensor& grids : {d.target, planned})
      for (int64_t i = 0; i < grids.size(0); ++i) {
        const FeatureMap map = feature_map(grid_to_tokens(grids[i].unsqueeze(0))[0]);
        at::Tensor tile = at::empty({grids.size(2), grids.size(3), 3}, at::kByte);
        std::copy(map.rgb.begin(), map.rgb.end(), tile.mutable_data_ptr<uint8_t>());
        tiles.push_back(tile.permute({2, 0, 1}).repeat_interleave(kTilePixels, 1).repeat_interleave(kTilePixels, 2));
      }
    return contact_sheet(at::stack(tiles), int(d.target.size(0)));
  }

  void write_result(const std::filesystem::path& folder) {
    std::error_code none;
    if (std::filesystem::equivalent(folder, model.config.folder, none))
      throw RequestError(cat("The result would take the place of the model in ", folder.string(),
                             ", which it was trained from; give another --out."));
    std::filesystem::remove_all(folder);  // of the same run, finished before
    model.write(folder, model.source.trained());
    if (regression) write_part(folder, "regression.safetensors", extra.parameters());
  }
};

}  // namespace

Stage folder_stage(const StageInput& input, const std::string& name) {
  const Fields recipe(input.recipe, input.where);
  if (!recipe.has("model"))
    throw RequestError(cat("The stage ", name, " goes on from a model folder: give --model FOLDER."));
  if (!recipe.has("data"))
    throw RequestError(cat("The stage ", name, " of a model folder needs examples: give --data FILE or FOLDER."));
  const auto t = std::make_shared<FolderTrainer>(input, recipe, name);
  Named parameters = t->model.source.trained();
  parameters.insert(parameters.end(), t->extra.parameters().begin(), t->extra.parameters().end());
  return {.name = name,
          .parameters = parameters,
          .frozen = t->model.source.frozen(),
          .loss = [t](const Step& step) { return t->loss(step); },
          .validate = t->checks ? [t](Tally& tally) { t->validate(tally); } : std::function<void(Tally&)>(),
          .sheet = t->has_sheet() ? [t] { return t->sheet(); } : std::function<Image()>(),
          .write_result = [t](const std::filesystem::path& folder) { t->write_result(folder); },
          .prepare = {}};
}

Stage joint_stage(const StageInput& input) { return folder_stage(input, "joint"); }

}  // namespace b3o::train
