// Which objects of a picture a question or an instruction is about: what attention is taught to find.
#pragma once

#include <vector>

#include "core/world/speaker.h"

namespace b3o::train {

// Indices of items. nullopt: the question is about no object ("is it night?").
struct Grounding {
  std::optional<std::vector<int>> first;   // what is named: "is there a red star?", "how many fish?"; empty: none there
  std::optional<std::vector<int>> second;  // the other side of a comparison, or what lies where it was asked about
};
Grounding grounding(const world::Scene& scene, const world::Query& query);

// Where to look for n objects: 1 / (n + 1) on each, even over its cells, and as much on a place that is always there
// and means "nothing". The share of that place tells whether there are any, and how many. [1 + cells], the place first.
std::vector<float> looks_at(const world::Scene& scene, const std::vector<int>& items);

}  // namespace b3o::train
