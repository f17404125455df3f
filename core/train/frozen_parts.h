// Parts of earlier stages that a stage reads and never trains.
#pragma once

#include <filesystem>

#include "core/models/eva_clip.h"
#include "core/models/next_dit.h"
#include "core/models/sdxl_vae.h"
#include "core/weights/scope.h"

namespace b3o::train {

bool has_input(const Fields& recipe, const std::string& name);
// The folder of the recipe's key inputs.<name>. RequestError when it is missing.
std::filesystem::path input_folder(const Fields& recipe, const std::string& name);

EvaClip load_clip(const std::filesystem::path& result, at::Device device);
SdxlVae load_vae(const std::filesystem::path& result, at::Device device);
NextDit load_dit(const std::filesystem::path& result, at::Device device);

inline constexpr char kDitPart[] = "dit.safetensors";
inline constexpr char kUnetConfig[] = "diffusion-decoder/unet/config.json";
inline constexpr char kSchedulerConfig[] = "diffusion-decoder/scheduler/scheduler_config.json";
inline constexpr char kUnetPart[] = "diffusion-decoder/unet/diffusion_pytorch_model.safetensors";

// For FilledSource: the values of a finished part, for a run that goes on from them.
FilledSource::Fill values_of(const std::filesystem::path& result, const std::string& part);

}  // namespace b3o::train
