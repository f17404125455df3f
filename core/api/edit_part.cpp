#include "core/api/edit_part.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <tuple>

#include "core/image/mask.h"

namespace b3o {
namespace {

// Shapes that models of this kind were trained with, as sides of about 1024 x 1024 pixels (decoder.md 5.4).
constexpr int kShapes[][2] = {{1024, 1024}, {1152, 896}, {1216, 832}, {1344, 768}, {1536, 640}};
// Areas near the native one, as shares of it, that are painted as they are.
constexpr double kSmallest = 0.5, kLargest = 1.5;
constexpr double kWholePart = 0.5;  // a mask whose surroundings are more of the picture than this is not cropped to
constexpr float kKeptCell = 0.2f;   // decoder.md 5.5c names 0.1 to 0.25
constexpr double kDetailStrength = 0.35;  // cleans up without drawing something else (decoder.md 5.1)

// Whether only the surroundings of the mask are painted, when the recipe does not say: where the whole picture would
// have to shrink for it, and the part is much less than the whole.
bool crop_helps(EditMode mode, int width, int height, const Box& part, std::pair<int, int> whole) {
  if (mode != EditMode::repaint && mode != EditMode::extend) return false;
  const bool shrinks = whole.first < width || whole.second < height;
  return shrinks && double(part.width) * part.height <= kWholePart * width * height;
}

}  // namespace

EditDefaults edit_defaults(EditMode mode, const Capabilities& can) {
  EditDefaults out;
  out.strength = can.default_edit_strength;
  if (mode == EditMode::vary) out.strength = 1;  // the same tokens, a painting of its own from noise alone
  if (mode == EditMode::details) out.strength = std::min(kDetailStrength, out.strength);
  out.keep_cells = mode == EditMode::repaint;
  if (mode == EditMode::extend) out.resampling = 2;  // decoder.md 5.4
  return out;
}

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

EditPart edit_part(const Recipe& recipe, const Capabilities& can, int width, int height,
                   const std::optional<Box>& marked) {
  const EditSettings& e = recipe.edit;
  const PaintSettings& paint = recipe.paint;
  const auto size_for = [&](int w, int h) {
    if (paint.width == 0) return edit_size(can, w, h);
    return std::pair{paint.width - paint.width % can.size_multiple, paint.height - paint.height % can.size_multiple};
  };
  EditPart out;
  out.part = {0, 0, width, height};
  std::tie(out.width, out.height) = size_for(width, height);
  if (!marked || marked->width == 0 || !e.crop.value_or(true)) return out;
  const auto size = size_for(marked->width + 2 * e.padding, marked->height + 2 * e.padding);
  const Box part = surroundings(*marked, e.padding, size.first, size.second, width, height);
  out.cropped = e.crop ? *e.crop : crop_helps(e.mode, width, height, part, {out.width, out.height});
  if (!out.cropped) return out;
  out.part = part;
  std::tie(out.width, out.height) = size;
  return out;
}

std::vector<bool> kept_cells(const GrayImage& painted, int side) {
  const std::vector<float> covered = area_average(painted, side, side);
  const float freed = std::min(kKeptCell, *std::max_element(covered.begin(), covered.end()));
  std::vector<bool> out;
  for (const float share : covered) out.push_back(share < freed || share == 0);
  return out;
}

}  // namespace b3o
