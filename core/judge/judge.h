// The classical judge of the drawn world: finds objects in pixels (embedded-model.md 9.1). It includes nothing of the
// program that draws, and is never a training signal.
#pragma once

#include "core/image/image.h"
#include "core/judge/geneval.h"
#include "core/judge/references.h"

namespace b3o::judge {

inline constexpr double kAccepted = 0.60;       // overlap with a silhouette that makes a region an object
inline constexpr double kSoftHandicap = 0.015;  // a sharp silhouette is believed before a soft one

struct Detection {
  int object = 0;       // index into kClassNames
  int color = 0;        // index into kColorNames
  double score = 0;     // overlap with the best silhouette, above kAccepted
  Box box;              // pixels of the coloured region
  double x = 0, y = 0;  // centre of the whole object, handles and stems included
};

struct Sight {
  int ground = 0;                  // index into kGroundNames
  std::vector<Detection> objects;  // best first
};

// RequestError unless the picture has 128 x 128 pixels. Any thread.
Sight look_at(const Image& image);

// For the GenEval rules, with the world's thresholds: kAccepted for every tag.
std::vector<Found> found_in(const Sight& sight);
GenevalSettings world_settings();

}  // namespace b3o::judge
