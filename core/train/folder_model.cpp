#include "core/train/folder_model.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include <map>

#include "core/base/error.h"
#include "core/families/blip3o/pictures.h"
#include "core/image/clip.h"
#include "core/train/result.h"

namespace b3o::train {
namespace {

namespace fs = std::filesystem;

FolderConfig drawing_config(const fs::path& folder) {
  FolderConfig config = read_folder(folder);
  if (!config.draw)
    throw RequestError(cat("The model in ", folder.string(),
                           " does not draw; a flow can only be trained for one that "
                           "does."));
  return config;
}

bool has_eva(const FolderSource& files) {
  const auto at = files.items().lower_bound(kEvaPrefix);
  return at != files.items().end() && at->first.starts_with(kEvaPrefix);
}

void write_like(const SafetensorsFile& file, const fs::path& target, const std::map<std::string, at::Tensor>& stored) {
  std::vector<SafetensorsWriter::Declared> declared;
  for (const auto& [name, entry] : file.entries()) declared.push_back({name, entry.type, entry.shape});
  std::stable_sort(declared.begin(), declared.end(),
                   [](const auto& a, const auto& b) { return c10::elementSize(a.type) > c10::elementSize(b.type); });
  SafetensorsWriter out(target, declared, file.metadata());
  for (const auto& d : declared) {
    const auto at = stored.find(d.name);
    out.write(d.name, at == stored.end() ? file.tensor(d.name) : at->second.detach().cpu());
  }
  out.finish();
}

}  // namespace

at::Tensor SplitSource::take(const std::string& name, at::IntArrayRef shape, bool matrix) {
  for (const Named* known : {&trained_, &frozen_})
    for (const auto& [other, value] : *known)
      if (other == name) return value;
  at::Tensor value = files_.take(name, shape, matrix);
  const bool trained = freezer_.trains(name);
  if (trained) {
    value = value.detach().to(at::kFloat, /*non_blocking=*/false, /*copy=*/true).contiguous();
    value.set_requires_grad(true);
  }
  (trained ? trained_ : frozen_).emplace_back(name, value);
  return value;
}

FolderModel::FolderModel(const fs::path& folder, Freezer& freezer, const Placement& placement)
    : config(drawing_config(folder)),
      tokenizer(Tokenizer::load(folder)),
      freezer(freezer),
      files(CheckpointFiles::of_model(folder), placement, rename_language_model),
      source(files, freezer),
      text(Scope(source), config.text),
      vision(Scope(source) / "visual", config.vision),
      queries(source.take("model.latent_queries", {1, config.draw->queries, config.text.hidden}, false)),
      dit(Scope(source) / kDitPrefix, config.draw->dit) {
  if (has_eva(files)) eva.emplace(Scope(source) / kEvaPrefix, config.draw->eva);
  freezer.check();
}

at::Tensor FolderModel::target(const Image& image) const {
  if (!eva)
    throw RequestError(cat("The folder ", config.folder.string(),
                           " holds no CLIP tower (model.gen_vision_tower), so pictures give no training target."));
  const c10::AutoGradMode no_gradients(false);
  const int64_t side = config.draw->eva.image_size;
  const at::Tensor pixels =
      tensor_of(clip_pixels(image, int(side), ClipFit::crop, config.image.mean, config.image.std), {1, 3, side, side});
  return pool_tokens(eva->tokens(pixels.to(eva->pos_embed.device())), config.draw->pooling)[0].to(at::kFloat);
}

at::Tensor FolderModel::picture_rows(const Image& image) const {
  const int64_t factor = int64_t(config.image.patch) * config.image.merge;
  const auto side = int(std::max<int64_t>(1, config.draw->eva.image_size / factor) * factor);
  QwenImageConfig image_config = config.image;
  image_config.min_pixels = image_config.max_pixels = int64_t(side) * side;
  const VisionInput input = vision_input(clip_square(image, side, ClipFit::crop), image_config);
  const at::Tensor& like = vision.patch_embed;
  return vision(input.pixels.to(like.device(), like.scalar_type()), {input.grid});
}

void FolderModel::write(const fs::path& target, const Named& values) const {
  std::error_code error;
  if (fs::exists(target) && !fs::is_empty(target, error))
    throw RequestError(cat("The folder ", target.string(), " is not empty; give another one for the trained model."));
  std::map<std::string, std::map<std::string, at::Tensor>> by_file;  // stored names of each file
  for (const auto& [name, value] : values) {
    const auto at = files.items().find(name);
    ensure(at != files.items().end(), "a trained tensor comes from the folder");
    by_file[at->second.file->path().string()][at->second.stored] = value;
  }
  fs::create_directories(target);
  fs::copy(config.folder, target, fs::copy_options::recursive, error);
  if (error) throw Error(cat("The folder ", target.string(), " cannot be written: ", error.message(), "."));
  for (const auto& [name, item] : files.items())
    if (const auto at = by_file.find(item.file->path().string()); at != by_file.end()) {
      write_like(*item.file, target / item.file->path().filename(), at->second);
      by_file.erase(at);
    }
}

}  // namespace b3o::train
