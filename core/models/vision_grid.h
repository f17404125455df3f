// The size of a picture as the vision tower sees it.
#pragma once

#include <cstdint>

namespace b3o {

struct VisionGrid {
  int64_t t, h, w;  // frames, rows and columns, in patches
};

}  // namespace b3o
