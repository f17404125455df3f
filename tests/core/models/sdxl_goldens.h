// The tiny configurations of decoder.md 9.2, weights by name, and the golden tensors of the image half.
#pragma once

#include <c10/core/GradMode.h>

#include <cmath>

#include "core/base/error.h"
#include "core/models/sdxl_unet.h"
#include "core/models/sdxl_vae.h"
#include "core/weights/safetensors.h"
#include "core/weights/scope.h"
#include "tests/support/tensors.h"

namespace b3o::test {

inline const SafetensorsFile& modules() {
  static const auto file = SafetensorsFile::open(data_path("generation/modules.safetensors"));
  return *file;
}
inline const SafetensorsFile& chain() {
  static const auto file = SafetensorsFile::open(data_path("generation/chain.safetensors"));
  return *file;
}

inline Json json_file(const std::string& relative) {
  return parse_json(read_file(data_path(relative), 64u << 20), relative);
}

// unet/config.json of decoder.md 1.2 with the values of `changed` instead.
inline Json unet_json(const Json& changed = Json::object()) {
  Json j = parse_json(R"({
    "in_channels": 4, "out_channels": 4, "sample_size": 128, "block_out_channels": [320, 640, 1280],
    "down_block_types": ["DownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D"],
    "mid_block_type": "UNetMidBlock2DCrossAttn",
    "up_block_types": ["CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "UpBlock2D"],
    "layers_per_block": 2, "transformer_layers_per_block": [1, 2, 10], "attention_head_dim": [5, 10, 20],
    "cross_attention_dim": 1792, "addition_embed_type": "text_time", "addition_time_embed_dim": 256,
    "projection_class_embeddings_input_dim": 3328, "use_linear_projection": true, "norm_num_groups": 32,
    "norm_eps": 1e-5, "act_fn": "silu", "flip_sin_to_cos": true, "freq_shift": 0, "upcast_attention": null,
    "num_attention_heads": null, "unknown_key": [1, "x"]})",
                      "1.2");
  j.update(changed);
  return j;
}
inline Json tiny_unet_json() {
  return unet_json({{"block_out_channels", {8, 16, 32}},
                    {"transformer_layers_per_block", {1, 2, 3}},
                    {"attention_head_dim", {1, 2, 4}},
                    {"cross_attention_dim", 24},
                    {"addition_time_embed_dim", 8},
                    {"projection_class_embeddings_input_dim", 72},
                    {"norm_num_groups", 4}});
}
inline Json vae_json(const Json& changed = Json::object()) {
  Json j = parse_json(R"({
    "in_channels": 3, "out_channels": 3, "latent_channels": 4, "block_out_channels": [128, 256, 512, 512],
    "layers_per_block": 2, "norm_num_groups": 32, "act_fn": "silu", "sample_size": 1024, "scaling_factor": 0.13025,
    "force_upcast": true,
    "down_block_types": ["DownEncoderBlock2D", "DownEncoderBlock2D", "DownEncoderBlock2D", "DownEncoderBlock2D"],
    "up_block_types": ["UpDecoderBlock2D", "UpDecoderBlock2D", "UpDecoderBlock2D", "UpDecoderBlock2D"]})",
                      "1.3");
  j.update(changed);
  return j;
}
inline Json tiny_vae_json() {
  return vae_json({{"block_out_channels", {8, 16, 32, 32}}, {"norm_num_groups", 4}, {"sample_size", 32}});
}

inline UnetConfig unet_config(const Json& j) { return UnetConfig::from_json(Fields(j, "unet/config.json")); }
inline VaeConfig vae_config(const Json& j) { return VaeConfig::from_json(Fields(j, "vae/config.json")); }

template <class Net, class Config>
Net by_name(const Config& c, at::ScalarType type = at::kFloat) {
  FilledSource source(fill_by_name_decoder, {at::kCPU, type});
  return Net(Scope(source), c);
}
inline const SdxlUnet& tiny_unet() {
  static const SdxlUnet net = by_name<SdxlUnet>(unet_config(tiny_unet_json()));
  return net;
}
inline const SdxlVae& tiny_vae() {
  static const SdxlVae net = by_name<SdxlVae>(vae_config(tiny_vae_json()));
  return net;
}

// The inputs of decoder.md 9.3.
inline at::Tensor input(const std::string& name, at::IntArrayRef shape) {
  return values_by_name(name, shape, std::sqrt(3.0));
}
inline at::Tensor with_tokens() { return input("in.cond", {1, 5, 24}); }
inline at::Tensor without_tokens() { return input("in.uncond", {1, 5, 24}); }
inline at::Tensor size_numbers(int64_t rows, int64_t height, int64_t width) {
  return at::tensor(std::vector<int64_t>{1024, 1024, 0, 0, height, width}).unsqueeze(0).expand({rows, 6});
}
inline SdxlUnet::Condition condition(const SdxlUnet& net, const at::Tensor& tokens) {
  return net.condition(tokens, tokens.mean(1), size_numbers(tokens.size(0), 128, 160));
}

// "first four | last | mean | standard deviation | largest absolute value" as the specification prints them.
struct Row {
  std::vector<double> first;
  double last, mean, std, absmax;
};
inline void check_row(const at::Tensor& got, const Row& row, double relative, const std::string& what) {
  const at::Tensor flat = got.to(at::kDouble).flatten();
  const double tolerance = relative * row.absmax;
  check_first(flat, row.first, tolerance, what);
  check_close(flat[-1].item<double>(), row.last, tolerance, what + " last");
  check_close(flat.mean().item<double>(), row.mean, tolerance, what + " mean");
  check_close(flat.std(false).item<double>(), row.std, tolerance, what + " deviation");
  check_close(flat.abs().max().item<double>(), row.absmax, tolerance, what + " largest");
}
// Against a golden tensor of modules.safetensors, as modules.json asks: relative to its largest absolute value.
inline void check_golden(const at::Tensor& got, const std::string& name, double relative = 1e-4) {
  const at::Tensor wanted = modules().tensor(name);
  check_close(got, wanted, relative * wanted.abs().max().item<double>(), name);
}

}  // namespace b3o::test
