#include "core/library/similar.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>

namespace b3o {
namespace {

// Quarters a side: 2, or 1.
int parts_of(int count, int& side) {
  side = int(std::lround(std::sqrt(double(count))));
  return side * side == count && side % 2 == 0 ? 2 : 1;
}

float factor_of(std::string_view compact) {
  float factor = 0;
  std::memcpy(&factor, compact.data(), sizeof factor);
  return factor;
}

const int8_t* values_of(std::string_view compact) {
  return reinterpret_cast<const int8_t*>(compact.data()) + sizeof(float);
}

}  // namespace

std::string compact_tokens(const PictureTokens& tokens) {
  const size_t width = size_t(tokens.width), count = size_t(tokens.count);
  if (tokens.values.empty() || tokens.values.size() != count * width) return {};
  int side = 0;
  const int parts = parts_of(tokens.count, side);
  std::vector<double> sums(width * size_t(parts * parts));
  for (size_t t = 0; t < count; ++t) {
    const size_t row = t / size_t(side), column = t % size_t(side);
    const size_t quarter = parts == 2 ? row / (size_t(side) / 2) * 2 + column / (size_t(side) / 2) : 0;
    for (size_t c = 0; c < width; ++c) sums[quarter * width + c] += double(tokens.values[t * width + c]);
  }
  double length = 0, most = 0;
  for (const double v : sums) {
    length += v * v;
    most = std::max(most, std::abs(v));
  }
  if (!(length > 0) || !std::isfinite(length)) return {};
  const float factor = float(most / 127 / std::sqrt(length));
  std::string out(sizeof factor + sums.size(), '\0');
  std::memcpy(out.data(), &factor, sizeof factor);
  for (size_t i = 0; i < sums.size(); ++i) out[sizeof factor + i] = char(int8_t(std::lround(sums[i] / most * 127)));
  return out;
}

std::vector<float> likeness(const std::vector<std::string_view>& compacts, size_t of) {
  const size_t bytes = compacts[of].size();
  if (bytes <= sizeof(float)) return std::vector<float>(compacts.size(), -2.0f);
  const size_t width = bytes - sizeof(float);
  std::vector<float> mean(width);
  size_t alike = 0;
  for (const auto compact : compacts) {
    if (compact.size() != bytes) continue;
    ++alike;
    const float factor = factor_of(compact);
    const int8_t* values = values_of(compact);
    for (size_t i = 0; i < width; ++i) mean[i] += factor * float(values[i]);
  }
  for (float& v : mean) v /= float(alike);

  const auto centred = [&](std::string_view compact) {
    std::vector<float> out(width);
    const float factor = factor_of(compact);
    const int8_t* values = values_of(compact);
    for (size_t i = 0; i < width; ++i) out[i] = factor * float(values[i]) - mean[i];
    return out;
  };
  const std::vector<float> own = centred(compacts[of]);
  double own_length = 0;
  for (const float v : own) own_length += double(v) * double(v);
  std::vector<float> out;
  for (const auto compact : compacts) {
    if (compact.size() != bytes) {
      out.push_back(-2);
      continue;
    }
    const float factor = factor_of(compact);
    const int8_t* values = values_of(compact);
    float dot[4] = {}, length[4] = {};  // four sums at once: one would wait for itself
    for (size_t i = 0; i < width; ++i) {
      const float v = factor * float(values[i]) - mean[i];
      dot[i % 4] += v * own[i];
      length[i % 4] += v * v;
    }
    const double norm = std::sqrt(double(length[0] + length[1] + length[2] + length[3]) * own_length);
    out.push_back(norm > 0 ? float(double(dot[0] + dot[1] + dot[2] + dot[3]) / norm) : 0.0f);
  }
  return out;
}

}  // namespace b3o
