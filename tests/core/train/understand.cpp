// The stages vit and understand: what the networks are shown, how readings are packed, and the runs themselves. What
// attention is taught: grounding.cpp.
#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include "core/base/error.h"
#include "core/image/qwen.h"
#include "core/models/qwen_positions.h"
#include "core/text/chat_template.h"
#include "core/train/layout_cells.h"
#include "core/train/pictures.h"
#include "core/train/understand_model.h"
#include "core/train/vit_pictures.h"
#include "core/world/labels.h"
#include "core/world/renderer.h"
#include "tests/core/train/understand_fixture.h"

using namespace b3o;
using namespace b3o::test;
using namespace b3o::train;

namespace {

void the_tower_is_shown_what_the_program_shows_it() {
  const auto scenes = validation_scenes(world::Level::S, 2);
  const QwenVisionConfig config = vision_config();
  const at::Tensor patches = vision_patches(draw(scenes), config);
  const Json json = preprocessor_config(config);
  const QwenImageConfig image = QwenImageConfig::from_json(Fields(json, "preprocessor"));
  for (int64_t i = 0; i < 2; ++i) {
    QwenPixels pixels = qwen_pixels(world::Renderer().draw(scenes[size_t(i)]), image);
    const VisionGrid grid = vision_grid(128, 128, config);
    check_equal(pixels.grid, PatchGrid{grid.t, grid.h, grid.w}, "grid");
    const at::Tensor wanted = at::from_blob(pixels.values.data(), {256, config.patch_values()}, at::kFloat);
    check_close(patches.narrow(0, 256 * i, 256), wanted, 0, "patches");
  }
}

// The states of one reading by the program's own call of the language model.
at::Tensor states_alone(const Language& l, const Reading& r, const Reader& reader, const at::Tensor& rows) {
  const at::Tensor ids = at::tensor(r.ids, at::kLong).unsqueeze(0);
  at::Tensor x = l.text.embed(ids);
  if (r.picture >= 0)
    x = place_rows(x, ids, reader.image_pad(), rows.narrow(0, r.picture * reader.rows(), reader.rows()));
  if (r.drawing >= 0) x = at::cat({x, l.queries}, 1);
  at::Tensor positions = at::empty({3, 1, x.size(1)}, at::kLong);
  for (int64_t i = 0; i < x.size(1); ++i)
    for (int64_t axis = 0; axis < 3; ++axis) positions[axis][0][i] = r.positions[size_t(i)][size_t(axis)];
  return l.text(x, positions, nullptr)[0];
}

void packed_readings_see_what_they_would_see_alone() {
  const c10::AutoGradMode no_gradients(false);
  const Tokenizer tokenizer = Tokenizer::load(tokenizer_folder());
  const Reader reader = reader_for(tokenizer);
  const SmallLanguage small;
  const at::Tensor rows = values_by_name("rows", {2 * reader.rows(), 24}, 1);
  const std::vector<std::vector<Reading>> groups = {
      {reader.chat({{"what color is the star?", "blue"}}, 1), reader.chat({{"what is blue?", "star"}}, 1),
       reader.chat({{"what color is the star?", "blue"}, {"and the fish?", "red"}}, 1)},
      {reader.chat({{"hello", "Hello! Shall I draw something?"}}, -1), reader.chat({{"hi", "Hello!"}}, -1)},
      {reader.caption("a red fish", 0), reader.caption("a red star at night", 1)},
      {reader.instruction("remove the fish", 0, 3), reader.instruction(kReconstruct, 0, 2)},
      {reader.caption("two stars", 4)}};
  const ReadingBatch batch = packed(groups, reader);
  check(batch.tokens < batch.ids.numel(), "some row is not full");
  const at::Tensor states = small.language.states(batch, rows);
  int64_t number = 0, answers = 0;
  for (const auto& group : groups)
    for (const Reading& r : group) {
      const at::Tensor own = at::nonzero(batch.reading.eq(number++)).flatten();
      const at::Tensor alone = states_alone(small.language, r, reader, rows);
      if (r.drawing >= 0) {
        const at::Tensor here = batch.query_tokens.narrow(0, 64 * r.drawing, 64);
        check_close(states.index_select(0, here), alone.narrow(0, alone.size(0) - 64, 64), 2e-4, "queries");
        continue;
      }
      const int64_t learnt = int64_t(r.ids.size()) - r.learnt;
      check_equal(own.numel(), learnt, "learnt tokens");
      const at::Tensor here = batch.before_answers.index_select(0, own);
      check_close(states.index_select(0, here), alone.narrow(0, r.learnt - 1, learnt), 2e-4, "answers");
      const at::Tensor ids = batch.answers.index_select(0, own);
      for (int64_t k = 0; k < learnt; ++k)
        check_equal(ids[k].item<int64_t>(), r.ids[size_t(r.learnt + k)], "wanted id");
      answers += learnt;
    }
  check_equal(batch.answers.size(0), answers, "learnt tokens of all readings");
}

void a_shared_picture_is_read_once() {
  const Tokenizer tokenizer = Tokenizer::load(tokenizer_folder());
  const Reader reader = reader_for(tokenizer);
  const Reading one = reader.chat({{"what is red?", "star"}}, 0), other = reader.chat({{"is it night?", "no"}}, 0);
  const ReadingBatch both = packed({{one, other}}, reader);
  check(both.tokens < int64_t(one.ids.size() + other.ids.size()) - 64, "the picture's 64 tokens stand there once");
  check_equal(both.picture_tokens.numel(), int64_t(64), "picture tokens");
  const ReadingBatch apart = packed({{one, reader.chat({{"is it night?", "no"}}, 1)}}, reader);
  check_equal(apart.picture_tokens.numel(), int64_t(128), "two pictures do not share");
}

void readings_are_the_programs_prompts() {
  const Tokenizer tokenizer = Tokenizer::load(tokenizer_folder());
  const Reader reader = reader_for(tokenizer);
  const Reading chat = reader.chat({{"what is red?", "star"}}, 0);
  check_equal(tokenizer.decode(std::vector<int64_t>(chat.ids.begin() + chat.learnt, chat.ids.end()), false),
              std::string("star<|im_end|>"), "what is learnt");
  std::vector<int64_t> prompt(chat.ids.begin(), chat.ids.begin() + chat.learnt);
  RenderedPrompt rendered = render_chat(
      std::vector<TemplateMessage>{
          {"user", {{TemplatePart::Kind::image, ""}, {TemplatePart::Kind::text, "what is red?"}}}},
      true, false);
  const int64_t copies[] = {64};
  rendered.repeat_image_pads(copies);
  check_equal(prompt, tokenizer.encode(rendered.spans), "the prompt");
  const auto pad = size_t(std::find(chat.ids.begin(), chat.ids.end(), reader.image_pad()) - chat.ids.begin());
  const auto start = int64_t(pad);
  check_equal(chat.positions[pad + 9], std::array<int64_t, 3>{start, start + 1, start + 1}, "second row, second cell");
  check_equal(chat.positions[pad + 64], std::array<int64_t, 3>{start + 8, start + 8, start + 8}, "behind the picture");
  const Reading drawn = reader.instruction("remove the fish", 0, 0);
  check_equal(drawn.ids.back(), tokenizer.id_of("[IMG]").value(), "the token that begins a picture");
  check_equal(drawn.positions.size(), drawn.ids.size() + 64, "positions of the queries");
  check_equal(drawn.positions.back()[2], int64_t(drawn.positions.size()) - 1, "drawing counts on");
}

void only_whole_answers_are_right() {
  const c10::AutoGradMode no_gradients(false);
  const Tokenizer tokenizer = Tokenizer::load(tokenizer_folder());
  const Reader reader = reader_for(tokenizer);
  const SmallLanguage small;
  ReadingBatch batch = packed({{reader.chat({{"hello", "in the top left corner"}}, -1)},
                               {reader.caption("a", 0)},
                               {reader.chat({{"hi", "yes"}}, -1)}},
                              reader);
  const at::Tensor states = small.language.states(batch, {});
  const at::Tensor likeliest = small.language.text.logits(states.index_select(0, batch.before_answers)).argmax(-1);
  batch.answers = likeliest;
  check_equal(answers_right(small.language.text, states, batch), std::vector<bool>{true, false, true}, "right");
  batch.answers = likeliest.clone();
  batch.answers[0] = (batch.answers[0] + 1) % 400;
  check_equal(answers_right(small.language.text, states, batch), std::vector<bool>{false, false, true},
              "one token off");
}

void cell_losses_weigh_and_ignore() {
  const at::Tensor labels = at::tensor({0, 2, 255}, at::kLong).unsqueeze(0);  // class 2 is "none"
  at::Tensor logits = at::zeros({1, 3, 3});
  logits[0][0][0] = 10;
  const double even = std::log(3.0);
  check_close(cell_loss(logits, labels, cell_weights(labels, 2, 0.2)).item<double>(), 0.2 * even / 1.2, 1e-3,
              "weighted");
  check_close(cell_loss(logits, labels, cell_weights(labels, -1, 0)).item<double>(), even / 2, 1e-3,
              "all classes alike");
  check_equal(cells_right(logits, labels).all().item<bool>(), false, "the second cell is wrong");
  const at::Tensor features = at::zeros({1, 3, 2}), wanted = at::zeros({1, 3, 2});
  wanted[0][0].fill_(1);
  check_close(feature_loss(features, wanted, 2 * labels.ne(2).to(at::kFloat)).item<double>(), 3.0 / 7, 1e-6,
              "objects count three times");
}

void changed_cells_weigh_more_than_copied_ones() {
  FilledSource filled(fill_by_name_qwen);
  const LayoutHeads heads(Scope(filled), 24, 16);
  world::Scene full;
  full.items = {{world::Obj::star, world::Col::red, world::Tex::plain, 64, 64, 18, false, 0}};
  const world::Scene empty;
  const at::Tensor queries = values_by_name("queries", {1, 64, 24}, 1), features = at::zeros({1, 64, 16});
  const auto object_loss = [&](const std::vector<world::Scene>& before) {
    Tally tally;
    layout_loss(heads, queries, {empty}, before, features, LayoutWeights(), "", tally);
    return tally.mean("object");
  };
  const at::Tensor each = -at::log_softmax(heads.object(queries)[0], 1).select(1, world::CellLabels::kObjClasses - 1);
  check_close(object_loss({}), each.mean().item<double>(), 1e-4, "nothing changed");
  const at::Tensor was = labels_of({full}).object[0].ne(world::CellLabels::kObjClasses - 1).to(at::kFloat);
  const at::Tensor weights = 0.2 + 1.8 * was;
  check_close(object_loss({full}), ((each * weights).sum() / weights.sum()).item<double>(), 1e-4, "a star is removed");
}

void the_towers_rows_end_centred_with_the_spread_of_words() {
  TemporaryFolder parts;
  understand_recipe(parts.path());
  const QwenVision vision = load_vision(parts / "vit", at::kCPU);
  const c10::AutoGradMode no_gradients(false);
  const at::Tensor rows = picture_tokens(vision, draw(validation_scenes(world::Level::S, 48))).flatten(0, 1);
  check_close(rows.square().mean().sqrt().item<double>(), 0.05, 0.01, "spread");
  check(rows.mean(0).abs().max().item<double>() < 0.03, "no shared vector");
}

void runs_resume_bit_equal() {
  TemporaryFolder parts;
  const Json recipe = understand_recipe(parts.path());
  check_equal(end_of("vit", vit_recipe(parts.path()), 3), end_of("vit", vit_recipe(parts.path()), 1000), "vit");
  check_equal(end_of("understand", recipe, 3), end_of("understand", recipe, 1000), "understand");
}

void losses_fall_along_their_gradients() {
  TemporaryFolder parts;
  const Json recipe = understand_recipe(parts.path());
  check_slope(vit_stage({vit_recipe(parts.path()), "recipe"}), 2e-3, 0.02);
  Stage stage = understand_stage({recipe, "recipe"});
  for (const auto& [name, value] : stage.parameters) {  // away from the start, where every branch is zero
    at::Tensor v = value.detach();
    if (v.abs().max().item<double>() == 0) v.copy_(values_by_name(name, v.sizes(), 0.1));
  }
  check_slope(stage, 2e-3, 0.02);
}

// The loss of a run's first step.
double first_loss(const Json& recipe) {
  TemporaryFolder folder;
  Group alone;
  TrainRequest request;
  request.stage = "understand", request.recipe = recipe, request.where = "recipe", request.folder = folder.path();
  train::train(request, alone);
  const std::string metrics = read_file(folder.path() / "metrics.jsonl", 1 << 20);
  return parse_json(metrics.substr(0, metrics.find('\n')), "metrics").at("loss").get<double>();
}

void short_products_hardly_change_the_loss() {
  TemporaryFolder parts;
  Json recipe = understand_recipe(parts.path());
  recipe["max_steps"] = 1, recipe["log_every"] = 1;
  const double exact = first_loss(recipe);
  recipe["precision"] = "bf16";
  const double brief = first_loss(recipe);
  check_close(brief, exact, 0.02 * exact, "bf16");
  check(brief != exact, "the products are short ones");
}

void the_result_is_an_official_folder() {
  TemporaryFolder parts;
  const Stage stage = understand_stage({understand_recipe(parts.path()), "recipe"});
  stage.write_result(parts / "result");
  const auto file = SafetensorsFile::open(parts / "result" / "model.safetensors");
  for (const char* name : {"model.embed_tokens.weight", "model.layers.1.mlp.down_proj.weight", "model.norm.weight",
                           "model.latent_queries", "visual.patch_embed.proj.weight", "visual.merger.mlp.2.bias"})
    check(file->entries().contains(name), name);
  for (const auto& [name, entry] : file->entries())
    check(!name.starts_with("heads.") && !name.starts_with("facts."), name + " is thrown away");
  const Tokenizer tokenizer = Tokenizer::load(parts / "result");
  check_equal(tokenizer.size(), int64_t(400), "tokens");
}

void a_run_can_start_from_an_earlier_result() {
  TemporaryFolder parts;
  Json recipe = understand_recipe(parts.path());
  const Stage first = understand_stage({recipe, "recipe"});
  for (const auto& [name, value] : first.parameters) value.detach().add_(0.25);
  first.write_result(parts / "earlier");
  recipe["inputs"]["start"] = (parts / "earlier").string();
  const Stage second = understand_stage({recipe, "recipe"});
  for (size_t i = 0; i < first.parameters.size(); ++i)
    if (!first.parameters[i].first.starts_with("facts."))  // thrown away with the run
      check_close(second.parameters[i].second.detach(), first.parameters[i].second.detach(), 0,
                  first.parameters[i].first);
}

void a_start_knows_the_words_the_tower_sees() {
  TemporaryFolder parts;
  Json recipe = understand_recipe(parts.path());
  const auto word_row = [&](bool tie) {
    recipe["tie_words"] = tie;
    const Tokenizer tokenizer = Tokenizer::load(tokenizer_folder());
    const auto ids = tokenizer.encode(" star", false);
    check_equal(ids.size(), size_t(1), "tokens of ' star'");
    for (const auto& [name, value] : understand_stage({recipe, "recipe"}).parameters)
      if (name == "model.embed_tokens.weight") return value.detach()[ids[0]].clone();
    throw CheckFailed("no embedding");
  };
  const auto heads = SafetensorsFile::open(parts / "vit" / "vit-heads.safetensors");
  const at::Tensor rows = heads->tensor("heads.object.weight");
  const at::Tensor wanted = rows[3] - rows.narrow(0, 0, 10).mean(0);
  const auto alike = [&](const at::Tensor& row) {
    return (row * wanted).sum().item<double>() / (row.norm() * wanted.norm()).item<double>();
  };
  check(alike(word_row(true)) > 0.999, "the word points where the tower's head points");
  check(std::abs(alike(word_row(false))) < 0.7, "without tying it does not");
}

void sizes_that_do_not_fit_are_refused() {
  TemporaryFolder parts;
  const Json good = understand_recipe(parts.path());
  const auto refusal = [&](const char* key, const Json& value) {
    Json recipe = good;
    if (std::string(key) == "n_query")
      recipe[key] = value;
    else
      recipe["language"][key] = value;
    return message_of<LoadError>([&] { understand_stage({recipe, "recipe"}); });
  };
  check_contains(refusal("vocab_size", 401), "vocab_size is 401");
  check_contains(refusal("n_query", 16), "n_query is 16");
  Json recipe = good;
  recipe["inputs"].erase("vit");
  check_contains(message_of<RequestError>([&] { understand_stage({recipe, "recipe"}); }), "--input vit=FOLDER");
  recipe = good;
  recipe["lesson"]["crowd"] = 1.5;
  check_contains(message_of<LoadError>([&] { understand_stage({recipe, "recipe"}); }), "'crowd' is 1.5");
}

const Cases cases = {
    CASE(the_tower_is_shown_what_the_program_shows_it),
    CASE(packed_readings_see_what_they_would_see_alone),
    CASE(a_shared_picture_is_read_once),
    CASE(readings_are_the_programs_prompts),
    CASE(only_whole_answers_are_right),
    CASE(cell_losses_weigh_and_ignore),
    CASE(changed_cells_weigh_more_than_copied_ones),
    CASE(the_towers_rows_end_centred_with_the_spread_of_words),
    CASE(runs_resume_bit_equal),
    CASE(losses_fall_along_their_gradients),
    CASE(short_products_hardly_change_the_loss),
    CASE(the_result_is_an_official_folder),
    CASE(a_run_can_start_from_an_earlier_result),
    CASE(a_start_knows_the_words_the_tower_sees),
    CASE(sizes_that_do_not_fit_are_refused),
};

}  // namespace
