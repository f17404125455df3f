// What the UNet and the VAE of SDXL share: the residual block, the two ways to change resolution, reading of configs.
// Letters: B batch, C channels, H and W sides of the map, T width of the time embedding.
#pragma once

#include <ATen/core/Tensor.h>

#include <optional>
#include <string>
#include <vector>

#include "core/base/json.h"
#include "core/nn/layers.h"
#include "core/nn/probe.h"

namespace b3o {

// Where in the network a computation is: for the probe what Scope is for loading.
struct Trace {
  const Probe& probe;
  std::string path;
  Trace operator/(std::string_view part) const {
    return {probe, path.empty() ? std::string(part) : path + "." + std::string(part)};
  }
  Trace operator/(int64_t index) const { return *this / std::to_string(index); }
  void operator()(const at::Tensor& value) const { probe(path, value); }
};

// SiLU; overwrites its argument where no gradient needs it.
at::Tensor activate(at::Tensor&& fresh);

// Nearest neighbour: source index = floor(index * in / out) (decoder.md 2.2).
at::Tensor upsample_nearest(const at::Tensor& x, int64_t height, int64_t width);

// conv2(silu(norm2(conv1(silu(norm1(x))) + time_emb_proj(t)))) + x, with a 1x1 convolution on x where C changes.
struct Resnet {
  GroupNorm norm1;
  Conv2d conv1;
  std::optional<Linear> time_emb_proj;  // without time_width there is no time input
  GroupNorm norm2;
  Conv2d conv2;
  std::optional<Conv2d> conv_shortcut;

  struct Options {
    int64_t groups;
    double eps;
    std::optional<int64_t> time_width;
  };
  Resnet(const Scope& s, int64_t in, int64_t out, const Options& o);
  // x [B, in, H, W]; activated: silu of the time embedding [B, T], undefined without time input -> [B, out, H, W]
  at::Tensor operator()(const at::Tensor& x, const at::Tensor& activated, const Trace& trace) const;
};

// A config's value for each of `levels` levels: one integer for all of them or a list of that length, each in
// [low, high]. LoadError otherwise.
std::vector<int64_t> per_level(const Fields& f, std::string_view key, size_t levels, int64_t low, int64_t high);
// LoadError unless the key is absent or has exactly this value: for settings that only have one supported value.
void supports_only(const Fields& f, std::string_view key, const Json& value);

// Widths stay below this, so that no product of two sizes of one tensor overflows.
inline constexpr int64_t kMaxWidth = 1 << 16;
inline constexpr int64_t kMaxLevels = 12;

}  // namespace b3o
