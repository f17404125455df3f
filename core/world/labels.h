// What each of the 8 x 8 cells of a picture shows, for auxiliary losses; from geometry, not from pixels.
#pragma once

#include "core/world/scene.h"

namespace b3o::world {

inline constexpr int kCells = 8, kCellPixels = kCanvas / kCells;

// Row by row. A cell belongs to the object that covers most of it, if that is at least a quarter; a cell covered less
// is kIgnored everywhere; a cell that no object touches has the "none" class. A property that the object does not
// have clearly (a place between two ninths) is kIgnored.
struct CellLabels {
  static constexpr uint8_t kIgnored = 255;
  static constexpr int kObjClasses = kObjects + 1, kColClasses = kColors + 1, kSizeClasses = 4,
                       kPlaceClasses = kPlaces + 1, kAxisClasses = kCanvas / kGrid + 1;  // none comes last
  std::array<uint8_t, kCells * kCells> obj, col, size, place;
  std::array<uint8_t, kCells * kCells> row, column;  // of the object's centre, in steps of the grid
};
CellLabels cell_labels(const Scene& scene);

}  // namespace b3o::world
