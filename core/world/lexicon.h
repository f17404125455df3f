// Cuts a text into the phrases the world knows.
#pragma once

#include "core/world/scene.h"

namespace b3o::world {

enum class Kind : uint8_t {
  filler,  // politeness, verbs, prepositions: no meaning for the scene
  obj,
  objs,
  col,
  tex,
  size,
  number,
  too_many,
  place,
  rel,
  bg,
  joint,
  stop,
  it,
  the,
  sign,
  // Verbs and adjectives of edits; in a prompt they are fillers.
  add,
  remove,
  replace,
  move,
  bigger,
  smaller,
  background,
  unknown
};

struct Token {
  Kind kind;
  int value;         // of the enum that the kind names
  std::string text;  // as typed
};

inline constexpr size_t kLongestText = 2000;  // bytes of a text that is read

struct Lexed {
  std::vector<Token> tokens;
  std::vector<std::pair<std::string, std::string>> repaired;
};

// Punctuation becomes joints (,) and stops (. ? ! ;). A word that is one swap, one missing or one doubled letter away
// from a known word of five letters or more is read as that word; a wrong letter is not forgiven, because a horse is
// no house and a goat no boat.
Lexed lexed(const std::string& text);

bool is_known_word(const std::string& word);  // in any case

// A word outside the lexicon, or one that the level does without.
bool beyond(Level level, const Token& token);

}  // namespace b3o::world
