// The drawn world as a data set without files: prompts with pictures, questions with answers, edits.
#pragma once

#include "core/train/examples.h"
#include "core/world/speaker.h"

namespace b3o::train {

class WorldExamples : public ExampleSource {
 public:
  // Keys: level (S, M, L), seed, stream (0 ... 999), examples (an epoch), the shares draw, reconstruct, edit, chat, and
  // layout_freedom: the part of the scenes that leave the canonical layout of their words, 1 unless said.
  explicit WorldExamples(const Fields& world);

  const std::vector<int64_t>& shard_sizes() const override { return sizes_; }
  std::string text(int64_t shard, int64_t index) override { return made(shard, index, false).text; }
  Example read(int64_t shard, int64_t index) override { return made(shard, index, true); }

 private:
  Example made(int64_t shard, int64_t index, bool with_pictures) const;

  world::Level level_;
  uint64_t seed_, stream_;
  float layout_freedom_;
  double shares_[4];  // in the order of Example::Kind
  std::vector<int64_t> sizes_;
};

}  // namespace b3o::train
