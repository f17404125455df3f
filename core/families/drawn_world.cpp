#include "core/families/drawn_world.h"

#include "core/base/error.h"
#include "core/world/scene_json.h"
#include "core/world/wording.h"

namespace b3o {

std::string refusal_of_prompt(const Capabilities& can, const std::string& prompt) {
  return can.world.empty() ? "" : world::parse_prompt(prompt, world::level_named(can.world)).problem;
}

std::string refusal_of_edit(const Capabilities& can, const std::string& instruction) {
  return can.world.empty() ? "" : world::parse_edit(instruction, world::level_named(can.world)).problem;
}

std::string prompt_as_trained(const Capabilities& can, const std::string& prompt) {
  if (can.world.empty()) return prompt;
  const world::Level level = world::level_named(can.world);
  const world::Reading reading = world::parse_prompt(prompt, level);
  if (!reading.ok()) throw Refusal(reading.problem);
  return world::trained_prompt(prompt, reading, level);
}

std::string instruction_as_trained(const Capabilities& can, const std::string& instruction) {
  if (can.world.empty()) return instruction;
  const std::string refusal = refusal_of_edit(can, instruction);
  if (!refusal.empty()) throw Refusal(refusal);
  return world::trained_instruction(instruction);
}

}  // namespace b3o
