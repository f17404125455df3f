#include <array>
#include <mutex>

#include "core/world/renderer.h"

// Gradients and hills. Horizons are softened over one pixel.
namespace b3o::world {
namespace {

// sin(2 pi i / 64), a quarter turn; the rest by symmetry.
constexpr float kQuarter[17] = {0.0f,        0.09801714f, 0.19509032f, 0.29028468f, 0.38268343f, 0.47139674f,
                                0.55557023f, 0.63439328f, 0.70710678f, 0.77301045f, 0.83146961f, 0.88192126f,
                                0.92387953f, 0.95694034f, 0.98078528f, 0.99518473f, 1.0f};

// The sine of `turns` whole turns, linear between the stored values; turns >= 0.
float sine(float turns) {
  const float position = (turns - float(int(turns))) * 64.0f;
  const auto stored = [](int i) {
    i %= 64;
    const float sign = i < 32 ? 1.0f : -1.0f;
    i %= 32;
    return sign * kQuarter[i <= 16 ? i : 32 - i];
  };
  const int i = int(position);
  const float part = position - float(i);
  return stored(i) * (1.0f - part) + stored(i + 1) * part;
}

struct Color {
  float r, g, b;
};

Color mixed(const Color& a, const Color& b, float t) {
  return {a.r + (b.r - a.r) * t, a.g + (b.g - a.g) * t, a.b + (b.b - a.b) * t};
}

float clamped(float t) { return t < 0.0f ? 0.0f : t > 1.0f ? 1.0f : t; }

// A wavy line: height of the ground at column x.
struct Hills {
  float level, swell, waves, phase;  // pixels, pixels, waves a picture, turns
  float operator()(int x) const { return level + swell * sine((float(x) + 0.5f) / 128.0f * waves + phase); }
};

// Below `hills` the picture turns from `near` (at the line) to `far` (at the bottom).
void paint_ground(Image& image, const Hills& hills, const Color& near, const Color& far) {
  for (int x = 0; x < kCanvas; ++x) {
    const float line = hills(x);
    for (int y = 0; y < kCanvas; ++y) {
      const float cover = clamped(float(y) + 1.0f - line);
      if (cover <= 0.0f) continue;
      const Color c = mixed(near, far, clamped((float(y) - line) / (128.0f - line)));
      uint8_t* p = image.at(x, y);
      const Color out = mixed({float(p[0]), float(p[1]), float(p[2])}, c, cover);
      p[0] = uint8_t(out.r + 0.5f), p[1] = uint8_t(out.g + 0.5f), p[2] = uint8_t(out.b + 0.5f);
    }
  }
}

void paint_sky(Image& image, const Color& top, const Color& bottom, float height) {
  for (int y = 0; y < kCanvas; ++y) {
    const Color c = mixed(top, bottom, clamped((float(y) + 0.5f) / height));
    for (int x = 0; x < kCanvas; ++x) {
      uint8_t* p = image.at(x, y);
      p[0] = uint8_t(c.r + 0.5f), p[1] = uint8_t(c.g + 0.5f), p[2] = uint8_t(c.b + 0.5f);
    }
  }
}

// Specks of one or two pixels a side, never on the edge.
void paint_specks(Image& image, int count, int below, Rgb color, Rng& rng) {
  for (int i = 0; i < count; ++i) {
    const int x = 2 + rng.below(kCanvas - 5), y = 2 + rng.below(below - 5), side = 1 + rng.below(2);
    for (int v = 0; v < side; ++v)
      for (int u = 0; u < side; ++u) {
        uint8_t* p = image.at(x + u, y + v);
        p[0] = color.r, p[1] = color.g, p[2] = color.b;
      }
  }
}

Image painted(Bg bg, int variant) {
  Image image(kCanvas, kCanvas);
  Rng rng(uint64_t(bg) * kVariants + uint64_t(variant), 77);
  const float v = float(variant);
  switch (bg) {
    case Bg::white:
      paint_sky(image, {252, 252, 250}, {252, 252, 250}, 128);
      for (int y = 0; y < kCanvas; ++y)  // four papers: a barely warmer lower part
        for (int x = 0; x < kCanvas; ++x) image.at(x, y)[2] = uint8_t(image.at(x, y)[2] - variant * y / 64);
      break;
    case Bg::meadow:
      paint_sky(image, {165, 212, 250}, {222, 240, 252}, 96);
      paint_ground(image, {80 + 3 * v, 5, 1.0f, 0.11f + 0.27f * v}, {184, 224, 126}, {160, 212, 110});
      paint_ground(image, {94 + 3 * v, 4, 1.5f, 0.45f + 0.23f * v}, {162, 214, 104}, {142, 202, 90});
      break;
    case Bg::night:
      paint_sky(image, {16, 18, 56}, {50, 52, 108}, 128);
      paint_specks(image, 14, 118, {235, 235, 215}, rng);
      break;
    case Bg::sea:
      paint_sky(image, {214, 234, 248}, {236, 245, 250}, 90);
      paint_ground(image, {78 + 3 * v, 3, 2.0f, 0.2f * v}, {132, 196, 222}, {116, 186, 216});
      paint_ground(image, {98 + 3 * v, 3.5f, 2.5f, 0.4f + 0.3f * v}, {92, 170, 206}, {78, 156, 196});
      break;
    case Bg::sunset:
      paint_sky(image, {250, 190, 150}, {214, 180, 214}, 100);
      paint_ground(image, {92 + 3 * v, 5, 1.0f, 0.3f + 0.21f * v}, {124, 112, 124}, {100, 88, 98});
      break;
    case Bg::snow:
      paint_sky(image, {206, 222, 236}, {226, 236, 244}, 90);
      paint_ground(image, {82 + 3 * v, 4, 1.25f, 0.6f + 0.22f * v}, {248, 251, 253}, {240, 245, 250});
      paint_specks(image, 18, 84, {250, 252, 255}, rng);
      break;
  }
  return image;
}

}  // namespace

const Image& background(Bg bg, int variant) {
  struct Kept {
    std::once_flag once;
    Image image;
  };
  static std::array<Kept, kBackgrounds * kVariants> kept;
  Kept& k = kept[size_t(bg) * kVariants + size_t(variant)];
  std::call_once(k.once, [&] { k.image = painted(bg, variant); });
  return k.image;
}

}  // namespace b3o::world
