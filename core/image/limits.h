// The sizes of pictures this program handles, checked before memory is asked for.
#pragma once

#include <cstdint>
#include <string>

#include "core/base/error.h"

namespace b3o {

inline constexpr int64_t kMaxSide = 16384;
inline constexpr int64_t kMaxPixels = int64_t(64) << 20;
inline constexpr int64_t kMaxRatio = 200;  // the longer side over the shorter one
inline constexpr int64_t kAnyShape = kMaxSide;

// What is wrong with a size, to follow "it ..."; empty when nothing is.
inline std::string size_problem(int64_t width, int64_t height, int64_t max_ratio = kMaxRatio) {
  if (width < 1 || height < 1) return cat("is ", width, " x ", height, " pixels, which holds no picture");
  if (width > kMaxSide || height > kMaxSide)
    return cat("is ", width, " x ", height, " pixels, at most ", kMaxSide, " a side are accepted");
  if (width * height > kMaxPixels)
    return cat("is ", width, " x ", height, " pixels, at most ", kMaxPixels, " in all are accepted");
  if (width > height * max_ratio || height > width * max_ratio)
    return cat("is ", width, " x ", height, " pixels, one side may be at most ", max_ratio, " times the other");
  return {};
}

}  // namespace b3o
