#include "core/families/blip3o/folder.h"

#include <cmath>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/families/blip3o/studio.h"
#include "core/families/folder_name.h"
#include "core/sampling/flow.h"

namespace b3o {
namespace {

constexpr size_t kMaxConfigBytes = 4 << 20;

Json read_json(const std::filesystem::path& file) {
  return parse_json(read_file(file, kMaxConfigBytes), file.string());
}

Json read_json_if_present(const std::filesystem::path& file) {
  std::error_code ignored;
  return std::filesystem::exists(file, ignored) ? read_json(file) : Json();
}

// One id or a list of them.
std::vector<int64_t> ids_of(const Fields& fields, std::string_view key) {
  if (!fields.has(key)) return {};
  if (fields.raw(key).is_array()) return fields.integers(key);
  return {fields.integer(key)};
}

GenerationDefaults generation_defaults(const Json& generation, const Fields& config, const std::string& where) {
  GenerationDefaults out;
  if (generation.is_null()) {  // transformers then decodes greedily and stops at config.json's token
    out.end_ids = ids_of(config, "eos_token_id");
    return out;
  }
  const Fields fields(generation, where);
  out.sample = fields.boolean("do_sample", false);
  out.temperature = fields.number("temperature", 1);
  out.top_p = fields.number("top_p", 1);
  out.top_k = int(fields.integer("top_k", 50));
  out.repetition_penalty = fields.number("repetition_penalty", 1);
  out.end_ids = ids_of(fields, "eos_token_id");
  if (out.end_ids.empty()) out.end_ids = ids_of(config, "eos_token_id");
  if (!(out.repetition_penalty > 0)) throw LoadError(cat(where, ": key 'repetition_penalty' must be above 0"));
  return out;
}

// Tokens that the reference would add at load are refused: the weights would no longer fit the ids.
void check_added_tokens(const Fields& config, std::vector<std::string>& warnings) {
  for (const char* key : {"mm_use_im_start_end", "mm_use_im_patch_token"})
    if (config.boolean(key, false))
      throw LoadError(cat(config.where(), ": key '", key, "' is true, expected false; this program adds no tokens"));
  if (!config.has("mm_use_im_patch_token"))
    warnings.emplace_back("config.json does not say mm_use_im_patch_token; taken as false.");
}

DrawConfig draw_config(const FolderJson& json, const Fields& config, int64_t condition_width,
                       const std::filesystem::path& folder) {
  const auto decoder = folder / "diffusion-decoder";
  const auto fields = [&](const Json& part, const char* file) {
    const std::string where = (decoder / file).string();
    if (part.is_null()) throw LoadError(where + ": is missing, but config.json names a generation tower");
    return Fields(part, where);
  };
  DrawConfig draw{
      config.has("dit_config") ? NextDitConfig::from_json(config.object("dit_config"))
                               : NextDitConfig::official(condition_width),
      config.has("gen_vision_config") ? EvaConfig::from_json(config.object("gen_vision_config"))
                                      : EvaConfig::official(),
      UnetConfig::from_json(fields(json.unet, "unet/config.json")),
      VaeConfig::from_json(fields(json.vae, "vae/config.json")),
      NoiseConfig::from_json(fields(json.scheduler, "scheduler/scheduler_config.json")),
  };
  draw.queries = config.integer_in("n_query", 1, 4096);
  draw.pooling = pooling_stride(config.string("gen_pooling"));
  draw.flow_shift = config.number("flow_shift", 1);
  const int64_t side = std::llround(std::sqrt(double(draw.queries)));
  const int64_t eva_side = draw.eva.side();
  const auto demand = [&](bool holds, const std::string& claim) {
    if (!holds) throw LoadError(cat(config.where(), ": ", claim));
  };
  demand(side * side == draw.queries, cat("n_query is ", draw.queries, ", expected a square number"));
  demand(draw.dit.input_size == side,
         cat("dit_config.input_size is ", draw.dit.input_size, ", expected ", side, " for ", draw.queries, " queries"));
  demand(eva_side == side * draw.pooling, cat("the CLIP encoder gives ", eva_side, "x", eva_side, " tokens pooled by ",
                                              draw.pooling, ", expected ", side, "x", side, " vectors"));
  demand(draw.dit.in_channels == draw.eva.width,
         cat("the diffusion transformer has ", draw.dit.in_channels, " channels, the CLIP encoder ", draw.eva.width));
  demand(draw.dit.latent_embedding_size == condition_width,
         cat("dit_config.latent_embedding_size is ", draw.dit.latent_embedding_size, ", the language model is ",
             condition_width, " wide"));
  demand(draw.unet.pooled_width == draw.eva.width,
         cat("the pixel decoder reads a mean vector of ", draw.unet.pooled_width, ", the CLIP encoder gives ",
             draw.eva.width));
  demand(draw.unet.in_channels == draw.vae.latent_channels && draw.unet.out_channels == draw.vae.latent_channels,
         cat("the UNet has ", draw.unet.in_channels, " latent channels, the VAE ", draw.vae.latent_channels));
  demand(draw.unet.token_width == draw.eva.width, cat("the pixel decoder reads vectors of ", draw.unet.token_width,
                                                      ", the CLIP encoder gives ", draw.eva.width));
  return draw;
}

std::string spacing_name(const NoiseConfig& noise) {
  if (noise.karras) return "karras";
  return noise.spacing == Spacing::leading ? "leading" : noise.spacing == Spacing::trailing ? "trailing" : "linspace";
}

void fill_capabilities(FolderConfig& out) {
  Capabilities& can = out.can;
  can.chat = can.see = true;
  if (!out.draw) return;
  can.draw = can.edit = true;  // reconstruct depends on the weights, see networks.cpp
  can.edit_modes = {EditMode::words, EditMode::repaint, EditMode::vary,
                    EditMode::blend, EditMode::extend,  EditMode::details};
  const int factor = int(out.draw->vae.factor());
  can.size_multiple = factor;
  can.native_width = can.native_height = int(out.draw->unet.sample_size) * factor;
  for (const auto& sampler : kSamplers) can.samplers.emplace_back(sampler.name);
  can.spacings = {spacing_name(out.draw->noise)};
  for (const char* spacing : {"leading", "trailing", "linspace", "karras"})
    if (can.spacings.front() != spacing) can.spacings.emplace_back(spacing);
}

}  // namespace

FolderConfig folder_config(const FolderJson& json, const std::filesystem::path& folder) {
  const Fields config(json.config, (folder / "config.json").string());
  FolderConfig out;
  out.folder = folder;
  out.name = folder_name(folder);
  out.kind = config.string("model_type", "");
  const bool blip3o = out.kind == "blip3o_qwen" || out.kind == "blip3o_qwen_inference";
  if (!blip3o && out.kind != "qwen2_5_vl")
    throw LoadError(cat(config.where(), ": key 'model_type' is '", out.kind,
                        "', expected blip3o_qwen or qwen2_5_vl; this program reads BLIP3-o and Qwen2.5-VL folders"));
  out.text = QwenTextConfig::from_json(config);
  out.vision = QwenVisionConfig::from_json(config.object("vision_config"));
  out.image =
      json.preprocessor.is_null()
          ? QwenImageConfig::defaults()
          : QwenImageConfig::from_json(Fields(json.preprocessor, (folder / "preprocessor_config.json").string()));
  if (out.image.patch != out.vision.patch_size || out.image.merge != out.vision.spatial_merge_size ||
      out.image.temporal_patch != out.vision.temporal_patch_size)
    throw LoadError(cat((folder / "preprocessor_config.json").string(), ": patch, merge or temporal patch size is ",
                        out.image.patch, ", ", out.image.merge, ", ", out.image.temporal_patch,
                        ", but vision_config says ", out.vision.patch_size, ", ", out.vision.spatial_merge_size, ", ",
                        out.vision.temporal_patch_size));
  if (out.vision.out_hidden_size != out.text.hidden)
    throw LoadError(cat(config.where(), ": vision_config.out_hidden_size is ", out.vision.out_hidden_size,
                        ", the language model is ", out.text.hidden, " wide"));
  out.generation = generation_defaults(json.generation, config, (folder / "generation_config.json").string());
  out.ids = {config.integer("image_token_id"), config.integer("vision_start_token_id")};
  out.can.max_context = int(std::min<int64_t>(32768, config.integer("max_position_embeddings", 32768)));
  if (config.has("gen_vision_tower")) {
    check_added_tokens(config, out.warnings);
    out.draw = draw_config(json, config, out.text.hidden, folder);
  }
  fill_capabilities(out);
  if (config.has("studio")) read_studio(config.object("studio"), out);
  return out;
}

FolderConfig read_folder(const std::filesystem::path& folder) {
  std::error_code ignored;
  if (!std::filesystem::is_directory(folder, ignored)) throw LoadError(folder.string() + ": is not a folder");
  if (!std::filesystem::exists(folder / "config.json", ignored))
    throw LoadError(folder.string() + ": has no config.json, so it is not a model folder");
  const auto decoder = folder / "diffusion-decoder";
  return folder_config(
      {read_json(folder / "config.json"), read_json_if_present(folder / "generation_config.json"),
       read_json_if_present(folder / "preprocessor_config.json"), read_json_if_present(decoder / "unet/config.json"),
       read_json_if_present(decoder / "vae/config.json"),
       read_json_if_present(decoder / "scheduler/scheduler_config.json")},
      folder);
}

}  // namespace b3o
