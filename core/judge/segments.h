// Cuts a picture into the regions of one palette colour each.
#pragma once

#include <vector>

#include "core/image/image.h"
#include "core/judge/geneval.h"
#include "core/judge/references.h"

namespace b3o::judge {

inline constexpr int kSide = 128;       // pixels of the pictures that are judged
inline constexpr int kLeastArea = 45;   // pixels of a region
inline constexpr float kFarthest = 35;  // CIELAB distance of a pixel to its tone
inline constexpr float kTooAlike = 15;  // palette colours this near a background's tone are not looked for on it

struct Segment {
  int color = 0;                       // index into kColorNames
  int area = 0;                        // pixels of the colour itself
  int filled = 0;                      // with holes
  int x0 = 0, y0 = 0, x1 = 0, y1 = 0;  // bounding box; x1 and y1 lie outside
  std::vector<uint8_t> mask;           // (x1 - x0) * (y1 - y0), holes filled
  bool has(int x, int y) const {
    return x >= x0 && x < x1 && y >= y0 && y < y1 && mask[size_t(y - y0) * size_t(x1 - x0) + size_t(x - x0)];
  }
};

// The background whose tones explain most of the picture, as an index into kGroundNames.
int ground_of(const Image& image);
// Regions of at least kLeastArea pixels, 8-connected, the largest first.
std::vector<Segment> segments_of(const Image& image, int ground);
// The mask in a square box around it, at 24 x 24.
std::array<uint32_t, 24> silhouette_of(const Segment& segment);
// Common area by joint area.
double overlap(const std::array<uint32_t, 24>& a, const std::array<uint32_t, 24>& b);

}  // namespace b3o::judge
