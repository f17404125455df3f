// Where an edit works: the picture it ends as, what may change in it, and the part that is painted at the model's size.
// Plain pictures and numbers; no network is needed to know them.
#pragma once

#include <optional>

#include "core/api/event.h"
#include "core/api/request.h"
#include "core/image/region.h"

namespace b3o {

struct EditArea {
  Image base;                 // the source, or the source on its larger canvas
  Box part;                   // of base: what is read and painted
  Image seen;                 // base in that part
  int width = 0, height = 0;  // the size it is painted at
  bool cropped = false;
  std::optional<GrayImage> change;  // in the part: above 0 is painted anew; absent: all of it
  std::optional<GrayImage> alpha;   // in the part: how much of the new picture shows; 0 keeps the base's bytes
  std::optional<GrayImage>
      fresh;                // in the part: what the base's tokens know nothing of; the cells to lock are the rest
  bool by_degrees = false;  // `change` is soft
};

// For a request that passed validate().
EditArea edit_area(const EditRequest& request, const Capabilities& can);

// The base with the painted part in its place, outside the mask byte by byte as it was.
Image put_back(const EditArea& area, const Image& painted);

}  // namespace b3o
