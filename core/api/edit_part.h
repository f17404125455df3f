// What follows from an edit before any network runs: where it works, which cells of the picture keep their tokens, and
// the values it begins with. The families go by it, and a window can show it.
#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "core/api/event.h"
#include "core/api/recipe.h"
#include "core/image/region.h"

namespace b3o {

// What a recipe begins with when nobody says otherwise; steps and guidance are the model's own for every mode.
struct EditDefaults {
  double strength = 0.75;
  bool keep_cells = false;
  int resampling = 1;
};
EditDefaults edit_defaults(EditMode mode, const Capabilities& can);

// The size at which a picture of this size is edited: its own, cut to the model's grid, where that is near the model's
// native area; else the usual size of the nearest shape.
std::pair<int, int> edit_size(const Capabilities& can, int width, int height);

struct EditPart {
  Box part;                   // of the picture: what is read and painted
  int width = 0, height = 0;  // the size it is painted at
  bool cropped = false;
};
// width, height: of the picture, an extended one with its new canvas. marked: what may change of it; absent: all of it.
EditPart edit_part(const Recipe& recipe, const Capabilities& can, int width, int height,
                   const std::optional<Box>& marked);

// Whether each cell of a grid of side x side keeps its token, row by row: less of it than a fifth is painted anew. Of a
// mask that covers no cell that far, the cell it covers most is free, or nothing could change.
std::vector<bool> kept_cells(const GrayImage& painted, int side);

}  // namespace b3o
