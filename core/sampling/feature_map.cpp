#include "core/sampling/feature_map.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>

#include "core/base/error.h"

namespace b3o {
namespace {

constexpr int64_t kColours = 3;
constexpr double kShownDeviations = 2.0;  // root mean squares from grey to the full colour

// The directions of largest spread of x [N, C], strongest first, as columns [C, 3]; zero where there is no spread.
at::Tensor principal_directions(const at::Tensor& x, double total) {
  const int64_t n = x.size(0), c = x.size(1);
  at::Tensor directions = at::zeros({c, kColours}, x.options());
  const bool by_channel = c < n;
  const at::Tensor products = by_channel ? at::matmul(x.t(), x) : at::matmul(x, x.t());
  const auto [values, vectors] = at::linalg_eigh(products);  // ascending
  const int64_t rank = values.size(0);
  const double strongest = values[rank - 1].item<double>();
  for (int64_t i = 0; i < std::min(kColours, rank); ++i) {
    const double strength = values[rank - 1 - i].item<double>();
    if (!(strength > 1e-24 * total && strength > 1e-9 * strongest)) break;  // the rest is rounding
    at::Tensor d = vectors.select(1, rank - 1 - i);
    if (!by_channel) d = at::mv(x.t(), d);
    d = d / d.norm();
    const double largest = d[d.abs().argmax()].item<double>();
    directions.select(1, i).copy_(largest < 0 ? -d : d);
  }
  return directions;
}

bool has_every_direction(const at::Tensor& basis) { return basis.abs().amax(0).min().item<double>() > 0; }

}  // namespace

FeatureMap feature_map(const at::Tensor& tokens, const FeatureMap* previous) {
  ensure(tokens.dim() == 2, "a feature map is made of tokens [N, C]");
  const int64_t n = tokens.size(0), c = tokens.size(1);
  FeatureMap map{std::vector<uint8_t>(size_t(n * kColours), 128), at::zeros({c, kColours}, at::kDouble)};
  if (n == 0 || c == 0) return map;
  const at::Tensor x = at::nan_to_num(tokens.detach().to(at::kCPU, at::kDouble), 0.0, 0.0, 0.0);
  const at::Tensor centred = x - x.mean(0, true);
  map.basis = principal_directions(centred, x.square().sum().item<double>());
  if (previous && previous->basis.sizes() == map.basis.sizes() && has_every_direction(map.basis) &&
      has_every_direction(previous->basis)) {
    const auto [u, s, vh] = at::linalg_svd(at::matmul(map.basis.t(), previous->basis));
    map.basis = at::matmul(map.basis, at::matmul(u, vh));  // the nearest basis of the same space
  }
  const at::Tensor scores = at::matmul(centred, map.basis);                          // [N, 3]
  const at::Tensor spread = scores.square().mean(0, true).sqrt().clamp_min(1e-300);  // [1, 3]
  const at::Tensor colours = (scores / spread * (127.5 / kShownDeviations) + 127.5).clamp(0, 255).round();
  const at::Tensor bytes = colours.to(at::kByte).contiguous();
  std::copy_n(bytes.const_data_ptr<uint8_t>(), map.rgb.size(), map.rgb.begin());
  return map;
}

}  // namespace b3o
