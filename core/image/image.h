// 8-bit pictures as plain values: what every room passes around.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace b3o {

// RGB, 8 bits a channel, sRGB, rows from the top, no padding: pixels.size() == width * height * 3.
struct Image {
  int width = 0;
  int height = 0;
  std::vector<uint8_t> pixels;

  Image() = default;
  Image(int width, int height) : width(width), height(height), pixels(size_t(width) * size_t(height) * 3) {}
  bool empty() const { return pixels.empty(); }
  uint8_t* at(int x, int y) { return pixels.data() + (size_t(y) * size_t(width) + size_t(x)) * 3; }
  const uint8_t* at(int x, int y) const { return pixels.data() + (size_t(y) * size_t(width) + size_t(x)) * 3; }
  bool operator==(const Image&) const = default;
};

// One channel of 8 bits. As a mask: 255 = repaint, 0 = keep.
struct GrayImage {
  int width = 0;
  int height = 0;
  std::vector<uint8_t> pixels;

  GrayImage() = default;
  GrayImage(int width, int height) : width(width), height(height), pixels(size_t(width) * size_t(height)) {}
  bool empty() const { return pixels.empty(); }
  bool operator==(const GrayImage&) const = default;
};

}  // namespace b3o
