// What a model folder is called.
#pragma once

#include <filesystem>
#include <string>

namespace b3o {

// The folder's own name; "organisation/model" for a snapshot in a Hugging Face cache, whose own name is a revision.
std::string folder_name(const std::filesystem::path& folder);

}  // namespace b3o
