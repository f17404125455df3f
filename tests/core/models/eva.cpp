#include "core/models/eva_clip.h"

#include <algorithm>
#include <map>

#include "core/base/error.h"
#include "core/image/clip.h"
#include "core/image/codec.h"
#include "tests/core/models/dit_support.h"

using namespace b3o;
using namespace b3o::test;

namespace {

constexpr const char* kEvaPrefix = "model.gen_vision_tower.vision_tower.model";

// The configuration of generation.md 10.3.
EvaConfig tiny_config() {
  return {
      .image_size = 64, .patch_size = 8, .width = 24, .head_width = 12, .layers = 3, .mlp_ratio = 8.571428571428571};
}

EvaClip tiny_eva(at::ScalarType compute = at::kFloat) {
  FilledSource source(fill_by_name_decoder, Placement{.compute = compute});
  return EvaClip(Scope(source, kEvaPrefix), tiny_config());
}

at::Tensor tiny_image() { return values_by_name("in.eva_image", {1, 3, 64, 64}, 1.0); }

void features_equal_the_table_of_the_specification() {
  const EvaClip eva = tiny_eva();
  at::Tensor after_first;
  const at::Tensor tokens = eva.tokens(tiny_image(), Probe([&](std::string_view name, const at::Tensor& value) {
                                         if (name == "blocks.0") after_first = value;
                                       }));
  check_shape(tokens, {1, 64, 24}, "tokens");
  check_first(after_first[0][0], {-2.59516, -2.38836, -0.430985, 3.24936}, 1e-4, "class token after block 0");
  check_close(after_first[0][0][-1].item<double>(), 0.94821, 1e-4, "its last");
  check_first(tokens, {-2.50802, -3.94253, 1.25769, 4.74043}, 1e-4, "tokens");
  const at::Tensor pooled = pool_tokens(tokens, 2);
  check_shape(pooled, {1, 24, 4, 4}, "pooled");
  check_first(pooled, {-2.29994, -1.34934, -2.78637, -1.71807}, 1e-4, "pooled");
  check_first(grid_to_tokens(pooled), {-2.29994, -2.87662, 1.0223, 2.65222}, 1e-4, "E");
  check_first(pool_tokens(eva.tokens(at::zeros({1, 3, 64, 64})), 2), {-3.16213, -2.92093, -3.50174, -2.77386}, 1e-4,
              "zero input");
}

void features_equal_the_golden_tensors() {
  const Json& entry = golden_json("modules")["tests"]["eva"];
  const EvaConfig config = EvaConfig::from_json(Fields(entry["config"], "modules.json"));
  check_equal(config.mlp_width(), entry["mlp_width"].get<int64_t>(), "mlp_width");
  FilledSource source(fill_by_name_decoder);
  const EvaClip eva(Scope(source, kEvaPrefix), config);
  const double tolerance = entry["absolute_tolerance"];
  const at::Tensor tokens = eva.tokens(golden("modules").tensor("eva.image"));
  check_close(tokens, golden("modules").tensor("eva.tokens"), tolerance, "eva.tokens");
  check_close(pool_tokens(tokens, 2), golden("modules").tensor("eva.pooled"), tolerance, "eva.pooled");
  check_close(pool_tokens(eva.tokens(at::zeros({1, 3, 64, 64})), 2), golden("modules").tensor("eva.zero_image_pooled"),
              tolerance, "eva.zero_image_pooled");
}

struct Released {
  Json config;
  FolderSource source;
  EvaClip eva;
  int64_t stride;
  explicit Released(at::ScalarType compute = at::kFloat)
      : config(parse_json(read_file(data_path("generation/tiny-blip3o/config.json"), 1 << 20), "config.json")),
        source(CheckpointFiles::of_model(data_path("generation/tiny-blip3o")), Placement{.compute = compute}),
        eva(Scope(source, kEvaPrefix), EvaConfig::from_json(Fields(config["gen_vision_config"], "config.json"))),
        stride(pooling_stride(config["gen_pooling"])) {}
  at::Tensor features(const at::Tensor& pixels) const { return pool_tokens(eva.tokens(pixels), stride); }
};

// [H, W, 3] bytes -> [1, 3, H, W] with the mean and deviation of generation.md 6.3.
at::Tensor normalised(const at::Tensor& bytes) {
  const at::Tensor mean = at::tensor({0.48145466, 0.4578275, 0.40821073}, at::kFloat);
  const at::Tensor deviation = at::tensor({0.26862954, 0.26130258, 0.27577711}, at::kFloat);
  return ((bytes.to(at::kFloat) / 255 - mean) / deviation).permute({2, 0, 1}).unsqueeze(0);
}

void reconstruction_features_equal_the_golden_chain() {
  const Released r;
  const at::Tensor pixels = normalised(golden("chain").tensor("recon_eva.eva_input_u8_resized_squash"));
  const at::Tensor tokens = r.eva.tokens(pixels);
  const at::Tensor rows = tokens[0].index_select(0, at::tensor({0, 1, 31, 32, 1023}, at::kLong));
  check_close(rows, golden("chain").tensor("recon_eva.eva_tokens_rows"), 1e-4, "eva_tokens_rows");
  const double sum = golden_json("chain")["cases"]["recon_eva"]["eva_tokens_abs_sum"];
  check_close(tokens.to(at::kDouble).abs().sum().item<double>(), sum, 1e-6 * sum, "eva_tokens_abs_sum");
  const at::Tensor embeds = golden("chain").tensor("recon_eva.unet.prompt_embeds");
  check_close(grid_to_tokens(pool_tokens(tokens, r.stride)), embeds.narrow(0, 0, 1), 1e-4, "E");
  const at::Tensor null = grid_to_tokens(r.features(at::zeros({1, 3, 448, 448})));
  check_close(null, golden("chain").tensor("recon_eva.null_image.E"), 1e-4, "null_image.E");
  check_close(null, embeds.narrow(0, 1, 1), 1e-4, "negative row");
}

// [1, 3, size, size] as the training pipeline prepares a picture.
at::Tensor training_pixels(const Image& image, int64_t size) {
  constexpr double mean[3] = {0.48145466, 0.4578275, 0.40821073}, deviation[3] = {0.26862954, 0.26130258, 0.27577711};
  return at::tensor(clip_pixels(image, int(size), ClipFit::crop, mean, deviation)).view({1, 3, size, size});
}

Image picture_of(const at::Tensor& bytes) {  // [H, W, 3]
  Image image(int(bytes.size(1)), int(bytes.size(0)));
  const at::Tensor rows = bytes.contiguous();
  std::copy_n(rows.const_data_ptr<uint8_t>(), image.pixels.size(), image.pixels.begin());
  return image;
}

void training_targets_equal_the_golden_targets() {
  const Released r;
  int targets = 0;
  for (const std::string batch : {"t2i", "mixed"})
    for (int64_t i = 0; golden("training").has(batch + ".source_u8_" + shown(i)); ++i, ++targets) {
      const std::string where = batch + " picture " + shown(i);
      const Image source = picture_of(golden("training").tensor(batch + ".source_u8_" + shown(i)));
      const at::Tensor pixels = training_pixels(source, r.eva.config.image_size);
      check_close(pixels[0].select(1, 0), golden("training").tensor(batch + ".gen_image_row0_" + shown(i)), 1e-5,
                  where);
      check_close(r.features(pixels)[0], golden("training").tensor(batch + ".target")[i], 1e-4, where + " target");
    }
  check_equal(targets, 5);
  const at::Tensor pixels = training_pixels(load_image(data_path("generation/recon_eva.png")), 448);
  check_close(grid_to_tokens(r.features(pixels)), golden("chain").tensor("recon_eva.train_preproc.E"), 1e-4,
              "train_preproc.E");
}

void batched_pictures_equal_single_pictures() {
  const EvaClip eva = tiny_eva();
  const at::Tensor two = values_by_name("in.two", {2, 3, 64, 64}, 1.0), both = eva.tokens(two);
  for (int64_t i = 0; i < 2; ++i)
    check_close(both.narrow(0, i, 1), eva.tokens(two.narrow(0, i, 1)), 1e-5, "picture " + shown(i));
}

void parts_of_any_size_give_the_same_tokens() {
  EvaClip eva = tiny_eva();
  const at::Tensor two = values_by_name("in.two", {2, 3, 64, 64}, 1.0);
  eva.part_rows = 1000;
  const at::Tensor whole = eva.tokens(two);
  for (const int64_t rows : {1, 50, 65, 129}) {
    eva.part_rows = rows;
    int parts = 0;
    const at::Tensor tokens =
        eva.tokens(two, Probe([&](std::string_view name, const at::Tensor&) { parts += name == "part"; }));
    check_close(tokens, whole, 1e-5, shown(rows) + " rows");
    check_equal(parts, int(3 * ((130 + rows - 1) / rows)), "pauses");
  }
}

void half_precision_stays_close() {
  const at::Tensor right = tiny_eva().tokens(tiny_image());
  for (const auto& [type, limit] : std::map<at::ScalarType, double>{{at::kBFloat16, 0.02}, {at::kHalf, 0.003}}) {
    const at::Tensor tokens = tiny_eva(type).tokens(tiny_image());
    check(tokens.scalar_type() == type, "the tokens have the network's number type");
    check_shape(pool_tokens(tokens, 2), {1, 24, 4, 4}, "pooled");
    const double distance = relative_l2(tokens, right);
    check(distance < limit && distance > 1e-5, shown(type) + " is " + shown(distance) + " away");
  }
}

// The tensors of `fused` with qkv.bias cut into q_bias and v_bias.
class SplitBias : public TensorSource {
 public:
  std::optional<Shape> shape(const std::string& name) override {
    if (name.ends_with("q_bias") || name.ends_with("v_bias")) return Shape{24};
    if (name.ends_with("qkv.bias")) return {};
    return Shape{};
  }
  at::Tensor take(const std::string& name, at::IntArrayRef shape, bool) override {
    check(!name.ends_with("qkv.bias"), "the fused bias is not asked for");
    const bool q = name.ends_with("q_bias"), v = name.ends_with("v_bias");
    at::Tensor values = at::empty(q || v ? at::IntArrayRef({72}) : shape, at::kFloat);
    fill_by_name_decoder(q || v ? name.substr(0, name.size() - 6) + "qkv.bias" : name, values);
    return q ? values.narrow(0, 0, 24) : v ? values.narrow(0, 48, 24) : values;
  }
};

void split_biases_equal_a_fused_bias_with_zeros_for_keys() {
  SplitBias split;
  const EvaClip from_parts(Scope(split, kEvaPrefix), tiny_config());
  EvaClip fused = tiny_eva();
  for (EvaBlock& block : fused.blocks) block.attn.qkv_bias.narrow(0, 24, 24).zero_();
  check(at::equal(from_parts.tokens(tiny_image()), fused.tokens(tiny_image())), "tokens");
}

void describes_the_official_size() {
  DescribeSource source;
  const EvaClip eva(Scope(source, kEvaPrefix), EvaConfig::official());
  check_equal(EvaConfig::official().mlp_width(), int64_t(15360), "mlp width");
  check_equal(source.items().size(), size_t(772), "tensors");
  int64_t sum = 0;
  for (const auto& item : source.items()) {
    int64_t product = 1;
    for (const int64_t side : item.shape) product *= side;
    sum += product;
  }
  check_equal(sum, int64_t(4'350'208'256), "parameters");
}

void names_and_shapes_are_those_of_the_tiny_folder() {
  Released r;
  DescribeSource described;
  const EvaClip eva(Scope(described, kEvaPrefix), r.eva.config);
  std::map<std::string, Shape> wanted, got;
  for (const auto& [name, item] : r.source.items())
    if (name.starts_with("model.gen_vision_tower.")) wanted[name] = item.entry().shape;
  for (const auto& item : described.items()) got[item.name] = item.shape;
  check_equal(got.size(), size_t(40), "tensors");
  check(got == wanted, "names and shapes");
}

void a_probe_can_stop_the_tower() {
  int blocks = 0;
  bool stopped = false;
  try {
    tiny_eva().tokens(tiny_image(), Probe([&](std::string_view name, const at::Tensor&) {
                        if (name.starts_with("blocks.") && ++blocks == 2) throw Stop();
                      }));
  } catch (const Stop&) {
    stopped = true;
  }
  check(stopped && blocks == 2, "no third block");
}

void pooling_averages_squares_of_neighbours() {
  const at::Tensor tokens = at::arange(16, at::kFloat).view({1, 16, 1});
  check_close(pool_tokens(tokens, 2), at::tensor({2.5f, 4.5f, 10.5f, 12.5f}).view({1, 1, 2, 2}), 0, "stride 2");
  check_close(pool_tokens(tokens, 1), tokens.view({1, 1, 4, 4}), 0, "stride 1");
  message_of<LoadError>([&] { pool_tokens(tokens, 3); });
  message_of<Error>([] { pool_tokens(at::zeros({1, 15, 2}), 1); });
}

void tokens_and_grid_are_row_major() {
  const at::Tensor grid = at::arange(12, at::kFloat).view({1, 2, 2, 3});
  check_close(grid_to_tokens(grid)[0].select(1, 0), at::arange(6, at::kFloat), 0, "channel 0");
  check_close(tokens_to_grid(grid_to_tokens(grid), 2, 3), grid, 0, "back");
}

void pooling_stride_is_read_from_the_name() {
  check_equal(pooling_stride("early_pool2d_4"), int64_t(4));
  check_equal(pooling_stride("early_16"), int64_t(16));
  for (const std::string wrong :
       {"", "early", "early_", "early_pool2d_", "early_pool2d_x", "early_pool2d_4x", "early_pool2d_0",
        "early_pool2d_-2", "early_pool2d_99999999999999999999", "late_4", "4"})
    check_contains(message_of<LoadError>([&] { pooling_stride(wrong); }), "'" + wrong + "'");
}

void config_names_what_is_missing_or_impossible() {
  const Json good = golden_json("modules")["tests"]["eva"]["config"];
  const auto message = [&](const char* key, Json value) {
    Json changed = good;
    if (value.is_discarded())
      changed.erase(key);
    else
      changed[key] = std::move(value);
    return message_of<LoadError>([&] { EvaConfig::from_json(Fields(changed, "config.json")); });
  };
  for (const char* key : {"image_size", "patch_size", "width", "head_width", "layers", "mlp_ratio"})
    check_contains(message(key, Json(Json::value_t::discarded)), std::string("'") + key + "'");
  check_contains(message("patch_size", 7), "64 and 7");
  check_contains(message("head_width", 7), "24 and 7");
  check_contains(message("mlp_ratio", 0.0), "mlp_ratio");
  check_contains(message("mlp_ratio", 1e300), "mlp_ratio");
  check_contains(message("qkv_bias", false), "qkv_bias");
  check_contains(message("postnorm", false), "postnorm");
  check_contains(message("layers", 1 << 20), "layers");
}

void pictures_of_another_size_are_refused() {
  message_of<Error>([] { tiny_eva().tokens(at::zeros({1, 3, 64, 56})); });
  message_of<Error>([] { tiny_eva().tokens(at::zeros({1, 4, 64, 64})); });
}

const Cases cases = {
    CASE(features_equal_the_table_of_the_specification),
    CASE(features_equal_the_golden_tensors),
    CASE(reconstruction_features_equal_the_golden_chain),
    CASE(training_targets_equal_the_golden_targets),
    CASE(batched_pictures_equal_single_pictures),
    CASE(parts_of_any_size_give_the_same_tokens),
    CASE(half_precision_stays_close),
    CASE(split_biases_equal_a_fused_bias_with_zeros_for_keys),
    CASE(describes_the_official_size),
    CASE(names_and_shapes_are_those_of_the_tiny_folder),
    CASE(a_probe_can_stop_the_tower),
    CASE(pooling_averages_squares_of_neighbours),
    CASE(tokens_and_grid_are_row_major),
    CASE(pooling_stride_is_read_from_the_name),
    CASE(config_names_what_is_missing_or_impossible),
    CASE(pictures_of_another_size_are_refused),
};

}  // namespace
