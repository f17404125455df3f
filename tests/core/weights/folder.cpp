#include "core/weights/folder.h"

#include <ATen/ATen.h>

#include "core/base/error.h"
#include "core/weights/parameters.h"
#include "tests/core/weights/build_files.h"
#include "tests/support/tensors.h"

using namespace b3o;
using namespace b3o::test;

namespace {

using Tensors = std::vector<std::pair<std::string, at::Tensor>>;

std::vector<std::string> names_of(const FolderSource& source) {
  std::vector<std::string> names;
  for (const auto& [name, item] : source.items()) names.push_back(name);
  return names;
}

FolderSource source_of(const TemporaryFolder& folder, const Tensors& tensors, Placement placement = {},
                       const Rename& rename = {}) {
  write_safetensors(folder / "model.safetensors", tensors);
  return FolderSource(CheckpointFiles::of_model(folder.path()), placement, rename);
}

void one_file_is_preferred_to_an_index() {
  const TemporaryFolder folder;
  put_file(folder / "model.safetensors", small_file({"whole"}));
  put_file(folder / "a.safetensors", small_file({"shard"}));
  put_file(folder / "model.safetensors.index.json", R"({"weight_map":{"shard":"a.safetensors"}})");
  check_equal(names_of(FolderSource(CheckpointFiles::of_model(folder.path()), {})), std::vector<std::string>{"whole"},
              "names");
  std::filesystem::remove(folder / "model.safetensors");
  check_equal(names_of(FolderSource(CheckpointFiles::of_model(folder.path()), {})), std::vector<std::string>{"shard"},
              "names");
}

void shards_with_any_names_are_followed() {
  const TemporaryFolder folder;
  put_file(folder / "zz top.safetensors", small_file({"a", "c"}));
  put_file(folder / "model-00007-of-00003.safetensors", small_file({"b"}));
  std::filesystem::create_symlink("zz top.safetensors", folder / "link.safetensors");  // as the hub's cache does
  put_file(
      folder / "model.safetensors.index.json",
      R"({"metadata":{"total_size":24.0},"weight_map":{"a":"link.safetensors","b":"model-00007-of-00003.safetensors",
              "c":"link.safetensors"}})");
  check_equal(names_of(FolderSource(CheckpointFiles::of_model(folder.path()), {})),
              std::vector<std::string>{"a", "b", "c"}, "names");
}

void decoder_files_are_found_in_the_order_of_the_specification() {
  const TemporaryFolder folder;
  std::filesystem::create_directory(folder / "unet");
  const std::string stem = "diffusion_pytorch_model";
  const std::vector<std::string> order = {
      stem + ".bf16.safetensors", stem + ".safetensors.index.bf16.json", stem + ".safetensors.bf16.index.json",
      stem + ".safetensors",      stem + ".safetensors.index.json",      "../whole.safetensors"};
  for (size_t i = 0; i < order.size(); ++i) {
    const std::string name = "w" + shown(i), shard = "s" + shown(i) + ".safetensors";
    const auto file = folder / "unet" / order[i];
    if (order[i].ends_with(".json")) {
      put_file(file, R"({"weight_map":{")" + name + R"(":")" + shard + R"("}})");
      put_file(folder / "unet" / shard, small_file({name}));
    } else {
      put_file(file, i == 5 ? small_file({"unet.w5", "vae.v", "safety_checker.s", "unetty"}) : small_file({name}));
    }
  }
  for (size_t i = 0; i < order.size(); ++i) {
    const FolderSource source(CheckpointFiles::of_decoder(folder.path(), "unet"), {});
    check_equal(names_of(source), std::vector<std::string>{"w" + shown(i)}, "names in " + order[i]);
    if (i < 5) std::filesystem::remove(folder / "unet" / order[i]);
  }
  check_equal(names_of(FolderSource(CheckpointFiles::of_decoder(folder.path(), "vae"), {})),
              std::vector<std::string>{"v"}, "names of the VAE");
}

void every_published_name_form_becomes_the_canonical_one() {
  const std::vector<std::pair<std::string, std::string>> rows = {
      {"visual.blocks.0.norm1.weight", "visual.blocks.0.norm1.weight"},
      {"model.visual.blocks.0.norm1.weight", "visual.blocks.0.norm1.weight"},
      {"model.language_model.layers.0.mlp.up_proj.weight", "model.layers.0.mlp.up_proj.weight"},
      {"model.language_model.embed_tokens.weight", "model.embed_tokens.weight"},
      {"language_model.model.norm.weight", "model.norm.weight"},
      {"language_model.lm_head.weight", "lm_head.weight"},
      {"lm_head.weight", "lm_head.weight"},
      {"model.layers.1.self_attn.q_proj.bias", "model.layers.1.self_attn.q_proj.bias"},
      {"model.dit.model.norm_out.weight", "model.dit.model.norm_out.weight"},
      {"model.latent_queries", "model.latent_queries"},
  };
  for (const auto& [stored, wanted] : rows) check_equal(rename_language_model(stored).value(), wanted, stored);
  check(!rename_language_model("model.layers.0.self_attn.rotary_emb.inv_freq"), "rotary buffers are ignored");
  check(!rename_language_model("model.visual.rotary_pos_emb.inv_freq"), "rotary buffers are ignored");
}

