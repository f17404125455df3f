// The float a network gets for every 8-bit level of every channel.
#pragma once

#include <span>

namespace b3o {

struct NormalisedLevels {
  float of[3][256];

  // (level / 255 - mean) / std, each operation rounded to float32 as in the reference (understanding.md 4.4).
  NormalisedLevels(std::span<const double, 3> mean, std::span<const double, 3> std) {
    for (int c = 0; c < 3; ++c)
      for (int level = 0; level < 256; ++level) {
        const float centred = float(level * (1.0 / 255)) - float(mean[size_t(c)]);
        of[c][level] = centred / float(std[size_t(c)]);
      }
  }
};

}  // namespace b3o
