// Prompts as the finished flow plans them, each with the scene that a painter should make of the plan.
// B prompts, N features of a picture, W their width.
#pragma once

#include <ATen/core/Tensor.h>

#include <vector>

#include "core/train/drawing_mix.h"
#include "core/train/feature_probes.h"
#include "core/train/frozen_language.h"
#include "core/train/frozen_parts.h"
#include "core/train/planning.h"

namespace b3o::train {

class PlannedPictures {
 public:
  // Inputs clip, understand and generate of the recipe; clip: the tower of that result.
  PlannedPictures(const Fields& recipe, world::Level level, const EvaClip& clip, at::Device device);

  struct Plan {
    at::Tensor features;               // [B, N, W]
    std::vector<world::Scene> scenes;  // [B]
  };
  // What a prompt leaves open in the background, the plan decides. Where a plan shows other things than were meant, the
  // true features of the scene stand in its place. Equal seeds and numbers give equal noise.
  Plan plan(const std::vector<DrawingPrompt>& prompts, uint64_t seed, int64_t number) const;
  // Prompts number * count ... of the recipe's mix.
  Plan of_mix(int64_t count, uint64_t seed, int64_t number) const;

  const Named& tensors() const { return language_.tensors(); }  // frozen

 private:
  world::Scene with_background(const world::Scene& scene, const at::Tensor& features) const;

  DrawingMix mix_;
  PlanWay way_;
  const EvaClip& clip_;
  at::Device device_;
  FrozenLanguage language_;
  NextDit dit_;
  FeatureProbes probes_;
};

}  // namespace b3o::train
