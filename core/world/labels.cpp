#include "core/world/labels.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/world/renderer.h"

namespace b3o::world {

CellLabels cell_labels(const Scene& scene) {
  if (!valid(scene)) throw RequestError("the scene breaks the rules of the drawn world");
  constexpr int kSamples = kCellPixels * kCellPixels * 9;
  std::array<int, kCells * kCells> most{};   // samples covered by the leading object
  std::array<int, kCells * kCells> owner{};  // its index
  for (size_t i = 0; i < scene.items.size(); ++i) {
    const Item& item = scene.items[i];
    const Sprite& s = sprite(item.obj, Tex::plain, item.r, item.flip);
    std::array<int, kCells * kCells> covered{};
    for (int y = 0; y < s.side; ++y)
      for (int x = 0; x < s.side; ++x) {
        const int px = item.cx - s.side / 2 + x, py = item.cy - s.side / 2 + y;
        covered[size_t(py / kCellPixels * kCells + px / kCellPixels)] += 9 - s.at(x, y)[0];
      }
    for (size_t c = 0; c < covered.size(); ++c)
      if (covered[c] > most[c]) most[c] = covered[c], owner[c] = int(i);
  }
  CellLabels out;
  for (size_t c = 0; c < most.size(); ++c) {
    if (most[c] == 0) {
      out.obj[c] = CellLabels::kObjClasses - 1, out.col[c] = CellLabels::kColClasses - 1;
      out.size[c] = CellLabels::kSizeClasses - 1, out.place[c] = CellLabels::kPlaceClasses - 1;
      out.row[c] = out.column[c] = CellLabels::kAxisClasses - 1;
    } else if (most[c] * 4 < kSamples) {
      out.obj[c] = out.col[c] = out.size[c] = out.place[c] = out.row[c] = out.column[c] = CellLabels::kIgnored;
    } else {
      const Item& item = scene.items[size_t(owner[c])];
      const auto place = place_of(item);
      out.obj[c] = uint8_t(item.obj), out.col[c] = uint8_t(item.col), out.size[c] = uint8_t(size_of(item));
      out.place[c] = place ? uint8_t(*place) : CellLabels::kIgnored;
      out.row[c] = uint8_t(item.cy / kGrid), out.column[c] = uint8_t(item.cx / kGrid);
    }
  }
  return out;
}

}  // namespace b3o::world
