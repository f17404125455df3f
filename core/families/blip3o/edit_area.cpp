#include "core/families/blip3o/edit_area.h"

#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/image/canvas.h"
#include "core/image/mask.h"
#include "core/image/resize.h"

namespace b3o {
namespace {

// Shapes that models of this kind were trained with, as sides of about 1024 x 1024 pixels (decoder.md 5.4).
constexpr int kShapes[][2] = {{1024, 1024}, {1152, 896}, {1216, 832}, {1344, 768}, {1536, 640}};
// Areas near the native one, as shares of it, that are painted as they are.
constexpr double kSmallest = 0.5, kLargest = 1.5;
constexpr uint64_t kCanvasSeed = 0;  // proposals differ by what is painted, not by what it starts from
constexpr double kWholePart = 0.5;   // a mask whose surroundings are more of the picture than this is not cropped to

Margins margins_of(const EditSettings& e) { return {e.left, e.top, e.right, e.bottom}; }

// What is marked, in the base's pixels; nothing when the whole picture may change.
std::optional<GrayImage> change_of(const EditRequest& request) {
  const EditSettings& e = request.recipe.edit;
  if (e.mode == EditMode::extend)
    return extension_mask(request.source->width, request.source->height, margins_of(e), e.padding);
  if (request.mask) return grow(*request.mask, request.recipe.grow);
  return std::nullopt;
}

// Whether only the surroundings of the mask are painted, when the recipe does not say: where the whole picture would
// have to shrink for it, and the part is much less than the whole.
bool crop_helps(const EditRequest& request, const Image& base, const Box& part, std::pair<int, int> whole) {
  const EditMode mode = request.recipe.edit.mode;
  if (mode != EditMode::repaint && mode != EditMode::extend) return false;
  const bool shrinks = whole.first < base.width || whole.second < base.height;
  return shrinks && double(part.width) * part.height <= kWholePart * base.width * base.height;
}

}  // namespace

std::pair<int, int> edit_size(const Capabilities& can, int width, int height) {
  if (!can.free_size) return {can.native_width, can.native_height};
  const int grid = can.size_multiple;
  const double native = double(can.native_width) * can.native_height;
  const int cut_width = width / grid * grid, cut_height = height / grid * grid;
  const double share = double(cut_width) * cut_height / native;
  if (share >= kSmallest && share <= kLargest && std::max(cut_width, cut_height) <= can.max_side)
    return {cut_width, cut_height};
  const double wanted = std::abs(std::log(double(width) / height));
  const auto* nearest = std::min_element(std::begin(kShapes), std::end(kShapes), [&](const auto& a, const auto& b) {
    const auto off = [&](const auto& shape) { return std::abs(std::log(double(shape[0]) / shape[1]) - wanted); };
    return off(a) < off(b);
  });
  const double scale = std::sqrt(native) / kShapes[0][0];
  const auto side = [&](int pixels) {
    return std::clamp(int(std::lround(pixels * scale / grid)) * grid, grid, can.max_side / grid * grid);
  };
  const int longer = side((*nearest)[0]), shorter = side((*nearest)[1]);
  return width >= height ? std::pair{longer, shorter} : std::pair{shorter, longer};
}

EditArea edit_area(const EditRequest& request, const Capabilities& can) {
  const EditSettings& e = request.recipe.edit;
  EditArea out;
  out.base = e.mode == EditMode::extend ? extended(*request.source, margins_of(e), kCanvasSeed) : *request.source;
  out.change = change_of(request);
  out.by_degrees = e.mode == EditMode::extend || e.soft_mask;
  const PaintSettings& paint = request.recipe.paint;
  const auto size_for = [&](int width, int height) {
    if (paint.width == 0) return edit_size(can, width, height);
    return std::pair{paint.width - paint.width % can.size_multiple, paint.height - paint.height % can.size_multiple};
  };
  out.part = {0, 0, out.base.width, out.base.height};
  std::tie(out.width, out.height) = size_for(out.base.width, out.base.height);
  if (out.change && e.crop.value_or(true)) {
    const Box box = marked_box(*out.change);
    const auto size = size_for(box.width + 2 * e.padding, box.height + 2 * e.padding);
    const Box part = surroundings(box, e.padding, size.first, size.second, out.base.width, out.base.height);
    out.cropped = e.crop ? *e.crop : crop_helps(request, out.base, part, {out.width, out.height});
    if (out.cropped) {
      out.part = part;
      std::tie(out.width, out.height) = size;
    }
  }
  out.seen = crop(out.base, out.part.x, out.part.y, out.part.width, out.part.height);
  if (!out.change) return out;
  if (e.mode == EditMode::extend) {
    // What was there keeps its bytes; the band before it only helps the new part to grow out of it.
    out.fresh = extension_mask(request.source->width, request.source->height, margins_of(e), 0);
    out.alpha = crop(feather(*out.fresh, request.recipe.feather), out.part);
    out.fresh = crop(*out.fresh, out.part);
  } else {
    out.alpha = crop(feather(*out.change, request.recipe.feather), out.part);
    out.fresh = crop(*out.change, out.part);
  }
  out.change = crop(*out.change, out.part);
  return out;
}

Image put_back(const EditArea& area, const Image& painted) {
  Image part = resize_bicubic(painted, area.part.width, area.part.height);
  if (area.alpha) part = composite(area.seen, part, *area.alpha);
  return pasted(area.base, part, area.part.x, area.part.y);
}

}  // namespace b3o
