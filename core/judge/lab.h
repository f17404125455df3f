// CIELAB of 8-bit sRGB, white point D65.
#pragma once

#include <cmath>
#include <cstdint>

namespace b3o::judge {

struct Lab {
  float l, a, b;
};

inline Lab lab_of(int red, int green, int blue) {
  const auto linear = [](int v) {
    const float s = float(v) / 255.0f;
    return s <= 0.04045f ? s / 12.92f : std::pow((s + 0.055f) / 1.055f, 2.4f);
  };
  const float r = linear(red), g = linear(green), b = linear(blue);
  const auto f = [](float t) { return t > 216.0f / 24389.0f ? std::cbrt(t) : (24389.0f / 27.0f * t + 16.0f) / 116.0f; };
  const float x = f((0.4124564f * r + 0.3575761f * g + 0.1804375f * b) / 0.95047f);
  const float y = f(0.2126729f * r + 0.7151522f * g + 0.0721750f * b);
  const float z = f((0.0193339f * r + 0.1191920f * g + 0.9503041f * b) / 1.08883f);
  return {116.0f * y - 16.0f, 500.0f * (x - y), 200.0f * (y - z)};
}

inline float squared_distance(const Lab& x, const Lab& y) {
  const float l = x.l - y.l, a = x.a - y.a, b = x.b - y.b;
  return l * l + a * a + b * b;
}

}  // namespace b3o::judge
