#include <ATen/Parallel.h>
#include <unistd.h>

#include <atomic>
#include <charconv>
#include <csignal>
#include <iostream>

#include "app/cli/commands.h"
#include "core/base/error.h"
#include "core/families/blip3o/number_type.h"
#include "core/train/stages.h"
#include "core/train/trainer.h"

namespace b3o::cli {
namespace {

std::atomic<bool> interrupted = false;

// The first Ctrl-C ends the run after the step, with a checkpoint; a second one ends it at once.
void on_interrupt(int signal) {
  interrupted = true;
  std::signal(signal, SIG_DFL);
}

struct Options {
  std::string config, out, optimizer, model, image_root, cache_features, time_density;
  std::vector<std::string> freeze, groups, inputs, data, exclude_prompts;
  int64_t max_steps = -1, batch = 0, accumulate = 0, seed = -1;
  double max_seconds = -1, clip = 0, ema = -1, lr = -1, condition_drop = -1;
  bool allow_config_change = false;
};

bool is_json(const std::string& name) { return name.ends_with(".json") || name.ends_with(".jsonl"); }

bool has_shards(const std::string& folder) {
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error))
    if (entry.path().extension() == ".tar") return true;
  return false;
}

// JSON files by their ending; what else there is are shards. A folder is what it holds.
Json data_of(const Options& o) {
  size_t json = 0;
  for (const std::string& name : o.data) {
    std::error_code error;
    json += std::filesystem::is_directory(name, error) ? !has_shards(name) : is_json(name);
  }
  if (json > 0 && json < o.data.size())
    throw RequestError("--data names shards (.tar) and JSON together; give one kind.");
  Json out = Json::object();
  out[json > 0 ? "json" : "webdataset"] = o.data;
  return out;
}

Json recipe_of(const Options& o, const Common& common) {
  Json recipe = o.config.empty() ? Json::object() : object_at(o.config);
  if (!recipe.contains("seed")) recipe["seed"] = 0;
  if (o.max_steps >= 0) recipe["max_steps"] = o.max_steps;
  if (o.max_seconds >= 0) recipe["max_seconds"] = o.max_seconds;
  if (o.batch > 0) recipe["batch"] = o.batch;
  if (o.accumulate > 0) recipe["accumulate"] = o.accumulate;
  if (o.seed >= 0) recipe["seed"] = o.seed;
  if (o.ema >= 0) recipe["ema"] = o.ema;
  if (common.number_type != "auto") recipe["precision"] = common.number_type;
  if (!o.optimizer.empty()) recipe["optimizer"]["kind"] = o.optimizer;
  if (o.lr >= 0) recipe["optimizer"]["lr"] = o.lr;
  if (o.clip > 0) recipe["optimizer"]["clip"] = o.clip;
  for (const std::string& group : o.groups) {
    const auto [pattern, lr] = assignment(group, "--lr-group");
    double rate = 0;
    const auto [end, error] = std::from_chars(lr.data(), lr.data() + lr.size(), rate);
    if (error != std::errc() || end != lr.data() + lr.size() || !(rate >= 0))
      throw RequestError(cat("--lr-group gives '", pattern, "' the rate '", lr, "', expected a number"));
    recipe["optimizer"]["groups"][pattern] = rate;
  }
  if (!o.model.empty()) recipe["model"] = o.model;
  if (!o.data.empty()) recipe["data"] = data_of(o);
  if (!o.image_root.empty()) recipe["data"]["image_root"] = o.image_root;
  if (!o.exclude_prompts.empty()) recipe["exclude_prompts"] = o.exclude_prompts;
  if (!o.cache_features.empty()) recipe["cache_features"] = o.cache_features;
  if (!o.time_density.empty()) recipe["time_density"] = o.time_density;
  if (o.condition_drop >= 0) recipe["condition_drop"] = o.condition_drop;
  for (const std::string& pattern : o.freeze) recipe["freeze"].push_back(pattern);
  for (const std::string& input : o.inputs) {
    const auto [name, folder] = assignment(input, "--input");
    recipe["inputs"][name] = folder;
  }
  return recipe;
}

