// Results on disk and on stdout.
#pragma once

#include <filesystem>

#include "core/api/event.h"
#include "core/base/json.h"

namespace b3o::cli {

// Saves the picture with its recipe inside, and the tokens it was painted from where these are wanted. `pattern` is
// the file for one picture; with several, the number goes in front of the ending (out.png, out-2.png, ...). Returns the
// file written.
std::filesystem::path save_picture(const ImageReady& ready, const std::filesystem::path& pattern, bool with_tokens);
// One tensor E [1, count, width] as safetensors.
void save_tokens(const TokensReady& tokens, const std::filesystem::path& file);
void print_json(const Json& json);

}  // namespace b3o::cli
