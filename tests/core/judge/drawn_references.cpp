#include "tests/core/judge/drawn_references.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>

#include "core/judge/lab.h"
#include "core/judge/segments.h"
#include "core/world/renderer.h"

namespace b3o::test {
namespace {

constexpr float kToneReach = 5;         // CIELAB distance up to which one tone stands for others
constexpr double kSameShape = 0.88;     // overlap up to which a second silhouette of one object is worth keeping
constexpr double kToneCoverage = 0.99;  // of a background's pixels; the rest are stars and flakes

std::string tones_of(int ground) {
  std::map<std::array<uint8_t, 3>, int> count;
  int total = 0;
  for (int v = 0; v < world::kVariants; ++v) {
    const Image& image = world::background(world::Bg(ground), v);
    for (size_t i = 0; i < image.pixels.size(); i += 3, ++total)
      ++count[{image.pixels[i], image.pixels[i + 1], image.pixels[i + 2]}];
  }
  std::string out;
  for (int covered = 0; covered < kToneCoverage * total;) {
    const auto most =
        std::max_element(count.begin(), count.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
    const auto tone = most->first;
    const auto lab = judge::lab_of(tone[0], tone[1], tone[2]);
    int share = 0;
    for (auto it = count.begin(); it != count.end();) {
      const bool near =
          squared_distance(lab, judge::lab_of(it->first[0], it->first[1], it->first[2])) <= kToneReach * kToneReach;
      if (near) share += it->second;
      it = near ? count.erase(it) : std::next(it);
    }
    covered += share;
    char line[80];
    std::snprintf(line, sizeof line, "    {%d, {%d, %d, %d}, %d},\n", ground, tone[0], tone[1], tone[2],
                  int(1000.0 * share / total + 0.5));
    out += line;
  }
  return out;
}

// Each pixel with its neighbours, weights 1 2 1 both ways.
Image softened(const Image& image) {
  Image out = image;
  for (int y = 1; y + 1 < image.height; ++y)
    for (int x = 1; x + 1 < image.width; ++x)
      for (int c = 0; c < 3; ++c) {
        int sum = 8;
        for (int v = -1; v <= 1; ++v)
          for (int u = -1; u <= 1; ++u) sum += (2 - std::abs(u)) * (2 - std::abs(v)) * image.at(x + u, y + v)[c];
        out.at(x, y)[c] = uint8_t(sum / 16);
      }
  return out;
}

struct Drawn {
  bool soft;
  judge::Segment segment;
  std::array<uint32_t, 24> rows;
};

Drawn drawn(world::Obj obj, int radius, bool flip, world::Col col, world::Bg bg, bool soft) {
  world::Scene scene;
  world::Item item;
  item.obj = obj, item.col = col, item.r = int16_t(radius), item.flip = flip;
  scene.bg = bg, scene.items = {item};
  Image image = world::Renderer().draw(scene);
  if (soft) image = softened(softened(image));
  Drawn out;
  out.soft = soft;
  out.segment = judge::segments_of(image, int(bg)).at(0);
  out.rows = judge::silhouette_of(out.segment);
  return out;
}

std::string silhouette_text(world::Obj obj, const Drawn& d) {
  const judge::Segment& s = d.segment;
  const double side = std::max(s.x1 - s.x0, s.y1 - s.y0);
  const auto hundredths = [&](double low, double high) {
    return std::to_string(int(std::lround(100 * (64 - (low + high) / 2) / side)));
  };
  std::string out = "    {" + std::to_string(int(obj)) + (d.soft ? ", true, " : ", false, ") + hundredths(s.x0, s.x1) +
                    ", " + hundredths(s.y0, s.y1) + ",\n     {";
  for (size_t i = 0; i < d.rows.size(); ++i) {
    char text[32];
    std::snprintf(text, sizeof text, "0x%06x%s", d.rows[i],
                  i + 1 == d.rows.size() ? "}},\n"
                  : i % 8 == 7           ? ",\n      "
                                         : ", ");
    out += text;
  }
  return out;
}

// Every look that a shape can have if it differs: red on white paper, colours whose outline, trunk or neighbourhood
// counts as the colour too (black, brown, green grass), and each of them a little out of focus.
std::string silhouettes_of(world::Obj obj, int radius, bool flip) {
  constexpr std::pair<world::Col, world::Bg> kLooks[] = {{world::Col::red, world::Bg::white},
                                                         {world::Col::black, world::Bg::white},
                                                         {world::Col::brown, world::Bg::white},
                                                         {world::Col::green, world::Bg::meadow}};
  std::vector<Drawn> kept;
  for (const bool soft : {false, true})
    for (const auto& [col, bg] : kLooks) {
      const Drawn other = drawn(obj, radius, flip, col, bg, soft);
      if (std::all_of(kept.begin(), kept.end(),
                      [&](const Drawn& k) { return judge::overlap(k.rows, other.rows) < kSameShape; }))
        kept.push_back(other);
    }
  std::string out;
  for (const Drawn& d : kept) out += silhouette_text(obj, d);
  return out;
}

}  // namespace

std::string drawn_references() {
  std::string out = "// Drawn once from the renderer by make_judge_references; a test draws them again and compares.\n";
  out += "constexpr GroundTone kGroundTones[] = {\n";
  for (int g = 0; g < world::kBackgrounds; ++g) out += tones_of(g);
  out += "};\nconstexpr Silhouette kSilhouettes[] = {\n";
  for (int o = 0; o < world::kObjects; ++o)
    for (const bool flip : {false, true})
      for (const int radius : world::kRadius)
        if (!flip || world::flips(world::Obj(o))) out += silhouettes_of(world::Obj(o), radius, flip);
  return out + "};\n";
}

}  // namespace b3o::test
