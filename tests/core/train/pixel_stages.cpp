// The stages clip, vae and decoder: their starts, their gradients, their results.
#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include <cmath>

#include "core/base/error.h"
#include "core/train/alignment.h"
#include "core/train/folding.h"
#include "core/train/frozen_parts.h"
#include "core/train/pictures.h"
#include "core/train/result.h"
#include "core/train/vae_start.h"
#include "core/weights/parameters.h"
#include "tests/core/train/recipes.h"
#include "tests/support/tensors.h"

using namespace b3o;
using namespace b3o::test;
using namespace b3o::train;

namespace {

void check_resumes(const std::string& stage, const Json& recipe) {
  check_equal(end_of(stage, recipe, 3), end_of(stage, recipe, 1000), stage + ": everything in the last checkpoint");
}

void clip_and_vae_runs_resume_bit_equal() {
  check_resumes("clip", tiny_recipe("clip"));
  check_resumes("vae", tiny_recipe("vae"));
}

void a_decoder_run_resumes_bit_equal_with_its_pool() {
  TemporaryFolder parts;
  write_frozen_parts(parts.path());
  Json recipe = tiny_decoder(parts.path());
  recipe["curriculum"] = true;
  check_resumes("decoder", recipe);
}

void losses_fall_along_their_gradients() {
  TemporaryFolder parts;
  write_frozen_parts(parts.path());
  check_slope(clip_stage({tiny_recipe("clip"), "recipe"}), 2e-3, 0.02);
  check_slope(vae_stage({tiny_recipe("vae"), "recipe"}), 1e-3, 0.03);
  Stage decoder = decoder_stage({tiny_decoder(parts.path()), "recipe"});
  // Away from the start, where most branches are zero.
  for (const auto& [name, value] : decoder.parameters) {
    at::Tensor v = value.detach();
    if (v.abs().max().item<double>() == 0) fill_normal(1, name, v, 0.05);
  }
  check_slope(decoder, 2e-3, 0.02);
}

void folded_features_are_calibrated_and_otherwise_the_same() {
  const EvaConfig config{.image_size = 32, .patch_size = 8, .width = 16, .head_width = 8, .layers = 3, .mlp_ratio = 2};
  FilledSource filled(fill_by_name_decoder);
  ParameterSource parameters(filled);
  const EvaClip tower(Scope(parameters) / "tower", config);
  const c10::AutoGradMode no_gradients(false);
  Values values;
  for (const auto& [name, value] : parameters.parameters()) values[name] = value.detach().clone();
  const Spread spread{at::linspace(-1, 2, 16), at::linspace(0.5, 3, 16)};
  fold_tower(values, "tower", config.layers, spread);
  FilledSource folded([&](const std::string& name, at::Tensor& v) { v.copy_(values.at(name)); });
  const EvaClip other(Scope(folded) / "tower", config);
  const at::Tensor pixels = values_by_name("pixels", {2, 3, 32, 32}, 1);
  check_close(other.tokens(pixels), (tower.tokens(pixels) - spread.mean) / spread.std, 2e-5, "features");
  check_close(values.at("tower.blocks.1.attn.qkv.bias").narrow(0, 16, 16), at::zeros({16}), 0, "the keys' bias");
}

void a_finished_tower_gives_features_of_unit_spread() {
  TemporaryFolder folder;
  clip_stage({tiny_recipe("clip"), "recipe"}).write_result(folder.path());
  const EvaClip clip = load_clip(folder.path(), at::kCPU);
  const at::Tensor features = clip.tokens(clip_pixels(draw(validation_scenes(world::Level::S, 64)))).flatten(0, 1);
  check_close(features.mean(0), at::zeros({16}), 0.4, "means of the channels");
  check_close(features.std(0), at::ones({16}), 0.4, "spreads of the channels");
}

void the_autoencoder_starts_near_the_identity() {
  const Json json = tiny_recipe("vae")["vae"];
  VaeConfig config = VaeConfig::from_json(Fields(json, "vae"));
  FilledSource filled(torch_rules(1, vae_identity(config, 1)));
  const SdxlVae vae(Scope(filled), config);
  const at::Tensor x = unit_range(draw(validation_scenes(world::Level::S, 16)));
  fit_gains(vae, x);
  const auto moments = vae.encode(x);
  check_close(moments.mean.narrow(1, 0, 3), at::avg_pool2d(x, 8), 0.35, "the latent is the mean of the cells");
  check_close(moments.logvar.mean().item<double>(), -5, 0.2, "log variance");
  const at::Tensor error = (vae.decode(moments.mean).clamp(-1, 1) - x) / 2;
  const double decibel = -10 * std::log10(error.square().mean().item<double>());
  check(decibel > 22.5, cat("the start gives ", decibel, " dB, expected about 23.7"));
}

void the_alignment_loss_reaches_queries_and_keys() {
  const Json json = tiny_recipe("decoder")["unet"];
  FilledSource filled(fill_by_name_decoder);
  ParameterSource parameters(filled);
  const SdxlUnet unet(Scope(parameters), UnetConfig::from_json(Fields(json, "unet")));
  const at::Tensor tokens = values_by_name("tokens", {2, 64, 16}, 1);
  const auto told = unet.condition(tokens, tokens.mean(1), at::full({2, 6}, 128.0));
  CrossQueries queries;
  unet(values_by_name("x", {2, 4, 16, 16}, 1), at::full({2}, 999.0), told, queries.probe());
  const auto aligned = queries.alignment(told);
  check(aligned.loss.item<double>() > 3 && aligned.loss.item<double>() < 6, "near log 64 at the start");
  check(aligned.top1 < 0.2, "not aligned at the start");
  aligned.loss.backward();
  int reached = 0;
  for (const auto& [name, value] : parameters.parameters())
    if (name.ends_with("attn2.to_q.weight") || name.ends_with("attn2.to_k.weight")) {
      check(value.grad().defined() && value.grad().abs().max().item<double>() > 0, name + " has a gradient");
      ++reached;
    }
  check_equal(reached, 8, "matrices reached");  // four attentions
}

void patterns_freeze_and_must_match() {
  Json recipe = tiny_recipe("clip");
  recipe["freeze"] = {"*.blocks.0.*"};
  const Stage stage = clip_stage({recipe, "recipe"});
  for (const auto& [name, value] : stage.parameters)
    check_equal(value.requires_grad(), name.find(".blocks.0.") == std::string::npos, name);
  recipe["freeze"] = {"blocks.7.*"};
  check_contains(message_of<RequestError>([&] { clip_stage({recipe, "recipe"}); }), "'blocks.7.*'");
}

void a_stage_says_which_input_it_lacks() {
  Json recipe = tiny_recipe("decoder");
  check_contains(message_of<RequestError>([&] { decoder_stage({recipe, "recipe"}); }), "--input clip=FOLDER");
  recipe["inputs"] = {{"clip", "/nowhere"}, {"vae", "/nowhere"}};
  check_contains(message_of<LoadError>([&] { decoder_stage({recipe, "recipe"}); }), "/nowhere");
}

const Cases cases = {
    CASE(clip_and_vae_runs_resume_bit_equal),
    CASE(a_decoder_run_resumes_bit_equal_with_its_pool),
    CASE(losses_fall_along_their_gradients),
    CASE(folded_features_are_calibrated_and_otherwise_the_same),
    CASE(a_finished_tower_gives_features_of_unit_spread),
    CASE(the_autoencoder_starts_near_the_identity),
    CASE(the_alignment_loss_reaches_queries_and_keys),
    CASE(patterns_freeze_and_must_match),
    CASE(a_stage_says_which_input_it_lacks),
};

}  // namespace
