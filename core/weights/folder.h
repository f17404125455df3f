// A source of tensors over checkpoint files: canonical names, placement, and the check of all names at once.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/weights/checkpoint.h"
#include "core/weights/scope.h"

namespace b3o {

// Stored name -> canonical name; empty for a tensor that is to be ignored.
using Rename = std::function<std::optional<std::string>(const std::string& stored)>;
// The name forms of all published Qwen2.5-VL versions; rotary buffers (inv_freq) are ignored (understanding.md,
// "Version differences", and 1.2).
std::optional<std::string> rename_language_model(const std::string& stored);
// Attention names of old VAE files: query, key, value, proj_attn (decoder.md 3.4).
std::optional<std::string> rename_vae(const std::string& stored);

class FolderSource : public TensorSource {
 public:
  // Called after every tensor that was taken; may throw Stop.
  using Progress = std::function<void(const std::string& name, uint64_t bytes)>;

  struct Item {
    std::shared_ptr<const SafetensorsFile> file;
    std::string stored;  // its name in the file
    const TensorEntry& entry() const { return file->entries().at(stored); }
  };

  // LoadError when two tensors get the same canonical name.
  FolderSource(const CheckpointFiles& files, Placement placement, const Rename& rename = {}, Progress progress = {});

  std::optional<Shape> shape(const std::string& name) override;  // as stored
  // In Placement::compute on Placement::device; a matrix stays in the file's type where the placement says so and the
  // device is the CPU. On the CPU a tensor that needs no conversion is the mapped one: nobody may write into it. A
  // stored [a, b, 1, 1] is accepted where [a, b] is asked for (decoder.md 3.4).
  at::Tensor take(const std::string& name, at::IntArrayRef shape, bool matrix) override;

  const std::map<std::string, Item>& items() const { return items_; }  // by canonical name
  uint64_t stored_bytes(const std::string& name) const;                // 0 when absent
  const std::string& where() const { return where_; }                  // the file or index, for errors

 private:
  std::map<std::string, Item> items_;
  std::string where_;
  Placement placement_;
  Progress progress_;
};

struct NameReport {
  std::vector<std::string> tolerated;  // unknown, allowed, and not loaded
};

// Compares all names, shapes and number types of the files with what the networks ask for. LoadError for a missing or
// unknown name or a wrong shape: with the file, up to three names and how many there are. Unknown names that start with
// a tolerated prefix are returned.
NameReport check_names(const FolderSource& source, const std::vector<DescribeSource::Item>& expected,
                       const std::vector<std::string>& tolerated_prefixes);

}  // namespace b3o
