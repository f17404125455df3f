#include "core/image/mask.h"

#include <array>
#include <cmath>
#include <random>

#include "core/base/error.h"
#include "tests/core/image/pictures.h"
#include "tests/support/case.h"

using namespace b3o;
using namespace b3o::test;

namespace {

GrayImage random_mask(int width, int height, unsigned seed, unsigned percent) {
  std::mt19937 random(seed);
  GrayImage out(width, height);
  for (auto& v : out.pixels) v = random() % 100 < percent ? uint8_t(128 + random() % 128) : uint8_t(random() % 128);
  return out;
}

// Squared distance to the nearest pixel that is painted or not, by looking at all of them.
double nearest(const GrayImage& mask, int x, int y, bool painted) {
  double best = 1e18;
  for (int v = 0; v < mask.height; ++v)
    for (int u = 0; u < mask.width; ++u)
      if ((mask.pixels[size_t(v * mask.width + u)] >= 128) == painted)
        best = std::min(best, double((u - x) * (u - x) + (v - y) * (v - y)));
  return best;
}

void growing_reaches_exactly_the_radius() {
  for (const auto& [w, h, percent] : {std::array{23, 17, 3}, {40, 1, 5}, {1, 40, 5}, {16, 16, 1}, {30, 30, 50}})
    for (const int radius : {1, 2, 5, 100}) {
      const GrayImage mask = random_mask(w, h, unsigned(w * radius), unsigned(percent));
      const GrayImage grown = grow(mask, radius);
      for (int y = 0; y < h; ++y)
        for (int x = 0; x < w; ++x) {
          const size_t i = size_t(y * w + x);
          const bool inside = nearest(mask, x, y, true) <= radius * radius;
          check_equal(int(grown.pixels[i]), inside ? 255 : int(mask.pixels[i]), "a pixel");
        }
    }
}

void an_empty_mask_does_not_grow() {
  GrayImage mask(9, 9);
  check(grow(mask, 1000) == mask, "nothing was painted");
  mask.pixels[40] = 200;
  check(grow(mask, 0) == mask, "radius 0 changes nothing");
}

void feathering_ramps_inwards_over_its_width() {
  const GrayImage mask = random_mask(31, 19, 4, 93);
  for (const int width : {1, 3, 8}) {
    const GrayImage soft = feather(mask, width);
    for (int y = 0; y < mask.height; ++y)
      for (int x = 0; x < mask.width; ++x) {
        const size_t i = size_t(y * mask.width + x);
        const double ramp = 255 * std::min(1.0, std::sqrt(nearest(mask, x, y, false)) / (width + 1));
        check_close(soft.pixels[i], std::min<double>(mask.pixels[i], ramp), 0.5, "a pixel");
      }
  }
}

void feathering_never_reaches_outside_the_mask() {
  const GrayImage mask = random_mask(40, 30, 8, 60), soft = feather(mask, 6);
  for (size_t i = 0; i < mask.pixels.size(); ++i) {
    if (mask.pixels[i] < 128) check_equal(int(soft.pixels[i]), 0, "an unpainted pixel");
    check(soft.pixels[i] <= mask.pixels[i], "a pixel never gains");
  }
}

void a_full_mask_has_no_edge_to_feather() {
  GrayImage mask(12, 7);
  std::fill(mask.pixels.begin(), mask.pixels.end(), uint8_t(255));
  check(feather(mask, 5) == mask, "the border is no edge");
}

void areas_are_exact_fractions() {
  GrayImage mask(6, 4);
  for (size_t i = 0; i < 6; ++i) mask.pixels[i] = 255;  // the first of four rows
  const std::vector<float> halves = area_average(mask, 3, 2);
  for (size_t i = 0; i < 6; ++i) check_close(halves[i], i < 3 ? 0.5 : 0, 1e-7, "a cell of 2 x 2");
  const std::vector<float> thirds = area_average(mask, 4, 3);  // cells of 1.5 x 4/3 pixels
  for (size_t i = 0; i < 12; ++i) check_close(thirds[i], i < 4 ? 0.75 : 0, 1e-7, "a cell that cuts pixels");
  const std::vector<float> finer = area_average(mask, 12, 8);
  for (size_t i = 0; i < 96; ++i) check_close(finer[i], i < 24 ? 1 : 0, 1e-7, "a cell smaller than a pixel");
}

void areas_keep_the_mean() {
  const GrayImage mask = random_mask(53, 47, 2, 40);
  double mean = 0, cells = 0;
  for (const uint8_t v : mask.pixels) mean += v / 255.0 / double(mask.pixels.size());
  for (const float v : area_average(mask, 8, 8)) cells += v / 64.0;
  check_close(cells, mean, 1e-6, "the mean");
}

void compositing_keeps_every_byte_outside() {
  const Image base = formula_image(20, 30), over = smooth_image(20, 30);
  const GrayImage alpha = feather(random_mask(30, 20, 5, 50), 2);
  const Image out = composite(base, over, alpha);
  for (size_t i = 0; i < out.pixels.size(); ++i) {
    const int a = alpha.pixels[i / 3];
    if (a == 0) check_equal(int(out.pixels[i]), int(base.pixels[i]), "a byte outside");
    check_close(out.pixels[i], (over.pixels[i] * a + base.pixels[i] * (255 - a)) / 255.0, 0.5, "a mixed byte");
  }
  GrayImage full(30, 20);
  std::fill(full.pixels.begin(), full.pixels.end(), uint8_t(255));
  check(composite(base, over, full) == over, "255 takes the upper picture");
}

void unequal_sizes_are_refused() {
  const Image image = formula_image(4, 5);
  check_contains(message_of<RequestError>([&] { composite(image, formula_image(5, 4), GrayImage(5, 4)); }), "one size");
  check_contains(message_of<RequestError>([&] { composite(image, image, GrayImage(4, 5)); }), "one size");
  check_contains(message_of<RequestError>([] { area_average(GrayImage(), 8, 8); }), "0 x 0");
  check_contains(message_of<RequestError>([] { grow(GrayImage(2, 2), -1); }), "less than nothing");
}

const Cases cases = {CASE(growing_reaches_exactly_the_radius),
                     CASE(an_empty_mask_does_not_grow),
                     CASE(feathering_ramps_inwards_over_its_width),
                     CASE(feathering_never_reaches_outside_the_mask),
                     CASE(a_full_mask_has_no_edge_to_feather),
                     CASE(areas_are_exact_fractions),
                     CASE(areas_keep_the_mean),
                     CASE(compositing_keeps_every_byte_outside),
                     CASE(unequal_sizes_are_refused)};

}  // namespace
