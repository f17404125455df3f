// The random numbers of pictures: one counter-based generator on the CPU, so that a seed means the same noise on every
// machine, on every device and at any position of a batch.
#pragma once

#include <ATen/core/Tensor.h>

#include <array>
#include <cstdint>

namespace b3o {

// One seed feeds several independent streams, one for each use of noise in a picture.
inline constexpr uint64_t kClipNoise = 1;         // start of the flow that plans the image tokens
inline constexpr uint64_t kPaintNoise = 2;        // start latent of the pixel decoder
inline constexpr uint64_t kNegativeNoise = 3;     // start of the flow that plans the negative tokens
inline constexpr uint64_t kPreviewNoise = 4;      // quick previews; may change without changing a picture
inline constexpr uint64_t kPlanRepeatNoise = 5;   // repeated steps of the plan
inline constexpr uint64_t kPaintRepeatNoise = 6;  // repeated steps of the paint
// Samplers that draw noise at every step: the stream of `step` (0, 1, ...) beside a use above.
constexpr uint64_t step_noise(uint64_t use, uint64_t step) { return use + ((step + 1) << 8); }

// Philox4x32-10 (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", 2011).
std::array<uint32_t, 4> philox4x32(std::array<uint32_t, 4> counter, std::array<uint32_t, 2> key);

// Standard normal numbers, fp32 on the CPU. Element i of the flattened result depends on seed, stream and i alone, and
// bit for bit: the transform uses nothing but operations that IEEE 754 rounds exactly.
at::Tensor standard_normal(uint64_t seed, uint64_t stream, at::IntArrayRef shape);

}  // namespace b3o
