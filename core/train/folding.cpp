#include "core/train/folding.h"

#include <ATen/ATen.h>

#include "core/base/error.h"

namespace b3o::train {
namespace {

at::Tensor& value(Values& values, const std::string& name) {
  const auto at = values.find(name);
  ensure(at != values.end(), "a folded tensor is there");
  return at->second;
}

}  // namespace

void fold_reader(Values& values, const std::string& name, const Spread& s) {
  at::Tensor& weight = value(values, name + ".weight");  // [out, W]
  at::Tensor& bias = value(values, name + ".bias");
  bias = bias + at::mv(weight, s.mean);
  weight = weight * s.std;
}

void fold_tower(Values& values, const std::string& prefix, int64_t layers, const Spread& s) {
  const int64_t width = s.mean.numel();
  const auto divide = [&](const std::string& name) { value(values, name) = value(values, name) / s.std; };
  at::Tensor& patch = value(values, prefix + ".patch_embed.proj.weight");  // [W, 3, p, p]
  patch = patch / s.std.view({width, 1, 1, 1});
  divide(prefix + ".patch_embed.proj.bias");
  divide(prefix + ".cls_token");
  at::Tensor& position = value(values, prefix + ".pos_embed");  // [1, 1 + n, W]
  position = (position - s.mean) / s.std;
  for (int64_t i = 0; i < layers; ++i) {
    const std::string block = prefix + ".blocks." + std::to_string(i);
    for (const char* norm : {".norm1", ".norm2"}) {
      divide(block + norm + ".weight");
      divide(block + norm + ".bias");
    }
    fold_reader(values, block + ".attn.qkv", s);
    fold_reader(values, block + ".mlp.fc1", s);
    value(values, block + ".attn.qkv.bias").narrow(0, width, width).zero_();
  }
}

}  // namespace b3o::train
