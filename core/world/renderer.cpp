#include "core/world/renderer.h"

#include <cstring>
#include <mutex>

#include "core/base/error.h"

namespace b3o::world {
namespace {

constexpr int kSub = 3;               // samples a pixel and axis
constexpr float kRim = 1.2f;          // pixels
constexpr float kHollowBand = 4;      // pixels of a hollow object that stay
constexpr float kTextureEdge = 2.6f;  // stripes and spots keep this far inside, so that the colour stays connected

// A square of samples around the object's centre.
struct Field {
  int side;
  std::vector<Tone> tone;
  Tone at(int x, int y) const {
    return x < 0 || y < 0 || x >= side || y >= side ? Tone::none : tone[size_t(y) * size_t(side) + size_t(x)];
  }
};

// Whether a sample whose tone has the property lies within `pixels` of (x, y).
template <class Property>
bool near(const Field& field, int x, int y, float pixels, Property property) {
  const float reach = pixels * kSub;
  const int n = int(reach);
  for (int v = -n; v <= n; ++v)
    for (int u = -n; u <= n; ++u)
      if (float(u * u + v * v) <= reach * reach && property(field.at(x + u, y + v))) return true;
  return false;
}

bool unpainted(Tone tone) { return tone == Tone::none; }
bool not_main(Tone tone) { return tone != Tone::main; }

bool stripe(int x, int y) { return (x + y + 3000) / kSub % 8 < 3; }

// Dots of radius 2 on a grid of 8 pixels, every other row shifted.
bool spot(int x, int y) {
  const int step = 8 * kSub, row = (y + 40 * step) / step;
  const int u = (x + 40 * step + (row % 2) * step / 2) % step - step / 2, v = (y + 40 * step) % step - step / 2;
  return u * u + v * v <= 4 * kSub * kSub;
}

Tone textured(const Field& field, Tex tex, int x, int y) {
  const Tone tone = field.at(x, y);
  if (tex == Tex::hollow) {  // the band has no details
    if (tone == Tone::cream || tone == Tone::glass || tone == Tone::main)
      return near(field, x, y, kHollowBand, unpainted) ? Tone::main : Tone::none;
    return tone;
  }
  if (tex == Tex::plain || tone != Tone::main || near(field, x, y, kTextureEdge, not_main)) return tone;
  const int u = x - field.side / 2, v = y - field.side / 2;
  return (tex == Tex::striped ? stripe(u, v) : spot(u, v)) ? Tone::cream : tone;
}

Sprite made_sprite(Obj obj, Tex tex, int radius, bool flip) {
  Sprite out;
  out.side = 2 * (radius + 1);
  Field field{out.side * kSub, {}};
  const float half = float(field.side) * 0.5f, unit = float(radius * kSub);
  for (int y = 0; y < field.side; ++y)
    for (int x = 0; x < field.side; ++x) {
      const float u = (float(x) + 0.5f - half) / unit;
      field.tone.push_back(tone_at(obj, flip ? -u : u, (float(y) + 0.5f - half) / unit));
    }
  out.samples.resize(size_t(out.side) * size_t(out.side));
  for (int y = 0; y < field.side; ++y)
    for (int x = 0; x < field.side; ++x) {
      Tone tone = textured(field, tex, x, y);
      if (tone != Tone::none && tone != Tone::dark && near(field, x, y, kRim, unpainted)) tone = Tone::rim;
      ++out.samples[size_t(y / kSub) * size_t(out.side) + size_t(x / kSub)][size_t(tone)];
    }
  return out;
}

void blend(const Item& item, uint8_t* rgb) {
  const Sprite& s = sprite(item.obj, item.tex, item.r, item.flip);
  const Rgb main = color_of(item);
  Rgb tones[kTones];
  for (int t = 0; t < kTones; ++t) tones[t] = tone_color(Tone(t), main);
  const int left = item.cx - s.side / 2, top = item.cy - s.side / 2;
  for (int y = 0; y < s.side; ++y)
    for (int x = 0; x < s.side; ++x) {
      const auto& n = s.at(x, y);
      if (n[0] == 9) continue;
      uint8_t* p = rgb + (size_t(top + y) * kCanvas + size_t(left + x)) * 3;
      int r = n[0] * p[0], g = n[0] * p[1], b = n[0] * p[2];
      for (int t = 1; t < kTones; ++t) r += n[t] * tones[t].r, g += n[t] * tones[t].g, b += n[t] * tones[t].b;
      p[0] = uint8_t((r + 4) / 9), p[1] = uint8_t((g + 4) / 9), p[2] = uint8_t((b + 4) / 9);
    }
}

}  // namespace

const Sprite& sprite(Obj obj, Tex tex, int radius, bool flip) {
  struct Kept {
    std::once_flag once;
    Sprite sprite;
  };
  static std::array<Kept, size_t(kObjects) * kTextures * 3 * 2> kept;
  const int size = radius <= kRadius[0] ? 0 : radius < kRadius[2] ? 1 : 2;
  Kept& k = kept[((size_t(obj) * kTextures + size_t(tex)) * 3 + size_t(size)) * 2 + (flip ? 1 : 0)];
  std::call_once(k.once, [&] { k.sprite = made_sprite(obj, tex, kRadius[size], flip); });
  return k.sprite;
}

void Renderer::draw(const Scene& scene, uint8_t* rgb) const {
  if (!valid(scene)) throw RequestError("the scene breaks the rules of the drawn world");
  const Image& back = background(scene.bg, int(scene.bg_seed % kVariants));
  std::memcpy(rgb, back.pixels.data(), back.pixels.size());
  for (const Item& item : scene.items) blend(item, rgb);
  if (!scene.sign.empty()) draw_sign(scene.sign, rgb);
}

Image Renderer::draw(const Scene& scene) const {
  Image image(kCanvas, kCanvas);
  draw(scene, image.pixels.data());
  return image;
}

GrayImage Renderer::object_mask(const Scene& scene) const {
  if (!valid(scene)) throw RequestError("the scene breaks the rules of the drawn world");
  GrayImage mask(kCanvas, kCanvas);
  for (const Item& item : scene.items) {
    const Sprite& s = sprite(item.obj, Tex::plain, item.r, item.flip);
    const int left = item.cx - s.side / 2, top = item.cy - s.side / 2;
    for (int y = 0; y < s.side; ++y)
      for (int x = 0; x < s.side; ++x)
        if (s.at(x, y)[0] <= 4) mask.pixels[size_t(top + y) * kCanvas + size_t(left + x)] = 255;
  }
  return mask;
}

}  // namespace b3o::world
