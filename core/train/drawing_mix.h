// What stages 2 and 3 learn to draw: captions, pictures that are drawn again, pictures that are changed.
#pragma once

#include <array>
#include <optional>
#include <string>

#include "core/base/json.h"
#include "core/world/sampler.h"
#include "core/world/speaker.h"

namespace b3o::train {

struct DrawingPrompt {
  std::string text;  // a caption, or an instruction about `source`
  std::optional<world::Scene> source;
  world::Scene target;
  std::string kind;  // the task of a caption, the kind of an edit: what scores are kept by
};

struct DrawingMix {
  world::Level level = world::Level::S;
  double edits = 0.25, reconstruct = 0.1;  // parts of the prompts; the others are captions
  double crowd = 0.3;                      // part of the changed pictures that hold about ten objects
  double night = 0.1;              // part of the captions whose scene is at night beside those that happen to be
  double full = 0.4, story = 0.1;  // parts of the captions that state everything, in one sentence or in several
  double colorless = 0.1;          // part of the single things whose colour is left open
  world::TaskMix tasks = {0.14f, 0.2f, 0.2f, 0.18f, 0.28f, 0, 0, 0, 0};               // of captions
  std::array<float, world::kEditKinds> kinds = {1, 1.2f, 2, 2, 1.2f, 0.7f, 0.6f, 0};  // of edits

  // Key "drawings", all of its keys optional; "tasks" and "kinds" are objects of weights by name.
  static DrawingMix from_json(const Fields& recipe, world::Level level);
};

// Sample `index` of the mix. What a caption leaves open is where the canonical layout has it.
DrawingPrompt drawing_prompt(const DrawingMix& mix, uint64_t seed, int64_t index);

// A caption that states everything; a picture drawn again or changed. From the validation stream or unseen pairs.
DrawingPrompt checked_caption(world::Level level, world::Task task, world::Split split, world::Rng& rng);
// kind kEditKinds: reconstruct. None if the scene that was drawn has nothing for the kind.
std::optional<DrawingPrompt> checked_change(world::Level level, int kind, world::Rng& rng);

}  // namespace b3o::train
