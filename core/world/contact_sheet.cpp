#include "core/world/contact_sheet.h"

#include <algorithm>

#include "core/base/error.h"

namespace b3o::world {

Image contact_sheet(const std::vector<Image>& pictures, int columns, int gap) {
  constexpr int64_t kMaxSide = 16384;
  if (pictures.empty() || pictures[0].empty()) throw RequestError("a contact sheet needs at least one picture");
  if (columns < 1 || gap < 0)
    throw RequestError(cat("a contact sheet has at least one column and no negative gap, got ", columns, " and ", gap));
  const int w = pictures[0].width, h = pictures[0].height;
  for (const Image& p : pictures)
    if (p.width != w || p.height != h)
      throw RequestError(
          cat("a contact sheet takes pictures of one size, got ", w, "x", h, " and ", p.width, "x", p.height));
  const int64_t n = int64_t(pictures.size());
  const int64_t across = std::min<int64_t>(columns, n), down = (n + across - 1) / across;
  const int64_t width = across * (int64_t(w) + gap) - gap, height = down * (int64_t(h) + gap) - gap;
  if (width > kMaxSide || height > kMaxSide)
    throw RequestError(
        cat("the contact sheet would have ", width, "x", height, " pixels, at most ", kMaxSide, " a side"));
  Image out(static_cast<int>(width), static_cast<int>(height));
  std::fill(out.pixels.begin(), out.pixels.end(), uint8_t(255));
  for (int64_t i = 0; i < n; ++i)
    for (int y = 0; y < h; ++y) {
      const uint8_t* row = pictures[size_t(i)].at(0, y);
      std::copy(row, row + size_t(w) * 3, out.at(int(i % across) * (w + gap), int(i / across) * (h + gap) + y));
    }
  return out;
}

}  // namespace b3o::world
