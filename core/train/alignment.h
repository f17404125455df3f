// Where cross-attentions look (embedded-model.md 8.3 rule 4): where there are as many places as condition tokens, place
// i should look at token i.
// B pictures, N places and tokens.
#pragma once

#include <ATen/core/Tensor.h>

#include <vector>

#include "core/models/next_dit.h"
#include "core/models/sdxl_unet.h"

namespace b3o::train {

// Collects the queries of all cross-attentions during one call of a network.
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
  // counts [B]: what each picture counts, 0 where there is no condition; the loss is a mean over all B.
  Alignment alignment(const NextDit::Condition& condition, const at::Tensor& counts) const;

 private:
  Alignment over(const std::vector<at::Tensor>& keys, const at::Tensor& counts) const;

  std::vector<at::Tensor> queries_;  // [B, heads, N, D], in the order of the condition's keys
};

}  // namespace b3o::train
