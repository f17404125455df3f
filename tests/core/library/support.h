// Pictures and libraries for the tests of the store.
#pragma once

#include <sqlite3.h>

#include "core/library/store.h"
#include "tests/support/case.h"

namespace b3o::test {

inline Image plain(int width, int height, uint8_t shade = 90) {
  Image image(width, height);
  for (auto& value : image.pixels) value = shade;
  return image;
}

inline NewPicture drawn(const std::string& prompt, uint64_t seed = 7, int64_t made = 0) {
  NewPicture picture;
  picture.image = plain(8, 6, uint8_t(seed));
  picture.recipe.prompt = prompt;
  picture.recipe.seed = seed;
  picture.made = made;
  return picture;
}

// 4 x 4 tokens of `width` that lean towards `direction`.
inline PictureTokens tokens_towards(int direction, int width = 8, float common = 5) {
  PictureTokens tokens{std::vector<float>(size_t(16 * width), common), 16, width};
  for (int t = 0; t < 16; ++t) tokens.values[size_t(t * width + direction)] += 1.0f;
  return tokens;
}

inline std::vector<std::string> prompts_of(const std::vector<PictureLine>& lines) {
  std::vector<std::string> out;
  for (const auto& line : lines) out.push_back(line.prompt);
  return out;
}

// SQL on a library that is not open.
inline void change(const std::filesystem::path& file, const std::string& sql) {
  sqlite3* db = nullptr;
  check(sqlite3_open(file.c_str(), &db) == SQLITE_OK, "the database opens");
  const int code = sqlite3_exec(db, sql.c_str(), nullptr, nullptr, nullptr);
  const std::string message = sqlite3_errmsg(db);
  sqlite3_close(db);
  check(code == SQLITE_OK, message);
}

}  // namespace b3o::test
