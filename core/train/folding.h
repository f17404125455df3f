// Calibration of features without a new module (embedded-model.md 7): every channel of the tower's residual stream is
// moved to mean 0 and spread 1 by changing weights only.
#pragma once

#include <ATen/core/Tensor.h>

#include <map>
#include <string>

namespace b3o::train {

using Values = std::map<std::string, at::Tensor>;

struct Spread {
  at::Tensor mean, std;  // [W]
};

// The post-norm tower below `prefix` then computes (x - mean) / std where it computed x. Exact. The keys' bias, which
// softmax does not see, becomes zero as in official files.
void fold_tower(Values& values, const std::string& prefix, int64_t layers, const Spread& spread);

// The linear layer `name` that read x reads (x - mean) / std and gives the same.
void fold_reader(Values& values, const std::string& name, const Spread& spread);

}  // namespace b3o::train
