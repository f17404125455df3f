// Rotary positions: dimensions j and j + D/2 of a head turn together by position * frequency[j].
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>

namespace b3o {

// theta^(-2j / width), j = 0 .. width/2 - 1; computed in fp32 on the CPU, as the reference does.
at::Tensor rotary_frequencies(double theta, int64_t width);  // [width/2]

// x [..., D] turned by angles whose cos and sin [..., D/2] broadcast against x's halves. Everything in x's type.
at::Tensor rotate(const at::Tensor& x, const at::Tensor& cos, const at::Tensor& sin);

}  // namespace b3o
