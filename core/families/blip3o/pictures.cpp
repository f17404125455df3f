#include "core/families/blip3o/pictures.h"

#include <ATen/ATen.h>

#include <cstring>

namespace b3o {

VisionInput vision_input(const Image& image, const QwenImageConfig& config) {
  const QwenPixels pixels = qwen_pixels(image, config);
  const int64_t rows = pixels.grid.t * pixels.grid.h * pixels.grid.w;
  return {tensor_of(pixels.values, {rows, int64_t(pixels.values.size()) / rows}),
          {pixels.grid.t, pixels.grid.h, pixels.grid.w}};
}

at::Tensor tensor_of(const Image& image) {
  at::Tensor out = at::empty({image.height, image.width, 3}, at::kByte);
  std::memcpy(out.data_ptr<uint8_t>(), image.pixels.data(), image.pixels.size());
  return out;
}

Image image_of(const at::Tensor& bytes) {
  const at::Tensor on_cpu = bytes.to(at::kCPU).contiguous();
  Image out(int(on_cpu.size(1)), int(on_cpu.size(0)));
  std::memcpy(out.pixels.data(), on_cpu.data_ptr<uint8_t>(), out.pixels.size());
  return out;
}

at::Tensor tensor_of(const std::vector<float>& values, at::IntArrayRef shape) {
  at::Tensor out = at::empty(shape, at::kFloat);
  std::memcpy(out.data_ptr<float>(), values.data(), values.size() * sizeof(float));
  return out;
}

std::vector<float> floats_of(const at::Tensor& values) {
  const at::Tensor flat = values.to(at::kCPU, at::kFloat).contiguous();
  return {flat.data_ptr<float>(), flat.data_ptr<float>() + flat.numel()};
}

}  // namespace b3o
