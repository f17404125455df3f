// Scenes as JSON: {"background", "background_seed", "task", "objects": [{"object", "color", ...}], "sign"}.
#pragma once

#include "core/base/json.h"
#include "core/world/speaker.h"

namespace b3o::world {

Json to_json(const Scene& scene);
// LoadError "<where>: ..." for unknown words and scenes that break the rules.
Scene scene_from_json(const Json& json, const std::string& where);
Json to_json(const QA& qa);
Json to_json(const Edit& edit);

const char* name(Task task);
const char* name(Level level);
const char* name(Split split);
// The value of that name. RequestError that lists the names.
Level level_named(const std::string& name);
Split split_named(const std::string& name);

}  // namespace b3o::world
