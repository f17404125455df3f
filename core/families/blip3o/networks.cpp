#include "core/families/blip3o/networks.h"

#include <ATen/ATen.h>
#include <ATen/DeviceAccelerator.h>

#include "core/base/error.h"

namespace b3o {
namespace {

constexpr const char* kEva = "model.gen_vision_tower.vision_tower.model";
constexpr const char* kDit = "model.dit.model";

uint64_t total_bytes(const FolderSource& source) {
  uint64_t sum = 0;
  for (const auto& [name, item] : source.items()) sum += item.entry().end - item.entry().begin;
  return sum;
}

// The type of most bytes in the files.
at::ScalarType most_common_type(const FolderSource& source) {
  std::map<at::ScalarType, uint64_t> bytes;
  for (const auto& [name, item] : source.items()) bytes[item.entry().type] += item.entry().end - item.entry().begin;
  const auto most =
      std::max_element(bytes.begin(), bytes.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
  return most == bytes.end() ? at::kFloat : most->first;
}

std::vector<DescribeSource::Item> items_of(const std::vector<PartTensors>& parts, bool decoder, const char* name) {
  std::vector<DescribeSource::Item> out;
  for (const auto& part : parts) {
    const bool in_decoder = part.part == "UNet" || part.part == "VAE";
    if (in_decoder != decoder || (decoder && part.part != name)) continue;
    out.insert(out.end(), part.items.begin(), part.items.end());
  }
  return out;
}

std::string list_of(const std::vector<std::string>& names) {
  std::string out;
  for (size_t i = 0; i < names.size() && i < 3; ++i) out += (i ? ", " : "") + names[i];
  if (names.size() > 3) out += cat(" and ", names.size() - 3, " more");
  return out;
}

}  // namespace

Networks::Networks(FolderConfig& config, const LoadModel& request)
    : config_(config), request_(request), lean_(request.lean) {
  const auto decoder = config.folder / "diffusion-decoder";
  const CheckpointFiles root = CheckpointFiles::of_model(config.folder);
  files_ = {root};
  std::vector<std::filesystem::path> configs = {config.folder / "config.json"};
  if (config.draw) {
    files_.push_back(CheckpointFiles::of_decoder(decoder, "unet"));
    files_.push_back(CheckpointFiles::of_decoder(decoder, "vae"));
    for (const char* name : {"unet/config.json", "vae/config.json", "scheduler/scheduler_config.json"})
      configs.push_back(decoder / name);
  }
  identity_ = checkpoint_identity(configs, files_);

  // Names and sizes first; the placement follows from them.
  const FolderSource index(root, {}, rename_language_model);
  weight_bytes_ = total_bytes(index);
  const auto known = [&](const std::string& name) -> std::optional<Shape> {
    const auto it = index.items().find(name);
    return it == index.items().end() ? std::nullopt : std::optional(it->second.entry().shape);
  };
  for (const auto& [name, item] : index.items()) has_eva_ = has_eva_ || name.starts_with(std::string(kEva) + ".");
  parts_ = describe_parts(config, has_eva_ && config.draw, known);
  std::vector<std::string> tolerated = {"model."};
  if (config.text.tie) tolerated.emplace_back("lm_head.weight");
  const NameReport report = check_names(index, items_of(parts_, false, ""), tolerated);
  if (!report.tolerated.empty())
    config.warnings.push_back(cat("Not loaded, because nothing here uses them: ", list_of(report.tolerated), "."));
  if (config.draw) {
    const FolderSource unet(files_[1], {}), vae(files_[2], {}, rename_vae);
    check_names(unet, items_of(parts_, true, "UNet"), {});
    check_names(vae, items_of(parts_, true, "VAE"), {});
    weight_bytes_ += total_bytes(unet) + total_bytes(vae);
    config.can.reconstruct = has_eva_;
    if (!has_eva_)
      config.warnings.push_back("The folder holds no CLIP encoder: pictures cannot be turned into tokens.");
  }

  embedding_rows_ = known("model.embed_tokens.weight")->front();  // its presence was checked above

  stored_ = most_common_type(index);
  open_sources();
}

// Sources decide how tensors are placed; what was taken from earlier ones is gone by now.
void Networks::open_sources() {
  compute_ = choose_compute(request_.device, request_.number_type, weight_bytes_, stored_, lean_);
  const auto progress = [this](const std::string& name, uint64_t bytes) {
    if (on_tensor_) on_tensor_(name, bytes);
  };
  root_.emplace(files_[0], compute_.placement, rename_language_model, progress);
  if (!config_.draw) return;
  unet_source_.emplace(files_[1], compute_.placement, nullptr, progress);
  Placement vae = compute_.placement;
  if (vae.compute == at::kHalf) vae.compute = at::kFloat;  // its activations overflow in fp16
  vae_source_.emplace(files_[2], vae, rename_vae, progress);
}

void Networks::become_lean() {
  drop_all();
  if (lean_) return;
  lean_ = true;
  open_sources();
}

Networks::Placed Networks::placed() const {
  Placed out;
  const auto add = [&](const FolderSource& source, at::ScalarType compute) {
    for (const auto& [name, item] : source.items()) {
      if (name.starts_with(cat(kEva, "."))) continue;
      const TensorEntry& entry = item.entry();
      const uint64_t stored = entry.end - entry.begin;
      const bool matrix = entry.shape.size() > 1;  // nearly so: a few position tables are copied all the same
      const bool stays =
          device().is_cpu() && (entry.type == compute || (matrix && compute_.placement.keep_stored_matrices));
      if (stays)
        out.mapped += stored;
      else
        out.copied += stored / c10::elementSize(entry.type) * c10::elementSize(compute);
    }
  };
  add(*root_, type());
  if (unet_source_) add(*unet_source_, type());
  if (vae_source_) add(*vae_source_, type() == at::kHalf ? at::kFloat : type());
  return out;
}

uint64_t Networks::bytes_under(const FolderSource& source, const std::string& prefix) const {
  uint64_t sum = 0;
  for (const auto& [name, item] : source.items())
    if (name.starts_with(prefix)) sum += item.entry().end - item.entry().begin;
  return sum;
}

void Networks::make_room(uint64_t bytes) {
  if (device().is_cpu()) {
    if (lean_) drop_all();
    return;
  }
  const size_t free = at::accelerator::getMemoryInfo(device().index()).first;
  if (!lean_ && free > bytes + bytes / 5) return;
  drop_all();
}

void Networks::drop_all() {
  text_.reset();
  vision_.reset();
  dit_.reset();
  eva_.reset();
  unet_.reset();
  vae_.reset();
  if (!device().is_cpu()) at::accelerator::emptyCache();
}

template <class Network, class Build>
const Network& Networks::ready(std::optional<Network>& slot, const char* what, FolderSource& source,
                               const std::string& prefix, const JobContext& job, const Build& build) {
  if (slot) return *slot;
  const uint64_t total = bytes_under(source, prefix);
  if constexpr (!std::is_same_v<Network, at::Tensor>) make_room(total);  // the queries are read while another is used
  uint64_t done = 0;
  job.emit(LoadProgress{what, 0, total});
  on_tensor_ = [&](const std::string&, uint64_t bytes) {
    job.checkpoint();
    const uint64_t before = done;
    done += bytes;
    if (done * 50 / std::max<uint64_t>(total, 1) != before * 50 / std::max<uint64_t>(total, 1))
      job.emit(LoadProgress{what, done, total});
  };
  try {
    slot.emplace(build(Scope(source)));
  } catch (...) {
    on_tensor_ = nullptr;
    throw;
  }
  on_tensor_ = nullptr;
  return *slot;
}

const QwenText& Networks::text(const JobContext& job) {
  return ready(text_, "language model", *root_, "model.", job,
               [&](const Scope& s) { return QwenText(s, config_.text); });
}

const QwenVision& Networks::vision(const JobContext& job) {
  return ready(vision_, "vision tower", *root_, "visual.", job,
               [&](const Scope& s) { return QwenVision(s / "visual", config_.vision); });
}

const at::Tensor& Networks::queries(const JobContext& job) {
  return ready(queries_, "queries", *root_, "model.latent_queries", job, [&](const Scope& s) {
    return s.take("model.latent_queries", {1, config_.draw->queries, config_.text.hidden});
  });
}

const NextDit& Networks::dit(const JobContext& job) {
  return ready(dit_, "diffusion transformer", *root_, kDit, job,
               [&](const Scope& s) { return NextDit(s / kDit, config_.draw->dit); });
}

const EvaClip& Networks::eva(const JobContext& job) {
  if (!has_eva_)
    throw RequestError("This folder holds no CLIP encoder (model.gen_vision_tower), so pictures cannot be encoded.");
  return ready(eva_, "CLIP encoder", *root_, kEva, job,
               [&](const Scope& s) { return EvaClip(s / kEva, config_.draw->eva); });
}

const SdxlUnet& Networks::unet(const JobContext& job) {
  return ready(unet_, "pixel decoder", *unet_source_, "", job,
               [&](const Scope& s) { return SdxlUnet(s, config_.draw->unet); });
}

const SdxlVae& Networks::vae(const JobContext& job) {
  return ready(vae_, "picture decoder", *vae_source_, "", job,
               [&](const Scope& s) { return SdxlVae(s, config_.draw->vae); });
}

void Networks::touch_all() const {
  uint64_t sum = 0;  // used below, so that the reads cannot be left out
  for (const auto* source : {&root_, &unet_source_, &vae_source_}) {
    if (!*source) continue;
    for (const auto& [name, item] : (*source)->items()) {
      const auto bytes = item.file->bytes_of(item.stored);
      for (size_t i = 0; i < bytes.size(); i += 512) sum += uint64_t(bytes[i]) + 1;
    }
  }
  ensure(sum > 0, "a model has weights");
}

void Networks::load_all(const JobContext& job) {
  text(job);
  vision(job);
  if (!config_.draw) return;
  queries(job);
  dit(job);
  unet(job);
  vae(job);
}

}  // namespace b3o
