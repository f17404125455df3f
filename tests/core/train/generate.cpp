// The stages generate, tune and polish: what is drawn, what is frozen, their starts, runs and results.
#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include <set>

#include "core/base/error.h"
#include "core/train/alignment.h"
#include "core/train/drawing_scores.h"
#include "core/train/initial.h"
#include "core/train/pictures.h"
#include "core/train/planned_pictures.h"
#include "core/train/planning.h"
#include "core/train/result.h"
#include "core/train/rolling_pool.h"
#include "core/weights/parameters.h"
#include "tests/core/train/understand_recipes.h"

using namespace b3o;
using namespace b3o::test;
using namespace b3o::train;

namespace {

const Json kDit = {
    {"input_size", 8}, {"patch_size", 1}, {"in_channels", 16}, {"dim", 16},        {"n_layers", 2},
    {"n_heads", 2},    {"n_kv_heads", 2}, {"multiple_of", 8},  {"norm_eps", 1e-5}, {"latent_embedding_size", 24}};

// Away from the start, where most branches are zero.
void move_off_zero(const Stage& stage) {
  for (const auto& [name, value] : stage.parameters) {
    at::Tensor v = value.detach();
    if (v.abs().max().item<double>() == 0) fill_normal(1, name, v, 0.05);
  }
}

// Results of all earlier stages in miniature.
struct Parts {
  TemporaryFolder folder;
  Parts() {
    const Stage language = understand_stage({understand_recipe(folder.path()), "recipe"});
    move_off_zero(language);
    language.write_result(folder / "understand");
    decoder_stage({tiny_decoder(folder.path()), "recipe"}).write_result(folder / "decoder");
  }
  Json generate() const {
    Json r = tiny_recipe("generate");
    r["dit_config"] = kDit;
    r["pool"] = 20, r["refresh_every"] = 2;
    r["inputs"] = {{"clip", folder.path().string()},
                   {"understand", (folder / "understand").string()},
                   {"decoder", (folder / "decoder").string()},
                   {"vae", folder.path().string()}};
    return r;
  }
  // Reads the result of the stage generate before any step.
  Json tune() const {
    generate_stage({generate(), "recipe"}).write_result(folder / "generate");
    Json r = generate();
    r.erase("dit_config");
    r["inputs"]["generate"] = (folder / "generate").string();
    return r;
  }
  Json polish() const {
    Json r = tune();
    r["pool"] = 16;
    return r;
  }
};

// Once for all cases: nothing writes into it but the results of `generate`, which are always the same.
const Parts& parts() {
  static const Parts all;
  return all;
}

at::Tensor named(const Named& all, const std::string& end) {
  for (const auto& [name, value] : all)
    if (name.ends_with(end)) return value.detach();
  throw CheckFailed("there is no tensor " + end);
}

void gates_start_open_and_everything_else_that_modulates_is_zero() {
  const Stage stage = generate_stage({parts().generate(), "recipe"});
  for (const std::string layer : {"layers.0", "layers.1"}) {
    check_close(named(stage.parameters, layer + ".gate"), at::ones({2}), 0, "gates of the cross attention");
    const at::Tensor bias = named(stage.parameters, layer + ".norm1.linear.bias").view({4, 16});
    for (const int64_t chunk : {0, 2}) check_close(bias[chunk], at::zeros({16}), 0, "scales");
    for (const int64_t chunk : {1, 3}) check_close(bias[chunk], at::ones({16}), 0, "residual gates");
    check_close(named(stage.parameters, layer + ".norm1.linear.weight").abs().max(), at::zeros({}), 0, "modulation");
  }
  check_close(named(stage.parameters, "norm_out.linear_2.weight").abs().max(), at::zeros({}), 0, "the answer");
}

void the_language_model_and_its_queries_are_frozen() {
  const Stage stage = generate_stage({parts().generate(), "recipe"});
  std::set<std::string> trained;
  for (const auto& [name, value] : stage.parameters) {
    check(name.starts_with(kDitPrefix), name + " belongs to the flow");
    check(value.requires_grad(), name + " is trained");
    trained.insert(name);
  }
  for (const char* name : {"model.latent_queries", "model.embed_tokens.weight", "visual.merger.mlp.2.weight"})
    named(stage.frozen, name);
  for (const auto& [name, value] : stage.frozen) {
    check(!value.requires_grad(), name + " has no gradient");
    check(!trained.contains(name), name + " is not trained");
  }
  const std::string before = checksum(stage.frozen);
  Tally tally;
  stage.loss({5, 0, 0, 2, 2, 0.3, tally}).backward();
  check_equal(checksum(stage.frozen), before, "what is frozen");
  const auto file = SafetensorsFile::open(parts().folder / "understand" / "model.safetensors");
  check_close(named(stage.frozen, "model.latent_queries"), file->tensor("model.latent_queries"), 0, "the queries");
}

void runs_resume_bit_equal() {
  check_equal(end_of("generate", parts().generate(), 3), end_of("generate", parts().generate(), 1000), "generate");
  Json tune = parts().tune();
  tune["plan"] = {{"steps", 2}, {"guidance", 1.5}};
  check_equal(end_of("tune", tune, 3), end_of("tune", tune, 1000), "tune");
  check_equal(end_of("polish", parts().polish(), 3), end_of("polish", parts().polish(), 1000), "polish");
}

void losses_fall_along_their_gradients() {
  const Stage generate = generate_stage({parts().generate(), "recipe"});
  move_off_zero(generate);
  check_slope(generate, 2e-3, 0.02);
  const Stage polish = polish_stage({parts().polish(), "recipe"});
  move_off_zero(polish);
  check_slope(polish, 2e-3, 0.02);
}

void tuning_goes_on_from_the_flow_that_it_is_given() {
  const Json recipe = parts().tune();
  const Stage first = generate_stage({parts().generate(), "recipe"});
  for (const auto& [name, value] : first.parameters) value.detach().add_(0.25);
  first.write_result(parts().folder / "moved");
  Json moved = recipe;
  moved["inputs"]["generate"] = (parts().folder / "moved").string();
  const Stage second = tune_stage({moved, "recipe"});
  check_equal(second.name, std::string("tune"));
  for (const auto& [name, value] : first.parameters)
    check_close(named(second.parameters, name), value.detach(), 0, name);
  const Stage polished = polish_stage({parts().polish(), "recipe"});
  const auto unet = SafetensorsFile::open(parts().folder / "decoder" / kUnetPart);
  check_close(named(polished.parameters, "conv_in.weight"), unet->tensor("conv_in.weight"), 0, "the finished UNet");
}

void a_result_is_the_flow_under_its_official_names() {
  const Stage stage = generate_stage({parts().generate(), "recipe"});
  move_off_zero(stage);
  stage.write_result(parts().folder / "result");
  FolderSource source = open_part(parts().folder / "result", kDitPart, at::kCPU);
  DescribeSource wanted;
  NextDit(Scope(wanted) / kDitPrefix, NextDitConfig::from_json(Fields(kDit, "dit_config")));
  check(check_names(source, wanted.items(), {}).tolerated.empty(), "no name beside the network's");
  const NextDit dit = load_dit(parts().folder / "result", at::kCPU);
  check_close(dit.layers[1].to_out.weight, named(stage.parameters, "layers.1.attn2.to_out.0.weight"), 0, "weights");
}

// The states of one prompt alone, of the same prompt among others, and what another prompt gives.
void prompts_are_read_as_if_alone() {
  const FrozenLanguage language(parts().folder / "understand", at::kCPU);
  const auto scene = validation_scenes(world::Level::S, 2);
  const std::vector<DrawingPrompt> prompts = {{"a red star", {}, scene[0], ""},
                                              {"remove the fish", scene[1], scene[0], ""},
                                              {"two blue circles at night", {}, scene[0], ""},
                                              {"remove the fish", scene[0], scene[0], ""}};
  const at::Tensor all = language.states(prompts);
  for (size_t i = 0; i < prompts.size(); ++i)
    check_close(language.states({prompts[i]})[0], all[int64_t(i)], 2e-4, prompts[i].text);
  check((all[1] - all[3]).abs().max().item<double>() > 1e-3, "another picture under the same instruction");
}

void a_mix_keeps_to_its_shares_and_to_what_may_be_shown() {
  DrawingMix mix;
  mix.edits = 0.3, mix.reconstruct = 0.2;
  constexpr int kPrompts = 400;
  int edits = 0, redrawn = 0, night = 0, captions = 0;
  for (int i = 0; i < kPrompts; ++i) {
    const DrawingPrompt p = drawing_prompt(mix, 3, i);
    check(world::belongs(p.target, world::Split::train), p.text + ": shows nothing that is held out");
    if (p.source) {
      p.kind == "reconstruct" ? ++redrawn : ++edits;
      check_equal(p.kind == "reconstruct", p.target == *p.source, p.text + ": only an edit changes the picture");
    } else {
      ++captions;
      night += p.target.bg == world::Bg::night;
    }
  }
  check(std::abs(edits - 120) < 30 && std::abs(redrawn - 80) < 30, cat(edits, " edits, ", redrawn, " drawn again"));
  check(night * 3 > captions * 0.8, "a night more often than its fourth");
  check_equal(drawing_prompt(mix, 3, 7).text, drawing_prompt(mix, 3, 7).text, "the same sample");
}

void weights_of_the_mix_must_be_known() {
  Json recipe = parts().generate();
  const auto refusal = [&](const Json& drawings) {
    recipe["drawings"] = drawings;
    return message_of<LoadError>([&] { generate_stage({recipe, "recipe"}); });
  };
  check_contains(refusal({{"edits", 1.5}}), "'edits' is 1.5");
  check_contains(refusal({{"edits", 0.7}, {"reconstruct", 0.5}}), "more than 1");
  check_contains(refusal({{"tasks", {{"dance", 1}}}}), "'dance'");
  check_contains(refusal({{"kinds", {{"remove", 0}}}}), "every weight is 0");
}

void a_stage_says_what_does_not_fit() {
  const auto refusal = [&](const char* key, int64_t value) {
    Json recipe = parts().generate();
    recipe["dit_config"][key] = value;
    return message_of<LoadError>([&] { generate_stage({recipe, "recipe"}); });
  };
  Json guided = parts().generate();
  guided["plan"] = {{"guidance", -1}};
  check_contains(message_of<LoadError>([&] { generate_stage({guided, "recipe"}); }), "'guidance' is -1");
  check_contains(refusal("in_channels", 12), "in_channels is 12");
  check_contains(refusal("latent_embedding_size", 32), "latent_embedding_size is 32");
  check_contains(refusal("input_size", 4), "input_size is 4");
  Json recipe = parts().generate();
  check_contains(message_of<RequestError>([&] { tune_stage({recipe, "recipe"}); }), "--input generate=FOLDER");
  recipe["inputs"].erase("understand");
  check_contains(message_of<RequestError>([&] { generate_stage({recipe, "recipe"}); }), "--input understand=FOLDER");
}

// The paper compares features by a linear head and latents of the VAE with the flow of features.
void the_two_other_ways_learn_and_are_scored_alike() {
  Json head = parts().generate(), latents = parts().generate();
  head["objective"] = "clip_mse";
  latents["objective"] = "vae_flow";
  latents["dit_config"]["input_size"] = 16, latents["dit_config"]["patch_size"] = 2;
  latents["dit_config"]["in_channels"] = 4;
  head["paint"] = latents["paint"] = true;
  head["plan"] = latents["plan"] = {{"steps", 1}, {"guidance", 1}};
  for (const Json& recipe : {head, latents}) {
    const Stage stage = generate_stage({recipe, "recipe"});
    move_off_zero(stage);
    check_slope(stage, 2e-3, 0.02);
    Tally tally;
    stage.validate(tally);
    for (const char* key : {"seen", "unseen", "edit", "painted_seen", "painted_unseen", "painted_edit"})
      check(tally.has(key), cat(recipe["objective"], " has no ", key));
    check(!tally.has("flow"), "the loss of another way");
  }
  const Stage stage = generate_stage({head, "recipe"});
  check_equal(stage.parameters.size(), size_t(2), "a weight and a bias");
  check_equal(named(stage.parameters, "drawing_head.weight").sizes(), at::IntArrayRef({16, 24}),
              "from state to feature");
  head["objective"] = "clip_magic";
  check_contains(message_of<LoadError>([&] { generate_stage({head, "recipe"}); }), "'clip_magic', expected clip_flow");
  latents["dit_config"]["in_channels"] = 16;
  check_contains(message_of<LoadError>([&] { generate_stage({latents, "recipe"}); }), "the VAE gives 4 channels");
}

void latents_are_learnt_as_the_vae_makes_them() {
  const SdxlVae vae = load_vae(parts().folder.path(), at::kCPU);
  const EvaClip clip = load_clip(parts().folder.path(), at::kCPU);
  Json recipe = parts().generate(), config = kDit;
  recipe["objective"] = "vae_flow";
  config["input_size"] = 16, config["patch_size"] = 2, config["in_channels"] = 4;
  FilledSource filled(fill_by_name_decoder);
  const DrawingHalf half(Scope(filled), NextDitConfig::from_json(Fields(config, "dit_config")),
                         Fields(recipe, "recipe"), clip, at::kCPU);
  check_equal(half.cells(), int64_t(64), "a query for each patch");
  const at::Tensor bytes = draw(validation_scenes(world::Level::S, 2)), latents = half.wanted(bytes);
  const c10::AutoGradMode no_gradients(false);
  const at::Tensor mean = vae.encode(unit_range(bytes)).mean;
  check_close(latents, (mean - vae.config.shift_factor) * vae.config.scaling_factor, 1e-5, "scaled means");
  check_close(half.picture(latents), (vae.decode(mean) / 2 + 0.5).clamp(0, 1), 1e-4, "and back");
  check_close(half.features(latents), clip.tokens(clip_pixels((half.picture(latents) * 255).round().to(at::kByte))),
              1e-5, "seen by EVA-CLIP");
}

void the_alignment_of_the_flow_counts_only_pictures_with_a_condition() {
  FilledSource filled(fill_by_name_decoder);
  ParameterSource parameters(filled);
  const NextDit dit(Scope(parameters), NextDitConfig::from_json(Fields(kDit, "dit_config")));
  const at::Tensor z = values_by_name("z", {2, 64, 24}, 1), x = values_by_name("x", {2, 16, 8, 8}, 1);
  const at::Tensor t = at::full({2}, 500.0);
  const auto aligned = [&](const at::Tensor& states, const at::Tensor& counts) {
    const auto condition = dit.condition(states);
    CrossQueries queries;
    dit(x, t, condition, queries.probe());
    return queries.alignment(condition, counts);
  };
  const auto both = aligned(z, at::ones({2}));
  check(both.loss.item<double>() > 3 && both.loss.item<double>() < 6, "near log 64 at the start");
  const auto one = aligned(z, at::tensor({1.0f, 0.0f})), other = aligned(z, at::tensor({0.0f, 1.0f}));
  check_close((one.loss + other.loss).item<double>(), both.loss.item<double>(), 1e-5, "a mean over both");
  const at::Tensor half = at::stack({z[0], at::zeros_like(z[1])});
  check_close(aligned(half, at::tensor({1.0f, 0.0f})).loss.item<double>(), one.loss.item<double>(), 1e-5, "dropped");
  both.loss.backward();
  int reached = 0;
  for (const auto& [name, value] : parameters.parameters())
    if (name == "layers.0.attn2.to_q.weight" || name == "layers.1.attn2.to_k.weight") {
      check(value.grad().abs().max().item<double>() > 0, name + " has a gradient");
      ++reached;
    }
  check_equal(reached, 2, "queries and keys that were asked");
}

// The attention rows that the probe shows are those of the network: softmax(q k) v is its attn2.
void the_probed_queries_are_those_that_meet_the_keys() {
  FilledSource filled(fill_by_name_decoder);
  const NextDit dit(Scope(filled), NextDitConfig::from_json(Fields(kDit, "dit_config")));
  const auto condition = dit.condition(values_by_name("z", {1, 64, 24}, 1));
  at::Tensor queries, out;
  dit(values_by_name("x", {1, 16, 8, 8}, 1), at::full({1}, 300.0), condition,
      Probe([&](std::string_view name, const at::Tensor& value) {
        if (name == "layers.1.attn2.to_q") queries = value;
        if (name == "layers.1.attn2") out = value.transpose(1, 2);
      }));
  const at::Tensor rows = at::softmax(at::matmul(queries, condition.keys[1].transpose(2, 3)) / std::sqrt(8.0), -1);
  check_close(at::matmul(rows, condition.values[1]), out, 1e-5, "attention");
}

void a_plan_walks_the_flow_with_guidance() {
  FilledSource filled(fill_by_name_decoder);
  const NextDit dit(Scope(filled), NextDitConfig::from_json(Fields(kDit, "dit_config")));
  const at::Tensor z = values_by_name("z", {1, 64, 24}, 1), noise = values_by_name("n", {1, 16, 8, 8}, 1);
  const auto velocity = [&](const at::Tensor& states) {
    return dit(noise, at::full({1}, 1000.0), dit.condition(states));
  };
  const at::Tensor with = velocity(z), without = velocity(at::zeros_like(z));
  const at::Tensor wanted = noise - (without + 2 * (with - without));
  check_close(planned(dit, z, noise, {1, 2}), wanted.flatten(2).transpose(1, 2), 1e-4,
              "one step from noise to features");
}

// What a plan shows decides which background the painter is asked for; a plan that shows another thing is replaced.
void plans_are_paired_with_what_they_show() {
  const EvaClip clip = load_clip(parts().folder.path(), at::kCPU);
  const Json recipe = parts().polish();
  const PlannedPictures plans(Fields(recipe, "recipe"), world::Level::S, clip, at::kCPU);
  world::Rng rng = world::scene_rng(1, world::kValidationStream, 0);
  const auto prompt = checked_caption(world::Level::S, world::Task::single, world::Split::validation, rng);
  const auto plan = plans.plan({prompt}, 1, 0);  // of a flow that has learnt nothing
  check_close(plan.features[0], clip.tokens(clip_pixels(draw({prompt.target})))[0], 1e-5, "the true features");
  check(plan.scenes[0] == prompt.target, "and the scene that was meant");
  check_close(plans.of_mix(2, 4, 1).features, plans.of_mix(2, 4, 1).features, 0, "equal numbers, equal plans");
}

void a_pool_holds_what_its_step_asks_for() {
  std::vector<int64_t> made;
  const auto pool_at = [&](std::initializer_list<int64_t> steps) {
    RollingPool pool({3, 2}, [&](int64_t block, double) {
      made.push_back(block);
      return std::vector<at::Tensor>{at::full({RollingPool::kBlock, 1}, double(block))};
    });
    for (const int64_t step : steps) pool.advance(step, [](int64_t) { return 0.0; });
    return pool.pick(at::arange(pool.size(), at::kLong)).front();
  };
  const at::Tensor slowly = pool_at({0, 1, 2, 3, 4, 5});
  check_equal(made, std::vector<int64_t>({0, 1, 2, 3, 4}), "blocks in order, each once");
  check_close(pool_at({5}), slowly, 0, "a run that starts there");
  check_close(slowly.view({3, RollingPool::kBlock}).select(1, 0), at::tensor({3.0f, 4.0f, 2.0f}), 0,
              "the newest three");
}

const Cases cases = {
    CASE(gates_start_open_and_everything_else_that_modulates_is_zero),
    CASE(the_language_model_and_its_queries_are_frozen),
    CASE(runs_resume_bit_equal),
    CASE(losses_fall_along_their_gradients),
    CASE(tuning_goes_on_from_the_flow_that_it_is_given),
    CASE(a_result_is_the_flow_under_its_official_names),
    CASE(prompts_are_read_as_if_alone),
    CASE(a_mix_keeps_to_its_shares_and_to_what_may_be_shown),
    CASE(weights_of_the_mix_must_be_known),
    CASE(a_stage_says_what_does_not_fit),
    CASE(the_two_other_ways_learn_and_are_scored_alike),
    CASE(latents_are_learnt_as_the_vae_makes_them),
    CASE(the_alignment_of_the_flow_counts_only_pictures_with_a_condition),
    CASE(the_probed_queries_are_those_that_meet_the_keys),
    CASE(a_plan_walks_the_flow_with_guidance),
    CASE(plans_are_paired_with_what_they_show),
    CASE(a_pool_holds_what_its_step_asks_for),
};

}  // namespace
