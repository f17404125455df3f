// Parts of earlier stages that a stage reads and never trains.
#pragma once

#include <filesystem>

#include "core/models/eva_clip.h"
#include "core/models/sdxl_vae.h"

namespace b3o::train {

// The folder of the recipe's key inputs.<name>. LoadError when it is missing.
std::filesystem::path input_folder(const Fields& recipe, const std::string& name);

EvaClip load_clip(const std::filesystem::path& result, at::Device device);
SdxlVae load_vae(const std::filesystem::path& result, at::Device device);

}  // namespace b3o::train
