// Pictures on disk with their recipe inside (decoder.md 7): PNG text `parameters` for other programs, our own JSON, and
// the note that a model made the picture.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/api/recipe.h"
#include "core/image/image.h"

namespace b3o {

// The keyword of our JSON in a PNG.
inline constexpr const char* kRecipeKeyword = "blip3o";
// The keyword of the tokens that a picture was painted from, as JSON: their count and width, and in base64 the fp32
// values, little-endian. A machine without the language model repaints the picture from them.
inline constexpr const char* kTokensKeyword = "blip3o-tokens";

struct PictureTokens {
  std::vector<float> values;  // [count, width]
  int count = 0, width = 0;
  bool operator==(const PictureTokens&) const = default;
};

std::string picture_file_bytes(const Image& image, const Recipe& recipe, const PictureTokens& tokens = {});
// Writes the PNG whole or not at all. Error when the disk refuses.
void write_picture_file(const std::filesystem::path& file, const Image& image, const Recipe& recipe);
// The recipe inside a PNG's bytes, if there is one of ours. LoadError when it is there and broken.
std::optional<Recipe> recipe_in_png(std::string_view bytes, const std::string& where);
// The tokens inside a PNG's bytes, if there are any. LoadError when they are there and broken.
std::optional<PictureTokens> tokens_in_png(std::string_view bytes, const std::string& where);
// The recipe of a JSON file or of a PNG made by this program. LoadError when there is none.
Recipe read_recipe(const std::filesystem::path& file);

}  // namespace b3o
