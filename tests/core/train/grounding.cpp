// What the stage understand teaches of attention and of facts: which objects a question is about, where to look for
// them, and what has to be known before a yes or a no.
#include "core/train/grounding.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include "core/nn/rotary.h"
#include "core/world/labels.h"
#include "tests/core/train/understand_fixture.h"

using namespace b3o;
using namespace b3o::test;
using namespace b3o::train;

namespace {

world::Item item(world::Obj obj, world::Col color, int x, int y) {
  return {obj, color, world::Tex::plain, int16_t(x), int16_t(y), 18, false, 0};
}

world::Scene two_stars_and_a_fish() {
  world::Scene scene;
  scene.items = {item(world::Obj::star, world::Col::red, 32, 32), item(world::Obj::star, world::Col::blue, 96, 32),
                 item(world::Obj::fish, world::Col::red, 32, 96)};
  return scene;
}

void questions_are_about_the_objects_that_they_name() {
  using world::Ask, world::Obj, world::Col, world::Rel;
  const world::Scene scene = two_stars_and_a_fish();
  const auto about = [&](Ask ask, std::optional<Obj> a, std::optional<Col> color = {}, std::optional<Obj> b = {},
                         std::optional<Rel> rel = {}) {
    world::Query q;
    q.ask = ask, q.a = a, q.a_col = color, q.b = b, q.rel = rel;
    return grounding(scene, q);
  };
  using Items = std::vector<int>;
  check_equal(about(Ask::count_of, Obj::star).first.value(), Items{0, 1}, "how many stars");
  check_equal(about(Ask::exists, Obj::star, Col::red).first.value(), Items{0}, "a red star");
  check_equal(about(Ask::exists, Obj::fish, Col::blue).first.value(), Items{}, "no blue fish");
  check_equal(about(Ask::object_of, {}, Col::blue).first.value(), Items{1}, "what is blue");
  const Grounding more = about(Ask::more, Obj::fish, {}, Obj::star);
  check_equal(more.first.value(), Items{2}, "more fish");
  check_equal(more.second.value(), (Items{0, 1}), "than stars");
  const Grounding below = about(Ask::what_is, Obj::star, Col::red, {}, Rel::below);
  check_equal(below.first.value(), Items{0}, "the red star");
  check_equal(below.second.value(), Items{2}, "what is below it");
  const Grounding right = about(Ask::is_related, Obj::fish, {}, Obj::star, Rel::below);
  check_equal(right.first.value(), (Items{0, 1}), "from the star");
  check_equal(right.second.value(), Items{2}, "to the fish");
  check(!about(Ask::time, {}).first, "no object tells whether it is night");
}

void facts_are_what_a_yes_or_a_no_rests_on() {
  using world::Ask, world::Obj, world::Col;
  const world::Scene scene = two_stars_and_a_fish();
  const auto about = [&](Ask ask, Obj a, std::optional<Col> a_col, std::optional<Obj> b, std::optional<Col> b_col) {
    world::Query q;
    q.ask = ask, q.a = a, q.a_col = a_col, q.b = b, q.b_col = b_col;
    q.number = 3, q.rel = world::Rel::above;  // whatever is claimed
    return grounding(scene, q).facts;
  };
  check_equal(about(Ask::is_count, Obj::star, {}, {}, {})[Fact::count], 2, "two stars, not three");
  check_equal(about(Ask::count_of, Obj::star, Col::red, {}, {})[Fact::count], 1, "one of them red");
  check(about(Ask::exists, Obj::star, {}, {}, {}).none(), "nobody asked how many");
  const Facts fish = about(Ask::is_related, Obj::fish, {}, Obj::star, Col::blue);
  check_equal(fish.of, std::array<int, kFacts>{-1, 4, 12, 12, 4, 1, 0},
              "from the blue star to the fish, left and below");
  check_equal(about(Ask::is_related, Obj::fish, {}, Obj::star, Col::red)[Fact::left], -1, "straight below");
  check(about(Ask::is_related, Obj::fish, {}, Obj::star, {}).none(), "from which star?");
  check_equal(about(Ask::where_is, Obj::fish, {}, {}, {})[Fact::row], 12, "where the fish is");
}

void facts_are_told_by_the_token_before_the_answer() {
  const Tokenizer tokenizer = Tokenizer::load(tokenizer_folder());
  const Reader reader = reader_for(tokenizer);
  Reading counted = reader.chat({{"are there two stars?", "yes"}}, 0),
          plain = reader.chat({{"what is red?", "fish"}}, 0);
  Reading placed = reader.chat({{"is the fish below the star?", "yes"}}, 0);
  counted.facts[Fact::count] = 2, placed.facts[Fact::above] = 0;
  const ReadingBatch batch = packed({{counted, plain, placed}}, reader);
  check_equal(batch.facts.tokens.numel(), int64_t(2), "two of three");
  check_equal(batch.facts.tokens[0].item<int64_t>(), batch.before_answers[0].item<int64_t>(), "before the answer");
  FilledSource filled(fill_by_name_qwen);
  const FactHeads heads(Scope(filled), 24);
  const at::Tensor states = values_by_name("states", {batch.ids.numel(), 24}, 1);
  Tally tally;
  const double loss = fact_loss(heads, states, batch.facts, tally).item<double>();
  const auto off = [&](Fact fact, int64_t which, int64_t wanted) {
    at::Tensor row = states[batch.facts.tokens[which].item<int64_t>()].unsqueeze(0);
    row = row / row.square().mean().sqrt();
    return -at::log_softmax(heads.of[size_t(fact)](row), 1)[0][wanted].item<double>();
  };
  check_close(loss, off(Fact::count, 0, 2) + off(Fact::above, 1, 0), 1e-4, "each fact's own cross-entropy");
  check(!tally.has("fact_left"), "what no question asks for is not learnt");
}

void looks_tell_how_many_there_are() {
  const world::Scene scene = two_stars_and_a_fish();
  const world::CellLabels labels = world::cell_labels(scene);
  const auto shares = looks_at(scene, {0, 1});
  check_equal(shares.size(), size_t(65), "a place for nothing, then the cells");
  check_close(shares[0], 1.0 / 3, 1e-6, "one of three");
  double left = 0, all = 0;
  for (size_t c = 0; c < 64; ++c) {
    all += shares[1 + c];
    if (c % 8 < 4) left += shares[1 + c];
    check(shares[1 + c] == 0 || labels.obj[c] == uint8_t(world::Obj::star), "only cells of stars");
  }
  check_close(all, 2.0 / 3, 1e-5, "both stars");
  check_close(left, 1.0 / 3, 1e-5, "the left one");
  check_equal(looks_at(scene, {})[0], 1.0f, "nothing");
}

// The attention of the batch's rows, by the plain formula.
void looks_are_learnt_where_the_answer_begins() {
  const c10::AutoGradMode no_gradients(false);
  const Tokenizer tokenizer = Tokenizer::load(tokenizer_folder());
  const Reader reader = reader_for(tokenizer);
  const SmallLanguage small;
  Reading one = reader.chat({{"is there a star?", "yes"}}, 0), other = reader.chat({{"what is red?", "fish"}}, 0);
  Reading changed = reader.instruction("remove the fish", 0, 0);
  one.first_look = looks_at(two_stars_and_a_fish(), {0});
  changed.first_look = looks_at(two_stars_and_a_fish(), {2});
  const ReadingBatch batch = packed({{one, other}, {changed}}, reader);
  const Looks& looks = batch.first_looks;
  check_equal(looks.tokens.numel(), int64_t(1 + 64), "one question and all queries");
  const at::Tensor asked = looks.weights.eq(1).nonzero().flatten();  // rows come longest first
  check_equal(asked.numel(), int64_t(1), "a question counts as much as all queries");
  const int64_t token = looks.tokens[asked[0].item<int64_t>()].item<int64_t>();
  check_equal(token, batch.before_answers[0].item<int64_t>(), "before the answer");
  check_equal(batch.second_looks.tokens.numel(), int64_t(0), "nothing to compare");
  const int64_t width = batch.ids.size(1), row = token / width;
  const at::Tensor seen = looks.shares[asked[0].item<int64_t>()].gt(0).nonzero().flatten();
  const at::Tensor pads = batch.ids[row].index_select(0, seen.narrow(0, 1, seen.numel() - 1));
  check(pads.eq(reader.image_pad()).all().item<bool>(), "looks at the picture");
  check_close(looks.shares.sum(1), at::ones({65}), 1e-5, "shares");

  const at::Tensor rows = values_by_name("rows", {reader.rows(), 24}, 1);
  double loss = 0;
  small.language.states(batch, rows, [&](size_t i, const at::Tensor& x, const TextRotation& turn) {
    if (i == 0) loss = look_loss(small.language.text.layers[0], x, turn, batch.mask, looks).item<double>();
  });
  // By the plain formula, from each reading alone.
  const auto alone = [&](const Reading& r, const std::vector<int64_t>& tokens) {
    const TextLayer& layer = small.language.text.layers[0];
    const at::Tensor ids = at::tensor(r.ids, at::kLong).unsqueeze(0);
    at::Tensor x = place_rows(small.language.text.embed(ids), ids, reader.image_pad(), rows);
    if (r.drawing >= 0) x = at::cat({x, small.language.queries}, 1);
    const int64_t length = x.size(1), half = small.language.text.frequencies.numel();
    at::Tensor angles = at::zeros({1, length, 1, half});
    const auto& sections = small.language.text.config.mrope_section;
    for (int64_t t = 0; t < length; ++t)
      for (int64_t d = 0, axis = 0, end = sections[0]; d < half; ++d) {
        while (d >= end) end += sections[size_t(++axis)];
        angles[0][t][0][d] = r.positions[size_t(t)][size_t(axis)] * small.language.text.frequencies[d].item<float>();
      }
    const at::Tensor y = layer.input_layernorm(x);
    const int64_t width_of_head = small.language.text.config.head_width(), kv = layer.self_attn.kv_heads;
    const auto heads = [&](const at::Tensor& v, int64_t count) {
      return rotate(v.view({1, length, count, width_of_head}), angles.cos(), angles.sin());
    };
    const at::Tensor q = heads(layer.self_attn.q_proj(y), layer.self_attn.heads);
    const at::Tensor k = heads(layer.self_attn.k_proj(y), kv);
    at::Tensor places = at::cat({at::zeros({1}, at::kLong), ids[0].eq(reader.image_pad()).nonzero().flatten()});
    double sum = 0;
    for (const int64_t t : tokens)
      for (int64_t g = 0; g < kv; ++g) {
        const at::Tensor scores =
            at::matmul(k[0].select(1, g).narrow(0, 0, t + 1), q[0][t][g * (layer.self_attn.heads / kv)]) /
            std::sqrt(double(width_of_head));
        const at::Tensor wanted = at::tensor(r.first_look, at::kFloat);
        sum -= (wanted * at::log_softmax(scores, 0).index_select(0, places)).sum().item<double>() / double(kv);
      }
    return sum / double(tokens.size());
  };
  std::vector<int64_t> queries;
  for (int64_t q = 0; q < 64; ++q) queries.push_back(int64_t(changed.ids.size()) + q);
  check_close(loss, (alone(one, {one.learnt - 1}) + alone(changed, queries)) / 2, 1e-3, "mean of both");
}

const Cases cases = {
    CASE(questions_are_about_the_objects_that_they_name), CASE(facts_are_what_a_yes_or_a_no_rests_on),
    CASE(facts_are_told_by_the_token_before_the_answer),  CASE(looks_tell_how_many_there_are),
    CASE(looks_are_learnt_where_the_answer_begins),
};

}  // namespace
