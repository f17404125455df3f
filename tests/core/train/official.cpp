// The official training forward, step by step: sequences, targets, loss, gradients, optimiser steps
// (tests/data/generation/README.md, "training").
#include <ATen/ATen.h>

#include <cmath>

#include "core/base/error.h"
#include "core/families/blip3o/pictures.h"
#include "core/image/clip.h"
#include "core/train/flow_objective.h"
#include "core/train/folder_model.h"
#include "core/train/optimiser.h"
#include "core/train/query_reading.h"
#include "tests/support/goldens.h"
#include "tests/support/tensors.h"

using namespace b3o;
using namespace b3o::test;
using namespace b3o::train;

namespace {

constexpr int64_t kLongest = 512;

// The tiny model with queries and DiT trained, everything else frozen.
struct Official {
  Json patterns = {{"freeze",
                    {"model.embed_tokens.*", "model.layers.*", "model.norm.*", "lm_head.*", "visual.*",
                     "model.gen_vision_tower.*"}}};
  Freezer freezer{Fields(patterns, "recipe")};
  FolderModel model{data_path("generation/tiny-blip3o"), freezer, Placement{}};
  QueryTokens tokens = QueryTokens::from(model.tokenizer, 406, model.config.draw->queries, kLongest);
  Goldens golden{"generation/training.safetensors"};
  Json numbers = golden_json("generation/training.json");

  at::Tensor stored(const std::string& batch, const std::string& name) { return golden.at(batch + "." + name); }

  QueryBatch batch(const std::string& name) {
    const Json& of = numbers["cases"][name];
    std::vector<QuerySequence> sequences;
    for (size_t i = 0; i < of["types"].size(); ++i) {
      RenderedPrompt prompt;
      if (of["types"][i] == "T2I") {
        prompt = render_generation(of["captions"][i].get<std::string>());
      } else {
        prompt = render_generation(parts_of_marked_text("<image>\nPlease reconstruct the given image."));
        const int64_t pads[] = {256};
        prompt.repeat_image_pads(pads);
      }
      sequences.push_back(query_sequence(prompt, PromptForm::training, model.tokenizer, tokens));
    }
    return batch_of(sequences, tokens);
  }

