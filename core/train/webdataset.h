// WebDataset shards (training.md 5): tar archives whose consecutive members with one name up to the first dot form an
// example; a picture (jpg, jpeg, png, webp) and a caption (txt) are needed.
#pragma once

#include <string>
#include <vector>

#include "core/train/examples.h"

namespace b3o::train {

class WebDataset : public ExampleSource {
 public:
  // Shards by name; a name may be a folder (all its .tar files) or end in a pattern with *. What a shard holds is kept
  // beside it in <shard>.idx where that can be written. LoadError when nothing is found or a shard cannot be read.
  explicit WebDataset(const std::vector<std::string>& shards);

  const std::vector<int64_t>& shard_sizes() const override { return sizes_; }
  std::string text(int64_t shard, int64_t index) override;
  Example read(int64_t shard, int64_t index) override;
  std::vector<std::string> notes() const override { return notes_; }

 private:
  struct Field {
    uint64_t offset = 0, size = 0;
  };
  struct Entry {
    std::string key;
    Field picture, text;
  };
  struct Shard {
    std::filesystem::path file;
    std::vector<Entry> entries;
    int64_t incomplete = 0;  // examples without a picture or a text
  };
  void scan(Shard& shard);
  bool read_index(Shard& shard) const;
  void write_index(const Shard& shard) const;
  const Entry& entry(int64_t shard, int64_t index) const { return shards_[size_t(shard)].entries[size_t(index)]; }

  std::vector<Shard> shards_;
  std::vector<int64_t> sizes_;
  std::vector<std::string> notes_;
};

// The files a list of names stands for: files as they are, folders and patterns sorted. LoadError when a name stands
// for none.
std::vector<std::filesystem::path> matching_files(const std::vector<std::string>& names, const std::string& ending);

}  // namespace b3o::train
