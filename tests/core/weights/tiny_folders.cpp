// The three model folders of the golden data: every tensor equals its formula, rounded to the stored type. The
// exceptions are those of the READMEs beside them.
#include <ATen/ATen.h>

#include <set>

#include "core/base/json.h"
#include "core/weights/folder.h"
#include "tests/support/tensors.h"

using namespace b3o;
using namespace b3o::test;

namespace {

void check_values(FolderSource& source, at::ScalarType type,
                  const std::function<at::Tensor(const std::string&)>& wanted) {
  for (const auto& [name, item] : source.items()) {
    check_equal(item.entry().type, type, name + " type");
    const at::Tensor values = wanted(name).to(type);
    check(at::equal(source.take(name, values.sizes(), true), values), name + " has other values than its formula");
  }
}

// Follows the index, from which nothing may be missing or left over.
FolderSource opened(const std::string& folder, size_t tensors) {
  const CheckpointFiles files = CheckpointFiles::of_model(data_path(folder));
  check_equal(files.files.size(), size_t(2), "shards");
  FolderSource source(files, {at::kCPU, at::kFloat, true}, rename_language_model);
  check_equal(source.items().size(), tensors, "tensors");
  return source;
}

at::Tensor by_formula(FolderSource& source, const std::string& name,
                      void (*formula)(const std::string&, at::Tensor&) = fill_by_name_qwen) {
  at::Tensor values = at::empty(source.shape(name).value(), at::kFloat);
  formula(name, values);
  return values;
}

void tied_folder_holds_the_formula() {
  FolderSource source = opened("understanding/tiny-qwen2.5-vl", 92);
  constexpr int64_t im_end = 256 + 200 + 2;  // bytes, merges, then the third added token
  check_values(source, at::kBFloat16, [&](const std::string& name) {
    at::Tensor w = by_formula(source, name);
    if (name == "model.embed_tokens.weight") {
      w /= 8;
      w[im_end] *= 2;
    }
    if (name == "model.norm.weight") w *= 4;
    if (name.ends_with("mlp.down_proj.weight") && name.starts_with("model.")) w *= 8;
    if (name.ends_with("self_attn.o_proj.weight") || name.ends_with("self_attn.q_proj.weight")) w *= 4;
    return w;
  });
}

void untied_folder_holds_the_formula() {
  FolderSource source = opened("understanding/tiny-qwen2.5-vl-untied", 69);
  constexpr int64_t im_end = 256 + 150 + 2;
  check_values(source, at::kFloat, [&](const std::string& name) {
    at::Tensor w = by_formula(source, name);
    if (name == "lm_head.weight") w[im_end] *= 2;
    return w;
  });
}

void blip3o_folder_holds_the_formulas() {
  FolderSource source = opened("generation/tiny-blip3o", 230);
  check_values(source, at::kBFloat16, [&](const std::string& name) {
    const bool decoder = name.starts_with("model.dit.") || name.starts_with("model.gen_vision_tower.");
    at::Tensor w = by_formula(source, name, decoder ? fill_by_name_decoder : fill_by_name_qwen);
    if (name == "model.embed_tokens.weight") {
      const int64_t old = w.size(0) - 3;
      const at::Tensor rounded = w.narrow(0, 0, old).to(at::kBFloat16).to(at::kDouble);
      w.narrow(0, old, 3).copy_(rounded.mean(0, true).expand({3, w.size(1)}));
    }
    if (name.ends_with("attn.qkv.bias") && decoder) w.narrow(0, w.size(0) / 3, w.size(0) / 3).zero_();
    return w;
  });
}

void unet_and_vae_hold_the_formula() {
  for (const auto& [part, tensors] : {std::pair("unet", size_t(840)), std::pair("vae", size_t(248))}) {
    const auto files = CheckpointFiles::of_decoder(data_path("generation/tiny-blip3o/diffusion-decoder"), part);
    FolderSource source(files, {at::kCPU, at::kFloat, true}, rename_vae);
    check_equal(source.items().size(), tensors, "tensors");
    check_values(source, at::kBFloat16,
                 [&](const std::string& name) { return by_formula(source, name, fill_by_name_decoder); });
  }
}

void a_folder_written_again_has_the_same_bytes() {
  const auto file = SafetensorsFile::open(data_path("generation/tiny-blip3o/model-00001-of-00002.safetensors"));
  std::vector<std::pair<std::string, at::Tensor>> tensors;
  for (const auto& [name, entry] : file->entries()) tensors.emplace_back(name, file->tensor(name));
  const TemporaryFolder folder;
  write_safetensors(folder / "again.safetensors", tensors, file->metadata());
  const auto again = SafetensorsFile::open(folder / "again.safetensors");
  check(again->metadata() == file->metadata() && again->entries().size() == tensors.size(), "same header");
  for (const auto& [name, tensor] : tensors) {
    const auto a = file->bytes_of(name), b = again->bytes_of(name);
    check(std::equal(a.begin(), a.end(), b.begin(), b.end()), name + " has other bytes");
  }
}

void golden_files_open() {
  for (const char* name : {"generation/chain", "generation/modules", "generation/training", "understanding/cases",
                           "understanding/section10", "understanding/image-processor-cases"})
    check(!SafetensorsFile::open(data_path(std::string(name) + ".safetensors"))->entries().empty(), name);
}

const Cases cases = {
    CASE(tied_folder_holds_the_formula),
    CASE(untied_folder_holds_the_formula),
    CASE(blip3o_folder_holds_the_formulas),
    CASE(unet_and_vae_hold_the_formula),
    CASE(a_folder_written_again_has_the_same_bytes),
    CASE(golden_files_open),
};

}  // namespace
