// Text without pictures: small talk, refusals, riddles, questions about captions (embedded-model.md 3 and 5).
#pragma once

#include "core/world/scene.h"

namespace b3o::world {

struct Turn {
  std::string user, assistant;
};

// "it keeps you dry in the rain" -> umbrella; "the color of a banana" -> yellow. Taught as text only.
struct Riddle {
  const char* fact;
  std::optional<Obj> obj;
  std::optional<Col> col;
};
// The riddles whose answer the level has; 60 from level M on.
const std::vector<Riddle>& riddles_of(Level level);
// The riddle whose fact the text contains.
const Riddle* riddle_in(const std::string& text, Level level);
// "draw the thing that keeps you dry in the rain", "draw a circle in the color of a banana".
std::string riddle_prompt(const Riddle& riddle);

int small_talk_intents();
Turn small_talk(Level level, int intent, Rng& rng);
// A prompt with a word that no level has, and its refusal.
Turn refusal_turn(Level level, Rng& rng);
Turn riddle_turn(Level level, Rng& rng);
// A caption and a question about it; the list of things in a caption; a caption for a list.
Turn caption_turn(Level level, Rng& rng);
// What the automatic mode asks: a drawing request answered with [draw], an edit with [edit]; the rest is text.
Turn routing_turn(Level level, Rng& rng);
// A mix of all for training, 8 % of it refusals.
Turn text_turn(Level level, Rng& rng);

}  // namespace b3o::world
