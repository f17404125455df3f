// What follows from an edit before any network runs. Sizes and crops: tests/core/families/edit_area.cpp.
#include "core/api/edit_part.h"

#include <algorithm>

#include "core/base/error.h"
#include "tests/support/case.h"

using namespace b3o;
using namespace b3o::test;

namespace {

GrayImage box_mask(int width, int height, const Box& box, uint8_t value = 255) {
  GrayImage out(width, height);
  for (int y = box.y; y < box.y + box.height; ++y)
    for (int x = box.x; x < box.x + box.width; ++x) out.pixels[size_t(y) * size_t(width) + size_t(x)] = value;
  return out;
}

size_t count(const std::vector<bool>& kept) { return size_t(std::count(kept.begin(), kept.end(), true)); }

void each_mode_begins_with_its_own_strength() {
  Capabilities can;
  can.default_edit_strength = 0.8;
  for (const EditMode mode : {EditMode::words, EditMode::repaint, EditMode::blend, EditMode::extend})
    check_equal(edit_defaults(mode, can).strength, 0.8, name(mode));
  check_equal(edit_defaults(EditMode::vary, can).strength, 1.0, "a sibling is painted from noise alone");
  check_equal(edit_defaults(EditMode::details, can).strength, 0.35, "details only clean up");
  can.default_edit_strength = 0.3;
  check_equal(edit_defaults(EditMode::details, can).strength, 0.3, "never more than the model's own");
  for (int mode = 0; mode < 6; ++mode)
    check_equal(edit_defaults(EditMode(mode), can).keep_cells, EditMode(mode) == EditMode::repaint, "locked cells");
  check_equal(edit_defaults(EditMode::extend, can).resampling, 2, "old and new grow together");
  check_equal(edit_defaults(EditMode::repaint, can).resampling, 1, "once");
}

void a_cell_keeps_its_token_when_less_than_a_fifth_of_it_is_painted() {
  // Cells of 10 x 10 pixels.
  std::vector<bool> kept = kept_cells(box_mask(80, 80, {20, 20, 30, 20}), 8);
  check_equal(count(kept), size_t(58), "six cells are covered");
  for (const int cell : {18, 19, 20, 26, 27, 28}) check(!kept[size_t(cell)], cat("cell ", cell));
  kept = kept_cells(box_mask(80, 80, {0, 0, 12, 10}), 8);
  check(!kept[0] && !kept[1], "a fifth is enough to be free");
  kept = kept_cells(box_mask(80, 80, {0, 0, 11, 10}), 8);
  check(!kept[0] && kept[1], "a tenth is not");
  kept = kept_cells(box_mask(80, 80, {0, 0, 80, 80}, 51), 8);
  check_equal(count(kept), size_t(0), "grey counts by its share");
  check_equal(count(kept_cells(box_mask(80, 80, {0, 0, 80, 80}), 8)), size_t(0), "all of it");
  check_equal(count(kept_cells(GrayImage(80, 80), 8)), size_t(64), "nothing");
}

void a_dot_frees_the_cell_it_lies_in() {
  const std::vector<bool> kept = kept_cells(box_mask(1024, 1024, {300, 40, 9, 9}), 8);
  check_equal(count(kept), size_t(63), "one cell");
  check(!kept[2], "the one with the dot");
  check_equal(count(kept_cells(box_mask(3, 64, {1, 9, 1, 1}), 8)) < 64, true, "in a strip narrower than the grid");
}

void the_grid_lies_over_the_part_that_is_read() {
  Capabilities can;
  can.native_width = can.native_height = 128;
  can.free_size = false;
  Recipe recipe;
  recipe.edit.mode = EditMode::repaint;
  const EditPart part = edit_part(recipe, can, 604, 644, Box{300, 20, 40, 30});
  check(part.cropped && part.part == Box{268, 0, 104, 104} && part.width == 128, "the mask's surroundings");
  check(edit_part(recipe, can, 604, 644, Box{}).part == Box{0, 0, 604, 644}, "an empty mask");
  check(edit_part(recipe, can, 604, 644, std::nullopt).part == Box{0, 0, 604, 644}, "no mask");
}

const Cases cases = {
    CASE(each_mode_begins_with_its_own_strength),
    CASE(a_cell_keeps_its_token_when_less_than_a_fifth_of_it_is_painted),
    CASE(a_dot_frees_the_cell_it_lies_in),
    CASE(the_grid_lies_over_the_part_that_is_read),
};

}  // namespace
