// Between two sets of image tokens (decoder.md 5.5b): each token turns from its direction to the other's while its
// length goes there in a straight line.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>

namespace b3o {

struct Between {
  at::Tensor tokens;    // in the shape of both, fp32
  int64_t opposed = 0;  // tokens that point in opposite directions, where no way from one to the other is the shortest
};

// from and to [..., C], the same shape; place 0 gives the very numbers of `from`, 1 those of `to`. Tokens of (nearly)
// equal or opposite directions go in a straight line. Computed in fp64.
Between between(const at::Tensor& from, const at::Tensor& to, double place);

// The mean over tokens [..., C] of the cosine between them; a token of zeros counts as 0.
double mean_cosine(const at::Tensor& a, const at::Tensor& b);

}  // namespace b3o
