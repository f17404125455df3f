// Tar archives as data sets use them: uncompressed POSIX and GNU forms, read by their headers only (training.md 5).
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

namespace b3o::train {

struct TarMember {
  std::string path;
  uint64_t offset, size;  // of the data, inside the archive
};

// Shows every regular file in order. Returns why the scan ended before the archive's end: empty when it did not, else
// a sentence (a member that runs past the file, a damaged header). LoadError when the file cannot be read.
std::string scan_tar(const std::filesystem::path& file, const std::function<void(const TarMember&)>& see);

// Bytes of a file. LoadError when they are not there.
std::string read_range(const std::filesystem::path& file, uint64_t offset, uint64_t size);

}  // namespace b3o::train
