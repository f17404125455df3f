// Model folders that are nowhere, for the load dialog: a whole one, one without its shards, a cache entry, and a
// comparison of hashes that a test can hold.
#pragma once

#include <atomic>
#include <chrono>
#include <memory>
#include <thread>

#include "core/base/error.h"
#include "ui/bridge/model_tools.h"

namespace b3o::test {

struct FakeModels {
  std::atomic<int> looks{0};
  std::atomic<bool> hold{false};  // the comparison waits halfway
  std::atomic<uint64_t> free{22'900'000'000};
  HashReport report{14, 19'500'000, {}, {}, {}};  // set it while nothing runs

  static ModelFolder folder(const char* path, const char* name, FolderPlace place, uint64_t bytes) {
    ModelFolder out;
    out.folder = path;
    out.name = name;
    out.place = place;
    out.bytes = bytes;
    out.can.chat = out.can.see = out.can.draw = out.can.edit = true;
    return out;
  }
  static std::vector<ModelFolder> all() {
    std::vector<ModelFolder> out{
        folder("/usr/share/blip3o-studio/paper-world", "Paper World", FolderPlace::shipped, 19'600'000),
        folder("/home/ada/.cache/huggingface/hub/models--BLIP3o--BLIP3o-Model-4B/snapshots/5c1e",
               "BLIP3o/BLIP3o-Model-4B", FolderPlace::hub, 15'300'000'000),
        folder("/home/ada/models/BLIP3o-Model-8B", "BLIP3o-Model-8B", FolderPlace::recent, 12'100'000'000)};
    out[2].can = {};
    out[2].missing = {"model-00003-of-00004.safetensors", "diffusion-decoder/vae/config.json"};
    out[2].problem =
        "2 files are missing: model-00003-of-00004.safetensors, diffusion-decoder/vae/config.json. Get the whole "
        "folder again.";
    return out;
  }
};

inline ModelTools fakeTools(std::shared_ptr<FakeModels> models) {
  ModelTools tools;
  tools.find = [](const ModelPlaces&) { return FakeModels::all(); };
  tools.look = [models](const std::filesystem::path& path) {
    ++models->looks;
    for (const auto& folder : FakeModels::all())
      if (folder.folder == path) return folder;
    ModelFolder out;
    out.folder = path;
    out.name = path.filename().string();
    out.problem = path.string() + ": there is no such folder";
    return out;
  };
  tools.fit = [models](const LoadModel& load) {
    if (load.device == DeviceChoice::cuda)
      throw RequestError("There is no CUDA device that this build can use; choose the CPU or install the CUDA build.");
    const bool large = load.folder.string().find("4B") != std::string::npos;
    Fit fit{"CPU", "fp32", "A small model: fp32 is exact and fits easily."};
    fit.weights = large ? 0 : 37'500'000;
    fit.mapped = large ? 15'200'000'000 : 0;
    fit.cache_tokens = large ? 4096 : 1024;
    fit.cache = large ? 302'000'000 : 3'100'000;
    fit.scratch = large ? 3'230'000'000 : 11'100'000;
    fit.free = models->free;
    fit.total = 25'200'000'000;
    return fit;
  };
  tools.verify = [models](const std::filesystem::path&, const std::function<void(uint64_t, uint64_t)>& progress) {
    progress(0, 19'500'000);
    progress(9'000'000, 19'500'000);
    while (models->hold) {
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
      progress(9'000'000, 19'500'000);
    }
    progress(19'500'000, 19'500'000);
    return models->report;
  };
  return tools;
}

}  // namespace b3o::test
