// Names, shapes and configurations, without weights; and gradients.
#include <set>

#include "core/base/error.h"
#include "tests/core/models/qwen_models.h"

using namespace b3o;
using namespace b3o::test;

namespace {

// config.json of the published models (understanding.md 1.1).
Json official_config(bool large) {
  Json c = parse_json(R"({"hidden_size": 2048, "num_hidden_layers": 36, "num_attention_heads": 16,
    "num_key_value_heads": 2, "intermediate_size": 11008, "vocab_size": 151936, "tie_word_embeddings": true,
    "hidden_act": "silu", "rms_norm_eps": 1e-06, "rope_theta": 1000000.0, "max_position_embeddings": 128000,
    "use_sliding_window": false, "sliding_window": 32768, "max_window_layers": 70,
    "rope_scaling": {"type": "mrope", "mrope_section": [16, 24, 24]},
    "vision_config": {"depth": 32, "hidden_size": 1280, "num_heads": 16, "intermediate_size": 3420,
      "hidden_act": "silu", "out_hidden_size": 2048, "patch_size": 14, "spatial_patch_size": 14,
      "spatial_merge_size": 2, "temporal_patch_size": 2, "window_size": 112, "tokens_per_second": 2, "in_chans": 3,
      "fullatt_block_indexes": [7, 15, 23, 31]}})",
                      "3B");
  if (!large) return c;
  c.merge_patch(parse_json(R"({"hidden_size": 3584, "num_hidden_layers": 28, "num_attention_heads": 28,
    "num_key_value_heads": 4, "intermediate_size": 18944, "vocab_size": 152064, "tie_word_embeddings": false,
    "vision_config": {"out_hidden_size": 3584}})",
                           "7B"));
  return c;
}

struct Description {
  std::map<std::string, Shape> shapes;
  int64_t parameters = 0;
};

// What the networks ask for; rows: of the embedding in the file, 0 for no file.
Description describe(const Json& config, int64_t rows = 0, Head head = Head::yes) {
  const int64_t width = config.at("hidden_size");
  DescribeSource source([&](const std::string& name) {
    const bool embedding = rows > 0 && name == "model.embed_tokens.weight";
    return embedding ? std::optional(Shape{rows, width}) : std::nullopt;
  });
  const Fields f(config, "config.json");
  const Scope root(source);
  QwenText(root, QwenTextConfig::from_json(f), head);
  QwenVision(root / "visual", QwenVisionConfig::from_json(f.object("vision_config")));
  Description out;
  for (const auto& item : source.items()) {
    check(out.shapes.emplace(item.name, item.shape).second, "'" + item.name + "' is asked for once");
    out.parameters += c10::multiply_integers(item.shape);
  }
  return out;
}

