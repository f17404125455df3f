// The one rule about prompts of a folder that lives in the drawn world (embedded-model.md 2 and 3): what it refuses,
// and in which words its language model is told what it draws. It needs no network, only what the folder says of
// itself, so window and command line may ask while somebody types.
#pragma once

#include <string>

#include "core/api/event.h"

namespace b3o {

// A polite sentence with an example that works, or nothing when the prompt (the instruction) lies in the folder's world
// or the folder has no such limits.
std::string refusal_of_prompt(const Capabilities& can, const std::string& prompt);
std::string refusal_of_edit(const Capabilities& can, const std::string& instruction);

// What the language model reads in place of the prompt (the instruction): the text itself, or what was understood of it
// in the words of the training. Throws the Refusal.
std::string prompt_as_trained(const Capabilities& can, const std::string& prompt);
std::string instruction_as_trained(const Capabilities& can, const std::string& instruction);

}  // namespace b3o
