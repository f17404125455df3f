// The networks of one folder, each read when it is first needed (or all at once), placed where it computes.
#pragma once

#include <optional>
#include <string>

#include "core/families/blip3o/folder.h"
#include "core/families/blip3o/number_type.h"
#include "core/families/blip3o/official.h"
#include "core/families/family.h"
#include "core/weights/folder.h"

namespace b3o {

class Networks {
 public:
  // Opens the weight files and checks every name and shape against the configuration; reads no values. LoadError.
  // Fills what only the weights can tell into config.can and config.warnings.
  Networks(FolderConfig& config, const LoadModel& request);

  const ComputeChoice& compute() const { return compute_; }
  int64_t embedding_rows() const { return embedding_rows_; }
  at::ScalarType stored_type() const { return stored_; }  // of most weights in the files
  const std::vector<PartTensors>& parts() const { return parts_; }
  uint64_t weight_bytes() const { return weight_bytes_; }
  const std::string& identity() const { return identity_; }  // 64 hex digits

  // What the weights of everything but the CLIP encoder, which few requests need, take.
  struct Placed {
    uint64_t copied = 0, mapped = 0;  // bytes in memory of their own; used where they lie in the files
  };
  Placed placed() const;

  // Least memory: one network at a time (beside the few queries), matrices as they lie in the files.
  bool lean() const { return lean_; }
  void become_lean();
  // Whether painting may start while the plan's network is in use: reading the UNet lets nothing else go.
  bool can_paint_meanwhile() const { return device().is_cpu() ? !lean_ : unet_ && vae_; }

  // Each reads its network at the first call, telling the job, and may throw Stop. Where memory is short that lets the
  // other networks go: use one, then ask for the next.
  const QwenText& text(const JobContext& job);
  const QwenVision& vision(const JobContext& job);
  const at::Tensor& queries(const JobContext& job);  // [1, n, hidden]
  const NextDit& dit(const JobContext& job);
  const EvaClip& eva(const JobContext& job);  // RequestError when the folder holds none
  const SdxlUnet& unet(const JobContext& job);
  const SdxlVae& vae(const JobContext& job);
  // Everything a request can need, except the CLIP encoder.
  void load_all(const JobContext& job);
  // Reads every byte of every weight file once: what is mapped is otherwise only read when it is used.
  void touch_all() const;

  at::Device device() const { return compute_.placement.device; }
  at::ScalarType type() const { return compute_.placement.compute; }

 private:
  // Reads one network from the file set, with progress; the others are dropped first on a card that is nearly full, and
  // always when lean.
  template <class Network, class Build>
  const Network& ready(std::optional<Network>& slot, const char* what, FolderSource& source, const std::string& prefix,
                       const JobContext& job, const Build& build);
  void make_room(uint64_t bytes);
  void drop_all();
  void open_sources();
  uint64_t bytes_under(const FolderSource& source, const std::string& prefix) const;

  const FolderConfig& config_;
  const LoadModel request_;
  bool lean_ = false;
  std::vector<CheckpointFiles> files_;  // of the language model with all under it; UNet; VAE
  ComputeChoice compute_;
  uint64_t weight_bytes_ = 0;
  std::string identity_;
  int64_t embedding_rows_ = 0;
  at::ScalarType stored_ = at::kFloat;
  std::vector<PartTensors> parts_;
  std::function<void(const std::string&, uint64_t)> on_tensor_;  // of the network being read
  std::optional<FolderSource> root_, unet_source_, vae_source_;
  bool has_eva_ = false;

  std::optional<QwenText> text_;
  std::optional<QwenVision> vision_;
  std::optional<at::Tensor> queries_;
  std::optional<NextDit> dit_;
  std::optional<EvaClip> eva_;
  std::optional<SdxlUnet> unet_;
  std::optional<SdxlVae> vae_;
};

}  // namespace b3o
