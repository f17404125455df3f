// Files: bounded reading, read-only mapping, and writing that leaves either the old file or the whole new one.
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace b3o {

// The whole file. LoadError if it cannot be read, is not a regular file, or is larger than max_bytes.
std::string read_file(const std::filesystem::path& file, size_t max_bytes);

// A file mapped read-only. The mapping lives as long as the object.
class MappedFile {
 public:
  // LoadError if the file cannot be opened or mapped or is not a regular file.
  static std::shared_ptr<const MappedFile> open(const std::filesystem::path& file);
  ~MappedFile();
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;

  std::span<const std::byte> bytes() const { return {data_, size_}; }
  const std::filesystem::path& path() const { return path_; }

 private:
  MappedFile() = default;
  std::filesystem::path path_;
  const std::byte* data_ = nullptr;
  size_t size_ = 0;
};

// A file being written beside its final name. finish() flushes, syncs, renames and syncs the folder; an object that
// is destroyed before leaves the old file untouched. Every failure is an Error that names the file and the reason.
class AtomicFile {
 public:
  explicit AtomicFile(std::filesystem::path target);
  ~AtomicFile();
  AtomicFile(const AtomicFile&) = delete;
  AtomicFile& operator=(const AtomicFile&) = delete;
  void write(std::span<const std::byte> bytes);
  void write(std::string_view text) { write(std::as_bytes(std::span(text.data(), text.size()))); }
  void finish();

 private:
  [[noreturn]] void fail(const char* what);
  std::filesystem::path target_, temporary_;
  int fd_ = -1;
};

void write_file(const std::filesystem::path& target, std::string_view bytes);

}  // namespace b3o
