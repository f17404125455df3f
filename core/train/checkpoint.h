// The state of a run on disk (training.md 9): one folder a checkpoint, written beside its name and renamed when it is
// whole, so that a full disk, a crash or kill -9 leaves the one before.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/base/json.h"
#include "core/train/bank.h"

namespace b3o::train {

struct CheckpointPart {
  std::string file;  // "model.safetensors"
  Named tensors;
};

class CheckpointFolder {
 public:
  // keep: how many of the newest stay; keep_every: those at multiples of it stay too (0: none).
  explicit CheckpointFolder(std::filesystem::path folder, int keep = 2, int64_t keep_every = 0);

  // Writes <folder>/ckpt-00012000, then <folder>/latest, then removes what need not stay. state becomes trainer.json,
  // with the sizes of the parts. Error, naming the file, when it cannot be written; the checkpoints before are left.
  void save(int64_t step, const std::vector<CheckpointPart>& parts, Json state);

  struct Found {
    std::filesystem::path folder;
    int64_t step;
    Json state;
  };
  // The newest complete one: trainer.json is readable and every part has its recorded size.
  std::optional<Found> newest() const;

 private:
  std::filesystem::path folder_;
  int keep_;
  int64_t keep_every_;
};

// Copies the stored values into the tensors. LoadError when a tensor is missing or has another shape.
void load_part(const std::filesystem::path& checkpoint, const CheckpointPart& part);

}  // namespace b3o::train
