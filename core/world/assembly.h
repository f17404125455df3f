// Puts the phrases of a text together: which adjectives, places and relations belong to which things.
#pragma once

#include "core/world/description.h"
#include "core/world/lexicon.h"

namespace b3o::world {

struct Assembly {
  Description said;
  std::vector<bool> definite;      // per mention: "the star"
  std::optional<Col> loose_color;  // a colour that belongs to nothing
  // What stood behind the thing it was given to ("make the star blue").
  std::optional<Col> trailing_color;
  std::optional<Tex> trailing_texture;
  std::optional<Obj> bare_plural;  // "stars" without a number
  bool too_many = false;           // a number above four
  bool two_backgrounds = false, two_colors = false;
  bool open_relation = false;  // "left of" nothing
};

Assembly assembled(const Lexed& lex);

}  // namespace b3o::world
