// From a recipe to a trained part: picks the stage, applies what is frozen, runs the loop.
#pragma once

#include <c10/core/Device.h>

#include <filesystem>
#include <functional>
#include <string>

#include "core/base/json.h"
#include "core/train/group.h"
#include "core/train/run.h"

namespace b3o::train {

struct TrainRequest {
  std::string stage;  // a name of kStages
  Json recipe;
  std::string where;             // what messages call the recipe
  std::filesystem::path folder;  // of the run
  c10::Device device = c10::kCPU;
  bool allow_config_change = false;
  std::function<bool()> stop = [] { return false; };
  std::function<void(const std::string&)> show = [](const std::string&) {};
  std::function<void(const std::string&)> say = [](const std::string&) {};
};

// RequestError for an unknown stage, listing the names; see run() for what else can go wrong.
Ended train(const TrainRequest& request, Group& group);

}  // namespace b3o::train
