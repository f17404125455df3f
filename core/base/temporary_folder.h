// A folder of one's own for files that nobody keeps.
#pragma once

#include <filesystem>
#include <string>

namespace b3o {

// Empty at the start and removed with all it holds at the end.
class TemporaryFolder {
 public:
  // Made in the system's place for such folders. Error when that is impossible.
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  std::filesystem::path operator/(const std::string& name) const { return path_ / name; }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace b3o
