#include "core/judge/segments.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <memory>
#include <mutex>

#include "core/base/error.h"
#include "core/judge/lab.h"

namespace b3o::judge {
namespace {

constexpr uint8_t kNothing = 255;
constexpr int kBits = 6, kLevels = 1 << kBits;  // a channel of the colour table

Lab lab_of(const ReferenceTone& t) { return judge::lab_of(t.r, t.g, t.b); }

size_t table_index(const uint8_t* p) {
  return (size_t(p[0] >> (8 - kBits)) << (2 * kBits)) | (size_t(p[1] >> (8 - kBits)) << kBits) |
         size_t(p[2] >> (8 - kBits));
}

// CIELAB of the middle of every entry of the table.
const std::vector<Lab>& table_labs() {
  static const std::vector<Lab> labs = [] {
    std::vector<Lab> out;
    constexpr int step = 256 / kLevels;
    for (int r = 0; r < kLevels; ++r)
      for (int g = 0; g < kLevels; ++g)
        for (int b = 0; b < kLevels; ++b)
          out.push_back(judge::lab_of(r * step + step / 2, g * step + step / 2, b * step + step / 2));
    return out;
  }();
  return labs;
}

// The nearest of the references for every entry of the table: its label, or kNothing when it is farther than
// `farthest`.
struct Reference {
  Lab lab;
  uint8_t label;
};

std::vector<uint8_t> labelled(const std::vector<Reference>& references, float farthest) {
  std::vector<uint8_t> out;
  out.reserve(table_labs().size());
  for (const Lab& lab : table_labs()) {
    float least = farthest * farthest;
    uint8_t label = kNothing;
    for (const Reference& r : references)
      if (const float d = squared_distance(lab, r.lab); d < least) least = d, label = r.label;
    out.push_back(label);
  }
  return out;
}

// Colour labels on one background: palette index, or kNothing for details, outlines and the background itself.
const std::vector<uint8_t>& color_table(int ground) {
  struct Kept {
    std::once_flag once;
    std::vector<uint8_t> table;
  };
  static std::array<Kept, kGrounds> kept;
  Kept& k = kept[size_t(ground)];
  std::call_once(k.once, [&] {
    std::vector<Reference> references;
    std::vector<Lab> ground_labs;
    for (const GroundTone& t : ground_tones())
      if (t.ground == ground) ground_labs.push_back(lab_of(t.tone));
    const auto nearest = [](const Lab& lab, const std::vector<Lab>& labs) {
      float least = 1e9f;
      for (const Lab& other : labs) least = std::min(least, squared_distance(lab, other));
      return std::sqrt(least);
    };
    std::vector<Lab> palette, looked_for;
    for (const ReferenceTone& t : kPaletteTones) palette.push_back(lab_of(t));
    for (size_t c = 0; c < palette.size(); ++c) {
      if (nearest(palette[c], ground_labs) >= kTooAlike) {
        references.push_back({palette[c], uint8_t(c)});
        looked_for.push_back(palette[c]);
      }
      const ReferenceTone& t = kPaletteTones[c];
      // The dark outline of an object, unless it could be another colour (orange's is nearly brown).
      const Lab rim = judge::lab_of(t.r * 55 / 100, t.g * 55 / 100, t.b * 55 / 100);
      if (nearest(rim, palette) > 25) references.push_back({rim, kNothing});
    }
    for (const ReferenceTone& t : kNeutralTones) {
      const Lab lab = lab_of(t);  // a detail with the tone of a colour that is looked for is that colour
      if (nearest(lab, looked_for) > 5) references.push_back({lab, kNothing});
    }
    for (const Lab& lab : ground_labs) references.push_back({lab, kNothing});
    k.table = labelled(references, kFarthest);
  });
  return k.table;
}

void fill_holes(Segment& s) {
  const int w = s.x1 - s.x0, h = s.y1 - s.y0;
  std::vector<uint8_t> outside(s.mask.size());
  std::vector<int> open;
  const auto visit = [&](int x, int y) {
    if (x < 0 || y < 0 || x >= w || y >= h) return;
    const size_t i = size_t(y * w + x);
    if (s.mask[i] || outside[i]) return;
    outside[i] = 1;
    open.push_back(int(i));
  };
  for (int x = 0; x < w; ++x) visit(x, 0), visit(x, h - 1);
  for (int y = 0; y < h; ++y) visit(0, y), visit(w - 1, y);
  while (!open.empty()) {
    const int i = open.back();
    open.pop_back();
    visit(i % w - 1, i / w), visit(i % w + 1, i / w), visit(i % w, i / w - 1), visit(i % w, i / w + 1);
  }
  s.filled = 0;
  for (size_t i = 0; i < s.mask.size(); ++i) {
    s.mask[i] = !outside[i];
    s.filled += s.mask[i];
  }
}

void require_world_picture(const Image& image) {
  if (image.width != kSide || image.height != kSide)
    throw RequestError(cat("the judge of the drawn world looks at pictures of ", kSide, "x", kSide, " pixels, got ",
                           image.width, "x", image.height));
}

}  // namespace

int ground_of(const Image& image) {
  require_world_picture(image);
  static const std::vector<uint8_t> table = [] {
    std::vector<Reference> references;
    for (const GroundTone& t : ground_tones()) references.push_back({lab_of(t.tone), uint8_t(references.size())});
    return labelled(references, 10);
  }();
  std::array<int, 256> hits{};
  int looked = 0;
  for (int y = 1; y < kSide; y += 3)
    for (int x = 1; x < kSide; x += 3, ++looked) ++hits[table[table_index(image.at(x, y))]];
  std::array<float, kGrounds> common{};  // to the histograms of tones of the picture and of a background
  size_t i = 0;
  for (const GroundTone& t : ground_tones())
    common[t.ground] += std::min(float(t.share) / 1000.0f, float(hits[i++]) / float(looked));
  return int(std::max_element(common.begin(), common.end()) - common.begin());
}

std::vector<Segment> segments_of(const Image& image, int ground) {
  require_world_picture(image);
  const std::vector<uint8_t>& table = color_table(ground);
  constexpr int kPixels = kSide * kSide;
  std::vector<uint8_t> label(kPixels);
  for (int i = 0; i < kPixels; ++i) label[size_t(i)] = table[table_index(image.pixels.data() + size_t(i) * 3)];
  std::vector<Segment> out;
  std::vector<int> open, members;
  for (int start = 0; start < kPixels; ++start) {
    const uint8_t color = label[size_t(start)];
    if (color == kNothing) continue;
    Segment s;
    s.color = color, s.x0 = s.y0 = kSide;
    open.assign(1, start);
    members.clear();
    label[size_t(start)] = kNothing;
    while (!open.empty()) {
      const int i = open.back(), x = i % kSide, y = i / kSide;
      open.pop_back();
      members.push_back(i);
      s.x0 = std::min(s.x0, x), s.x1 = std::max(s.x1, x + 1), s.y0 = std::min(s.y0, y), s.y1 = std::max(s.y1, y + 1);
      for (int v = std::max(0, y - 1); v <= std::min(kSide - 1, y + 1); ++v)
        for (int u = std::max(0, x - 1); u <= std::min(kSide - 1, x + 1); ++u)
          if (label[size_t(v * kSide + u)] == color) {
            label[size_t(v * kSide + u)] = kNothing;
            open.push_back(v * kSide + u);
          }
    }
    s.area = int(members.size());
    if (s.area < kLeastArea) continue;
    const int w = s.x1 - s.x0;
    s.mask.assign(size_t(w) * size_t(s.y1 - s.y0), 0);
    for (const int i : members) s.mask[size_t((i / kSide - s.y0) * w + i % kSide - s.x0)] = 1;
    fill_holes(s);
    out.push_back(std::move(s));
  }
  std::stable_sort(out.begin(), out.end(), [](const Segment& a, const Segment& b) { return a.area > b.area; });
  return out;
}

std::array<uint32_t, 24> silhouette_of(const Segment& s) {
  constexpr int kSamples = 4;  // a cell and axis
  const int w = s.x1 - s.x0, h = s.y1 - s.y0;
  const float side = float(std::max(w, h)), left = float(s.x0) + (float(w) - side) * 0.5f,
              top = float(s.y0) + (float(h) - side) * 0.5f;
  std::array<int, 24 * kSamples> columns;
  for (int i = 0; i < 24 * kSamples; ++i)
    columns[size_t(i)] = int(std::floor(left + (float(i) + 0.5f) * side / (24.0f * kSamples)));
  std::array<uint32_t, 24> out{};
  for (int y = 0; y < 24; ++y) {
    std::array<int, 24> hits{};
    for (int v = 0; v < kSamples; ++v) {
      const int row = int(std::floor(top + (float(y * kSamples + v) + 0.5f) * side / (24.0f * kSamples)));
      for (int i = 0; i < 24 * kSamples; ++i) hits[size_t(i / kSamples)] += s.has(columns[size_t(i)], row);
    }
    for (int x = 0; x < 24; ++x)
      if (hits[size_t(x)] * 2 >= kSamples * kSamples) out[size_t(y)] |= 1u << (23 - x);
  }
  return out;
}

double overlap(const std::array<uint32_t, 24>& a, const std::array<uint32_t, 24>& b) {
  int common = 0, joint = 0;
  for (size_t i = 0; i < a.size(); ++i) common += std::popcount(a[i] & b[i]), joint += std::popcount(a[i] | b[i]);
  return joint ? double(common) / joint : 0;
}

}  // namespace b3o::judge
