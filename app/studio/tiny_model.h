// The load dialog's "make a random tiny model".
#pragma once

#include <filesystem>

namespace b3o {

// Writes a folder of a few megabytes with random weights. Throws Error.
void makeTinyModel(const std::filesystem::path& folder);

}  // namespace b3o
