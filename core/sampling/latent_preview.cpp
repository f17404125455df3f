#include "core/sampling/latent_preview.h"

#include <ATen/ATen.h>

#include "core/base/error.h"

namespace b3o {
namespace {

constexpr double kRidge = 1e-6;  // of the mean square of the unknowns' inputs

at::Tensor matrix_of(const PreviewFactors& f) {  // [C + 1, 3], the base last
  at::Tensor m = at::empty({int64_t(f.channels.size()) + 1, 3}, at::kFloat);
  float* out = m.data_ptr<float>();
  for (const auto& row : f.channels) out = std::copy(row.begin(), row.end(), out);
  std::copy(f.base.begin(), f.base.end(), out);
  return m;
}

}  // namespace

PreviewFactors sdxl_preview_factors() {
  return {{{60, 60, 60}, {-60, -5, 10}, {25, 15, -5}, {-70, -50, -35}}, {150, 140, 130}};
}

at::Tensor latent_to_rgb(const at::Tensor& latent, const PreviewFactors& factors) {
  ensure(latent.dim() == 3 && latent.size(0) == int64_t(factors.channels.size()),
         "a latent has as many channels as there are preview factors");
  const at::Tensor m = matrix_of(factors);
  const int64_t c = latent.size(0);
  const at::Tensor flat = latent.detach().to(at::kCPU, at::kFloat).flatten(1);       // [C, h * w]
  const at::Tensor rgb = at::addmm(m.narrow(0, c, 1), flat.t(), m.narrow(0, 0, c));  // [h * w, 3]
  const at::Tensor bytes = at::nan_to_num(rgb, 0.0).clamp(0, 255).round().to(at::kByte);
  return bytes.view({latent.size(1), latent.size(2), 3});
}

PreviewFactors fit_preview(const at::Tensor& latents, const at::Tensor& pictures) {
  ensure(latents.dim() == 4 && pictures.dim() == 4 && pictures.size(1) == 3 && latents.numel() > 0 &&
             latents.size(0) == pictures.size(0) && pictures.size(2) % latents.size(2) == 0 &&
             pictures.size(3) % latents.size(3) == 0,
         "there is one picture for each latent, its sides multiples of the latent's");
  const int64_t c = latents.size(1), ky = pictures.size(2) / latents.size(2), kx = pictures.size(3) / latents.size(3);
  const auto rows = [](const at::Tensor& x) {  // [n, K, h, w] -> [n h w, K]
    return x.permute({0, 2, 3, 1}).reshape({-1, x.size(1)});
  };
  const at::Tensor small = at::avg_pool2d(pictures.detach().to(at::kCPU, at::kDouble), {ky, kx});
  const at::Tensor y = rows((small.clamp(-1, 1) + 1) * 127.5);                                 // [N, 3]
  const at::Tensor values = rows(latents.detach().to(at::kCPU, at::kDouble));                  // [N, C]
  const at::Tensor x = at::cat({values, at::ones({values.size(0), 1}, values.options())}, 1);  // [N, C + 1]
  const at::Tensor squares = at::matmul(x.t(), x);
  const at::Tensor ridge = at::eye(c + 1, x.options()) * (squares.diagonal().mean() * kRidge);
  const at::Tensor m = at::linalg_solve(squares + ridge, at::matmul(x.t(), y)).to(at::kFloat).contiguous();
  const float* v = m.const_data_ptr<float>();
  PreviewFactors out;
  for (int64_t i = 0; i < c; ++i) out.channels.push_back({v[3 * i], v[3 * i + 1], v[3 * i + 2]});
  out.base = {v[3 * c], v[3 * c + 1], v[3 * c + 2]};
  return out;
}

}  // namespace b3o
