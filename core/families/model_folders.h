// The model folders of this machine: where they lie, what they can do and whether all files are there. Only
// configurations and names are read, never weights.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/api/event.h"

namespace b3o {

enum class FolderPlace { shipped, app, hub, recent, chosen };

struct ModelFolder {
  std::filesystem::path folder;
  std::string name;
  FolderPlace place = FolderPlace::chosen;
  uint64_t bytes = 0;                // on the disk
  Capabilities can;                  // nothing where there is a problem
  std::vector<std::string> missing;  // files that a load would look for, relative to the folder
  std::string problem;               // one sentence; empty: it can be loaded

  bool complete() const { return problem.empty(); }
};

struct ModelPlaces {
  std::filesystem::path shipped;              // one folder, or none
  std::filesystem::path app;                  // its subfolders
  std::vector<std::filesystem::path> hubs;    // caches in the Hugging Face layout
  std::vector<std::filesystem::path> recent;  // folders; one that is gone is listed with that as its problem
};

// The caches that the environment names: HF_HUB_CACHE, HF_HOME, XDG_CACHE_HOME or the home folder's .cache.
std::vector<std::filesystem::path> hub_caches();

// Each folder once, in the order of the places; in a hub only the models that this program reads.
std::vector<ModelFolder> find_model_folders(const ModelPlaces& places);
// A folder somebody named.
ModelFolder look_at_folder(const std::filesystem::path& folder, FolderPlace place = FolderPlace::chosen);

}  // namespace b3o
