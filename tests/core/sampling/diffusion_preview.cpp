// Latents as rough pictures.
#include "core/sampling/latent_preview.h"
#include "core/weights/scope.h"
#include "tests/support/tensors.h"

using namespace b3o;
using namespace b3o::test;

namespace {

at::Tensor pixel(std::vector<float> channels) { return at::tensor(channels).view({4, 1, 1}); }

void the_published_factors_give_the_published_colours() {
  const PreviewFactors f = sdxl_preview_factors();
  check_first(latent_to_rgb(pixel({0, 0, 0, 0}), f), {150, 140, 130}, 0, "zeros");
  check_first(latent_to_rgb(pixel({1, 0, 0, 0}), f), {210, 200, 190}, 0, "luminance");
  check_first(latent_to_rgb(pixel({0, 1, 1, -0.5}), f), {150, 175, 153}, 1, "mixture");  // 150, 175, 152.5
  check_first(latent_to_rgb(pixel({9, 0, 0, 0}), f), {255, 255, 255}, 0, "clamped");
  check_first(latent_to_rgb(pixel({-9, 0, 0, 0}), f), {0, 0, 0}, 0, "clamped below");
}

void bytes_come_row_by_row_with_rgb_innermost() {
  at::Tensor latent = at::zeros({4, 2, 3});
  latent[0][1][2] = 1;
  const at::Tensor got = latent_to_rgb(latent.to(at::kBFloat16), sdxl_preview_factors());
  check_shape(got, {2, 3, 3}, "picture");
  check(got.is_contiguous() && got.scalar_type() == at::kByte, "contiguous bytes");
  check_first(got[1][2], {210, 200, 190}, 0, "the last pixel");
  check_first(got[0][0], {150, 140, 130}, 0, "the first pixel");
}

void values_that_are_no_numbers_make_no_picture_fail() {
  const at::Tensor got = latent_to_rgb(pixel({std::nanf(""), INFINITY, 0, 0}), sdxl_preview_factors());
  check_shape(got, {1, 1, 3}, "picture");
}

void a_fit_finds_the_factors_that_made_the_pictures() {
  const PreviewFactors made{{{20, 10, -5}, {-7, 4, 3}, {2, -9, 6}, {5, 5, -12}}, {120, 130, 110}};
  const at::Tensor latents = values_by_name("latents", {3, 4, 5, 6}, 1.5);
  std::vector<at::Tensor> pictures;
  for (int64_t i = 0; i < 3; ++i) {
    at::Tensor rgb = at::zeros({5, 6, 3});
    for (int64_t k = 0; k < 3; ++k) {
      at::Tensor channel = at::full({5, 6}, double(made.base[size_t(k)]));
      for (int64_t c = 0; c < 4; ++c) channel = channel + latents[i][c] * double(made.channels[size_t(c)][size_t(k)]);
      rgb.select(2, k).copy_(channel);
    }
    pictures.push_back(at::upsample_nearest2d(rgb.permute({2, 0, 1}).unsqueeze(0) / 127.5 - 1, {40, 48}));
  }
  const PreviewFactors got = fit_preview(latents, at::cat(pictures));
  for (size_t k = 0; k < 3; ++k) {
    check_close(got.base[k], made.base[k], 0.01, "base");
    for (size_t c = 0; c < 4; ++c) check_close(got.channels[c][k], made.channels[c][k], 0.01, "factor");
  }
}

void a_fit_to_latents_without_variety_still_gives_their_colour() {
  const PreviewFactors got = fit_preview(at::zeros({1, 4, 2, 2}), at::zeros({1, 3, 16, 16}));
  check_close(got.base[1], 127.5, 0.01, "base");
  for (const auto& row : got.channels) check_close(row[0], 0, 1e-6, "factor");
}

const Cases cases = {
    CASE(the_published_factors_give_the_published_colours),
    CASE(bytes_come_row_by_row_with_rgb_innermost),
    CASE(values_that_are_no_numbers_make_no_picture_fail),
    CASE(a_fit_finds_the_factors_that_made_the_pictures),
    CASE(a_fit_to_latents_without_variety_still_gives_their_colour),
};

}  // namespace
