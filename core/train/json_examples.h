// Examples from JSON lines or one JSON array (training.md 5): pictures by path, captions, conversations, edits.
#pragma once

#include <string>
#include <vector>

#include "core/train/examples.h"

namespace b3o::train {

class JsonExamples : public ExampleSource {
 public:
  // Files by name, folder (its .json and .jsonl files) or pattern. Lines are found when a file is opened and parsed
  // when they are read. Relative picture paths count from image_root, where that is given, then from the file's folder.
  JsonExamples(const std::vector<std::string>& files, std::filesystem::path image_root);

  const std::vector<int64_t>& shard_sizes() const override { return sizes_; }
  std::string text(int64_t shard, int64_t index) override;
  Example read(int64_t shard, int64_t index) override;
  std::vector<std::string> notes() const override { return notes_; }

 private:
  struct File {
    std::filesystem::path path;
    std::vector<std::pair<uint64_t, uint64_t>> objects;  // where each object's text stands: offset, size
  };
  Json object(int64_t shard, int64_t index, std::string& where) const;
  std::filesystem::path found(const File& file, const std::string& picture, const std::string& below,
                              const std::string& where) const;

  std::filesystem::path image_root_;
  std::vector<File> files_;
  std::vector<int64_t> sizes_;
  std::vector<std::string> notes_;
};

}  // namespace b3o::train