  struct Forward {
    at::Tensor hidden, states, answer, loss;
    FlowSample sample;
  };
  Forward forward(const std::string& name) {
    Forward f;
    const QueryBatch b = batch(name);
    const bool pictures = name == "mixed";  // its second sample reconstructs a picture
    const at::Tensor rows = pictures ? model.picture_rows(image_of(stored(name, "source_u8_1"))) : at::Tensor();
    f.hidden = read_batch(model.text, model.queries, b, tokens, model.config.ids.image_pad, rows);
    f.states = drop_conditions(query_states(f.hidden, b, tokens.count), stored(name, "drop"));
    const at::Tensor times = flow_times(stored(name, "u"));
    f.sample = flow_sample(stored(name, "target"), stored(name, "noise"), times);
    f.answer = flow_answer(model.dit, f.sample, times, f.states);
    f.loss = flow_errors(f.answer, f.sample).mean();
    return f;
  }
};

Official& official() {
  static Official o;
  return o;
}

// A fresh copy, for tests that move weights or gather gradients.
std::unique_ptr<Official> own_official() { return std::make_unique<Official>(); }

const std::string kBatches[] = {"t2i", "mixed"};

void sequences_equal_the_official_batches() {
  Official& o = official();
  for (const std::string& name : kBatches) {
    const QueryBatch b = o.batch(name);
    check(at::equal(b.ids, o.stored(name, "input_ids")), name + ": ids");
    check(at::equal(b.labels, o.stored(name, "labels_after_masking")), name + ": labels");
    check(at::equal(b.key_mask, o.stored(name, "attention_mask")), name + ": mask");
    check(at::equal(b.query_start, o.stored(name, "query_start")), name + ": places of the queries");
  }
}

void long_text_is_cut_and_the_queries_never() {
  Official& o = official();
  std::string caption;
  for (int i = 0; i < 600; ++i) caption += " red cubes";
  const QuerySequence s = query_sequence(render_generation(caption), PromptForm::training, o.model.tokenizer, o.tokens);
  check_equal(s.ids.size(), size_t(kLongest), "length");
  check_equal(s.query_start, kLongest - 64, "place of the queries");
  check_equal(s.ids[size_t(s.query_start) - 1], o.tokens.start, "[IMG] stands before them");
  check(std::all_of(s.ids.begin() + s.query_start, s.ids.end(), [&](int64_t id) { return id == o.tokens.placeholder; }),
        "64 placeholders end the sequence");
}

void the_form_of_inference_does_not_close_the_answer() {
  Official& o = official();
  const auto ids = [&](PromptForm form) {
    return query_sequence(render_generation("a cat"), form, o.model.tokenizer, o.tokens).ids;
  };
  check_equal(ids(PromptForm::training).size() - ids(PromptForm::inference).size(), size_t(2), "closing tokens");
}

void targets_equal_the_official_features() {
  Official& o = official();
  for (const std::string& name : kBatches)
    for (int64_t i = 0; i < o.stored(name, "target").size(0); ++i) {
      const Image source = image_of(o.stored(name, cat("source_u8_", i)));
      check_close(o.model.target(source), o.stored(name, "target")[i], 1e-4, cat(name, " target ", i));
    }
}

void times_and_noised_data_equal_the_official_ones() {
  Official& o = official();
  for (const std::string& name : kBatches) {
    const at::Tensor times = flow_times(o.stored(name, "u"));
    check(at::equal(times, o.stored(name, "timesteps")), name + ": times");
    check_close(flow_sample(o.stored(name, "target"), o.stored(name, "noise"), times).x, o.stored(name, "dit_x"), 1e-6,
                name + ": data under noise");
  }
}

void the_loss_equals_the_official_loss() {
  Official& o = official();
  for (const std::string& name : kBatches) {
    const auto f = o.forward(name);
    check_close(f.states.detach(), o.stored(name, "dit_z"), 2e-5, name + ": states of the queries");
    check_close(f.answer.detach(), o.stored(name, "dit_out"), 5e-4, name + ": answer of the network");
    const Json& wanted = o.numbers["cases"][name];
    const double loss = wanted["loss"];
    check_close(f.loss.item<double>(), loss, 1e-5 * loss, name + ": loss");
    const at::Tensor each = flow_errors(f.answer, f.sample);
    for (int64_t i = 0; i < each.size(0); ++i) {
      const double one = wanted["per_sample_mse"][size_t(i)];
      check_close(each[i].item<double>(), one, 2e-5 * one, cat(name, ": error of sample ", i));
    }
  }
}

void the_cross_entropy_beside_it_equals_the_official_one() {
  Official& o = official();
  for (const std::string& name : kBatches) {
    const QueryBatch b = o.batch(name);
    const at::Tensor logits = o.model.text.logits(o.forward(name).hidden);
    const int64_t s = b.ids.size(1);
    const at::Tensor loss =
        at::cross_entropy_loss(logits.narrow(1, 0, s - 1).flatten(0, 1), b.labels.narrow(1, 1, s - 1).flatten(), {},
                               at::Reduction::Mean, -100);
    const double wanted = o.numbers["cases"][name]["text_cross_entropy_not_in_loss"];
    check_close(loss.item<double>(), wanted, 1e-5 * wanted, name);
  }
}

void gradients_equal_the_official_ones() {
  const auto o = own_official();
  o->forward("t2i").loss.backward();
  const auto& trained = o->model.source.trained();
  check_equal(trained.size(), o->numbers["trainable"]["count"].get<size_t>(), "trained tensors");
  double total = 0;
  for (const auto& [name, value] : trained) {
    check(value.grad().defined(), name + " has a gradient");
    const at::Tensor wanted = o->golden.at("t2i.grad." + name);
    check_close(value.grad(), wanted, std::max(1e-6, 1e-4 * wanted.abs().max().item<double>()), name);
    total += value.grad().to(at::kDouble).square().sum().item<double>();
  }
  const double norm = o->numbers["cases"]["t2i"]["total_grad_norm"];
  check_close(std::sqrt(total), norm, 1e-4 * norm, "norm of all gradients");
  for (const auto& [name, value] : o->model.source.frozen())
    check(!value.requires_grad(), name + " is frozen while gradients pass through it");
}

void gradients_of_reconstruction_reach_the_queries() {
  const auto o = own_official();
  o->forward("mixed").loss.backward();
  const at::Tensor wanted = o->golden.at("mixed.grad.model.latent_queries");
  check_close(o->model.queries.grad(), wanted, 1e-4 * wanted.abs().max().item<double>(), "gradient of the queries");
}

void check_steps(const std::string& run) {
  const auto o = own_official();
  const Json& wanted = o->numbers[run];
  OptimiserConfig config;
  config.lr = wanted["lr"];
  config.weight_decay = wanted["weight_decay"];
  config.clip = wanted["clip_norm"];
  config.no_decay = {"*.norm_q.weight", "*.norm_k.weight", "*.caption_embedder.0.weight"};
  Optimiser optimiser(o->model.source.trained(), config);
  const int steps = wanted["steps"];
  for (int i = 0; i <= steps; ++i) {
    optimiser.zero();
    const at::Tensor loss = o->forward("t2i").loss;
    const double l = wanted["losses"][size_t(i)];
    check_close(loss.item<double>(), l, 1e-4 * l, cat("loss before step ", i));
    if (i == steps) break;
    loss.backward();
    const double norm = optimiser.norm(), n = wanted["grad_norms_before_clip"][size_t(i)];
    check_close(norm, n, 1e-4 * n, cat("gradient norm of step ", i));
    optimiser.step(norm, 1);
  }
  int compared = 0;
  for (const auto& [name, value] : o->model.source.trained())
    if (const std::string key = run + ".after." + name; o->golden.has(key)) {
      const at::Tensor difference = (value.detach() - o->golden.at(key)).abs();
      check(difference.mean().item<double>() <= 0.01 * config.lr, name + " after the steps");
      ++compared;
    }
  check_equal(compared, 6, "parameters compared");
}

void optimiser_steps_equal_the_official_ones() { check_steps("adamw_a"); }
void steps_with_weight_decay_equal_the_official_ones() { check_steps("adamw_b"); }

void pictures_are_prepared_like_the_official_ones() {
  Official& o = official();
  const Image square = clip_square(image_of(o.stored("mixed", "source_u8_1")), 448, ClipFit::crop);
  QwenImageConfig config = o.model.config.image;
  config.min_pixels = config.max_pixels = 448 * 448;
  const at::Tensor pixels = vision_input(square, config).pixels;
  check_close(pixels.sum(at::kDouble).item<double>(), o.numbers["und_pixel_values_sum"].get<double>(), 1, "sum");
  check_close(pixels.abs().sum(at::kDouble).item<double>(), o.numbers["und_pixel_values_abs_sum"].get<double>(), 1,
              "sum of sizes");
}

void a_trained_folder_is_written_back_and_read_again() {
  const auto o = own_official();
  TemporaryFolder folder;
  const at::Tensor before = o->forward("mixed").loss.detach();
  for (const auto& [name, value] : o->model.source.trained()) value.detach().mul_(1.25);  // exact in bf16 or nearly
  const double moved = o->forward("mixed").loss.item<double>();
  o->model.write(folder / "model", o->model.source.trained());
  Freezer freezer{Fields(o->patterns, "recipe")};
  const FolderModel again(folder / "model", freezer, Placement{});
  for (size_t i = 0; i < o->model.source.trained().size(); ++i) {
    const auto& [name, value] = o->model.source.trained()[i];
    check_close(again.source.trained()[i].second.detach(), value.detach(), 0.01 * value.abs().max().item<double>(),
                name);
  }
  for (size_t i = 0; i < o->model.source.frozen().size(); ++i)
    check(at::equal(again.source.frozen()[i].second, o->model.source.frozen()[i].second),
          "frozen tensors are the same");
  check(std::abs(moved - before.item<double>()) > 1e-3, "the weights were changed");
  check(std::filesystem::exists(folder / "model" / "diffusion-decoder" / "unet" / "config.json"), "the rest is there");
}

void densities_of_times_have_their_shape() {
  const at::Tensor u = (at::arange(2000, at::kFloat) + 0.5) / 2000;
  const at::Tensor n = at::special_ndtri(u.to(at::kDouble)).to(at::kFloat);
  const auto mean_of = [&](const char* text) { return TimeDensity::parse(text).position(u, n); };
  check_close(mean_of("uniform"), u, 0, "uniform");
  const at::Tensor logit = mean_of("logit_normal(0,1)");
  check_close(logit.mean().item<double>(), 0.5, 1e-3, "mean of logit_normal");
  check(logit.std().item<double>() < 0.22, "logit_normal prefers the middle");
  const at::Tensor mode = mean_of("mode(1.29)");
  check(mode.min().item<double>() >= 0 && mode.max().item<double>() < 1, "mode stays inside");
  check_equal(flow_times(mode).min().item<double>() >= 1, true, "the lowest time is 1");
  for (const char* wrong : {"normal", "logit_normal(1", "logit_normal(0,0)", "mode()", "uniform "})
    message_of<RequestError>([&] { TimeDensity::parse(wrong); });
}

const Cases cases = {
    CASE(sequences_equal_the_official_batches),
    CASE(long_text_is_cut_and_the_queries_never),
    CASE(the_form_of_inference_does_not_close_the_answer),
    CASE(targets_equal_the_official_features),
    CASE(times_and_noised_data_equal_the_official_ones),
    CASE(the_loss_equals_the_official_loss),
    CASE(the_cross_entropy_beside_it_equals_the_official_one),
    CASE(gradients_equal_the_official_ones),
    CASE(gradients_of_reconstruction_reach_the_queries),
    CASE(optimiser_steps_equal_the_official_ones),
    CASE(steps_with_weight_decay_equal_the_official_ones),
    CASE(pictures_are_prepared_like_the_official_ones),
    CASE(a_trained_folder_is_written_back_and_read_again),
    CASE(densities_of_times_have_their_shape),
};

}  // namespace
