// The object `studio` of a config.json: what our own folders say about themselves beside the official keys.
#pragma once

#include "core/families/blip3o/folder.h"

namespace b3o {

// Overlays name, notice and capabilities, which hold what the networks allow already. LoadError for a value that is no
// text for people, lies out of range, or contradicts another one (a default that is not allowed, an example that the
// folder's own world refuses).
void read_studio(const Fields& studio, FolderConfig& config);

}  // namespace b3o
