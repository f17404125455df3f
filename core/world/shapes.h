// The twenty objects as inside/outside functions of the unit circle (embedded-model.md 2.1).
#pragma once

#include "core/world/scene.h"

namespace b3o::world {

// What a point of an object is painted with. `main` is the named colour; `rim` its dark outline, added by the sprite;
// the others are neutral tones.
enum class Tone : uint8_t { none, main, rim, cream, glass, trunk, dark };
inline constexpr int kTones = 7;

Rgb tone_color(Tone tone, Rgb main);

// The tone at (x, y), x to the right and y downwards, the bounding circle having radius 1. Never `rim`.
Tone tone_at(Obj obj, float x, float y);

}  // namespace b3o::world
