// What a finished stage leaves behind for the next ones: tensors under their official names and the configuration.
#pragma once

#include <filesystem>
#include <string>

#include "core/base/json.h"
#include "core/train/bank.h"
#include "core/weights/folder.h"

namespace b3o::train {

inline constexpr char kEvaPrefix[] = "model.gen_vision_tower.vision_tower.model";
inline constexpr char kDitPrefix[] = "model.dit.model";

void write_part(const std::filesystem::path& folder, const std::string& file, const Named& tensors);
void write_config(const std::filesystem::path& folder, const std::string& file, const Json& config);
Json read_config(const std::filesystem::path& folder, const std::string& file);  // LoadError
FolderSource open_part(const std::filesystem::path& folder, const std::string& file, at::Device device);

}  // namespace b3o::train