void official_models_have_the_published_tensors() {
  const Description small = describe(official_config(false)), large = describe(official_config(true));
  check_equal(small.shapes.size(), 824u, "tensors of 3B");
  check_equal(small.parameters, 3'754'622'976, "parameters of 3B");
  check_equal(large.shapes.size(), 729u, "tensors of 7B");
  check_equal(large.parameters, 8'292'166'656, "parameters of 7B");
}

void a_resized_embedding_decides_the_vocabulary() {
  const Description small = describe(official_config(false), 151668), large = describe(official_config(true), 151668);
  check_equal(small.shapes.size(), 824u, "tensors of 4B");
  check_equal(small.parameters, 3'754'074'112, "parameters of 4B");
  check_equal(large.shapes.size(), 729u, "tensors of 8B");
  check_equal(large.parameters, 8'289'328'128, "parameters of 8B");
  check_equal(large.shapes.at("lm_head.weight"), Shape{151668, 3584}, "head of 8B");
}

void a_model_without_head_asks_for_everything_else() {
  const Description large = describe(official_config(true), 151668, Head::no);
  check_equal(large.shapes.size(), 728u, "tensors of 8B without head");
  check(!large.shapes.contains("lm_head.weight"), "the head is not asked for");
  check_equal(describe(official_config(false), 0, Head::no).shapes.size(), 824u, "tensors of 3B, whose head is tied");
}

void tensors_have_the_names_and_shapes_of_the_file() {
  const Description d = describe(official_config(true));
  check_equal(d.shapes.at("visual.patch_embed.proj.weight"), Shape{1280, 3, 2, 14, 14});
  check_equal(d.shapes.at("visual.blocks.31.attn.qkv.bias"), Shape{3840});
  check_equal(d.shapes.at("visual.blocks.0.mlp.down_proj.weight"), Shape{1280, 3420});
  check_equal(d.shapes.at("visual.merger.mlp.2.weight"), Shape{3584, 5120});
  check_equal(d.shapes.at("model.layers.27.self_attn.k_proj.weight"), Shape{512, 3584});
  check_equal(d.shapes.at("model.layers.0.self_attn.v_proj.bias"), Shape{512});
  check(!d.shapes.contains("model.layers.0.self_attn.o_proj.bias"), "o_proj has no bias");
  check(!d.shapes.contains("model.layers.0.mlp.up_proj.bias"), "the text mlp has no bias");
}

void golden_folders_hold_exactly_these_tensors() {
  for (const std::string folder : {"tiny-qwen2.5-vl", "tiny-qwen2.5-vl-untied"}) {
    const auto files = CheckpointFiles::of_model(data_path("understanding/" + folder));
    std::map<std::string, Shape> stored;
    for (const auto& file : files.files)
      for (const auto& [name, entry] : file->entries()) stored[name] = entry.shape;
    check(describe(golden_json("understanding/" + folder + "/config.json")).shapes == stored, folder + " matches");
  }
}

void a_tied_model_ignores_a_stored_head() {
  std::set<std::string> asked;
  DescribeSource source([&](const std::string& name) {
    asked.insert(name);
    return name == "lm_head.weight" ? std::optional(Shape{151936, 2048}) : std::nullopt;
  });
  const Json config = official_config(false);
  QwenText text(Scope(source), QwenTextConfig::from_json(Fields(config, "3B")));
  check(!text.lm_head, "no head of its own");
}

QwenTextConfig text_config(const Json& config) { return QwenTextConfig::from_json(Fields(config, "config.json")); }

void newer_forms_of_the_config_are_read() {
  const Json old = official_config(true);
  Json nested = {{"vision_config", old.at("vision_config")}, {"tie_word_embeddings", true}};
  nested["text_config"] = old;
  nested["text_config"].erase("vision_config");
  nested["text_config"].erase("rope_scaling");
  nested["text_config"].erase("rope_theta");
  nested["text_config"]["rope_parameters"] = {
      {"rope_type", "default"}, {"rope_theta", 5e5}, {"mrope_section", {16, 24, 24}}};
  const QwenTextConfig c = text_config(nested);
  check_equal(c.hidden, 3584);
  check_equal(c.rope_theta, 5e5);
  check_equal(c.mrope_section, std::vector<int64_t>{16, 24, 24});
  check(c.tie, "the outer tie_word_embeddings counts");
  nested.erase("tie_word_embeddings");
  check(!text_config(nested).tie, "then the inner one");
}

void wrong_text_configs_are_refused_by_key() {
  const auto refusal = [](const char* key, const Json& value) {
    Json c = official_config(false);
    c[key] = value;
    return message_of<LoadError>([&] { text_config(c); });
  };
  for (const char* key : {"hidden_size", "num_hidden_layers", "num_attention_heads", "num_key_value_heads",
                          "intermediate_size", "vocab_size", "rms_norm_eps", "rope_theta", "rope_scaling"})
    check_contains(refusal(key, nullptr), std::string("config.json: key '") + key + "' is missing");
  check_contains(refusal("hidden_size", 2050), "must be an even number");
  check_contains(refusal("hidden_size", int64_t(1) << 40), "hidden_size");
  check_contains(refusal("num_key_value_heads", 3), "multiple of num_key_value_heads 3");
  check_contains(refusal("num_attention_heads", 0), "num_attention_heads");
  check_contains(refusal("hidden_act", "gelu"), "'gelu', expected silu");
  check_contains(refusal("use_sliding_window", true), "use_sliding_window");
  check_contains(refusal("rope_theta", -1), "above 0");
  check_contains(refusal("rope_scaling", {{"type", "yarn"}, {"mrope_section", {16, 24, 24}}}), "'yarn'");
  const int64_t huge = INT64_MAX;
  for (const Json& section : {Json{16, 24}, Json{16, 24, 25}, Json{-1, 32, 33}, Json{huge, huge, 66}})
    check_contains(refusal("rope_scaling", {{"type", "mrope"}, {"mrope_section", section}}), "three numbers");
}

void wrong_vision_configs_are_refused_by_key() {
  const auto refusal = [](const char* key, const Json& value) {
    Json c = official_config(false).at("vision_config");
    c[key] = value;
    return message_of<LoadError>([&] { QwenVisionConfig::from_json(Fields(c, "vision_config")); });
  };
  for (const char* key : {"depth", "hidden_size", "num_heads", "intermediate_size", "out_hidden_size", "patch_size",
                          "temporal_patch_size", "spatial_merge_size", "window_size", "fullatt_block_indexes"})
    check_contains(refusal(key, nullptr), std::string("key '") + key + "' is missing");
  check_contains(refusal("hidden_size", 1272), "multiple of 4");
  check_contains(refusal("window_size", 27), "at least");
  check_contains(refusal("hidden_act", "gelu"), "'gelu', expected silu");
}

void channels_come_from_in_channels_alone() {
  Json c = official_config(false).at("vision_config");
  c["in_chans"] = 7;
  check_equal(QwenVisionConfig::from_json(Fields(c, "vision_config")).in_channels, 3, "without in_channels");
  c["in_channels"] = 4;
  check_equal(QwenVisionConfig::from_json(Fields(c, "vision_config")).in_channels, 4, "with in_channels");
}

// The slope of f along d at x by autograd, and by differences.
template <class F>
void check_slope(F f, at::Tensor x, const std::string& what) {
  const at::Tensor d = values_by_name("direction", x.sizes(), 1);
  const at::Tensor leaf = x.clone().requires_grad_();
  f(leaf).backward();
  const double slope = (leaf.grad() * d).sum().template item<double>();
  const double step = 1e-3;
  const double wanted = ((f(x + step * d) - f(x - step * d)) / (2 * step)).template item<double>();
  check(std::abs(wanted) > 1e-2, what + " has a slope");
  check_close(slope, wanted, 2e-2 * std::abs(wanted), what);
}

void gradients_pass_through_both_networks() {
  const Section10 s;
  QwenModel model = tiny_qwen(tiny_qwen_config());
  const at::Tensor positions = plain_positions(0, 9).unsqueeze(1);
  const at::Tensor embeds = model.text.embed(id_row({1, 2, 3, 4, 5, 6, 7, 8, 9}));
  const at::Tensor probe_text = values_by_name("text", {1, 9, 64}, 1), probe_vision = values_by_name("v", {20, 64}, 1);
  const auto text = [&](const at::Tensor& x) { return (model.text(x, positions, nullptr) * probe_text).sum(); };
  check_slope(text, embeds, "slope over the embeddings");
  const auto key = [&](const at::Tensor& w) {
    model.text.layers[1].self_attn.k_proj.weight = w;
    return text(embeds);
  };
  check_slope(key, model.text.layers[1].self_attn.k_proj.weight, "slope over a key matrix");
  const auto vision = [&](const at::Tensor& w) {
    model.vision.blocks[0].attn.qkv.weight = w;
    return (model.vision(s.pixels.narrow(0, 140, 80), {s.grids[1]}) * probe_vision).sum();
  };
  check_slope(vision, model.vision.blocks[0].attn.qkv.weight, "slope over a vision matrix");
}

const Cases cases = {
    CASE(official_models_have_the_published_tensors),
    CASE(a_resized_embedding_decides_the_vocabulary),
    CASE(a_model_without_head_asks_for_everything_else),
    CASE(tensors_have_the_names_and_shapes_of_the_file),
    CASE(golden_folders_hold_exactly_these_tensors),
    CASE(a_tied_model_ignores_a_stored_head),
    CASE(newer_forms_of_the_config_are_read),
    CASE(wrong_text_configs_are_refused_by_key),
    CASE(wrong_vision_configs_are_refused_by_key),
    CASE(channels_come_from_in_channels_alone),
    CASE(gradients_pass_through_both_networks),
};

}  // namespace
