#include "core/train/frozen_parts.h"

#include <ATen/ATen.h>

#include <memory>

#include "core/base/error.h"
#include "core/train/result.h"

namespace b3o::train {

bool has_input(const Fields& recipe, const std::string& name) {
  return recipe.has("inputs") && recipe.object("inputs").has(name);
}

std::filesystem::path input_folder(const Fields& recipe, const std::string& name) {
  if (!has_input(recipe, name))
    throw RequestError(cat("This stage reads the result of the stage '", name, "': give --input ", name, "=FOLDER."));
  return recipe.object("inputs").string(name);
}

EvaClip load_clip(const std::filesystem::path& result, at::Device device) {
  const Json json = read_config(result, "config.json");
  const Fields config(json, (result / "config.json").string());
  FolderSource source = open_part(result, "clip.safetensors", device);
  return EvaClip(Scope(source) / kEvaPrefix, EvaConfig::from_json(config.object("gen_vision_config")));
}

SdxlVae load_vae(const std::filesystem::path& result, at::Device device) {
  const std::string file = "diffusion-decoder/vae/config.json";
  const Json json = read_config(result, file);
  FolderSource source = open_part(result, "diffusion-decoder/vae/diffusion_pytorch_model.safetensors", device);
  return SdxlVae(Scope(source), VaeConfig::from_json(Fields(json, (result / file).string())));
}

NextDit load_dit(const std::filesystem::path& result, at::Device device) {
  const Json json = read_config(result, "config.json");
  const Fields config(json, (result / "config.json").string());
  FolderSource source = open_part(result, kDitPart, device);
  return NextDit(Scope(source) / kDitPrefix, NextDitConfig::from_json(config.object("dit_config")));
}

FilledSource::Fill values_of(const std::filesystem::path& result, const std::string& part) {
  const auto source = std::make_shared<FolderSource>(open_part(result, part, at::kCPU));
  return [source](const std::string& name, at::Tensor& values) {
    values.copy_(source->take(name, values.sizes(), false));
  };
}

}  // namespace b3o::train
