// The SHA-256 of a model folder's files, where the folder lists them: in SHA256SUMS (as the program sha256sum writes
// it), in the names of the blobs that a Hugging Face cache links to, or in the notes that its downloader leaves beside
// a plain folder.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace b3o {

struct ListedHash {
  std::string file, sha256;  // relative to the folder; 64 lower-case digits
};

// Sorted by file. LoadError for a list that is broken or names a file outside of the folder.
std::vector<ListedHash> listed_hashes(const std::filesystem::path& folder);

struct HashReport {
  int listed = 0;                     // 0: the folder has no list of hashes
  uint64_t bytes = 0;                 // that were read
  std::vector<std::string> wrong;     // files that differ from the list
  std::vector<std::string> missing;   // listed, not there
  std::vector<std::string> unlisted;  // weights that no list names
  bool good() const { return listed > 0 && wrong.empty() && missing.empty(); }
};

// Reads every listed file. progress(done, total bytes) comes at least once a megabyte and may throw Stop.
HashReport verify_hashes(const std::filesystem::path& folder,
                         const std::function<void(uint64_t done, uint64_t total)>& progress);

}  // namespace b3o
