// Scenes to pixels, the same bytes on every platform: float32 + - * / sqrt, a stored sine table, integer blending.
#pragma once

#include <vector>

#include "core/image/image.h"
#include "core/world/scene.h"
#include "core/world/shapes.h"

namespace b3o::world {

// One object of one size, drawn once and kept: how many of the 3 x 3 samples of a pixel have each tone.
// The centre of the object is the corner between the four middle pixels.
struct Sprite {
  int side = 0;                                      // pixels, even
  std::vector<std::array<uint8_t, kTones>> samples;  // [side * side]; each sums to 9
  const std::array<uint8_t, kTones>& at(int x, int y) const { return samples[size_t(y) * size_t(side) + size_t(x)]; }
};
const Sprite& sprite(Obj obj, Tex tex, int radius, bool flip);  // any thread

// One of the fixed pictures of a background, 128 x 128. Any thread.
const Image& background(Bg bg, int variant);

// Up to four letters A - Z on a board at the bottom of the picture.
void draw_sign(const std::string& word, uint8_t* rgb);

struct Renderer {
  // kCanvas * kCanvas * 3 bytes. RequestError when the scene is not valid or its sign cannot be written.
  void draw(const Scene& scene, uint8_t* rgb) const;
  Image draw(const Scene& scene) const;
  // 255 where objects (not the sign) cover at least half of a pixel.
  GrayImage object_mask(const Scene& scene) const;
};

}  // namespace b3o::world
