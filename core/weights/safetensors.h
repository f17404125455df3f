// Safetensors files: 8 bytes of header length (little-endian), a JSON header {name: {dtype, shape, data_offsets}}, then
// the data. The reader is strict: it accepts only files whose tensors cover the data part exactly, and every refusal
// is a LoadError that names the file, the tensor, what was wanted and what is there.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "core/base/file.h"
#include "core/weights/scope.h"

namespace b3o {

struct TensorEntry {
  at::ScalarType type;
  Shape shape;
  uint64_t begin, end;  // bytes in the data part
};

// An open file: mapped, or read whole when it is small. The size is checked when it is opened; a mapped file that
// another program cuts short afterwards ends this process (SIGBUS), as it does for every mapped file.
class SafetensorsFile : public std::enable_shared_from_this<SafetensorsFile> {
 public:
  static constexpr uint64_t kMaxHeader = 16u << 20;  // bytes

  static std::shared_ptr<const SafetensorsFile> open(const std::filesystem::path& file);

  const std::map<std::string, TensorEntry>& entries() const { return entries_; }
  const std::map<std::string, std::string>& metadata() const { return metadata_; }
  bool has(const std::string& name) const { return entries_.contains(name); }
  // On the CPU, in the file's own type, without a copy where the data is aligned; it keeps the file open. Such a tensor
  // is read-only memory: nobody may write into it. LoadError when there is no such tensor.
  at::Tensor tensor(const std::string& name) const;
  // The tensor's bytes as they lie in the file.
  std::span<const std::byte> bytes_of(const std::string& name) const;
  const std::filesystem::path& path() const { return path_; }
  // The length field and the JSON text: what tells two files' layouts apart.
  std::span<const std::byte> header() const { return bytes_.first(data_begin_); }

 private:
  SafetensorsFile() = default;
  void read_header();
  void check_layout() const;
  const TensorEntry& entry(const std::string& name) const;

  std::filesystem::path path_;
  std::shared_ptr<const MappedFile> mapped_;  // empty when the file was read into copied_
  std::string copied_;
  std::span<const std::byte> bytes_;
  size_t data_begin_ = 0;
  std::map<std::string, TensorEntry> entries_;
  std::map<std::string, std::string> metadata_;
};

// "BF16" and back; empty, or an internal error, for a type the format or this program does not know.
std::string safetensors_type_name(at::ScalarType type);

// Writes a file tensor by tensor, for weights that do not fit into memory together: declare everything, write in the
// declared order, finish. Until finish() returns the target is untouched. Declaring larger element types first keeps
// every tensor aligned.
class SafetensorsWriter {
 public:
  struct Declared {
    std::string name;
    at::ScalarType type;
    Shape shape;
  };
  SafetensorsWriter(std::filesystem::path target, std::vector<Declared> tensors,
                    const std::map<std::string, std::string>& metadata = {});
  // The next declared tensor; its shape must be the declared one, its type is converted to the declared one.
  void write(const std::string& name, const at::Tensor& tensor);
  void finish();

 private:
  std::vector<Declared> tensors_;
  size_t next_ = 0;
  AtomicFile file_;
};

// All at once, atomically. The tensors are laid out with larger element types first.
void write_safetensors(const std::filesystem::path& target,
                       const std::vector<std::pair<std::string, at::Tensor>>& tensors,
                       const std::map<std::string, std::string>& metadata = {});

}  // namespace b3o
