#include "core/models/qwen_positions.h"

#include <ATen/ATen.h>

#include <algorithm>

#include "core/base/error.h"

namespace b3o {
namespace {

// Writes the positions of one picture at column `column`; returns the number of its tokens.
int64_t place_picture(at::TensorAccessor<int64_t, 2> out, int64_t column, std::span<const int64_t> left,
                      const VisionGrid& grid, const PictureTokens& tokens, int64_t base) {
  const int64_t rows = grid.h / tokens.merge, columns = grid.w / tokens.merge;
  const auto room = int64_t(left.size());
  if (grid.t < 1 || rows < 1 || columns < 1)
    throw RequestError(cat("a picture of ", grid.t, "x", grid.h, "x", grid.w, " patches has no tokens"));
  const bool fits = grid.t <= room && rows <= room / grid.t && columns <= room / (grid.t * rows);
  const int64_t count = fits ? grid.t * rows * columns : 0;
  const auto found = std::find_if(left.begin(), left.end(), [&](int64_t id) { return id != tokens.image_pad; });
  if (!fits || found - left.begin() < count)
    throw RequestError(cat("the prompt has ", found - left.begin(), " image tokens in a row, but the picture of ",
                           grid.t, "x", grid.h, "x", grid.w, " patches needs ", grid.t, "x", rows, "x", columns));
  for (int64_t i = 0; i < count; ++i) {
    out[0][column + i] = base;  // the frames of a picture share one time
    out[1][column + i] = base + i / columns % rows;
    out[2][column + i] = base + i % columns;
  }
  return count;
}

}  // namespace

at::Tensor chat_positions(std::span<const int64_t> ids, std::span<const VisionGrid> grids, const PictureTokens& tokens,
                          ChatPositions& at) {
  ensure(tokens.merge >= 1, "a merge of at least one patch");
  const auto count = int64_t(ids.size());
  at::Tensor positions = at::empty({3, count}, at::kLong);
  auto out = positions.accessor<int64_t, 2>();
  int64_t next = at.next;
  size_t used = 0;
  for (int64_t i = 0; i < count;) {
    for (int axis = 0; axis < 3; ++axis) out[axis][i] = next;
    ++next;
    const bool picture = !grids.empty() && ids[size_t(i)] == tokens.vision_start && i + 1 < count &&
                         ids[size_t(i) + 1] == tokens.image_pad;
    ++i;
    if (!picture) continue;
    if (used == grids.size())
      throw RequestError(cat("the prompt shows more pictures than the ", grids.size(), " that were given"));
    const VisionGrid& grid = grids[used++];
    i += place_picture(out, i, ids.subspan(size_t(i)), grid, tokens, next);
    next += std::max(grid.h, grid.w) / tokens.merge;
  }
  if (used != grids.size()) throw RequestError(cat(grids.size(), " pictures were given, but the prompt shows ", used));
  at = {at.length + count, next};
  return positions;
}

at::Tensor plain_positions(int64_t begin, int64_t count) {
  return at::arange(begin, begin + count, at::kLong).expand({3, count});
}

}  // namespace b3o
