// The demonstration model that ships with the program.
#pragma once

#include <filesystem>

namespace b3o {

// Its folder, beside the installed program or in the source tree that the program was built in; empty when there is
// none.
std::filesystem::path default_model_folder();

// The same for a program at this place.
std::filesystem::path default_model_folder(const std::filesystem::path& program);

}  // namespace b3o
