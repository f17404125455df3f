// The VAE: goldens of decoder.md 9.4 D (decode), E, H, I, J, J0, and what must hold for any weights.
#include "core/models/sdxl_vae.h"

#include <map>
#include <set>

#include "tests/core/models/sdxl_goldens.h"

using namespace b3o;
using namespace b3o::test;

namespace {

const Tiling kSmallTiles{32, 4, 0.25};

at::Tensor latent() { return input("in.latent", {1, 4, 10, 7}); }
at::Tensor picture() { return values_by_name("in.image", {1, 3, 128, 160}, 1); }
at::Tensor small_picture() { return values_by_name("in.image2", {1, 3, 72, 48}, 1); }

struct Described {
  size_t tensors;
  std::map<std::string, int64_t> parameters;  // by the first part of the name
};
Described describe(const VaeConfig& c, VaeParts parts = VaeParts::both) {
  DescribeSource source;
  const SdxlVae net(Scope(source), c, parts);
  Described out{source.items().size(), {}};
  for (const auto& item : source.items()) {
    int64_t n = 1;
    for (const int64_t d : item.shape) n *= d;
    out.parameters[item.name.substr(0, item.name.find('.'))] += n;
    out.parameters["all"] += n;
  }
  return out;
}

void encode_equals_golden_e() {
  check_close(picture(), modules().tensor("vae_encode.image"), 1e-7, "in.image");
  const auto got = tiny_vae().encode(picture());
  check_row(got.mean, {{-0.0938239, -0.413096, 0.20355, -0.230392}, 0.101862, -0.130803, 0.56402, 2.27425}, 1e-4, "E");
  check_row(got.logvar, {{-0.161172, 0.12763, -0.476453, 0.537158}, -0.349405, 0.170926, 0.494326, 1.68733}, 1e-4,
            "E logvar");
  check_golden(got.mean, "vae_encode.mean");
  check_golden(got.logvar, "vae_encode.logvar");
}

void decode_equals_golden_h() {
  check_close(latent(), modules().tensor("vae_decode.z"), 1e-7, "in.latent");
  const at::Tensor got = tiny_vae().decode(latent());
  check_row(got, {{0.0166823, 0.0258549, -0.00726855, 0.0238541}, 0.00452293, -0.0561559, 0.685873, 4.06589}, 1e-4,
            "H");
  check_golden(got, "vae_decode.out");
}

void tiled_decode_equals_golden_i() {
  const at::Tensor got = tiny_vae().decode_tiled(latent(), kSmallTiles);
  check_row(got, {{0.0776364, 0.0692807, -0.0134015, 0.0180885}, 0.562045, -0.040094, 0.751325, 5.66193}, 1e-4, "I");
  check_golden(got, "vae_decode_tiled.out");
}

void tiled_and_plain_encode_equal_goldens_j_and_j0() {
  check_close(small_picture(), modules().tensor("vae_encode_tiled.image"), 1e-7, "in.image2");
  const at::Tensor tiled = tiny_vae().encode_tiled(small_picture(), kSmallTiles).mean;
  check_row(tiled, {{-0.255719, 0.157932, 0.233698, 0.0058402}, 0.185645, -0.0311877, 0.453449, 1.8196}, 1e-4, "J");
  check_golden(tiled, "vae_encode_tiled.mean");
  const at::Tensor plain = tiny_vae().encode(small_picture()).mean;
  check_row(plain, {{-0.135337, 0.174733, 0.347936, -0.228587}, 0.132567, -0.0448855, 0.53279, 1.94438}, 1e-4, "J0");
  check_golden(plain, "vae_encode_small.mean");
}

void the_picture_of_the_chain_equals_its_golden_in_floats_and_bytes() {
  const at::Tensor got = tiny_vae().decode(modules().tensor("vae_decode_chain.z"));
  check_row(got, {{0.0931061, 0.031146, -0.0176821, -0.0296386}, 0.229559, 0.00928218, 0.633518, 4.50743}, 1e-4, "D");
  check_golden(got, "vae_decode_chain.out");
  const at::Tensor bytes = to_bytes(got), wanted = modules().tensor("vae_decode_chain.u8");
  check_shape(bytes, {1, 128, 160, 3}, "bytes");
  check_first(bytes, {139, 121, 148, 131, 114, 151, 125, 112, 154, 124, 104, 146}, 0, "bytes");
  check_close(double(bytes.sum().item<int64_t>()), 8014026, 801, "sum of the bytes");
  check_close(bytes[0], wanted, 1, "bytes");
  check_close(double(bytes[0].ne(wanted).sum().item<int64_t>()), 0, 0.01 * double(wanted.numel()), "differing bytes");
}

void bytes_round_half_to_even_and_clamp() {
  const at::Tensor x =
      at::tensor({-2.0f, -1.0f, 0.0f, 1.0f, 3.0f, 1.0f / 255.0f}).view({1, 1, 1, 6}).expand({1, 3, 1, 6});
  const at::Tensor got = to_bytes(x);
  check_first(got.select(3, 0).flatten(), {0, 0, 128, 255, 255, 128}, 0, "bytes");
  const at::Tensor all = at::arange(256).to(at::kByte).view({1, 16, 16, 1}).expand({1, 16, 16, 3}).contiguous();
  check(at::equal(to_bytes(from_bytes(all)), all), "every byte survives the way into floats and back");
}

void a_batch_decodes_as_its_rows_do() {
  const at::Tensor other = input("in.other", {1, 4, 10, 7});
  const at::Tensor both = tiny_vae().decode(at::cat({latent(), other}));
  check_close(both, at::cat({tiny_vae().decode(latent()), tiny_vae().decode(other)}), 1e-5, "rows");
}

void tiles_at_least_as_large_as_the_picture_change_nothing() {
  check(at::equal(tiny_vae().decode_tiled(latent(), {80, 10, 0.2}), tiny_vae().decode(latent())), "decode");
  const auto tiled = tiny_vae().encode_tiled(small_picture(), {72, 9, 1.0 / 3}),
             plain = tiny_vae().encode(small_picture());
  check(at::equal(tiled.mean, plain.mean) && at::equal(tiled.logvar, plain.logvar), "encode");
}

void tiled_results_have_the_untiled_size() {
  for (const auto& [h, w] : std::vector<std::pair<int64_t, int64_t>>{{1, 5}, {4, 5}, {6, 13}, {7, 4}, {9, 9}}) {
    for (const Tiling& t : {kSmallTiles, Tiling{32, 4, 0.5}, Tiling{32, 4, 0.0}, Tiling{8, 1, 0.0}}) {
      check_shape(tiny_vae().decode_tiled(input("z", {1, 4, h, w}), t), {1, 3, 8 * h, 8 * w}, "decode");
      check_shape(tiny_vae().encode_tiled(values_by_name("i", {1, 3, 8 * h, 8 * w}, 1), t).mean, {1, 4, h, w},
                  "encode");
    }
  }
}

void tiles_that_do_not_fit_together_are_refused() {
  for (const Tiling& t : {Tiling{32, 5, 0.2}, Tiling{32, 4, 0.3}, Tiling{32, 4, 1.0}, Tiling{32, 4, -0.25},
                          Tiling{0, 0, 0}, Tiling{32, 4, std::nan("")}}) {
    check_contains(message_of<RequestError>([&] { tiny_vae().decode_tiled(latent(), t); }), "tiles");
  }
}

void pictures_with_odd_sides_are_refused_with_both_sizes() {
  const std::string message =
      message_of<RequestError>([] { tiny_vae().encode(values_by_name("i", {1, 3, 72, 44}, 1)); });
  check_contains(message, "44x72");
  check_contains(message, "multiples of 8");
}

void the_probe_sees_every_block_and_tile() {
  std::multiset<std::string> seen;
  const Probe probe([&](std::string_view name, const at::Tensor&) { seen.emplace(name); });
  tiny_vae().decode(latent(), probe);
  tiny_vae().encode(small_picture(), probe);
  int resnets = 0;
  for (const std::string& name : seen) resnets += name.substr(0, name.rfind('.')).ends_with(".resnets");
  check_equal(resnets, 2 + 12 + 2 + 8, "resnets");
  for (const char* name : {"decoder.mid_block.attentions.0", "decoder.up_blocks.3", "encoder.down_blocks.2.resnets.1"})
    check(seen.contains(name), std::string("the probe sees ") + name);
  tiny_vae().decode_tiled(latent(), kSmallTiles, probe);
  check_equal(seen.count("decoder.tile"), size_t(4 * 3), "tiles");
}

void the_official_config_has_the_published_tensors() {
  const Described d = describe(vae_config(vae_json()));
  check_equal(d.tensors, size_t(248), "tensors");
  check_equal(d.parameters.at("all"), int64_t(83653863), "parameters");
  check_equal(d.parameters.at("encoder"), int64_t(34163592), "encoder");
  check_equal(d.parameters.at("decoder"), int64_t(49490179), "decoder");
  check_equal(d.parameters.at("quant_conv"), int64_t(72), "quant_conv");
  check_equal(d.parameters.at("post_quant_conv"), int64_t(20), "post_quant_conv");
  check_equal(describe(vae_config(tiny_vae_json())).parameters.at("all"), int64_t(334383), "tiny parameters");
}

void drawing_needs_no_encoder() {
  const Described d = describe(vae_config(vae_json()), VaeParts::decoder);
  check_equal(d.parameters.at("all"), int64_t(49490179 + 20), "parameters");
  check(!d.parameters.contains("encoder") && !d.parameters.contains("quant_conv"),
        "no tensor of the encoder is asked for");
}

void the_tensors_of_a_real_folder_are_those_of_its_config() {
  const std::string folder = "generation/tiny-blip3o/diffusion-decoder/vae/";
  const auto file = SafetensorsFile::open(data_path(folder + "diffusion_pytorch_model.bf16.safetensors"));
  DescribeSource source;
  const SdxlVae net(Scope(source), vae_config(json_file(folder + "config.json")));
  check_equal(source.items().size(), file->entries().size(), "tensors");
  for (const auto& item : source.items()) {
    check(file->has(item.name), "the file has " + item.name);
    check_equal(file->entries().at(item.name).shape, item.shape, item.name);
  }
}

void the_embedded_vae_has_one_norm_group_and_one_layer() {
  const VaeConfig c = vae_config(vae_json({{"block_out_channels", {8, 16, 32, 64}},
                                           {"layers_per_block", 1},
                                           {"norm_num_groups", 1},
                                           {"sample_size", 128}}));
  check_close(double(describe(c).parameters.at("all")) / 1e6, 0.69, 0.01, "million parameters");
  const SdxlVae net = by_name<SdxlVae>(c);
  check_shape(net.decode(net.encode(values_by_name("i", {2, 3, 32, 24}, 1)).mean), {2, 3, 32, 24}, "round trip");
}

void other_numbers_of_levels_and_absent_parts_work() {
  const VaeConfig c = vae_config(vae_json({{"block_out_channels", {8, 16}},
                                           {"down_block_types", {"DownEncoderBlock2D", "DownEncoderBlock2D"}},
                                           {"up_block_types", {"UpDecoderBlock2D", "UpDecoderBlock2D"}},
                                           {"norm_num_groups", 4},
                                           {"latent_channels", 6},
                                           {"use_quant_conv", false},
                                           {"use_post_quant_conv", false},
                                           {"mid_block_add_attention", false},
                                           {"shift_factor", 0.5}}));
  check_equal(c.factor(), int64_t(2), "factor");
  const Described d = describe(c);
  check(!d.parameters.contains("quant_conv") && !d.parameters.contains("post_quant_conv"), "no quant convolutions");
  const SdxlVae net = by_name<SdxlVae>(c);
  check_shape(net.encode(values_by_name("i", {1, 3, 6, 10}, 1)).logvar, {1, 6, 3, 5}, "latent");
  check_shape(net.decode(input("z", {1, 6, 3, 5})), {1, 3, 6, 10}, "picture");
  const at::Tensor z = input("z", {1, 6, 3, 5});
  check_close(c.to_latent(z), (z - 0.5) * 0.13025, 1e-7, "latent of z");
  check_close(c.from_latent(c.to_latent(z)), z, 1e-5, "z of its latent");
}

void unsupported_values_are_refused_by_name() {
  const std::vector<std::pair<std::string, Json>> cases = {
      {"act_fn", "relu"},
      {"latents_mean", {0, 0, 0, 0}},
      {"block_out_channels", {8, 16, 30, 32}},
      {"norm_num_groups", 0},
      {"layers_per_block", -1},
      {"scaling_factor", 0.0},
      {"latent_channels", "four"},
      {"up_block_types", {"X"}},
      {"block_out_channels", Json::array()},
      {"down_block_types",
       {"AttnDownEncoderBlock2D", "DownEncoderBlock2D", "DownEncoderBlock2D", "DownEncoderBlock2D"}}};
  for (const auto& [key, value] : cases) {
    Json j = tiny_vae_json();
    j[key] = value;
    check_contains(message_of<LoadError>([&] { vae_config(j); }), "'" + key + "'");
  }
}

void bf16_stays_close_and_results_keep_the_input_type() {
  const VaeConfig c = vae_config(tiny_vae_json());
  const SdxlVae half = by_name<SdxlVae>(c, at::kBFloat16);
  const at::Tensor got = half.decode(latent());
  check(got.scalar_type() == at::kFloat, "decode returns fp32 for fp32");
  const double decoded = relative_l2(got, modules().tensor("vae_decode.out"));
  check(decoded <= 0.04, cat("relative L2 of decode ", decoded));
  const double encoded = relative_l2(half.encode(picture()).mean, modules().tensor("vae_encode.mean"));
  check(encoded <= 0.04, cat("relative L2 of encode ", encoded));
}

void values_that_are_no_numbers_are_noticed() {
  at::Tensor x = at::zeros({1, 3, 2, 2});
  check_finite(x);
  x[0][1][0][1] = std::nanf("");
  check_contains(message_of<Error>([&] { check_finite(x); }), "fp32");
  x[0][1][0][1] = INFINITY;
  check_contains(message_of<Error>([&] { check_finite(x); }), "infinite");
}

// Not bit for bit: without gradients the maps lie differently in memory.
void inference_and_training_modes_agree() {
  const at::Tensor trained = tiny_vae().decode(latent()), encoded = tiny_vae().encode(small_picture()).mean;
  c10::NoGradGuard no_grad;
  check_close(tiny_vae().decode(latent()), trained, 5e-5, "decode");
  check_close(tiny_vae().encode(small_picture()).mean, encoded, 5e-5, "encode");
  check_golden(tiny_vae().decode_tiled(latent(), kSmallTiles), "vae_decode_tiled.out");
  check_golden(tiny_vae().encode_tiled(small_picture(), kSmallTiles).mean, "vae_encode_tiled.mean");
  check(tiny_vae().decode(latent()).is_contiguous(), "the picture lies row by row");
}

void gradients_reach_every_tensor() {
  std::map<std::string, at::Tensor> leaves;
  FilledSource source([&](const std::string& name, at::Tensor& values) {
    fill_by_name_decoder(name, values);
    leaves[name] = values.set_requires_grad(true);
  });
  const SdxlVae net(Scope(source), vae_config(tiny_vae_json()));
  const auto moments = net.encode(values_by_name("i", {1, 3, 16, 24}, 1));
  (net.decode(moments.mean + at::exp(0.5 * moments.logvar)).square().sum()).backward();
  for (const auto& [name, leaf] : leaves) {
    check(leaf.grad().defined(), name + " has a gradient");
    if (name.find("to_k.bias") == std::string::npos)  // softmax does not see what is added to all scores of a query
      check(leaf.grad().abs().max().item<double>() > 0, name + " has a gradient that is not zero");
  }
}

const Cases cases = {
    CASE(encode_equals_golden_e),
    CASE(decode_equals_golden_h),
    CASE(tiled_decode_equals_golden_i),
    CASE(tiled_and_plain_encode_equal_goldens_j_and_j0),
    CASE(the_picture_of_the_chain_equals_its_golden_in_floats_and_bytes),
    CASE(bytes_round_half_to_even_and_clamp),
    CASE(a_batch_decodes_as_its_rows_do),
    CASE(tiles_at_least_as_large_as_the_picture_change_nothing),
    CASE(tiled_results_have_the_untiled_size),
    CASE(tiles_that_do_not_fit_together_are_refused),
    CASE(pictures_with_odd_sides_are_refused_with_both_sizes),
    CASE(the_probe_sees_every_block_and_tile),
    CASE(the_official_config_has_the_published_tensors),
    CASE(drawing_needs_no_encoder),
    CASE(the_tensors_of_a_real_folder_are_those_of_its_config),
    CASE(the_embedded_vae_has_one_norm_group_and_one_layer),
    CASE(other_numbers_of_levels_and_absent_parts_work),
    CASE(unsupported_values_are_refused_by_name),
    CASE(bf16_stays_close_and_results_keep_the_input_type),
    CASE(values_that_are_no_numbers_are_noticed),
    CASE(inference_and_training_modes_agree),
    CASE(gradients_reach_every_tensor),
};

}  // namespace
