// What stages 2 and 3 train, in the three ways that the paper compares (training.md 2): features by flow matching,
// features by a linear head, and latents of the VAE by flow matching.
// B pictures, Q queries, H their width, C channels of a grid of s x s, N CLIP features of a picture.
#pragma once

#include <ATen/core/Tensor.h>

#include <filesystem>
#include <optional>

#include "core/train/frozen_parts.h"
#include "core/train/planning.h"

namespace b3o::train {

enum class DrawingWay { clip_flow, clip_mse, vae_flow };
const char* name(DrawingWay way);
// Key "objective"; clip_flow when it is absent. LoadError for another word.
DrawingWay drawing_way(const Fields& recipe);

struct DrawingHalf {
  DrawingWay way;
  NextDitConfig config;
  std::optional<NextDit> dit;  // of both flows
  std::optional<Linear> head;  // clip_mse: a feature from each query
  const EvaClip& clip;
  std::optional<SdxlVae> vae;  // vae_flow

  // The recipe's input vae is read for vae_flow. LoadError where the grid of the configuration is not that of the data.
  DrawingHalf(const Scope& root, const NextDitConfig& config, const Fields& recipe, const EvaClip& clip,
              at::Device device);

  int64_t cells() const;                             // tokens of the grid, one for each query
  at::Tensor wanted(const at::Tensor& bytes) const;  // bytes [B, 3, H, W] -> [B, C, s, s]
  // What is made of states [B, Q, H]; noise [B, C, s, s] is not read by the head. Without gradients: [B, C, s, s].
  at::Tensor plan(const at::Tensor& states, const at::Tensor& noise, const PlanWay& way) const;
  at::Tensor headed(const at::Tensor& states) const;  // what the head answers, with gradients: [B, C, s, s]
  // Of a plan, as EVA-CLIP sees it: the plan itself, or the features of the picture that it is.
  at::Tensor features(const at::Tensor& plan) const;  // [B, N, W]
  at::Tensor picture(const at::Tensor& plan) const;   // vae_flow: [B, 3, H, W] in [0, 1]
};

}  // namespace b3o::train
