// The cache beside the library: thumbnails and compact tokens by the picture's file name. Everything in it can be made
// again, so a broken one is thrown away, and a failure to write it is no failure.
#pragma once

#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "core/api/picture_file.h"
#include "core/library/database.h"

namespace b3o {

class Cache {
 public:
  explicit Cache(std::filesystem::path file);

  std::optional<std::string> thumbnail(const std::string& file);
  bool has_tokens(const std::string& file);
  void put(const std::string& file, const std::string& thumbnail_png, const PictureTokens& tokens);
  void forget(const std::string& file);
  // The names of the pictures with tokens, the most similar first, without `file`.
  std::vector<std::string> similar_to(const std::string& file);

 private:
  template <class Work>
  auto guarded(Work work) -> decltype(work());
  void open();
  void throw_away();  // the file, which is closed

  std::filesystem::path file_;
  std::unique_ptr<Database> db_;  // null: no cache can be kept here
  std::mutex mutex_;
};

// A PNG of at most `side` pixels a side.
std::string thumbnail_of(const Image& image, int side);

}  // namespace b3o
