#include <algorithm>
#include <bitset>
#include <cmath>

#include "core/base/error.h"
#include "core/base/hash.h"
#include "core/world/renderer.h"
#include "core/world/sampler.h"
#include "tests/support/case.h"

using namespace b3o;
using namespace b3o::world;
using namespace b3o::test;

namespace {

using Bits = std::bitset<24 * 24>;

// The pixels whose samples are mostly of the main colour, holes filled.
std::vector<uint8_t> filled_main(const Sprite& s) {
  const int n = s.side;
  std::vector<uint8_t> mask(size_t(n) * size_t(n)), outside(mask.size());
  for (size_t i = 0; i < mask.size(); ++i) mask[i] = s.samples[i][size_t(Tone::main)] >= 5;
  std::vector<int> open;
  const auto visit = [&](int x, int y) {
    if (x < 0 || y < 0 || x >= n || y >= n) return;
    const int i = y * n + x;
    if (mask[size_t(i)] || outside[size_t(i)]) return;
    outside[size_t(i)] = 1;
    open.push_back(i);
  };
  for (int i = 0; i < n; ++i) visit(i, 0), visit(i, n - 1), visit(0, i), visit(n - 1, i);
  while (!open.empty()) {
    const int i = open.back();
    open.pop_back();
    visit(i % n - 1, i / n), visit(i % n + 1, i / n), visit(i % n, i / n - 1), visit(i % n, i / n + 1);
  }
  for (size_t i = 0; i < mask.size(); ++i) mask[i] = !outside[i];
  return mask;
}

struct Shape {
  Bits bits;        // stretched to 24 x 24 without changing the aspect
  int pieces = 0;   // 8-connected
  double fill = 0;  // of the bounding box
};

Shape shape_of(const Sprite& s) {
  const int n = s.side;
  const auto mask = filled_main(s);
  int left = n, right = -1, top = n, bottom = -1, area = 0;
  for (int y = 0; y < n; ++y)
    for (int x = 0; x < n; ++x)
      if (mask[size_t(y * n + x)]) {
        left = std::min(left, x), right = std::max(right, x), top = std::min(top, y), bottom = std::max(bottom, y);
        ++area;
      }
  Shape out;
  const int w = right - left + 1, h = bottom - top + 1;
  out.fill = double(area) / (w * h);
  const double side = std::max(w, h), x0 = left + (w - side) / 2, y0 = top + (h - side) / 2;
  for (int y = 0; y < 24; ++y)
    for (int x = 0; x < 24; ++x) {
      int hits = 0;
      for (int k = 0; k < 16; ++k) {
        const int px = int(std::floor(x0 + (x + (k % 4 + 0.5) / 4) * side / 24));
        const int py = int(std::floor(y0 + (y + (k / 4 + 0.5) / 4) * side / 24));
        hits += px >= 0 && py >= 0 && px < n && py < n && mask[size_t(py * n + px)];
      }
      out.bits[size_t(y * 24 + x)] = hits >= 8;
    }
  std::vector<uint8_t> seen(mask.size());
  for (int i = 0; i < n * n; ++i) {
    if (!mask[size_t(i)] || seen[size_t(i)]) continue;
    ++out.pieces;
    std::vector<int> open = {i};
    seen[size_t(i)] = 1;
    while (!open.empty()) {
      const int at = open.back();
      open.pop_back();
      for (int k = 0; k < 9; ++k) {
        const int x = at % n + k % 3 - 1, y = at / n + k / 3 - 1, j = y * n + x;
        if (x < 0 || y < 0 || x >= n || y >= n || !mask[size_t(j)] || seen[size_t(j)]) continue;
        seen[size_t(j)] = 1;
        open.push_back(j);
      }
    }
  }
  return out;
}

std::array<double, 3> lab(Rgb c) {
  const auto linear = [](double v) { return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4); };
  const double r = linear(c.r / 255.0), g = linear(c.g / 255.0), b = linear(c.b / 255.0);
  const auto f = [](double t) { return t > 216.0 / 24389 ? std::cbrt(t) : (24389.0 / 27 * t + 16) / 116; };
  const double x = f((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047);
  const double y = f(0.2126729 * r + 0.7151522 * g + 0.0721750 * b);
  const double z = f((0.0193339 * r + 0.1191920 * g + 0.9503041 * b) / 1.08883);
  return {116 * y - 16, 500 * (x - y), 200 * (y - z)};
}

double distance(const std::array<double, 3>& a, const std::array<double, 3>& b) {
  return std::hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

void main_regions_are_whole_and_fill_their_box() {
  for (int o = 0; o < kObjects; ++o)
    for (const int r : kRadius)
      for (const bool flip : {false, true}) {
        const Shape s = shape_of(sprite(Obj(o), Tex::plain, r, flip));
        check_equal(s.pieces, 1, "pieces of object " + shown(o) + " at radius " + shown(r));
        check(s.fill >= 0.35, "object " + shown(o) + " at radius " + shown(r) + " fills " + shown(s.fill));
      }
}

void textures_keep_the_main_region_whole() {
  for (int o = 0; o < kObjects; ++o)
    for (const int r : kRadius)
      for (int t = 1; t < kTextures; ++t) {
        Item item;
        item.obj = Obj(o), item.r = int16_t(r);
        if (Tex(t) == Tex::hollow && !hollows(item)) continue;
        check_equal(shape_of(sprite(Obj(o), Tex(t), r, false)).pieces, 1,
                    "pieces of object " + shown(o) + ", texture " + shown(t) + ", radius " + shown(r));
      }
}

void silhouettes_of_two_objects_overlap_less_than_84_percent() {
  std::vector<std::pair<int, Bits>> all;
  for (int o = 0; o < kObjects; ++o)
    for (const int r : kRadius) all.emplace_back(o, shape_of(sprite(Obj(o), Tex::plain, r, false)).bits);
  for (const auto& [a, x] : all)
    for (const auto& [b, y] : all)
      if (a != b) {
        const double iou = double((x & y).count()) / double((x | y).count());
        check(iou < 0.84, "objects " + shown(a) + " and " + shown(b) + " overlap by " + shown(iou));
      }
}

void allowed_colors_stand_out_by_23_from_their_background() {
  for (int b = 0; b < kBackgrounds; ++b)
    for (int v = 0; v < kVariants; ++v) {
      const Image& image = background(Bg(b), v);
      for (int y = 0; y < kCanvas; ++y)
        for (int x = 0; x < kCanvas; x += 5) {
          const uint8_t* p = image.at(x, y);
          if (Bg(b) == Bg::night && p[0] > 150) continue;  // a star
          const auto here = lab({p[0], p[1], p[2]});
          for (int c = 0; c < kColors; ++c)
            if (visible(Col(c), Bg(b)))
              check(distance(here, lab(color_of(Col(c)))) >= 23, "color " + shown(c) + " on background " + shown(b));
        }
    }
}

void objects_stay_inside_their_circles() {
  for (int o = 0; o < kObjects; ++o)
    for (const int r : kRadius) {
      const Sprite& s = sprite(Obj(o), Tex::plain, r, false);
      for (int y = 0; y < s.side; ++y)
        for (int x = 0; x < s.side; ++x) {
          const double away = std::hypot(x + 0.5 - s.side / 2, y + 0.5 - s.side / 2);
          if (s.at(x, y)[0] < 9) check(away < 1.14 * r + 1, "object " + shown(o) + " reaches " + shown(away / r));
        }
    }
}

void objects_of_one_scene_never_touch() {
  for (int i = 0; i < 200; ++i) {
    Rng rng = scene_rng(11, 1, uint64_t(i));
    const Scene s = Sampler{Level::M, 1}.scene(Task::crowd, Split::train, rng);
    std::vector<int> owner(size_t(kCanvas) * kCanvas, -1);
    for (size_t k = 0; k < s.items.size(); ++k) {
      const Scene alone = {s.bg, s.bg_seed, {s.items[k]}, "", Task::free};
      const Image with = Renderer().draw(alone), without = background(s.bg, int(s.bg_seed % kVariants));
      for (int y = 0; y < kCanvas; ++y)
        for (int x = 0; x < kCanvas; ++x) {
          if (std::equal(with.at(x, y), with.at(x, y) + 3, without.at(x, y))) continue;
          for (int v = std::max(0, y - 1); v <= std::min(kCanvas - 1, y + 1); ++v)
            for (int u = std::max(0, x - 1); u <= std::min(kCanvas - 1, x + 1); ++u) {
              const int other = owner[size_t(v * kCanvas + u)];
              check(other == -1 || other == int(k), "two objects touch at " + shown(x) + ", " + shown(y));
            }
          owner[size_t(y * kCanvas + x)] = int(k);
        }
    }
  }
}

// Any change of these sums changes every frozen data set and the meaning of trained weights.
void a_thousand_scenes_have_the_recorded_pixels() {
  const std::pair<Level, const char*> recorded[] = {
      {Level::S, "2ebc0e20f7f4a221915b548d17ddbd9555eaf47ab0d9acfb7632aa1170c5bb06"},
      {Level::M, "45041e8bf3a8adad91acd86f996a5b4d966e4e685e817da2e4b33dffca154e9e"},
      {Level::L, "95adaa46117847adc9fd61cbb361661cec2ded8f606b85e991b429fb3597d291"}};
  for (const auto& [level, wanted] : recorded) {
    Sha256 sum;
    std::vector<uint8_t> pixels(size_t(kCanvas) * kCanvas * 3);
    for (int i = 0; i < 1000; ++i) {
      Rng rng = scene_rng(2026, 0, uint64_t(i));
      const Task task = i % 10 == 9 ? Task::crowd : draw_task(task_mix(level, 1), rng);
      Renderer().draw(Sampler{level, 1}.scene(task, Split::train, rng), pixels.data());
      sum.add(std::as_bytes(std::span(pixels)));
    }
    check_equal(sum.hex(), std::string(wanted), "sum of level " + shown(int(level)));
  }
}

void flipped_objects_are_mirrored() {
  for (const Obj obj : {Obj::fish, Obj::bird, Obj::car, Obj::boat}) {
    const Sprite &a = sprite(obj, Tex::plain, 18, false), &b = sprite(obj, Tex::plain, 18, true);
    for (int y = 0; y < a.side; ++y)
      for (int x = 0; x < a.side; ++x) check(a.at(x, y) == b.at(a.side - 1 - x, y), "mirrored");
  }
}

void broken_scenes_are_refused() {
  Scene s;
  s.items.resize(1);
  s.items[0].cx = 124;
  std::vector<uint8_t> pixels(size_t(kCanvas) * kCanvas * 3);
  check_contains(message_of<RequestError>([&] { Renderer().draw(s, pixels.data()); }), "rules");
  s.items.clear();
  s.sign = "hello";
  check_contains(message_of<RequestError>([&] { Renderer().draw(s, pixels.data()); }), "rules");
}

void the_mask_covers_what_the_object_changes() {
  Rng rng = scene_rng(4, 4, 4);
  const Scene s = Sampler{Level::S, 1}.scene(Task::relation, Split::train, rng);
  const Image with = Renderer().draw(s);
  const Image& without = background(s.bg, int(s.bg_seed % kVariants));
  const GrayImage mask = Renderer().object_mask(s);
  int changed = 0, masked = 0;
  for (int y = 0; y < kCanvas; ++y)
    for (int x = 0; x < kCanvas; ++x) {
      const bool differs = !std::equal(with.at(x, y), with.at(x, y) + 3, without.at(x, y));
      const bool inside = mask.pixels[size_t(y * kCanvas + x)] != 0;
      changed += differs, masked += inside;
      check(differs || !inside, "masked pixels differ from the background");
    }
  check(masked > 300 && masked <= changed, "the mask is as large as the objects");
}

const Cases cases = {CASE(main_regions_are_whole_and_fill_their_box),
                     CASE(textures_keep_the_main_region_whole),
                     CASE(silhouettes_of_two_objects_overlap_less_than_84_percent),
                     CASE(allowed_colors_stand_out_by_23_from_their_background),
                     CASE(objects_stay_inside_their_circles),
                     CASE(objects_of_one_scene_never_touch),
                     CASE(a_thousand_scenes_have_the_recorded_pixels),
                     CASE(flipped_objects_are_mirrored),
                     CASE(broken_scenes_are_refused),
                     CASE(the_mask_covers_what_the_object_changes)};

}  // namespace
