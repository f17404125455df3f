#include "core/world/shapes.h"

#include <cmath>

namespace b3o::world {
namespace {

struct Point {
  float x, y;
};

bool in_disc(float x, float y, float cx, float cy, float r) {
  return (x - cx) * (x - cx) + (y - cy) * (y - cy) <= r * r;
}

bool in_ellipse(float x, float y, float cx, float cy, float a, float b) {
  const float u = (x - cx) / a, v = (y - cy) / b;
  return u * u + v * v <= 1.0f;
}

bool in_box(float x, float y, float left, float top, float right, float bottom) {
  return x >= left && x <= right && y >= top && y <= bottom;
}

// A box whose corners are quarter circles of radius r.
bool in_round_box(float x, float y, float left, float top, float right, float bottom, float r) {
  if (!in_box(x, y, left, top, right, bottom)) return false;
  const float u = x < left + r ? left + r - x : x > right - r ? x - right + r : 0.0f;
  const float v = y < top + r ? top + r - y : y > bottom - r ? y - bottom + r : 0.0f;
  return u * u + v * v <= r * r;
}

// Counts the edges to the right of the point.
template <size_t N>
bool in_polygon(float x, float y, const Point (&p)[N]) {
  bool inside = false;
  for (size_t i = 0, j = N - 1; i < N; j = i++)
    if ((p[i].y > y) != (p[j].y > y) && x < (p[j].x - p[i].x) * (y - p[i].y) / (p[j].y - p[i].y) + p[i].x)
      inside = !inside;
  return inside;
}

Tone circle(float x, float y) { return in_disc(x, y, 0, 0, 0.93f) ? Tone::main : Tone::none; }

Tone square(float x, float y) { return in_box(x, y, -0.75f, -0.75f, 0.75f, 0.75f) ? Tone::main : Tone::none; }

Tone triangle(float x, float y) {
  static constexpr Point p[] = {{0, -0.98f}, {0.93f, 0.64f}, {-0.93f, 0.64f}};
  return in_polygon(x, y, p) ? Tone::main : Tone::none;
}

Tone star(float x, float y) {
  static constexpr Point p[] = {{0, -1},    {0.28f, -0.36f}, {0.96f, -0.3f},  {0.45f, 0.16f},  {0.6f, 0.84f},
                                {0, 0.48f}, {-0.6f, 0.84f},  {-0.45f, 0.16f}, {-0.96f, -0.3f}, {-0.28f, -0.36f}};
  return in_polygon(x, y, p) ? Tone::main : Tone::none;
}

Tone heart(float x, float y) {
  const float u = x / 0.84f, v = (0.1f - y) / 0.84f, q = u * u + v * v - 1.0f;
  return q * q * q - u * u * v * v * v <= 0.0f ? Tone::main : Tone::none;
}

Tone moon(float x, float y) {
  return in_disc(x, y, 0.08f, 0, 0.95f) && !in_disc(x, y, 0.5f, -0.14f, 0.72f) ? Tone::main : Tone::none;
}

Tone fish(float x, float y) {
  static constexpr Point tail[] = {{0.2f, -0.3f}, {0.98f, -0.52f}, {0.8f, 0}, {0.98f, 0.52f}, {0.2f, 0.3f}};
  static constexpr Point fin[] = {{-0.42f, -0.4f}, {0.16f, -0.7f}, {0.2f, -0.3f}};
  if (in_disc(x, y, -0.58f, -0.1f, 0.1f)) return Tone::dark;
  if (in_disc(x, y, -0.58f, -0.1f, 0.17f)) return Tone::cream;
  return in_ellipse(x, y, -0.22f, 0, 0.76f, 0.52f) || in_polygon(x, y, tail) || in_polygon(x, y, fin) ? Tone::main
                                                                                                      : Tone::none;
}

Tone house(float x, float y) {
  static constexpr Point roof[] = {{0, -0.98f}, {0.98f, -0.1f}, {-0.98f, -0.1f}};
  if (in_box(x, y, -0.19f, 0.22f, 0.19f, 0.76f)) return Tone::cream;
  if (in_box(x, y, 0.36f, 0.08f, 0.6f, 0.36f) || in_box(x, y, -0.6f, 0.08f, -0.36f, 0.36f)) return Tone::glass;
  return in_polygon(x, y, roof) || in_box(x, y, -0.77f, -0.12f, 0.77f, 0.76f) ||
                 in_box(x, y, 0.42f, -0.86f, 0.7f, -0.2f)
             ? Tone::main
             : Tone::none;
}

Tone tree(float x, float y) {
  static constexpr Point top[] = {{0, -1}, {0.6f, -0.1f}, {-0.6f, -0.1f}};
  static constexpr Point low[] = {{0.24f, -0.12f}, {0.88f, 0.62f}, {-0.88f, 0.62f}, {-0.24f, -0.12f}};
  if (in_polygon(x, y, top) || in_polygon(x, y, low)) return Tone::main;
  return in_box(x, y, -0.17f, 0.6f, 0.17f, 1) ? Tone::trunk : Tone::none;
}

Tone flower(float x, float y) {
  static constexpr Point petals[] = {{0, -0.67f}, {0.58f, -0.335f}, {0.58f, 0.335f},
                                     {0, 0.67f},  {-0.58f, 0.335f}, {-0.58f, -0.335f}};
  if (in_disc(x, y, 0, 0, 0.25f)) return Tone::cream;
  for (const Point& p : petals)
    if (in_disc(x, y, p.x, p.y, 0.32f)) return Tone::main;
  return in_disc(x, y, 0, 0, 0.46f) ? Tone::main : Tone::none;
}

Tone sun(float x, float y) {
  static constexpr Point p[] = {
      {0, -1},     {0.1761f, -0.5421f}, {0.5878f, -0.809f},  {0.4611f, -0.335f},  {0.9511f, -0.309f},
      {0.57f, 0},  {0.9511f, 0.309f},   {0.4611f, 0.335f},   {0.5878f, 0.809f},   {0.1761f, 0.5421f},
      {0, 1},      {-0.1761f, 0.5421f}, {-0.5878f, 0.809f},  {-0.4611f, 0.335f},  {-0.9511f, 0.309f},
      {-0.57f, 0}, {-0.9511f, -0.309f}, {-0.4611f, -0.335f}, {-0.5878f, -0.809f}, {-0.1761f, -0.5421f}};
  if (in_ellipse(x, y, -0.2f, -0.12f, 0.07f, 0.1f) || in_ellipse(x, y, 0.2f, -0.12f, 0.07f, 0.1f)) return Tone::dark;
  if (y > 0.1f && in_disc(x, y, 0, 0, 0.36f) && !in_ellipse(x, y, 0, -0.02f, 0.37f, 0.28f)) return Tone::dark;
  return in_polygon(x, y, p) ? Tone::main : Tone::none;
}

Tone cloud(float x, float y) {
  return in_disc(x, y, -0.58f, 0.14f, 0.38f) || in_disc(x, y, -0.08f, -0.24f, 0.46f) ||
                 in_disc(x, y, 0.5f, 0.04f, 0.38f) || in_round_box(x, y, -0.98f, 0.02f, 0.98f, 0.52f, 0.25f)
             ? Tone::main
             : Tone::none;
}

Tone car(float x, float y) {
  static constexpr Point cabin[] = {{-0.72f, 0}, {-0.46f, -0.56f}, {0.26f, -0.56f}, {0.6f, 0}};
  static constexpr Point back[] = {{-0.5f, -0.06f}, {-0.36f, -0.4f}, {-0.14f, -0.4f}, {-0.14f, -0.06f}};
  static constexpr Point front[] = {{0.02f, -0.06f}, {0.02f, -0.4f}, {0.18f, -0.4f}, {0.38f, -0.06f}};
  for (const float wheel : {-0.52f, 0.52f}) {
    if (in_disc(x, y, wheel, 0.42f, 0.1f)) return Tone::cream;
    if (in_disc(x, y, wheel, 0.42f, 0.25f)) return Tone::dark;
  }
  if (in_polygon(x, y, back) || in_polygon(x, y, front)) return Tone::glass;
  return in_round_box(x, y, -0.98f, -0.08f, 0.98f, 0.44f, 0.14f) || in_polygon(x, y, cabin) ? Tone::main : Tone::none;
}

Tone boat(float x, float y) {
  static constexpr Point hull[] = {{-0.98f, 0.28f}, {0.98f, 0.28f}, {0.62f, 0.84f}, {-0.64f, 0.84f}};
  static constexpr Point sail[] = {{-0.06f, -0.94f}, {-0.06f, 0.3f}, {-0.8f, 0.3f}};
  static constexpr Point jib[] = {{0.1f, -0.78f}, {0.76f, 0.16f}, {0.1f, 0.16f}};
  if (in_polygon(x, y, hull) || in_polygon(x, y, sail)) return Tone::main;
  if (in_polygon(x, y, jib)) return Tone::cream;
  return in_box(x, y, -0.06f, -0.98f, 0.04f, 0.3f) ? Tone::dark : Tone::none;
}

Tone cat(float x, float y) {
  static constexpr Point left_ear[] = {{-0.76f, -0.86f}, {-0.06f, -0.46f}, {-0.86f, 0.1f}};
  static constexpr Point right_ear[] = {{0.76f, -0.86f}, {0.86f, 0.1f}, {0.06f, -0.46f}};
  if (in_ellipse(x, y, -0.37f, 0.02f, 0.12f, 0.17f) || in_ellipse(x, y, 0.37f, 0.02f, 0.12f, 0.17f)) return Tone::dark;
  if (in_ellipse(x, y, 0, 0.34f, 0.1f, 0.07f)) return Tone::dark;
  if (in_ellipse(x, y, 0, 0.44f, 0.3f, 0.2f)) return Tone::cream;
  return in_ellipse(x, y, 0, 0.14f, 0.94f, 0.7f) || in_polygon(x, y, left_ear) || in_polygon(x, y, right_ear)
             ? Tone::main
             : Tone::none;
}

Tone bird(float x, float y) {
  static constexpr Point beak[] = {{0.7f, -0.5f}, {1, -0.3f}, {0.7f, -0.22f}};
  static constexpr Point tail[] = {{-0.98f, -0.42f}, {-0.3f, -0.2f}, {-0.4f, 0.36f}, {-0.9f, 0.02f}};
  if (in_disc(x, y, 0.52f, -0.46f, 0.09f)) return Tone::dark;
  if (in_ellipse(x, y, -0.12f, 0.1f, 0.32f, 0.2f)) return Tone::cream;
  if (in_ellipse(x, y, 0, 0.14f, 0.62f, 0.5f) || in_disc(x, y, 0.44f, -0.4f, 0.36f) || in_polygon(x, y, tail))
    return Tone::main;
  if (in_polygon(x, y, beak)) return Tone::trunk;
  return in_box(x, y, -0.16f, 0.5f, -0.06f, 0.92f) || in_box(x, y, 0.12f, 0.5f, 0.22f, 0.92f) ? Tone::dark : Tone::none;
}

Tone cup(float x, float y) {
  static constexpr Point body[] = {{-0.86f, -0.66f}, {0.46f, -0.66f}, {0.3f, 0.82f}, {-0.7f, 0.82f}};
  if (in_ellipse(x, y, -0.2f, -0.66f, 0.63f, 0.145f)) return Tone::cream;
  if (in_polygon(x, y, body) || in_ellipse(x, y, -0.2f, -0.66f, 0.66f, 0.175f)) return Tone::main;
  return in_disc(x, y, 0.42f, 0.02f, 0.54f) && !in_disc(x, y, 0.42f, 0.02f, 0.21f) ? Tone::main : Tone::none;
}

Tone umbrella(float x, float y) {
  if (in_disc(x, y, 0, 0.06f, 0.98f) && y <= 0.1f) {
    bool scallop = false;
    for (const float c : {-0.735f, -0.245f, 0.245f, 0.735f})
      scallop = scallop || in_ellipse(x, y, c, 0.12f, 0.235f, 0.26f);
    if (!scallop) return Tone::main;
  }
  if (in_box(x, y, -0.05f, -1, 0.05f, 0.78f)) return Tone::dark;
  const bool hook = in_disc(x, y, -0.17f, 0.76f, 0.22f) && !in_disc(x, y, -0.17f, 0.76f, 0.12f) && y >= 0.76f;
  return hook ? Tone::dark : Tone::none;
}

Tone mushroom(float x, float y) {
  if (in_disc(x, y, -0.38f, -0.2f, 0.17f) || in_disc(x, y, 0.1f, -0.54f, 0.18f) || in_disc(x, y, 0.46f, -0.08f, 0.14f))
    return Tone::cream;
  if (in_ellipse(x, y, 0, 0.2f, 0.86f, 1.18f) && y <= 0.2f) return Tone::main;
  if (in_ellipse(x, y, 0, 0.2f, 0.86f, 0.18f)) return Tone::main;
  return in_round_box(x, y, -0.3f, 0.1f, 0.3f, 0.98f, 0.16f) ? Tone::cream : Tone::none;
}

Tone balloon(float x, float y) {
  static constexpr Point taper[] = {{-0.52f, -0.1f}, {0.52f, -0.1f},  {0.1f, 0.5f},
                                    {0.16f, 0.62f},  {-0.16f, 0.62f}, {-0.1f, 0.5f}};
  if (in_ellipse(x, y, -0.24f, -0.54f, 0.1f, 0.17f)) return Tone::glass;
  if (in_ellipse(x, y, 0, -0.36f, 0.6f, 0.64f) || in_polygon(x, y, taper)) return Tone::main;
  return in_box(x, y, -0.04f, 0.6f, 0.04f, 1) ? Tone::dark : Tone::none;
}

}  // namespace

Rgb tone_color(Tone tone, Rgb main) {
  switch (tone) {
    case Tone::rim:
      return {uint8_t((main.r * 55 + 50) / 100), uint8_t((main.g * 55 + 50) / 100), uint8_t((main.b * 55 + 50) / 100)};
    case Tone::cream:
      return {250, 244, 225};
    case Tone::glass:
      return {250, 250, 250};
    case Tone::trunk:
      return {150, 125, 105};
    case Tone::dark:
      return {86, 82, 88};
    default:
      return main;
  }
}

Tone tone_at(Obj obj, float x, float y) {
  static constexpr Tone (*kShapes[kObjects])(float, float) = {
      circle, square, triangle, star, heart, moon, fish, house,    tree,     flower,
      sun,    cloud,  car,      boat, cat,   bird, cup,  umbrella, mushroom, balloon};
  return kShapes[int(obj)](x, y);
}

}  // namespace b3o::world
