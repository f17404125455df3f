#include "core/train/frozen_parts.h"

#include "core/base/error.h"
#include "core/train/result.h"

namespace b3o::train {

std::filesystem::path input_folder(const Fields& recipe, const std::string& name) {
  if (!recipe.has("inputs") || !recipe.object("inputs").has(name))
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

}  // namespace b3o::train
