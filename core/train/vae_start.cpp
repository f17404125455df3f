#include "core/train/vae_start.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include <cmath>

#include "core/base/error.h"

namespace b3o::train {
namespace {

constexpr int64_t kColours = 3;     // channels 0-2 carry a picture, 3-5 its negative
constexpr int64_t kCarried = 8;     // 6 and 7 carry a constant that keeps the norms' scale in place
constexpr float kConstant = 3;      // and its negative
constexpr float kLogVariance = -5;  // of the latent at the start
constexpr float kVarianceRows = 0.01f;

bool ends(const std::string& name, const char* tail) { return name.ends_with(tail); }

// Row c reads channel c only, with `tap` at [y, x] of the kernel.
void copy_channels(at::Tensor& weight, int64_t channels, const std::vector<std::pair<int, int>>& taps) {
  weight.narrow(0, 0, channels).zero_();
  for (int64_t c = 0; c < channels; ++c)
    for (const auto& [y, x] : taps) weight[c][c][y][x].fill_(1.0 / double(taps.size()));
}

// Rows 0-2: +picture; 3-5: -picture; 6, 7: nothing (the bias carries the constant).
void split_signs(at::Tensor& weight) {
  weight.narrow(0, 0, kCarried).zero_();
  for (int64_t c = 0; c < kColours; ++c) {
    weight[c][c][1][1].fill_(1);
    weight[kColours + c][c][1][1].fill_(-1);
  }
}

// silu(x) - silu(-x) = x
void join_signs(at::Tensor& weight) {
  weight.narrow(0, 0, kColours).zero_();
  for (int64_t c = 0; c < kColours; ++c) {
    weight[c][c][1][1].fill_(1);
    weight[c][kColours + c][1][1].fill_(-1);
  }
}

// Least squares of wanted = scale * got + offset, channel by channel, into the rows that gave got.
void fit(const Conv2d& conv, const at::Tensor& got, const at::Tensor& wanted) {
  for (int64_t c = 0; c < kColours; ++c) {
    const at::Tensor x = got.select(1, c).to(at::kDouble).flatten(), y = wanted.select(1, c).to(at::kDouble).flatten();
    const at::Tensor mx = x.mean(), my = y.mean();
    const double scale = (((x - mx) * (y - my)).mean() / (x - mx).square().mean()).item<double>();
    at::Tensor weight = conv.weight.detach()[c], bias = conv.bias.detach()[c];
    weight.mul_(scale);
    bias.mul_(scale).add_(my.item<double>() - scale * mx.item<double>());
  }
}

}  // namespace

std::function<bool(const std::string&, at::Tensor&)> vae_identity(const VaeConfig& config, uint64_t seed) {
  for (const int64_t channels : config.channels)
    if (channels < kCarried || config.groups != 1 || config.in_channels != kColours ||
        config.out_channels != kColours || config.latent_channels < kColours)
      throw RequestError(
          "The autoencoder's identity start needs 8 or more channels on every level, one norm group and RGB pictures.");
  const int64_t latents = config.latent_channels;
  return [latents, seed](const std::string& name, at::Tensor& v) {
    const auto random = [&] { fill_uniform(seed, name, v, 1 / std::sqrt(double(v.numel() / v.size(0)))); };
    if (ends(name, "conv2.weight") || ends(name, "conv2.bias") || ends(name, "to_out.0.weight") ||
        ends(name, "to_out.0.bias")) {
      v.zero_();
    } else if (ends(name, "conv_in.weight")) {
      random();
      split_signs(v);
    } else if (ends(name, "conv_in.bias")) {
      v.zero_();
      v[6].fill_(kConstant);
      v[7].fill_(-kConstant);
    } else if (ends(name, "conv_out.weight")) {
      random();
      join_signs(v);
    } else if (ends(name, "conv_shortcut.weight")) {
      random();
      copy_channels(v, kCarried, {{0, 0}});
    } else if (ends(name, "downsamplers.0.conv.weight")) {
      random();
      copy_channels(v, kCarried, {{0, 0}, {0, 1}, {1, 0}, {1, 1}});
    } else if (ends(name, "upsamplers.0.conv.weight")) {
      random();
      copy_channels(v, kCarried, {{1, 1}});
    } else if (ends(name, "quant_conv.weight")) {  // post_quant_conv too
      random();
      copy_channels(v, kColours, {{0, 0}});
      if (v.size(0) > latents) v.narrow(0, latents, latents).mul_(kVarianceRows);
    } else if (ends(name, "quant_conv.bias")) {
      v.zero_();
      if (v.size(0) > latents) v.narrow(0, latents, latents).fill_(kLogVariance);
    } else if (ends(name, ".bias") && v.dim() == 1 && name.find("norm") == std::string::npos) {
      v.zero_();
    } else {
      return false;
    }
    return true;
  };
}

void fit_gains(const SdxlVae& vae, const at::Tensor& pictures) {
  const c10::AutoGradMode no_gradients(false);
  const int64_t factor = vae.config.factor();
  fit(vae.encoder->conv_out, vae.encode(pictures).mean, at::avg_pool2d(pictures, factor));
  fit(vae.decoder.conv_out, vae.decode(vae.encode(pictures).mean), pictures);
}

}  // namespace b3o::train
