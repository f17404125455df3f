// Which objects of a picture a question or an instruction is about: what attention is taught to find, and what has to
// be known of them before a yes or a no can be said.
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "core/world/speaker.h"

namespace b3o::train {

// How many are named, at most 9; row and column of the centre of what is looked at first, and of what is looked at
// second, if it is one thing, in steps of the world's grid; whether the second lies left of the first, and above it.
enum class Fact : uint8_t { count, row, column, other_row, other_column, left, above };
inline constexpr int kFacts = 7;
inline constexpr int kFactClasses[kFacts] = {10, 16, 16, 16, 16, 2, 2};
inline constexpr const char* kFactNames[kFacts] = {"count",        "row",  "column", "other_row",
                                                   "other_column", "left", "above"};

// A class of every fact; -1: not asked, or too close to tell.
struct Facts {
  std::array<int, kFacts> of = {-1, -1, -1, -1, -1, -1, -1};
  int& operator[](Fact fact) { return of[size_t(fact)]; }
  int operator[](Fact fact) const { return of[size_t(fact)]; }
  bool none() const { return of == Facts().of; }
};

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