void run_stage(const std::string& stage, const Options& o, const Common& common) {
  train::TrainRequest request;
  request.stage = stage;
  request.recipe = recipe_of(o, common);
  request.where = o.config.empty() ? "the options" : o.config;
  request.folder = o.out;
  request.allow_config_change = o.allow_config_change;
  request.device = choose_compute(device_choice(common), NumberType::fp32, 0, at::kFloat).placement.device;
  const auto group = train::join_group(request.device);
  if (common.threads > 0) at::set_num_threads(common.threads);
  request.stop = train_interrupted();
  const bool live = ::isatty(STDERR_FILENO) != 0 && !common.quiet;
  request.show = [&](const std::string& line) {
    if (live)
      std::cerr << "\r\033[K" << line << std::flush;
    else if (!common.quiet)
      std::cerr << line << std::endl;
  };
  request.say = [&](const std::string& line) { std::cerr << (live ? "\r\033[K" : "") << line << std::endl; };
  const train::Ended ended = train::train(request, *group);
  if (group->rank() != 0) return;
  if (live) std::cerr << std::endl;
  if (ended == train::Ended::interrupted)
    std::cout << "Interrupted; the run in " << o.out << " is resumable with the same command." << std::endl;
  else
    std::cout << "Done: " << (std::filesystem::path(o.out) / "result").string() << std::endl;
}

}  // namespace

std::pair<std::string, std::string> assignment(const std::string& text, const char* option) {
  const auto at = text.rfind('=');
  if (at == std::string::npos || at == 0 || at + 1 == text.size())
    throw RequestError(cat(option, " is '", text, "', expected NAME=VALUE"));
  return {text.substr(0, at), text.substr(at + 1)};
}

std::function<bool()> train_interrupted() {
  std::signal(SIGINT, on_interrupt);
  std::signal(SIGTERM, on_interrupt);
  return [] { return interrupted.load(); };
}

void add_train(CLI::App& app, Common& common) {
  auto* command = app.add_subcommand("train", "Train a part of a model");
  command->require_subcommand(0, 1);  // none: --smoke
  add_train_smoke(*command, common);
  add_train_tokenizer(*command, common);
  add_train_assemble(*command, common);
  for (const train::StageEntry& entry : train::kStages) {
    auto* stage = command->add_subcommand(entry.name, entry.title);
    auto o = std::make_shared<Options>();
    add_common(*stage, common, false);
    stage->add_option("--config", o->config, "recipe (JSON)")->check(CLI::ExistingFile);
    stage->add_option("--out", o->out, "folder of the run: checkpoints, metrics.jsonl, sheets, result")->required();
    stage->add_option("--input", o->inputs, "NAME=FOLDER: the result of an earlier stage");
    stage->add_option("--model", o->model, "a model folder to go on from");
    stage->add_option("--data", o->data, "shards (.tar), JSON or JSON lines: files, folders, patterns with *");
    stage->add_option("--image-root", o->image_root, "where the pictures that JSON names are");
    stage->add_option("--exclude-prompts", o->exclude_prompts, "files of prompts that are never trained on");
    stage->add_option("--cache-features", o->cache_features, "folder that keeps the features of frozen encoders");
    stage->add_option("--max-steps", o->max_steps, "end after this many steps");
    stage->add_option("--max-seconds", o->max_seconds, "end after this time; the learning rate follows the clock");
    stage->add_option("--batch", o->batch, "samples a step and process");
    stage->add_option("--accum", o->accumulate, "micro-batches a step");
    stage->add_option("--optimizer", o->optimizer, "adamw or muon")->check(CLI::IsMember({"adamw", "muon"}));
    stage->add_option("--lr", o->lr, "learning rate of AdamW");
    stage->add_option("--lr-group", o->groups, "PATTERN=LR: another learning rate for these tensors");
    stage->add_option("--freeze", o->freeze, "patterns of names that are not trained");
    stage->add_option("--cond-drop", o->condition_drop, "part of the samples that are trained without their prompt")
        ->check(CLI::Range(0.0, 1.0));
    stage->add_option("--timestep-density", o->time_density, "uniform, logit_normal(mean,spread) or mode(scale)");
    stage->add_option("--clip", o->clip, "largest norm of all gradients together");
    stage->add_option("--ema", o->ema, "decay of the averaged weights; 0: none");
    stage->add_option("--seed", o->seed, "of all random numbers");
    stage->add_flag("--allow-config-change", o->allow_config_change, "go on although the recipe changed");
    stage->callback([&common, o, name = std::string(entry.name)] { run_stage(name, *o, common); });
  }
}

}  // namespace b3o::cli