void old_attention_names_of_the_vae_become_the_new_ones() {
  const std::string place = "decoder.mid_block.attentions.0.";
  check_equal(rename_vae(place + "query.weight").value(), place + "to_q.weight");
  check_equal(rename_vae(place + "key.bias").value(), place + "to_k.bias");
  check_equal(rename_vae(place + "value.weight").value(), place + "to_v.weight");
  check_equal(rename_vae("encoder.mid_block.attentions.0.proj_attn.bias").value(),
              std::string("encoder.mid_block.attentions.0.to_out.0.bias"));
  for (const std::string& kept :
       {place + "group_norm.weight", place + "to_q.weight", std::string("decoder.query.weight")})
    check_equal(rename_vae(kept).value(), kept);
}

void two_tensors_with_one_canonical_name_are_refused() {
  const TemporaryFolder folder;
  put_file(folder / "model.safetensors", small_file({"visual.w", "model.visual.w"}));
  const auto files = CheckpointFiles::of_model(folder.path());
  check_contains(message_of<LoadError>([&] { FolderSource(files, {}, rename_language_model); }),
                 "tensor 'visual.w' stands for 'visual.w', and so does 'model.visual.w' in ");
}

void a_one_by_one_convolution_serves_as_a_matrix() {
  const TemporaryFolder folder;
  const at::Tensor w = values_by_name("w", {3, 3, 1, 1}, 1);
  FolderSource source = source_of(folder, {{"encoder.mid_block.attentions.0.query.weight", w}}, {}, rename_vae);
  check_close(source.take("encoder.mid_block.attentions.0.to_q.weight", {3, 3}, true), w.view({3, 3}), 0, "matrix");
  check_close(source.take("encoder.mid_block.attentions.0.to_q.weight", {3, 3, 1, 1}, true), w, 0, "convolution");
}

void an_unconverted_tensor_is_the_mapped_one() {
  const TemporaryFolder folder;
  const Tensors tensors = {{"f", values_by_name("f", {4, 6}, 1)},
                           {"b", values_by_name("b", {4, 6}, 1).to(at::kBFloat16)}};
  source_of(folder, tensors);
  const auto files = CheckpointFiles::of_model(folder.path());
  for (const auto compute : {at::kFloat, at::kBFloat16, at::kHalf})
    for (const bool keep : {false, true})
      for (const bool matrix : {false, true}) {
        FolderSource source(files, {at::kCPU, compute, keep});
        for (const auto& [name, wanted] : tensors) {
          const at::Tensor got = source.take(name, {4, 6}, matrix);
          const auto type = keep && matrix ? wanted.scalar_type() : compute;
          check_equal(got.scalar_type(), type, name + " type");
          check(at::equal(got, wanted.to(type)), name + " values");
          const bool mapped = got.data_ptr() == files.files[0]->tensor(name).data_ptr();
          check_equal(mapped, type == wanted.scalar_type(), name + " is the mapped tensor");
        }
      }
}

void a_wrong_shape_is_told_in_one_sentence() {
  const TemporaryFolder folder;
  FolderSource source = source_of(folder, {{"x.to_k.weight", at::ones({16, 24})}});
  const std::string file = (folder / "model.safetensors").string();
  const std::string wanted = file + ": tensor 'x.to_k.weight' has shape [16, 24], expected [16, 16]";
  check_equal(message_of<LoadError>([&] { source.take("x.to_k.weight", {16, 16}, true); }), wanted);
  check_equal(message_of<LoadError>([&] { check_names(source, {{"x.to_k.weight", {16, 16}}}, {}); }), wanted);
  check_equal(message_of<LoadError>([&] { source.take("y", {1}, false); }), file + ": tensor 'y' is missing");
}

void a_tensor_of_integers_is_no_weight() {
  const TemporaryFolder folder;
  FolderSource source = source_of(folder, {{"w", at::ones({2}, at::kLong)}});
  const char* part = "model.safetensors: tensor 'w' has type I64, expected F32, F16 or BF16";
  check_contains(message_of<LoadError>([&] { source.take("w", {2}, false); }), part);
  check_contains(message_of<LoadError>([&] { check_names(source, {{"w", {2}}}, {}); }), part);
}

void progress_tells_every_tensor_and_may_stop() {
  const TemporaryFolder folder;
  write_safetensors(folder / "model.safetensors", {{"a", at::ones({3}, at::kHalf)}, {"b", at::ones({5})}});
  std::vector<std::pair<std::string, uint64_t>> seen;
  FolderSource source(CheckpointFiles::of_model(folder.path()), {}, {}, [&](const std::string& name, uint64_t bytes) {
    seen.emplace_back(name, bytes);
    if (seen.size() == 2) throw Stop();
  });
  check_equal(source.stored_bytes("a"), uint64_t(6), "bytes of a");
  source.take("a", {3}, false);
  bool stopped = false;
  try {
    source.take("b", {5}, false);
  } catch (const Stop&) {
    stopped = true;
  }
  check(stopped, "the second tensor stops");
  check(seen == std::vector<std::pair<std::string, uint64_t>>{{"a", 6}, {"b", 20}}, "names and bytes");
}

