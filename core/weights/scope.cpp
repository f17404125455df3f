#include "core/weights/scope.h"

#include <ATen/ATen.h>

#include <cmath>

#include "core/base/error.h"
#include "core/base/hash.h"

namespace b3o {
namespace {

bool ends_with(const std::string& text, std::string_view tail) {
  return text.size() >= tail.size() && text.compare(text.size() - tail.size(), tail.size(), tail) == 0;
}

// Element i of the stream of a name: 24 bits in [-1, 1), exact in float.
double unit(uint64_t seed, uint64_t i) {
  const uint64_t z = mix64(seed + (i + 1) * 0x9e3779b97f4a7c15u);
  return double(int64_t(z >> 40) - (int64_t(1) << 23)) / double(int64_t(1) << 23);
}

template <class Rule>
void fill(const std::string& name, at::Tensor& values, Rule rule) {
  const uint64_t seed = fnv1a64(name);
  float* out = values.data_ptr<float>();
  for (int64_t i = 0; i < values.numel(); ++i) out[i] = float(rule(unit(seed, uint64_t(i))));
}

double fan_in(const at::Tensor& values) {
  return values.dim() > 1 ? double(values.numel() / values.size(0)) : double(values.numel());
}

}  // namespace

at::Tensor FilledSource::take(const std::string& name, at::IntArrayRef shape, bool) {
  at::Tensor values = at::empty(shape, at::kFloat);
  fill_(name, values);
  return values.to(placement_.device, placement_.compute);
}

std::optional<Shape> DescribeSource::shape(const std::string& name) { return known_ ? known_(name) : std::nullopt; }

at::Tensor DescribeSource::take(const std::string& name, at::IntArrayRef shape, bool) {
  items_.push_back({name, shape.vec()});
  return at::empty(shape, at::TensorOptions().dtype(at::kFloat).device(at::kMeta));
}

void fill_by_name_qwen(const std::string& name, at::Tensor& values) {
  if (ends_with(name, "bias")) return fill(name, values, [](double u) { return u / 8; });
  if (values.dim() == 1) return fill(name, values, [](double u) { return 1 + u / 8; });
  if (ends_with(name, "embed_tokens.weight") || ends_with(name, "latent_queries"))
    return fill(name, values, [](double u) { return u; });
  const double scale = std::exp2(-std::floor(std::log2(fan_in(values)) / 2));
  fill(name, values, [scale](double u) { return u * scale; });
}

void fill_by_name_decoder(const std::string& name, at::Tensor& values) {
  if (ends_with(name, "gate") || ends_with(name, "cls_token") || ends_with(name, "pos_embed"))
    return fill(name, values, [](double v) { return v; });
  if (values.dim() > 1) {
    const double scale = std::sqrt(3 / fan_in(values));
    return fill(name, values, [scale](double v) { return v * scale; });
  }
  if (ends_with(name, "bias")) return fill(name, values, [](double v) { return 0.1 * v; });
  fill(name, values, [](double v) { return 1 + 0.1 * v; });
}

at::Tensor values_by_name(const std::string& name, at::IntArrayRef shape, double scale) {
  at::Tensor values = at::empty(shape, at::kFloat);
  fill(name, values, [scale](double v) { return v * scale; });
  return values;
}

}  // namespace b3o
