// The tiny model of understanding.md 10, layer by layer, and the mistakes that its values must reveal.
#include <map>
#include <numeric>

#include "tests/core/models/qwen_models.h"

using namespace b3o;
using namespace b3o::test;

namespace {

constexpr double kTight = 2e-5;

// Everything a run shows, by name.
struct Recorder {
  std::map<std::string, at::Tensor> values;
  Probe probe() {
    return Probe([this](std::string_view name, const at::Tensor& value) { values[std::string(name)] = value.clone(); });
  }
};

at::Tensor last_logits(const QwenModel& model, const at::Tensor& embeds, const at::Tensor& positions) {
  const at::Tensor hidden = model.text(embeds, positions, nullptr);
  return model.text.logits(hidden.select(1, hidden.size(1) - 1))[0];
}

void the_pictures_give_the_published_patches() {
  const Section10 s;
  check_shape(s.pixels, {220, 1176}, "pixels");
  check_close(s.pixels.to(at::kDouble).sum().item<double>(), 45239.6192, 1e-3, "sum");
  check_close(s.pixels.to(at::kDouble).abs().sum().item<double>(), 239015.326, 1e-2, "sum of absolute values");
}

void every_vision_block_equals_the_reference() {
  const Section10 s;
  const QwenModel model = tiny_qwen(tiny_qwen_config());
  Recorder seen;
  const at::Tensor out = model.vision(s.pixels, s.grids, seen.probe());
  check_close(seen.values.at("patch_embed"), s.golden.at("patch_embed"), kTight, "patch_embed");
  for (const std::string i : {"0", "1", "2", "3"})
    check_close(seen.values.at("blocks." + i), s.golden.at("vision_block_" + i), kTight, "block " + i);
  check_close(out, s.golden.at("vision"), kTight, "vision");
  check_first(seen.values.at("blocks.0"), {0.5640280, -0.4084703, 0.9628144, -0.0549075}, kTight, "block 0");
  check_first(out[34], {-0.5568257, 0.2164086, 0.2784228, -0.3412118}, kTight, "row 34");
  check_close(out.to(at::kDouble).sum().item<double>(), -43.330709, 2e-4, "sum");
}

void windows_are_ordered_as_published() {
  const Section10 s;
  const QwenVisionConfig c = tiny_qwen(tiny_qwen_config()).vision.config;
  const at::Tensor wanted = s.golden.at("window_index");
  check_equal(vision_window_index(s.grids, c),
              std::vector<int64_t>(wanted.data_ptr<int64_t>(), wanted.data_ptr<int64_t>() + wanted.numel()));
  const std::vector<int64_t> even = vision_window_index({{1, 16, 16}}, c);
  check_equal(std::vector<int64_t>(even.begin(), even.begin() + 9), std::vector<int64_t>{0, 1, 2, 3, 8, 9, 10, 11, 16},
              "a picture of whole windows");
}

void pictures_one_by_one_equal_pictures_together() {
  const Section10 s;
  const QwenModel model = tiny_qwen(tiny_qwen_config());
  const at::Tensor a = model.vision(s.pixels.narrow(0, 0, 140), {s.grids[0]});
  const at::Tensor b = model.vision(s.pixels.narrow(0, 140, 80), {s.grids[1]});
  check_close(at::cat({a, b}), s.golden.at("vision"), kTight, "one by one");
  const at::Tensor swapped = at::cat({s.pixels.narrow(0, 140, 80), s.pixels.narrow(0, 0, 140)});
  check_close(model.vision(swapped, {s.grids[1], s.grids[0]}), at::cat({b, a}), kTight, "in the other order");
}

void parts_of_any_size_give_the_same_rows() {
  const Section10 s;
  QwenModel model = tiny_qwen(tiny_qwen_config());
  int parts = 0;
  const Probe count([&](std::string_view name, const at::Tensor&) { parts += name == "part" ? 1 : 0; });
  for (const int64_t rows : {7, 64, 219, 220}) {
    model.vision.part_rows = rows;
    parts = 0;
    check_close(model.vision(s.pixels, s.grids, count), s.golden.at("vision"), kTight, shown(rows) + " rows a part");
    check_equal(parts > 0, rows < 220, "a pause inside a block with " + shown(rows) + " rows a part");
  }
}

void frames_of_one_picture_do_not_see_each_other() {
  const Section10 s;
  const QwenModel model = tiny_qwen(tiny_qwen_config());
  const at::Tensor b = s.pixels.narrow(0, 140, 80);
  const at::Tensor one = model.vision(b, {{1, 8, 10}}), other = model.vision(b.flip(0), {{1, 8, 10}});
  check_close(model.vision(at::cat({b, b.flip(0)}), {{2, 8, 10}}), at::cat({one, other}), kTight, "two frames");
}

void every_text_layer_equals_the_reference() {
  const Section10 s;
  const QwenModel model = tiny_qwen(tiny_qwen_config());
  const at::Tensor embeds = prompt_embeds(model, s.ids, model.vision(s.pixels, s.grids));
  check_close(embeds[0], s.golden.at("hidden_0"), kTight, "embeddings");
  for (const std::string form : {"hidden_", "hidden_1d_"}) {
    const bool plain = form == "hidden_1d_";
    const at::Tensor positions = plain ? plain_positions(0, 73).unsqueeze(1) : positions_of(model, s.ids, s.grids);
    Recorder seen;
    const at::Tensor hidden = model.text(embeds, positions, nullptr, seen.probe());
    check_close(seen.values.at("layers.0")[0], s.golden.at(form + "1"), kTight, form + "1");
    check_close(seen.values.at("layers.1")[0], s.golden.at(form + "2"), kTight, form + "2");
    check_close(seen.values.at("norm")[0], s.golden.at(form + "3"), kTight, form + "3");
    check_close(hidden[0], s.golden.at(form + "3"), kTight, form + "3 as result");
    if (!plain) check_close(model.text.logits(hidden)[0], s.golden.at("logits"), kTight, "logits");
    if (plain)
      check_first(model.text.logits(hidden)[0][72], {0.4029726, -0.0551044, -0.4050523, 0.7994987}, kTight, "logits");
  }
}

void positions_equal_the_worked_example() {
  const Section10 s;
  const QwenModel model = tiny_qwen(tiny_qwen_config());
  ChatPositions at;
  const at::Tensor positions = chat_positions(s.ids, s.grids, model.tokens, at);
  check(at::equal(positions, s.golden.at("position_ids")), "positions are the published ones");
  check_equal(at.rope_delta(), -43);
  check_equal(at.next, 30, "position of the first generated token");
}

void a_tied_model_uses_the_embedding_as_its_head() {
  const Section10 s;
  Json config = tiny_qwen_config();
  config["tie_word_embeddings"] = true;
  const QwenModel model = tiny_qwen(config);
  const at::Tensor embeds = prompt_embeds(model, s.ids, model.vision(s.pixels, s.grids));
  const at::Tensor logits = last_logits(model, embeds, positions_of(model, s.ids, s.grids));
  check_first(logits, {-3.521694, -5.280323, 8.754243, 0.289070}, kTight, "tied logits");
}

void text_without_pictures_equals_the_reference() {
  const QwenModel model = tiny_qwen(tiny_qwen_config());
  const std::vector<int64_t> ids{296, 10, 11, 12, 297, 13, 296, 18};
  const at::Tensor logits = last_logits(model, prompt_embeds(model, ids, {}), positions_of(model, ids, {}));
  check_first(logits, {0.0498513, -0.3036990, -0.4536167, -0.0348001}, kTight, "logits");
}

void greedy_text_equals_the_reference() {
  const Section10 s;
  const QwenModel model = tiny_qwen(tiny_qwen_config());
  KvCache cache(model.text.config.layers);
  ChatPositions at;
  at::Tensor positions = chat_positions(s.ids, s.grids, model.tokens, at).unsqueeze(1);
  at::Tensor embeds = prompt_embeds(model, s.ids, model.vision(s.pixels, s.grids));
  std::vector<int64_t> out;
  for (int i = 0; i < 8; ++i) {
    const at::Tensor hidden = model.text(embeds, positions, &cache);
    out.push_back(model.text.logits(hidden.select(1, hidden.size(1) - 1)).argmax().item<int64_t>());
    positions = plain_positions(at.next + i, 1).unsqueeze(1);
    embeds = model.text.embed(id_row({out.back()}));
  }
  check_equal(out, std::vector<int64_t>{106, 295, 84, 32, 15, 226, 127, 28});
}

void check_differs(const at::Tensor& got, const at::Tensor& golden, const std::string& what) {
  const double worst = (got - golden).abs().max().item<double>();
  check(worst > 100 * kTight, what + " changes the values, but only by " + shown(worst));
}

void wrong_windows_are_noticed() {
  const Section10 s;
  const at::Tensor golden = s.golden.at("vision");
  Json config = tiny_qwen_config();
  config["vision_config"]["fullatt_block_indexes"] = {0, 1, 2, 3};
  check_differs(tiny_qwen(config).vision(s.pixels, s.grids), golden, "full attention in every block");
  config["vision_config"]["fullatt_block_indexes"] = Json::array();
  check_differs(tiny_qwen(config).vision(s.pixels, s.grids), golden, "windows in every block");
  config = tiny_qwen_config();
  config["vision_config"]["window_size"] = 56;
  check_differs(tiny_qwen(config).vision(s.pixels, s.grids), golden, "a smaller window");
}

void rows_left_in_window_order_are_noticed() {
  const Section10 s;
  const QwenModel model = tiny_qwen(tiny_qwen_config());
  const at::Tensor index = s.golden.at("window_index");
  check_differs(model.vision(s.pixels, s.grids).index_select(0, index), s.golden.at("vision"), "window order");
}

void rotation_of_neighbours_instead_of_halves_is_noticed() {
  const Section10 s;
  QwenModel model = tiny_qwen(tiny_qwen_config());
  // Head dimensions 0 1 2 3 .. moved to 0 8 1 9 ..: what was paired as (j, j + 8) is now paired as (2j, 2j + 1).
  const at::Tensor pairs = at::stack({at::arange(8), at::arange(8, 16)}, 1).flatten();
  const at::Tensor moved = at::cat({pairs, 16 + pairs, 32 + pairs, 48 + pairs, at::arange(64, 96)});
  for (VisionBlock& block : model.vision.blocks) {
    block.attn.qkv.weight = block.attn.qkv.weight.index_select(0, moved);
    block.attn.qkv.bias = block.attn.qkv.bias.index_select(0, moved);
  }
  check_differs(model.vision(s.pixels, s.grids), s.golden.at("vision"), "another pairing");
}

void swapped_axes_are_noticed() {
  const Section10 s;
  const QwenModel model = tiny_qwen(tiny_qwen_config());
  const at::Tensor golden = s.golden.at("vision");
  check_differs(model.vision(s.pixels, {{1, 14, 10}, {1, 10, 8}}), golden, "rows taken as columns");
  const at::Tensor embeds = s.golden.at("hidden_0").unsqueeze(0);
  const at::Tensor positions = positions_of(model, s.ids, s.grids);
  const at::Tensor swapped = at::stack({positions[0], positions[2], positions[1]});
  const auto logits = [&](const at::Tensor& at) { return model.text.logits(model.text(embeds, at, nullptr))[0]; };
  const at::Tensor wanted = s.golden.at("logits");
  check_close(logits(positions), wanted, kTight, "the right axes");
  check_differs(logits(swapped), wanted, "rows and columns swapped in the text");
  check_differs(logits(plain_positions(0, 73).unsqueeze(1)), wanted, "1-D positions");
}

const Cases cases = {
    CASE(the_pictures_give_the_published_patches),
    CASE(every_vision_block_equals_the_reference),
    CASE(windows_are_ordered_as_published),
    CASE(pictures_one_by_one_equal_pictures_together),
    CASE(parts_of_any_size_give_the_same_rows),
    CASE(frames_of_one_picture_do_not_see_each_other),
    CASE(every_text_layer_equals_the_reference),
    CASE(positions_equal_the_worked_example),
    CASE(a_tied_model_uses_the_embedding_as_its_head),
    CASE(text_without_pictures_equals_the_reference),
    CASE(greedy_text_equals_the_reference),
    CASE(wrong_windows_are_noticed),
    CASE(rows_left_in_window_order_are_noticed),
    CASE(rotation_of_neighbours_instead_of_halves_is_noticed),
    CASE(swapped_axes_are_noticed),
};

}  // namespace
