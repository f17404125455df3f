// Draws scenes: which objects, which colours, where (embedded-model.md 2.4, 4 and 6).
#pragma once

#include "core/world/scene.h"

namespace b3o::world {

struct Sampler {
  Level level = Level::S;
  // The probability that a scene leaves the canonical layout of its words; 0 at the start of a curriculum, 1 later.
  float layout_freedom = 1;

  // A valid scene that belongs to the split. The items are in the order of texts. RequestError if the level has no
  // such scene (unseen_counts at level S, three objects below level L).
  Scene scene(Task task, Split split, Rng& rng) const;
};

// How often each task is drawn; the weights need not sum to one.
using TaskMix = std::array<float, 9>;
Task draw_task(const TaskMix& mix, Rng& rng);
// The mix at a point of training, progress 0 .. 1: single objects fall from 60 % to 25 % over the first half.
TaskMix task_mix(Level level, float progress);
// Layout freedom grows from 0 to 1 over the first half.
Sampler sampler_at(Level level, float progress);

}  // namespace b3o::world
