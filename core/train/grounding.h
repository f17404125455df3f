// Which objects of a picture a question or an instruction is about: what attention is taught to find, and what has to
// be known of them before a yes or a no can be said.
#pragma once

#include <optional>
#include <vector>

#include "core/world/speaker.h"

namespace b3o::train {

// nullopt: not asked, or too close to tell.
struct Facts {
  std::optional<int> count;         // of what is named, at most kMostCounted
  std::optional<bool> left, above;  // where the thing that is asked about lies, seen from the other
};
inline constexpr int kMostCounted = 9;

// Indices of items. nullopt: the question is about no object ("is it night?").
struct Grounding {
  std::optional<std::vector<int>> first;   // what is named: "is there a red star?", "how many fish?"; empty: none there
  std::optional<std::vector<int>> second;  // the other side of a comparison, or what lies where it was asked about
  Facts facts = {};
};
Grounding grounding(const world::Scene& scene, const world::Query& query);

// Where to look for n objects: 1 / (n + 1) on each, even over its cells, and as much on a place that is always there
// and means "nothing". The share of that place tells whether there are any, and how many. [1 + cells], the place first.
std::vector<float> looks_at(const world::Scene& scene, const std::vector<int>& items);

}  // namespace b3o::train
