// What unet/config.json may say, and the tensors that follow from it.
#include <map>

#include "tests/core/models/sdxl_goldens.h"

using namespace b3o;
using namespace b3o::test;

namespace {

std::map<std::string, Shape> tensors_of(const UnetConfig& c) {
  DescribeSource source;
  const SdxlUnet net(Scope(source), c);
  std::map<std::string, Shape> out;
  for (const auto& item : source.items()) check(out.emplace(item.name, item.shape).second, item.name + " appears once");
  return out;
}

// Elements of all tensors whose name starts with the prefix.
int64_t elements(const std::map<std::string, Shape>& tensors, const std::string& prefix = "") {
  int64_t sum = 0;
  for (const auto& [name, shape] : tensors)
    if (name.rfind(prefix, 0) == 0) {
      int64_t n = 1;
      for (const int64_t d : shape) n *= d;
      sum += n;
    }
  return sum;
}

std::string refusal(const Json& changed) {
  Json j = tiny_unet_json();
  j.update(changed);
  return message_of<LoadError>([&] { unet_config(j); });
}

void the_official_config_has_the_published_tensors() {
  const auto tensors = tensors_of(unet_config(unet_json()));
  check_equal(tensors.size(), size_t(1680), "tensors");
  check_equal(elements(tensors), int64_t(2525520644), "parameters");
  const std::vector<std::pair<std::string, int64_t>> parts = {
      {"conv_in.", 11840},         {"time_embedding.", 2050560}, {"add_embedding.", 5900800},
      {"down_blocks.0.", 5432000}, {"down_blocks.1.", 58794880}, {"down_blocks.2.", 744296960},
      {"mid_block.", 406563840},   {"up_blocks.0.", 1186908160}, {"up_blocks.1.", 104377600},
      {"up_blocks.2.", 11171840},  {"conv_norm_out.", 640},      {"conv_out.", 11524}};
  for (const auto& [part, count] : parts) check_equal(elements(tensors, part), count, part);
  check_equal(tensors.at("up_blocks.0.resnets.2.conv1.weight"), Shape{1280, 1920, 3, 3}, "up_blocks.0.resnets.2");
  check_equal(tensors.at("mid_block.attentions.0.transformer_blocks.9.attn2.to_k.weight"), Shape{1280, 1792}, "to_k");
}

void the_tiny_config_has_the_published_tensors() {
  const auto tensors = tensors_of(unet_config(tiny_unet_json()));
  check_equal(tensors.size(), size_t(840), "tensors");
  check_equal(elements(tensors), int64_t(669220), "parameters");
}

void the_tensors_of_a_real_folder_are_those_of_its_config() {
  const std::string folder = "generation/tiny-blip3o/diffusion-decoder/unet/";
  const auto file = SafetensorsFile::open(data_path(folder + "diffusion_pytorch_model.bf16.safetensors"));
  const auto tensors = tensors_of(unet_config(json_file(folder + "config.json")));
  check_equal(tensors.size(), file->entries().size(), "tensors");
  for (const auto& [name, entry] : file->entries()) {
    check(tensors.contains(name), "the network has " + name);
    check_equal(tensors.at(name), entry.shape, name);
  }
}

void two_levels_with_one_layer_are_the_embedded_model() {
  const auto c = unet_config(unet_json({{"block_out_channels", {48, 96}},
                                        {"down_block_types", {"DownBlock2D", "CrossAttnDownBlock2D"}},
                                        {"up_block_types", {"CrossAttnUpBlock2D", "UpBlock2D"}},
                                        {"layers_per_block", 1},
                                        {"transformer_layers_per_block", 1},
                                        {"attention_head_dim", 4},
                                        {"cross_attention_dim", 64},
                                        {"addition_time_embed_dim", 32},
                                        {"projection_class_embeddings_input_dim", 256},
                                        {"norm_num_groups", 16}}));
  const double millions = double(elements(tensors_of(c))) / 1e6;
  check_close(millions, 2.33, 0.03, "million parameters");
  const SdxlUnet net = by_name<SdxlUnet>(c);
  const at::Tensor tokens = input("tokens", {2, 64, 64});
  const auto condition = net.condition(tokens, tokens.mean(1), size_numbers(2, 128, 128));
  check_shape(net(input("x", {2, 4, 16, 16}), at::full({2}, 999.0), condition), {2, 4, 16, 16}, "output");
}

void one_value_for_all_levels_equals_a_list_of_it() {
  Json scalar = tiny_unet_json(), list = tiny_unet_json();
  scalar.update({{"attention_head_dim", 2}, {"transformer_layers_per_block", 2}, {"layers_per_block", 1}});
  list.update({{"attention_head_dim", {2, 2, 2}},
               {"transformer_layers_per_block", {2, 2, 2}},
               {"layers_per_block", {1, 1, 1}}});
  check_equal(tensors_of(unet_config(scalar)) == tensors_of(unet_config(list)), true, "same tensors");
}

void num_attention_heads_goes_before_attention_head_dim() {
  Json j = tiny_unet_json();
  j["num_attention_heads"] = {4, 8, 16};
  const UnetConfig c = unet_config(j);
  check_equal(c.levels[1].heads, int64_t(8), "heads");
  check_equal(c.mid_heads, int64_t(16), "heads of the middle");
}

void levels_may_have_their_own_numbers_of_layers() {
  Json j = tiny_unet_json();
  j["layers_per_block"] = {1, 2, 3};
  j["down_block_types"] = {"CrossAttnDownBlock2D", "DownBlock2D", "CrossAttnDownBlock2D"};
  j["up_block_types"] = {"UpBlock2D", "UpBlock2D", "CrossAttnUpBlock2D"};
  const SdxlUnet net = by_name<SdxlUnet>(unet_config(j));
  const auto tensors = tensors_of(unet_config(j));
  check(tensors.contains("up_blocks.0.resnets.3.conv1.weight"), "the deepest up block has one resnet more");
  check_equal(tensors.at("up_blocks.1.resnets.2.conv1.weight"), Shape{16, 24, 3, 3}, "the last skip of a level");
  check(tensors.contains("down_blocks.0.attentions.0.proj_in.weight"), "attention at full resolution");
  check(!tensors.contains("down_blocks.1.attentions.0.proj_in.weight"), "a level without attention");
  check_shape(net(input("in.sample", {1, 4, 16, 20}), at::full({1}, 5.0), condition(net, with_tokens())),
              {1, 4, 16, 20}, "output");
}

void a_single_level_is_a_network() {
  Json j = tiny_unet_json();
  j.update({{"block_out_channels", {8}},
            {"down_block_types", {"CrossAttnDownBlock2D"}},
            {"up_block_types", {"UpBlock2D"}},
            {"transformer_layers_per_block", 1},
            {"attention_head_dim", 2}});
  const SdxlUnet net = by_name<SdxlUnet>(unet_config(j));
  check_shape(net(input("x", {1, 4, 5, 3}), at::full({1}, 5.0), condition(net, with_tokens())), {1, 4, 5, 3}, "output");
}

void the_depth_of_the_up_blocks_may_be_given_on_its_own() {
  Json j = tiny_unet_json();
  j["reverse_transformer_layers_per_block"] = {1, 3, 1};
  const UnetConfig c = unet_config(j);
  check_equal(c.levels[2].up_transformers, int64_t(1), "deepest");
  check_equal(c.levels[1].up_transformers, int64_t(3), "middle");
  check_equal(c.levels[2].down_transformers, int64_t(3), "down is unchanged");
}

void unsupported_values_are_refused_by_name() {
  const std::vector<std::pair<std::string, Json>> cases = {
      {"act_fn", "gelu"},
      {"addition_embed_type", "text"},
      {"class_embed_type", "timestep"},
      {"encoder_hid_dim", 768},
      {"time_cond_proj_dim", 256},
      {"dual_cross_attention", true},
      {"only_cross_attention", {true, false, false}},
      {"mid_block_type", "UNetMidBlock2D"},
      {"down_block_types", {"DownBlock2D", "AttnDownBlock2D", "DownBlock2D"}},
      {"up_block_types", {"UpBlock2D", "UpBlock2D"}},
      {"resnet_time_scale_shift", "scale_shift"},
      {"flip_sin_to_cos", false},
      {"freq_shift", 1},
      {"downsample_padding", 0},
      {"resnet_out_scale_factor", 1.5},
      {"transformer_layers_per_block", {1, 2}},
      {"layers_per_block", 0},
      {"layers_per_block", 1000000},
      {"attention_head_dim", {1, 3, 4}},
      {"block_out_channels", {8, 18, 32}},
      {"block_out_channels", Json::array()},
      {"block_out_channels", {8, 16, int64_t(1) << 40}},
      {"norm_num_groups", 0},
      {"norm_eps", -1.0},
      {"cross_attention_dim", {24, 24, 32}},
      {"projection_class_embeddings_input_dim", 48},
      {"addition_time_embed_dim", 7},
      {"conv_in_kernel", 4},
      {"in_channels", 0}};
  for (const auto& [key, value] : cases) {
    const std::string message = refusal({{key, value}});
    check_contains(message, "unet/config.json");
    check_contains(message, "'" + key + "'");
  }
}

void missing_widths_are_named() {
  for (const char* key : {"block_out_channels", "down_block_types", "up_block_types", "cross_attention_dim",
                          "in_channels", "addition_embed_type", "projection_class_embeddings_input_dim"}) {
    check_contains(refusal({{key, nullptr}}), key);
  }
}

const Cases cases = {
    CASE(the_official_config_has_the_published_tensors),
    CASE(the_tiny_config_has_the_published_tensors),
    CASE(the_tensors_of_a_real_folder_are_those_of_its_config),
    CASE(two_levels_with_one_layer_are_the_embedded_model),
    CASE(one_value_for_all_levels_equals_a_list_of_it),
    CASE(num_attention_heads_goes_before_attention_head_dim),
    CASE(levels_may_have_their_own_numbers_of_layers),
    CASE(a_single_level_is_a_network),
    CASE(the_depth_of_the_up_blocks_may_be_given_on_its_own),
    CASE(unsupported_values_are_refused_by_name),
    CASE(missing_widths_are_named),
};

}  // namespace