void names_are_compared_and_at_most_three_are_told() {
  const TemporaryFolder folder;
  FolderSource source = source_of(folder, {{"a", at::ones({1})},
                                           {"model.vae.x", at::ones({1})},
                                           {"model.other", at::ones({1}, at::kLong)},
                                           {"p", at::ones({1})}});
  const auto refusal = [&](std::vector<DescribeSource::Item> expected, std::vector<std::string> tolerated) {
    return message_of<LoadError>([&] { check_names(source, expected, tolerated); });
  };
  const std::string file = (folder / "model.safetensors").string();
  const NameReport report = check_names(source, {{"a", {1}}}, {"model.", "p"});
  check_equal(report.tolerated, std::vector<std::string>{"model.other", "model.vae.x", "p"}, "tolerated");
  check_equal(refusal({{"a", {1}}, {"b", {1}}}, {"model.", "p"}), file + ": 1 tensor is missing: 'b'");
  check_equal(refusal({{"a", {1}}, {"e", {1}}, {"d", {1}}, {"c", {1}}, {"b", {1}}}, {"model.", "p"}),
              file + ": 4 tensors are missing: 'e', 'd', 'c', ...");
  check_contains(refusal({{"a", {1}}}, {"model."}), file + ": 1 tensor is unknown: 'p'; ");
  check_contains(refusal({{"a", {1}}}, {}), file + ": 3 tensors are unknown: 'model.other', 'model.vae.x', 'p'; ");
}

void parameters_are_copies_in_order_and_trainable_on_request() {
  const TemporaryFolder folder;
  const at::Tensor b = values_by_name("b", {2, 2}, 1).to(at::kBFloat16), f = values_by_name("f", {3}, 1);
  FolderSource inner = source_of(folder, {{"f", f}, {"b", b}}, {at::kCPU, at::kFloat, true});
  ParameterSource source(inner, [](const std::string& name) { return name == "b"; });
  const Scope scope(source);
  const at::Tensor taken_b = scope.take_matrix("b", {2, 2}), taken_f = scope.take("f", {3});
  check(taken_b.requires_grad() && taken_b.is_leaf() && !taken_f.requires_grad(), "only b is trained");
  check(taken_b.scalar_type() == at::kFloat && at::equal(taken_b.detach(), b.to(at::kFloat)), "b is fp32");
  check(taken_f.data_ptr() != inner.take("f", {3}, false).data_ptr(), "f is no mapped memory");
  check(scope.take("b", {2, 2}).is_same(taken_b), "a second take is the same parameter");
  message_of<LoadError>([&] { scope.take("absent", {1}); });
  message_of<LoadError>([&] { scope.take("absent", {1}); });  // and leaves nothing behind
  check_equal(source.parameters().size(), size_t(2), "parameters");
  check(source.parameters()[0].first == "b" && source.parameters()[1].second.is_same(taken_f), "order and identity");
}

void identity_follows_config_layout_and_data() {
  const TemporaryFolder folder;
  const auto identity = [&](double value, const std::string& name, const std::string& config) {
    put_file(folder / "config.json", config);
    write_safetensors(folder / "model.safetensors", {{name, at::full({40}, value)}, {"z", at::ones({2})}});
    return checkpoint_identity(std::vector{folder / "config.json"},
                               std::vector{CheckpointFiles::of_model(folder.path())});
  };
  const std::string first = identity(1, "w", "{}");
  check_equal(first.size(), size_t(64), "digits");
  check_equal(identity(1, "w", "{}"), first, "same files");
  check(identity(2, "w", "{}") != first, "other data");
  check(identity(1, "v", "{}") != first, "another name");
  check(identity(1, "w", "{ }") != first, "another config");
}

const Cases cases = {
    CASE(one_file_is_preferred_to_an_index),
    CASE(shards_with_any_names_are_followed),
    CASE(decoder_files_are_found_in_the_order_of_the_specification),
    CASE(every_published_name_form_becomes_the_canonical_one),
    CASE(old_attention_names_of_the_vae_become_the_new_ones),
    CASE(two_tensors_with_one_canonical_name_are_refused),
    CASE(a_one_by_one_convolution_serves_as_a_matrix),
    CASE(an_unconverted_tensor_is_the_mapped_one),
    CASE(a_wrong_shape_is_told_in_one_sentence),
    CASE(a_tensor_of_integers_is_no_weight),
    CASE(progress_tells_every_tensor_and_may_stop),
    CASE(names_are_compared_and_at_most_three_are_told),
    CASE(parameters_are_copies_in_order_and_trainable_on_request),
    CASE(identity_follows_config_layout_and_data),
};

}  // namespace
