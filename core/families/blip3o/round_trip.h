// Pictures through the autoencoder alone: what painting could reach at best.
#pragma once

#include "core/families/blip3o/paint.h"

namespace b3o {

class RoundTrip {
 public:
  // Reads only the autoencoder. LoadError; RequestError for a folder without one.
  explicit RoundTrip(const LoadModel& request);
  // Encoded to the mean of its distribution and decoded. The sides must be multiples of the autoencoder's factor.
  Image operator()(const Image& image);

 private:
  FolderConfig config_;
  Networks networks_;
  Painter painter_;
};

}  // namespace b3o
