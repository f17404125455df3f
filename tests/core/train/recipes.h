// Recipes of the stages in miniature: every structural feature, milliseconds a step.
#pragma once

#include <ATen/ATen.h>

#include <cmath>

#include "core/base/json.h"
#include "core/train/checkpoint.h"
#include "core/train/run.h"
#include "core/train/stages.h"
#include "core/train/trainer.h"
#include "core/weights/safetensors.h"
#include "tests/support/case.h"

namespace b3o::test {

inline Json tiny_recipe(const std::string& stage) {
  Json r = {{"world", {{"level", "S"}}},
            {"seed", 5},
            {"batch", 2},
            {"max_steps", 8},
            {"ema", 0.9},
            {"optimizer", {{"kind", "muon"}, {"warmup", 2}}},
            {"log_every", 1},
            {"save_seconds", 0},
            {"statistics_scenes", 100}};
  if (stage == "clip")
    r["gen_vision_config"] = {{"image_size", 128}, {"patch_size", 16}, {"width", 16},
                              {"head_width", 8},   {"layers", 2},      {"mlp_ratio", 2.0}};
  if (stage == "vae")
    r["vae"] = {{"in_channels", 3},
                {"out_channels", 3},
                {"latent_channels", 4},
                {"block_out_channels", {8, 8, 8, 16}},
                {"layers_per_block", 1},
                {"norm_num_groups", 1},
                {"down_block_types", std::vector<std::string>(4, "DownEncoderBlock2D")},
                {"up_block_types", std::vector<std::string>(4, "UpDecoderBlock2D")}};
  if (stage == "decoder") {
    r["unet"] = {{"addition_embed_type", "text_time"},
                 {"addition_time_embed_dim", 8},
                 {"projection_class_embeddings_input_dim", 64},
                 {"cross_attention_dim", 16},
                 {"in_channels", 4},
                 {"out_channels", 4},
                 {"sample_size", 16},
                 {"block_out_channels", {8, 16}},
                 {"layers_per_block", 1},
                 {"down_block_types", {"DownBlock2D", "CrossAttnDownBlock2D"}},
                 {"up_block_types", {"CrossAttnUpBlock2D", "UpBlock2D"}},
                 {"transformer_layers_per_block", 1},
                 {"attention_head_dim", 2},
                 {"norm_num_groups", 4},
                 {"use_linear_projection", true}};
    r["scheduler"] = {{"beta_start", 0.00085},
                      {"beta_end", 0.012},
                      {"beta_schedule", "scaled_linear"},
                      {"timestep_spacing", "trailing"},
                      {"prediction_type", "v_prediction"}};
    r["pool"] = 20;
    r["refresh_every"] = 2;
  }
  return r;
}

// Results of the stages clip and vae before any step, for the decoder to read.
inline void write_frozen_parts(const std::filesystem::path& folder) {
  train::clip_stage({tiny_recipe("clip"), "clip recipe"}).write_result(folder);
  train::vae_stage({tiny_recipe("vae"), "vae recipe"}).write_result(folder);
}

inline Json tiny_decoder(const std::filesystem::path& parts) {
  Json r = tiny_recipe("decoder");
  r["inputs"] = {{"clip", parts.string()}, {"vae", parts.string()}};
  return r;
}

// Everything in the last checkpoint of a run that is interrupted every `piece` steps.
inline std::string end_of(const std::string& stage, const Json& recipe, int piece) {
  TemporaryFolder folder;
  train::Group alone;
  for (train::Ended ended = train::Ended::interrupted; ended == train::Ended::interrupted;) {
    train::TrainRequest request;
    request.stage = stage, request.recipe = recipe, request.where = "recipe", request.folder = folder.path();
    request.stop = [n = 0, piece]() mutable { return ++n == piece; };
    ended = train::train(request, alone);
  }
  const auto found = train::CheckpointFolder(folder.path()).newest();
  train::Named all;
  for (const char* name : {"model.safetensors", "ema.safetensors", "optim.safetensors"}) {
    const auto file = SafetensorsFile::open(found->folder / name);
    for (const auto& [key, entry] : file->entries()) all.emplace_back(cat(name, key), file->tensor(key));
  }
  return train::checksum(all);
}

// The slope of the loss along its own gradient, by backward and by two more evaluations.
inline void check_slope(const train::Stage& stage, double distance, double tolerance) {
  train::Tally tally;
  const train::Step step{5, 0, 0, 2, 2, 0.3, tally};
  for (const auto& [name, value] : stage.parameters) value.mutable_grad() = at::Tensor();
  stage.loss(step).backward();
  double norm = 0;
  for (const auto& [name, value] : stage.parameters)
    if (value.grad().defined()) norm += value.grad().to(at::kDouble).square().sum().item<double>();
  norm = std::sqrt(norm);
  const auto move = [&](double by) {
    for (const auto& [name, value] : stage.parameters)
      if (value.grad().defined()) value.detach().add_(value.grad(), by / norm);
  };
  const auto loss = [&] { return stage.loss(step).item<double>(); };
  move(distance);
  const double above = loss();
  move(-2 * distance);
  const double below = loss();
  move(distance);
  check_close((above - below) / (2 * distance), norm, tolerance * norm, "slope of " + stage.name);
}

}  // namespace b3o::test
