#include "core/train/initial.h"

#include <ATen/ATen.h>

#include <cmath>
#include <memory>

#include "core/base/hash.h"
#include "core/sampling/noise.h"
#include "core/train/random.h"

namespace b3o::train {
namespace {

uint64_t key_of(uint64_t seed, const std::string& name) {
  return key(seed, Use::initial_weight, 0, int64_t(fnv1a64(name) >> 1));
}

std::string owner(const std::string& name) { return name.substr(0, name.rfind('.')); }

}  // namespace

void fill_uniform(uint64_t seed, const std::string& name, at::Tensor& values, double bound) {
  world::Rng rng(key_of(seed, name), uint64_t(Use::initial_weight));
  float* out = values.mutable_data_ptr<float>();
  for (int64_t i = 0; i < values.numel(); ++i) out[i] = float((2 * double(rng.uniform()) - 1) * bound);
}

void fill_normal(uint64_t seed, const std::string& name, at::Tensor& values, double spread) {
  values.copy_(standard_normal(key_of(seed, name), uint64_t(Use::initial_weight), values.sizes()).mul_(spread));
}

FilledSource::Fill torch_rules(uint64_t seed, std::function<bool(const std::string&, at::Tensor&)> special) {
  struct Last {
    std::string layer;
    double bound = 0;
  };
  return [seed, special = std::move(special), last = std::make_shared<Last>()](const std::string& name,
                                                                               at::Tensor& values) {
    const bool bias = name.ends_with("bias");
    if (values.dim() > 1) *last = {owner(name), 1 / std::sqrt(double(values.numel() / values.size(0)))};
    if (special && special(name, values)) return;
    if (values.dim() > 1)
      fill_uniform(seed, name, values, last->bound);
    else if (bias && last->layer == owner(name))
      fill_uniform(seed, name, values, last->bound);
    else
      values.fill_(bias ? 0 : 1);
  };
}

}  // namespace b3o::train
