#include "core/train/result.h"

#include <ATen/ATen.h>

#include "core/base/file.h"
#include "core/weights/safetensors.h"

namespace b3o::train {

void write_part(const std::filesystem::path& folder, const std::string& file, const Named& tensors) {
  std::filesystem::create_directories((folder / file).parent_path());
  Named detached;
  for (const auto& [name, value] : tensors) detached.emplace_back(name, value.detach().cpu().contiguous());
  write_safetensors(folder / file, detached);
}

void write_config(const std::filesystem::path& folder, const std::string& file, const Json& config) {
  std::filesystem::create_directories((folder / file).parent_path());
  write_file(folder / file, config.dump(2) + "\n");
}

Json read_config(const std::filesystem::path& folder, const std::string& file) {
  return parse_json(read_file(folder / file, 4 << 20), (folder / file).string());
}

FolderSource open_part(const std::filesystem::path& folder, const std::string& file, at::Device device) {
  return FolderSource(CheckpointFiles::of_file(folder / file), {.device = device});
}

}  // namespace b3o::train
