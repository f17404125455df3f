// The configurations of the official folders, and folders of those shapes with random weights: for trying whether a
// model fits and how fast it would be before a long download.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "core/families/blip3o/folder.h"
#include "core/weights/scope.h"

namespace b3o {

// One component's tensors as its constructor asks for them.
struct PartTensors {
  std::string
      part;  // "language model", "vision tower", "queries", "diffusion transformer", "CLIP encoder", "UNet", "VAE"
  std::vector<DescribeSource::Item> items;
  int64_t parameters() const;
};

// Every part of a model of this configuration, in the order of the folder. With a file index, shapes that only the
// file knows (embedding rows, split biases) come from there.
std::vector<PartTensors> describe_parts(const FolderConfig& config, bool with_eva,
                                        const std::function<std::optional<Shape>(const std::string&)>& root_index = {});

// Configuration files of "4b", "8b" (values of understanding.md 1.1 and generation.md 1.2) or "tiny" (a miniature with
// every structural feature). RequestError for other names.
FolderJson official_json(const std::string& like);

struct SynthesizeOptions {
  std::string like = "tiny";
  bool with_eva = true;
  uint64_t seed = 0;
};
// Writes a whole folder with random bf16 weights. progress(done bytes, total bytes) may throw to stop; what was
// written so far is removed then. RequestError when the folder exists and is not empty or the disk is too small.
void synthesize(const std::filesystem::path& folder, const SynthesizeOptions& options,
                const std::function<void(uint64_t done, uint64_t total)>& progress);

}  // namespace b3o
