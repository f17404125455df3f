#include "core/families/blip3o/inspect.h"

#include <new>

#include "core/base/error.h"
#include "core/families/blip3o/estimate.h"
#include "core/families/blip3o/networks.h"
#include "core/families/family.h"
#include "core/families/memory.h"
#include "core/text/tokenizer.h"

namespace b3o {
namespace {

// Beside the weights.
Fit fit_of(const FolderConfig& config, const ComputeChoice& compute) {
  const at::ScalarType type = compute.placement.compute;
  const Memory memory = memory_of(compute.device);
  Fit fit{compute.device, compute.number_type, compute.reason};
  fit.cache_tokens = usual_context(config);
  fit.cache = cache_bytes_per_token(config, type) * uint64_t(fit.cache_tokens);
  fit.scratch = scratch_bytes(config, type);
  fit.free = memory.free;
  fit.total = memory.total;
  return fit;
}

// From the configuration alone, with weights in bf16.
Inspection inspect_config(const FolderConfig& config, const LoadModel& request) {
  Inspection out{config.name, config.kind, describe_parts(config, true), 0, {}, {}};
  uint64_t loaded = 0;
  for (const auto& part : out.parts) {
    out.file_bytes += uint64_t(part.parameters()) * 2;
    if (part.part != "CLIP encoder") loaded += uint64_t(part.parameters()) * 2;
  }
  const ComputeChoice compute =
      choose_compute(request.device, request.number_type, out.file_bytes, at::kBFloat16, request.lean);
  out.fit = fit_of(config, compute);
  const bool stays = compute.placement.device.is_cpu() &&
                     (compute.placement.keep_stored_matrices || compute.placement.compute == at::kBFloat16);
  (stays ? out.fit.mapped : out.fit.weights) =
      stays ? loaded : loaded / 2 * c10::elementSize(compute.placement.compute);
  return out;
}

}  // namespace

Inspection inspect_folder(const LoadModel& request) {
  FolderConfig config = read_folder(request.folder);
  const Networks networks(config, request);
  Inspection out{
      config.name,    config.kind, networks.parts(), networks.weight_bytes(), fit_of(config, networks.compute()),
      config.warnings};
  const Networks::Placed placed = networks.placed();
  out.fit.weights = placed.copied;
  out.fit.mapped = placed.mapped;
  return out;
}

Inspection inspect_like(const std::string& like, const LoadModel& request) {
  return inspect_config(folder_config(official_json(like), "blip3o-" + like), request);
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

Fit fit_folder(const LoadModel& request) { return inspect_folder(request).fit; }

MemoryNeed need_of_load(const LoadModel& request) {
  try {
    const Fit fit = fit_folder(request);
    return {fit.need(), fit.free};
  } catch (const std::bad_alloc&) {  // there is not even room to map the files
    const Fit fit = inspect_config(read_folder(request.folder), request).fit;
    return {fit.need() + fit.mapped, fit.free};
  }
}

Fit fit_like(const std::string& like, const LoadModel& request) { return inspect_like(like, request).fit; }

}  // namespace b3o
