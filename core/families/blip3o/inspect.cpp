#include "core/families/blip3o/inspect.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/families/blip3o/networks.h"
#include "core/families/family.h"
#include "core/text/tokenizer.h"

namespace b3o {
namespace {

MemoryEstimate estimate(const FolderConfig& config, const ComputeChoice& compute, uint64_t bytes_in_files,
                        at::ScalarType stored) {
  const auto size = uint64_t(c10::elementSize(compute.placement.compute));
  MemoryEstimate out;
  out.weights_in_files = bytes_in_files;
  const bool mapped = compute.placement.device.is_cpu() &&
                      (stored == compute.placement.compute || compute.placement.keep_stored_matrices);
  out.weights_copied = mapped ? 0 : bytes_in_files / c10::elementSize(stored) * size;
  out.cache_per_token = uint64_t(2 * config.text.layers * config.text.kv_heads * config.text.head_width()) * size;
  if (!config.draw) return out;
  // Factors fitted to decoder.md 8.1: about 16 maps of the first level for two UNet rows, three maps of the VAE's
  // second width at full size.
  const auto side = uint64_t(config.draw->unet.sample_size), factor = uint64_t(config.draw->vae.factor());
  const uint64_t unet = 16 * 2 * uint64_t(config.draw->unet.levels.front().channels) * side * side * size;
  const auto& channels = config.draw->vae.channels;
  const auto width = uint64_t(channels[std::min<size_t>(1, channels.size() - 1)]);
  out.scratch = std::max(unet, 3 * width * side * side * factor * factor * size);
  return out;
}

}  // namespace

Inspection inspect_folder(const LoadModel& request) {
  FolderConfig config = read_folder(request.folder);
  const Networks networks(config, request);
  return {config.name,
          config.kind,
          networks.parts(),
          networks.compute(),
          estimate(config, networks.compute(), networks.weight_bytes(), networks.stored_type()),
          config.warnings};
}

Inspection inspect_like(const std::string& like, const LoadModel& request) {
  const FolderConfig config = folder_config(official_json(like), "blip3o-" + like);
  Inspection out{config.name, config.kind, describe_parts(config, true), {}, {}, {}};
  uint64_t bytes = 0;
  for (const auto& part : out.parts) bytes += uint64_t(part.parameters()) * 2;
  out.compute = choose_compute(request.device, request.number_type, bytes, at::kBFloat16);
  out.memory = estimate(config, out.compute, bytes, at::kBFloat16);
  return out;
}

void check_model(const LoadModel& request, const std::function<void(const std::string& part)>& reading) {
  FolderConfig config = read_folder(request.folder);
  Networks networks(config, request);
  Tokenizer tokenizer = Tokenizer::load(config.folder);
  tokenizer.set_embedding_rows(networks.embedding_rows());
  if (config.draw && !tokenizer.id_of("[IMG]"))
    throw LoadError(config.folder.string() + ": the tokenizer has no token [IMG], which starts a picture");
  const JobContext job({}, [&](const Event& event) {
    if (const auto* load = std::get_if<LoadProgress>(&event); load && load->done == 0) reading(load->what);
  });
  networks.load_all(job);
  if (config.can.reconstruct) networks.eva(job);
  networks.touch_all();
}

}  // namespace b3o
