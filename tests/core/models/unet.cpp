// The UNet on its own: goldens of decoder.md 9.4 A, B, C, the properties listed after it, number types, gradients.
#include "core/models/sdxl_unet.h"

#include <c10/core/InferenceMode.h>

#include <map>
#include <set>

#include "tests/core/models/sdxl_goldens.h"

using namespace b3o;
using namespace b3o::test;

namespace {

at::Tensor rows(double t, int64_t n = 1) { return at::full({n}, t); }
at::Tensor sample() { return input("in.sample", {1, 4, 16, 20}); }

at::Tensor forward_a(const SdxlUnet& net, const Probe& probe = {}) {
  return net(sample(), rows(981), condition(net, with_tokens()), probe);
}

void inputs_by_name_are_those_of_the_goldens() {
  check_close(sample(), modules().tensor("unet_A.x"), 1e-7, "x");
  check_close(with_tokens(), modules().tensor("unet_A.E"), 1e-7, "E");
  check_close(input("in.odd", {1, 4, 14, 18}), modules().tensor("unet_B.x"), 1e-7, "odd");
}

void forward_equals_golden_a() {
  const at::Tensor got = forward_a(tiny_unet());
  check_row(got, {{-0.16913, -0.320153, 0.0562664, 0.897591}, 0.253743, 0.219405, 0.473729, 2.09891}, 1e-4, "A");
  check_golden(got, "unet_A.eps");
}

void every_block_equals_its_golden_probe() {
  std::map<std::string, at::Tensor> seen;
  forward_a(tiny_unet(), Probe([&](std::string_view name, const at::Tensor& v) { seen[std::string(name)] = v; }));
  int found = 0;
  for (const auto& [name, entry] : modules().entries()) {
    const std::string prefix = "unet_A_probes.";
    if (name.rfind(prefix, 0) != 0) continue;
    const std::string block = name.substr(prefix.size());
    check(seen.contains(block), "the probe sees " + block);
    check_golden(seen[block], name);
    ++found;
  }
  check_equal(found, 12, "golden probes");
}

void the_probe_sees_every_resnet_attention_and_transformer_block() {
  std::multiset<std::string> seen;
  forward_a(tiny_unet(), Probe([&](std::string_view name, const at::Tensor&) { seen.emplace(name); }));
  int resnets = 0, attentions = 0, blocks = 0;
  for (const std::string& name : seen) {
    check_equal(seen.count(name), size_t(1), name);
    const std::string tail = name.substr(0, name.rfind('.'));
    resnets += tail.ends_with(".resnets");
    attentions += tail.ends_with(".attentions");
    blocks += tail.ends_with(".transformer_blocks");
  }
  check_equal(resnets, 17, "resnets");
  check_equal(attentions, 11, "attentions");
  check_equal(blocks, 2 * 2 + 2 * 3 + 3 + 3 * 3 + 3 * 2, "transformer blocks");
}

void a_stop_inside_the_network_leaves_it() {
  int calls = 0;
  const Probe stopping([&](std::string_view name, const at::Tensor&) {
    ++calls;
    if (name == "down_blocks.1.attentions.1.transformer_blocks.0") throw Stop();
  });
  bool stopped = false;
  try {
    forward_a(tiny_unet(), stopping);
  } catch (const Stop&) {
    stopped = true;
  }
  check(stopped, "the stop leaves the network");
  const int at_the_stop = calls;
  check(at_the_stop > 0 && at_the_stop < 40, "nothing ran after the stop");
}

void sides_that_are_no_multiple_of_four_grow_to_the_skip() {
  const at::Tensor got = tiny_unet()(input("in.odd", {1, 4, 14, 18}), rows(1), condition(tiny_unet(), with_tokens()));
  check_row(got, {{-0.423175, 0.233381, 0.333619, 0.531332}, -0.162383, 0.137048, 0.517629, 1.81572}, 1e-4, "B");
  check_golden(got, "unet_B.eps");
}

void any_latent_size_down_to_one_place_works() {
  const auto c = condition(tiny_unet(), with_tokens());
  for (const auto& [h, w] : std::vector<std::pair<int64_t, int64_t>>{{1, 1}, {1, 7}, {3, 5}, {13, 2}}) {
    const at::Tensor got = tiny_unet()(input("in.sample", {1, 4, h, w}), rows(500), c);
    check_shape(got, {1, 4, h, w}, "output");
    check(at::isfinite(got).all().item<bool>(), "output is finite");
  }
}

void two_rows_with_different_conditions_equal_golden_c() {
  const at::Tensor both = at::cat({with_tokens(), without_tokens()});
  const at::Tensor got = tiny_unet()(sample().repeat({2, 1, 1, 1}), rows(501, 2), condition(tiny_unet(), both));
  check_row(got[0], {{-0.116235, -0.379284, -0.0518678, 0.727339}, 0.33426, 0.186899, 0.481602, 1.77758}, 1e-4, "C0");
  check_row(got[1], {{-0.170261, -0.316455, -0.477698, 0.354343}, -0.186765, 0.0829848, 0.53966, 2.76351}, 1e-4, "C1");
  check_golden(got, "unet_C.eps");
  const at::Tensor first = tiny_unet()(sample(), rows(501), condition(tiny_unet(), with_tokens()));
  const at::Tensor second = tiny_unet()(sample(), rows(501), condition(tiny_unet(), without_tokens()));
  check_close(got, at::cat({first, second}), 1e-5, "rows one by one");
}

void each_row_has_its_own_timestep_and_size_numbers() {
  const at::Tensor tokens = with_tokens().repeat({2, 1, 1});
  const at::Tensor ids = at::cat({size_numbers(1, 128, 160), size_numbers(1, 512, 512)});
  const auto& net = tiny_unet();
  const at::Tensor t = at::tensor({981.0f, 40.5f});
  const at::Tensor got = net(sample().repeat({2, 1, 1, 1}), t, net.condition(tokens, tokens.mean(1), ids));
  for (int64_t i = 0; i < 2; ++i) {
    const auto c = net.condition(with_tokens(), with_tokens().mean(1), ids.narrow(0, i, 1));
    check_close(got.narrow(0, i, 1), net(sample(), t.narrow(0, i, 1), c), 1e-5, "row");
  }
  check(relative_l2(got[0], got[1]) > 0.05, "the rows differ");
}

void a_condition_serves_every_step() {
  const auto& net = tiny_unet();
  const auto kept = condition(net, with_tokens());
  for (const double t : {981.0, 501.0, 0.5}) {
    const at::Tensor fresh = net(sample(), rows(t), condition(net, with_tokens()));
    check(at::equal(net(sample(), rows(t), kept), fresh), "the kept keys and values give the same bits");
  }
}

void the_order_of_the_tokens_does_not_matter() {
  const at::Tensor order = at::tensor(std::vector<int64_t>{3, 0, 4, 1, 2});
  const at::Tensor mixed =
      tiny_unet()(sample(), rows(981), condition(tiny_unet(), with_tokens().index_select(1, order)));
  check_close(mixed, forward_a(tiny_unet()), 1e-5, "permuted tokens");
}

void inference_and_training_modes_agree() {
  const at::Tensor trained = forward_a(tiny_unet());
  c10::NoGradGuard no_grad;
  check_close(forward_a(tiny_unet()), trained, 1e-6, "without gradients");
  c10::InferenceMode inference;
  check_close(forward_a(tiny_unet()), trained, 1e-6, "in inference mode");
}

void bf16_stays_within_four_percent_and_fp16_within_one() {
  const UnetConfig c = unet_config(tiny_unet_json());
  const at::Tensor wanted = modules().tensor("unet_A.eps");
  const SdxlUnet bf16 = by_name<SdxlUnet>(c, at::kBFloat16), fp16 = by_name<SdxlUnet>(c, at::kHalf);
  const at::Tensor got = forward_a(bf16);
  check(got.scalar_type() == at::kFloat, "the result has the input's number type");
  const double b = relative_l2(got, wanted), h = relative_l2(forward_a(fp16), wanted);
  check(b <= 0.04, cat("bf16 relative L2 ", b, " <= 0.04"));
  check(h <= 0.01, cat("fp16 relative L2 ", h, " <= 0.01"));
}

// Matrices in bf16, everything else in fp32: what Placement::keep_stored_matrices hands out.
struct StoredMatrices : TensorSource {
  bool keep;
  explicit StoredMatrices(bool keep) : keep(keep) {}
  std::optional<Shape> shape(const std::string&) override { return std::nullopt; }
  at::Tensor take(const std::string& name, at::IntArrayRef shape, bool matrix) override {
    at::Tensor values = at::empty(shape, at::kFloat);
    fill_by_name_decoder(name, values);
    const at::Tensor stored = values.to(at::kBFloat16);
    return keep && matrix ? stored : stored.to(at::kFloat);
  }
};

void matrices_kept_in_bf16_compute_as_their_fp32_copies() {
  Json conv = tiny_unet_json();
  conv["use_linear_projection"] = false;
  for (const Json& j : {tiny_unet_json(), conv}) {
    StoredMatrices kept(true), widened(false);
    const SdxlUnet a(Scope(kept), unet_config(j)), b(Scope(widened), unet_config(j));
    c10::NoGradGuard no_grad;
    check_close(forward_a(a), forward_a(b), 1e-5, "kept matrices");
  }
}

void projections_stored_as_convolutions_compute_the_same() {
  Json j = tiny_unet_json();
  j["use_linear_projection"] = false;
  const SdxlUnet net = by_name<SdxlUnet>(unet_config(j));
  check_shape(net.mid_block.attentions[0].proj_in.weight, {32, 32, 1, 1}, "proj_in");
  check_close(forward_a(net), forward_a(tiny_unet()), 1e-6, "convolution");
}

void gradients_are_the_slopes_of_the_loss() {
  std::map<std::string, at::Tensor> leaves;
  FilledSource source(
      [&](const std::string& name, at::Tensor& values) {
        fill_by_name_decoder(name, values);
        values = values.to(at::kDouble);
        leaves[name] = values.set_requires_grad(true);
      },
      {at::kCPU, at::kDouble});
  const SdxlUnet net(Scope(source), unet_config(tiny_unet_json()));
  const at::Tensor x = input("in.sample", {1, 4, 8, 6}).to(at::kDouble);
  const at::Tensor tokens = with_tokens().to(at::kDouble).set_requires_grad(true);
  const auto loss = [&] {
    return net(x, rows(300), net.condition(tokens, tokens.mean(1), size_numbers(1, 64, 48))).square().sum();
  };
  loss().backward();
  for (const auto& [name, leaf] : leaves) check(leaf.grad().defined(), name + " has a gradient");
  check(tokens.grad().defined(), "the tokens have a gradient");
  for (const char* name :
       {"conv_in.weight", "time_embedding.linear_1.weight", "add_embedding.linear_2.bias",
        "down_blocks.1.attentions.0.transformer_blocks.1.attn2.to_k.weight", "down_blocks.0.downsamplers.0.conv.weight",
        "mid_block.attentions.0.transformer_blocks.2.ff.net.0.proj.weight",
        "up_blocks.0.resnets.2.conv_shortcut.weight", "up_blocks.1.upsamplers.0.conv.weight",
        "up_blocks.2.resnets.0.time_emb_proj.weight", "conv_norm_out.weight"}) {
    at::Tensor leaf = leaves.at(name);
    const at::Tensor direction = values_by_name(std::string("direction.") + name, leaf.sizes(), 1).to(at::kDouble);
    const double slope = (leaf.grad() * direction).sum().item<double>();
    c10::NoGradGuard no_grad;
    const double step = 1e-5;
    leaf.add_(direction, step);
    const double above = loss().item<double>();
    leaf.sub_(direction, 2 * step);
    const double below = loss().item<double>();
    leaf.add_(direction, step);
    const double measured = (above - below) / (2 * step);
    check_close(slope, measured, 1e-4 * std::abs(measured) + 1e-6, name);
  }
}

const Cases cases = {
    CASE(inputs_by_name_are_those_of_the_goldens),
    CASE(forward_equals_golden_a),
    CASE(every_block_equals_its_golden_probe),
    CASE(the_probe_sees_every_resnet_attention_and_transformer_block),
    CASE(a_stop_inside_the_network_leaves_it),
    CASE(sides_that_are_no_multiple_of_four_grow_to_the_skip),
    CASE(any_latent_size_down_to_one_place_works),
    CASE(two_rows_with_different_conditions_equal_golden_c),
    CASE(each_row_has_its_own_timestep_and_size_numbers),
    CASE(a_condition_serves_every_step),
    CASE(the_order_of_the_tokens_does_not_matter),
    CASE(inference_and_training_modes_agree),
    CASE(bf16_stays_within_four_percent_and_fp16_within_one),
    CASE(matrices_kept_in_bf16_compute_as_their_fp32_copies),
    CASE(projections_stored_as_convolutions_compute_the_same),
    CASE(gradients_are_the_slopes_of_the_loss),
};

}  // namespace
