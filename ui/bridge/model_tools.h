// What the window may ask about model folders before it loads one. The program fills this in; a window without it
// offers no more than a path. All of it may run on any thread; problems are thrown as Error.
#pragma once

#include <functional>

#include "core/families/fit.h"
#include "core/families/hash_list.h"
#include "core/families/model_folders.h"

namespace b3o {

struct ModelTools {
  std::function<std::vector<ModelFolder>(const ModelPlaces&)> find;
  std::function<ModelFolder(const std::filesystem::path&)> look;
  std::function<Fit(const LoadModel&)> fit;
  std::function<HashReport(const std::filesystem::path&, const std::function<void(uint64_t, uint64_t)>&)> verify;
};

}  // namespace b3o
