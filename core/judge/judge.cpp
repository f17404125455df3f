#include "core/judge/judge.h"

#include <algorithm>

#include "core/judge/segments.h"

namespace b3o::judge {
namespace {

constexpr int kLargestSide = 64;    // pixels; objects have at most 52
constexpr double kSamePlace = 0.5;  // of the smaller of two regions: then they are one object

// Objects stay four pixels inside the picture.
bool is_scenery(const Segment& s) {
  const int edges = (s.x0 == 0) + (s.y0 == 0) + (s.x1 == kSide) + (s.y1 == kSide);
  return edges >= 2 || std::max(s.x1 - s.x0, s.y1 - s.y0) > kLargestSide;
}

double shared(const Segment& a, const Segment& b) {
  int common = 0;
  for (int y = std::max(a.y0, b.y0); y < std::min(a.y1, b.y1); ++y)
    for (int x = std::max(a.x0, b.x0); x < std::min(a.x1, b.x1); ++x) common += a.has(x, y) && b.has(x, y);
  return double(common) / std::min(a.filled, b.filled);
}

}  // namespace

Sight look_at(const Image& image) {
  Sight out;
  out.ground = ground_of(image);
  std::vector<Segment> kept;  // the largest first, so that an outline yields to what it surrounds
  for (Segment& s : segments_of(image, out.ground)) {
    if (is_scenery(s)) continue;
    if (std::any_of(kept.begin(), kept.end(), [&](const Segment& k) { return shared(k, s) > kSamePlace; })) continue;
    kept.push_back(std::move(s));
  }
  for (const Segment& s : kept) {
    const auto shape = silhouette_of(s);
    Detection d;
    const Silhouette* best = nullptr;
    double least = 0;
    for (const Silhouette& reference : silhouettes()) {
      const double score = overlap(shape, reference.rows), handicapped = score - (reference.soft ? kSoftHandicap : 0);
      if (handicapped > least) least = handicapped, d.score = score, best = &reference;
    }
    if (d.score <= kAccepted) continue;
    const double side = std::max(s.x1 - s.x0, s.y1 - s.y0);
    d.object = best->object, d.color = s.color;
    d.box = {double(s.x0), double(s.y0), double(s.x1), double(s.y1)};
    d.x = (s.x0 + s.x1) / 2.0 + side * best->dx / 100, d.y = (s.y0 + s.y1) / 2.0 + side * best->dy / 100;
    out.objects.push_back(d);
  }
  std::stable_sort(out.objects.begin(), out.objects.end(),
                   [](const Detection& a, const Detection& b) { return a.score > b.score; });
  return out;
}

std::vector<Found> found_in(const Sight& sight) {
  std::vector<Found> out;
  for (const Detection& d : sight.objects)
    out.push_back({kClassNames[size_t(d.object)], d.score, d.box, kColorNames[size_t(d.color)]});
  return out;
}

GenevalSettings world_settings() {
  GenevalSettings out;
  out.threshold = out.counting_threshold = kAccepted;
  return out;
}

}  // namespace b3o::judge
