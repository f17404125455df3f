#include "core/families/blip3o/edit_area.h"

#include "core/api/edit_part.h"
#include "core/image/canvas.h"
#include "core/image/mask.h"
#include "core/image/resize.h"

namespace b3o {
namespace {

constexpr uint64_t kCanvasSeed = 0;  // proposals differ by what is painted, not by what it starts from

Margins margins_of(const EditSettings& e) { return {e.left, e.top, e.right, e.bottom}; }

// What is marked, in the base's pixels; nothing when the whole picture may change.
std::optional<GrayImage> change_of(const EditRequest& request) {
  const EditSettings& e = request.recipe.edit;
  if (e.mode == EditMode::extend)
    return extension_mask(request.source->width, request.source->height, margins_of(e), e.padding);
  if (request.mask) return grow(*request.mask, request.recipe.grow);
  return std::nullopt;
}

}  // namespace

EditArea edit_area(const EditRequest& request, const Capabilities& can) {
  const EditSettings& e = request.recipe.edit;
  EditArea out;
  out.base = e.mode == EditMode::extend ? extended(*request.source, margins_of(e), kCanvasSeed) : *request.source;
  out.change = change_of(request);
  out.by_degrees = e.mode == EditMode::extend || e.soft_mask;
  const std::optional<Box> marked = out.change ? std::optional(marked_box(*out.change)) : std::nullopt;
  const EditPart place = edit_part(request.recipe, can, out.base.width, out.base.height, marked);
  out.part = place.part;
  out.width = place.width;
  out.height = place.height;
  out.cropped = place.cropped;
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
