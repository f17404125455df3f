// Where the cross-attentions of the UNet look (embedded-model.md 8.3 rule 4): at a level of as many places as there are
// condition tokens, place i should look at token i.
#pragma once

#include <ATen/core/Tensor.h>

#include <vector>

#include "core/models/sdxl_unet.h"

namespace b3o::train {

// Collects the queries of all cross-attentions during one call of the UNet.
class CrossQueries {
 public:
  Probe probe() {
    return Probe([this](std::string_view name, const at::Tensor& value) {
      if (name.ends_with("attn2.to_q")) queries_.push_back(value);
    });
  }
  struct Alignment {
    at::Tensor loss;  // mean cross-entropy of (attention row i, token i) over half of the heads
    double top1 = 0;  // part of the rows whose largest entry is right
  };
  // Over the attentions with as many queries as tokens. Error when there is none.
  Alignment alignment(const SdxlUnet::Condition& condition) const;

 private:
  std::vector<at::Tensor> queries_;  // [B, heads, N, D], in the order of Condition::tokens
};

}  // namespace b3o::train
