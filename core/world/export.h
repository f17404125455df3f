// Writes scenes as WebDataset shards, so that training on files goes through the readers of the official data.
#pragma once

#include <filesystem>
#include <functional>

#include "core/world/scene_json.h"

namespace b3o::world {

struct ExportOptions {
  Level level = Level::S;
  Split split = Split::train;
  int64_t count = 1000;  // scenes
  int64_t per_shard = 1000;
  uint64_t seed = 0;
  float layout_freedom = 1;
  int questions = 8;             // a scene
  float crowds = 0;              // share of crowd scenes
  std::filesystem::path folder;  // made if it is missing
};

// 00000.tar, 00001.tar, ... with NNNNNNNN.png, .txt (a prompt) and .json {scene, caption, questions} for each scene;
// equal options give equal bytes. `progress` is called after every scene and may throw Stop; finished shards stay.
// Returns the shards' paths. RequestError for impossible options, Error when a file cannot be written.
std::vector<std::filesystem::path> export_shards(const ExportOptions& options,
                                                 const std::function<void(int64_t done)>& progress = {});

}  // namespace b3o::world
