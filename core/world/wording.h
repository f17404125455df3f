// What people say in other words than training did. The reader understands "a little fish under the star" and "a fsh";
// a language model that has only ever read the trained wording does not.
#pragma once

#include <string>

#include "core/world/reader.h"

namespace b3o::world {

// For a prompt that can be drawn: the text as typed where training words it so (any of its wrappers, any case), else
// what was understood of it in plain words. Riddles stay as they are.
std::string trained_prompt(const std::string& text, const Reading& reading, Level level);

// For an instruction: the text with typing mistakes and synonyms replaced word by word; as typed if it has none.
std::string trained_instruction(const std::string& text);

std::string destination(Place place);  // "to the top left corner", "to the center"

}  // namespace b3o::world
