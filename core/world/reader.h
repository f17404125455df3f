// Reads what people type: which scene a prompt asks for, or which of its words lie outside the world. This is the one
// rule by which the program refuses a prompt.
#pragma once

#include "core/world/description.h"

namespace b3o::world {

struct Reading {
  Description said;                                           // as far as it was understood
  std::vector<std::string> unknown;                           // words outside the world, as typed
  std::vector<std::pair<std::string, std::string>> repaired;  // typing mistakes: typed, read as
  std::string problem;                                        // one or two sentences; empty when it can be drawn
  std::string example;                                        // a prompt of the level that can be drawn
  bool ok() const { return problem.empty(); }
};

// Accepts any wording around the scene ("please draw ..."), any case, with or without articles and final dot, and
// riddles ("draw the thing that keeps you dry in the rain").
Reading parse_prompt(const std::string& text, Level level);

// What a caption says, words outside the world ignored, no limits of a level.
Description read_text(const std::string& text);

// "I can only draw circles, squares, ... in red, ... Try: a red fish at night": the answer to what cannot be drawn.
std::string refusal(Level level, const std::string& example);
// A prompt that the level can draw, without held-out pairs.
std::string example_prompt(Level level, Rng& rng);

enum class EditKind : uint8_t { recolor, add, remove, replace, move, resize, background, texture };
inline constexpr int kEditKinds = 8;
struct EditReading {
  std::optional<EditKind> kind;
  std::vector<std::string> unknown;
  std::string problem;
  bool ok() const { return problem.empty(); }
};
// Whether an instruction is one that the world knows.
EditReading parse_edit(const std::string& text, Level level);

}  // namespace b3o::world
