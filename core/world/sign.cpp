#include <mutex>

#include "core/world/renderer.h"

// A cream board with capital letters, drawn from strokes.
namespace b3o::world {
namespace {

// Per letter, strokes x0 y0 x1 y1 on a grid of 5 x 7 points.
constexpr const char* kStrokes[26] = {
    "0620 2046 1434",
    "0006 0030 3041 4142 4233 0333 3344 4445 4536 0636",
    "4130 3010 1001 0105 0516 1636 3645",
    "0006 0020 2042 4244 4426 0626",
    "0006 0040 0333 0646",
    "0006 0040 0333",
    "4130 3010 1001 0105 0516 1636 3645 4543 4323",
    "0006 4046 0343",
    "1030 2026 1636",
    "1040 3035 3526 2616 1605",
    "0006 4003 0346",
    "0006 0646",
    "0600 0023 2340 4046",
    "0600 0046 4640",
    "1030 3041 4145 4536 3616 1605 0501 0110",
    "0006 0030 3041 4142 4233 3303",
    "1030 3041 4145 4536 3616 1605 0501 0110 2446",
    "0006 0030 3041 4142 4233 3303 2346",
    "4130 3010 1001 0102 0213 1333 3344 4445 4536 3616 1605",
    "0040 2026",
    "0005 0516 1636 3645 4540",
    "0026 2640",
    "0016 1622 2236 3640",
    "0046 4006",
    "0023 4023 2326",
    "0040 4006 0646",
};
constexpr int kWide = 12, kHigh = 16;  // pixels of a letter with its margin of one pixel
constexpr int kEdge = 4;               // board around the letters

using Glyph = std::array<uint8_t, kWide * kHigh>;  // of the 9 samples of a pixel, those on a stroke

// Within one pixel of the segment a - b.
bool on_stroke(float x, float y, float ax, float ay, float bx, float by) {
  const float dx = bx - ax, dy = by - ay;
  float t = ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy);
  t = t < 0.0f ? 0.0f : t > 1.0f ? 1.0f : t;
  const float u = ax + t * dx - x, v = ay + t * dy - y;
  return u * u + v * v <= 1.0f;
}

Glyph drawn(const char* strokes) {
  Glyph glyph{};
  for (int y = 0; y < kHigh * 3; ++y)
    for (int x = 0; x < kWide * 3; ++x) {
      const float px = (float(x) + 0.5f) / 3.0f - 2.0f, py = (float(y) + 0.5f) / 3.0f - 2.0f;
      for (const char* s = strokes;; s += 5) {
        const auto at = [&](int i) { return float(2 * (s[i] - '0')); };
        if (on_stroke(px, py, at(0), at(1), at(2), at(3))) {
          ++glyph[size_t(y / 3 * kWide + x / 3)];
          break;
        }
        if (!s[4]) break;
      }
    }
  return glyph;
}

const Glyph& glyph_of(char letter) {
  static std::once_flag once;
  static std::array<Glyph, 26> glyphs;
  std::call_once(once, [] {
    for (size_t i = 0; i < glyphs.size(); ++i) glyphs[i] = drawn(kStrokes[i]);
  });
  return glyphs[size_t(letter - 'A')];
}

void mix(uint8_t* p, Rgb over, int parts) {  // of 9
  const int out[3] = {over.r * parts + p[0] * (9 - parts), over.g * parts + p[1] * (9 - parts),
                      over.b * parts + p[2] * (9 - parts)};
  for (int c = 0; c < 3; ++c) p[c] = uint8_t((out[c] + 4) / 9);
}

}  // namespace

void draw_sign(const std::string& word, uint8_t* rgb) {
  const int letters = int(word.size()), width = kWide * letters + 2 * kEdge, height = kHigh + 2 * kEdge;
  const int left = (kCanvas - width) / 2, top = kCanvas - height - 2;
  const Rgb board = tone_color(Tone::cream, {}), ink = tone_color(Tone::dark, {});
  const auto pixel = [&](int x, int y) { return rgb + (size_t(y) * kCanvas + size_t(x)) * 3; };
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      const bool edge = x == 0 || y == 0 || x == width - 1 || y == height - 1;
      mix(pixel(left + x, top + y), edge ? ink : board, 9);
    }
  for (int i = 0; i < letters; ++i) {
    const Glyph& glyph = glyph_of(word[size_t(i)]);
    for (int y = 0; y < kHigh; ++y)
      for (int x = 0; x < kWide; ++x)
        mix(pixel(left + kEdge + i * kWide + x, top + kEdge + y), ink, glyph[size_t(y * kWide + x)]);
  }
}

}  // namespace b3o::world
