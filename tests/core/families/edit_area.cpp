// Where an edit works, without any network: sizes, crops, and the bytes that never change.
#include "core/families/blip3o/edit_area.h"

#include "core/api/edit_part.h"
#include "core/base/error.h"
#include "core/base/hash.h"
#include "core/image/canvas.h"
#include "core/image/mask.h"
#include "core/image/resize.h"
#include "tests/support/case.h"

using namespace b3o;
using namespace b3o::test;

namespace {

Capabilities official() {
  Capabilities can;
  can.native_width = can.native_height = 1024;
  return can;
}

Capabilities fixed(int side) {
  Capabilities can;
  can.native_width = can.native_height = side;
  can.free_size = false;
  return can;
}

// Numbers that look random and never change.
class Dice {
 public:
  explicit Dice(uint64_t seed) : state_(seed) {}
  int from(int low, int high) { return low + int(mix64(state_ += 0x9e3779b97f4a7c15u) % uint64_t(high - low + 1)); }

 private:
  uint64_t state_;
};

Image noise_picture(int width, int height, uint64_t seed) {
  Image out(width, height);
  for (size_t i = 0; i < out.pixels.size(); ++i) out.pixels[i] = uint8_t(mix64(seed * 7919 + i));
  return out;
}

EditRequest request_of(EditMode mode, int width, int height) {
  EditRequest r;
  r.recipe.task = "edit";
  r.recipe.edit.mode = mode;
  r.source = std::make_shared<Image>(noise_picture(width, height, 1));
  return r;
}

std::shared_ptr<GrayImage> box_mask(int width, int height, const Box& box) {
  auto out = std::make_shared<GrayImage>(width, height);
  for (int y = box.y; y < box.y + box.height; ++y)
    for (int x = box.x; x < box.x + box.width; ++x) out->pixels[size_t(y) * size_t(width) + size_t(x)] = 255;
  return out;
}

void pictures_near_the_native_size_keep_theirs_and_others_get_the_nearest_shape() {
  using Size = std::pair<int, int>;
  const Capabilities can = official();
  check(edit_size(can, 1024, 1024) == Size{1024, 1024}, "native");
  check(edit_size(can, 1000, 1027) == Size{1000, 1024}, "cut to the grid");
  check(edit_size(can, 1152, 896) == Size{1152, 896}, "a bucket");
  check(edit_size(can, 4000, 3000) == Size{1152, 896}, "a photo");
  check(edit_size(can, 3000, 4000) == Size{896, 1152}, "upright");
  check(edit_size(can, 1920, 1080) == Size{1344, 768}, "a film");
  check(edit_size(can, 200, 200) == Size{1024, 1024}, "a small one");
  check(edit_size(can, 1, 64) == Size{640, 1536}, "a strip");
  check(edit_size(can, 1, 1) == Size{1024, 1024}, "one pixel");
  check(edit_size(fixed(128), 604, 644) == Size{128, 128}, "a model of one size");
  Capabilities half = official();
  half.native_width = half.native_height = 512;
  check(edit_size(half, 4000, 3000) == Size{576, 448}, "the shapes follow the native size");
}

void a_crop_is_taken_where_the_whole_would_lose_detail() {
  EditRequest r = request_of(EditMode::repaint, 604, 644);
  r.mask = box_mask(604, 644, {300, 20, 40, 30});
  EditArea area = edit_area(r, fixed(128));
  check(area.cropped, "a small mask in a large picture");
  check(area.part == Box{268, 0, 104, 104}, "the mask's surroundings");
  check(area.width == 128 && area.height == 128, "painted at the model's size");
  r.recipe.edit.crop = false;
  check(edit_area(r, fixed(128)).part == Box{0, 0, 604, 644}, "unless the recipe says otherwise");
  r.recipe.edit.crop.reset();
  r.mask = box_mask(604, 644, {10, 10, 500, 500});
  check(!edit_area(r, fixed(128)).cropped, "a mask over most of it");
  r = request_of(EditMode::repaint, 128, 128);
  r.mask = box_mask(128, 128, {10, 10, 20, 20});
  check(!edit_area(r, fixed(128)).cropped, "the whole picture fits");
  r.recipe.edit.crop = true;
  r.recipe.edit.padding = 4;
  check(edit_area(r, fixed(128)).part == Box{6, 6, 28, 28}, "wished for, with its padding");
  r = request_of(EditMode::words, 604, 644);
  r.mask = box_mask(604, 644, {300, 20, 40, 30});
  check(!edit_area(r, fixed(128)).cropped, "words are about the whole picture");
}

void a_replayed_recipe_works_on_the_same_part() {
  EditRequest r = request_of(EditMode::repaint, 3000, 2000);
  r.mask = box_mask(3000, 2000, {100, 100, 300, 80});
  const EditArea first = edit_area(r, official());
  check(first.cropped, "cropped");
  r.recipe.edit.crop = first.cropped;
  r.recipe.paint.width = first.width;
  r.recipe.paint.height = first.height;
  const EditArea again = edit_area(r, official());
  check(again.part == first.part && again.width == first.width && again.height == first.height, "another part");
}

// What comes back from painting, in all its shapes: nothing of it may leave the mask.
void outside_the_mask_every_byte_is_the_sources() {
  const std::pair<int, int> sizes[] = {{604, 644}, {127, 128}, {1, 64}, {64, 1}, {128, 128}, {33, 200}, {1, 1}, {2, 7}};
  Dice dice(5);
  for (int k = 0; k < 240; ++k) {
    const auto [w, h] = sizes[size_t(k) % std::size(sizes)];
    EditRequest r = request_of(k % 3 ? EditMode::repaint : EditMode::words, w, h);
    auto mask = std::make_shared<GrayImage>(w, h);
    const bool strokes = k % 2;  // boxes and soft dots
    for (int n = dice.from(1, 5); n > 0; --n) {
      const int x = dice.from(0, w - 1), y = dice.from(0, h - 1);
      const Box box{x, y, dice.from(1, w - x), dice.from(1, h - y)};
      for (int j = box.y; j < box.y + (strokes ? 1 : box.height); ++j)
        for (int i = box.x; i < box.x + box.width; ++i)
          mask->pixels[size_t(j) * size_t(w) + size_t(i)] = uint8_t(strokes ? dice.from(1, 255) : 255);
    }
    r.mask = mask;
    r.recipe.grow = dice.from(0, 3) * (k % 5 == 0);
    r.recipe.feather = dice.from(0, 12) * (k % 4 == 0);
    r.recipe.edit.padding = dice.from(0, 40);
    if (k % 7 == 0) r.recipe.edit.crop = k % 2 == 0;
    const GrayImage grown = grow(*mask, r.recipe.grow);
    const EditArea area = edit_area(r, fixed(64));
    const Image out = put_back(area, noise_picture(64, 64, uint64_t(k) + 100));
    check(out.width == w && out.height == h, "the size changed");
    bool changed = false;
    for (size_t i = 0; i < grown.pixels.size(); ++i)
      for (size_t c = 0; c < 3; ++c) {
        const bool same = out.pixels[3 * i + c] == r.source->pixels[3 * i + c];
        changed = changed || !same;
        check(grown.pixels[i] > 0 || same, cat("mask ", k, " of ", w, "x", h, ": a byte outside changed"));
      }
    check(changed || grown.pixels.size() < 16 || strokes || r.recipe.feather > 0, cat("mask ", k, ": nothing changed"));
  }
}

void a_full_mask_is_the_whole_picture() {
  EditRequest r = request_of(EditMode::repaint, 50, 40);
  r.mask = box_mask(50, 40, {0, 0, 50, 40});
  const EditArea area = edit_area(r, fixed(64));
  check(area.part == Box{0, 0, 50, 40}, "part");
  const Image painted = noise_picture(64, 64, 9);
  r.mask.reset();
  r.recipe.edit.mode = EditMode::words;
  check(put_back(area, painted) == put_back(edit_area(r, fixed(64)), painted), "no mask is a full one");
}

void an_extension_keeps_the_picture_and_changes_the_new_canvas_only() {
  Dice dice(11);
  for (int k = 0; k < 40; ++k) {
    const int w = dice.from(2, 200), h = dice.from(2, 200);
    EditRequest r = request_of(EditMode::extend, w, h);
    EditSettings& e = r.recipe.edit;
    e.left = dice.from(0, w / 2), e.right = dice.from(0, w / 2), e.top = dice.from(0, h / 2);
    e.bottom = dice.from(1, h / 2);
    e.padding = dice.from(0, 64);
    r.recipe.feather = dice.from(0, 8);
    const EditArea area = edit_area(r, fixed(64));
    const Image out = put_back(area, noise_picture(64, 64, uint64_t(k)));
    check(out.width == w + e.left + e.right && out.height == h + e.top + e.bottom, "the new size");
    check(crop(out, e.left, e.top, w, h) == *r.source, "the picture changed");
    check(out != area.base, "the new canvas did not change");
    check(area.by_degrees && area.change && area.fresh, "soft, with cells that are new");
  }
}

const Cases cases = {
    CASE(pictures_near_the_native_size_keep_theirs_and_others_get_the_nearest_shape),
    CASE(a_crop_is_taken_where_the_whole_would_lose_detail),
    CASE(a_replayed_recipe_works_on_the_same_part),
    CASE(outside_the_mask_every_byte_is_the_sources),
    CASE(a_full_mask_is_the_whole_picture),
    CASE(an_extension_keeps_the_picture_and_changes_the_new_canvas_only),
};

}  // namespace
