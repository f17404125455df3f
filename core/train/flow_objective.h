// Flow matching as BLIP3-o trains it (training.md 2.2): data at sigma 0, noise at sigma 1, the network predicts
// noise - data. And its two alternatives: features by a linear head (2.1), latents of the VAE as data (2.3: another X).
// B pictures, C channels of a grid of s x s tokens, Q queries, H their width.
#pragma once

#include <ATen/core/Tensor.h>

#include <string>

#include "core/models/next_dit.h"

namespace b3o::train {

// How the times of training are drawn.
struct TimeDensity {
  enum class Kind { uniform, logit_normal, mode } kind = Kind::uniform;
  double mean = 0, spread = 1, scale = 1.29;  // logit_normal; mode

  // "uniform", "logit_normal", "logit_normal(m,s)", "mode", "mode(scale)". RequestError for anything else.
  static TimeDensity parse(const std::string& text);
  // u [B] uniform in [0, 1), n [B] standard normal -> positions in [0, 1).
  at::Tensor position(const at::Tensor& u, const at::Tensor& n) const;
};

// Position 0 ... 1 -> the time the network is told, 1000 - floor(1000 position): 1000 ... 1.
at::Tensor flow_times(const at::Tensor& position);

struct FlowSample {
  at::Tensor x;         // [B, C, s, s] the data under noise
  at::Tensor velocity;  // [B, C, s, s] what the network should answer
};
FlowSample flow_sample(const at::Tensor& data, const at::Tensor& noise, const at::Tensor& times);

// Conditions [B, Q, H] with whole samples zeroed where drop [B] is true (training.md 12 T3).
at::Tensor drop_conditions(const at::Tensor& states, const at::Tensor& drop);

// The network's answer for the sample under the conditions.
at::Tensor flow_answer(const NextDit& dit, const FlowSample& sample, const at::Tensor& times, const at::Tensor& states);
// Mean squares of each picture, [B]; weight undefined or broadcasting against [B, C, s, s]: weighted means.
at::Tensor flow_errors(const at::Tensor& answer, const FlowSample& sample, const at::Tensor& weight = {});

}  // namespace b3o::train
