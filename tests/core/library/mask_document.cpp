// The mask that is being drawn: strokes, areas, undo by tiles.
#include "core/library/mask_document.h"

#include <algorithm>
#include <chrono>
#include <cmath>

#include "core/base/error.h"
#include "core/image/mask.h"
#include "tests/support/case.h"

using namespace b3o;
using namespace b3o::test;

namespace {

constexpr int kTile = MaskDocument::kTile;

MaskDocument::Change stroke(MaskDocument& mask, const Brush& brush, const std::vector<BrushPoint>& points) {
  mask.begin_stroke(brush, points.front());
  for (size_t i = 1; i < points.size(); ++i) mask.stroke_to(points[i]);
  return mask.end_stroke();
}

// Everything that differs between the two lies in the rectangle.
bool differs_only_in(const GrayImage& a, const GrayImage& b, const MaskRect& rect) {
  for (int y = 0; y < a.height; ++y)
    for (int x = 0; x < a.width; ++x) {
      const size_t i = size_t(y) * size_t(a.width) + size_t(x);
      if (a.pixels[i] != b.pixels[i] && common(rect, {x, y, 1, 1}).empty()) return false;
    }
  return true;
}

void a_dab_is_a_round_spot_of_the_brushs_size() {
  MaskDocument mask(200, 160);
  stroke(mask, {40, 1}, {{100, 80}});
  for (int y = 0; y < 160; ++y)
    for (int x = 0; x < 200; ++x) {
      const double distance = std::hypot(x + 0.5 - 100, y + 0.5 - 80);
      if (distance < 19.4) check_equal(int(mask.at(x, y)), 255, "inside");
      if (distance > 20.6) check_equal(int(mask.at(x, y)), 0, "outside");
    }
  const MaskRect around = mask.marked();
  check(around.x >= 79 && around.width <= 42, "no wider than the brush and its edge");
}

void hardness_is_the_part_of_the_radius_that_is_fully_painted() {
  for (const double hardness : {0.0, 0.25, 0.5, 0.9}) {
    MaskDocument mask(101, 101);
    stroke(mask, {80, hardness}, {{50.5, 50.5}});
    int before = 255;
    for (int x = 50; x < 101; ++x) {
      const int now = mask.at(x, 50);
      check(now <= before, "it fades outwards");
      if (x - 50 < 40 * hardness) check_equal(now, 255, "the hard part");
      if (x - 50 > 41) check_equal(now, 0, "beyond the brush");
      before = now;
    }
    check(mask.at(50 + int(40 * hardness) + int((40 - 40 * hardness) / 2), 50) % 255 != 0, "soft between");
  }
}

void pressure_makes_the_stroke_narrower() {
  MaskDocument mask(300, 100);
  stroke(mask, {60, 1}, {{50, 50, 1}, {250, 50, 0.2}});
  const auto height_at = [&](int x) {
    int count = 0;
    for (int y = 0; y < 100; ++y) count += mask.at(x, y) >= 128;
    return count;
  };
  check(std::abs(height_at(50) - 60) <= 1 && std::abs(height_at(250) - 12) <= 1, "as wide as it is pressed");
  check(height_at(100) > height_at(150) && height_at(150) > height_at(200), "between the two in between");
}

void a_stroke_does_not_depend_on_how_often_the_pen_is_asked() {
  MaskDocument once(400, 300), often(400, 300);
  const Brush brush{37, 0.4};
  stroke(once, brush, {{20, 30}, {380, 270}});
  std::vector<BrushPoint> points;
  for (int i = 0; i <= 90; ++i) points.push_back({20 + 4.0 * i, 30 + 240.0 * i / 90});
  stroke(often, brush, points);
  int largest = 0;
  for (int y = 0; y < 300; ++y)
    for (int x = 0; x < 400; ++x) largest = std::max(largest, std::abs(once.at(x, y) - often.at(x, y)));
  check(largest <= 1, "the same up to rounding");
}

void painting_never_lowers_and_erasing_never_raises() {
  MaskDocument mask(256, 256);
  stroke(mask, {120, 0.2}, {{100, 100}, {150, 150}});
  const GrayImage before = mask.image();
  stroke(mask, {60, 0.1}, {{120, 90}});
  const GrayImage painted = mask.image();
  stroke(mask, {90, 0.3, true}, {{110, 120}, {160, 100}});
  const GrayImage erased = mask.image();
  for (size_t i = 0; i < before.pixels.size(); ++i)
    check(painted.pixels[i] >= before.pixels[i] && erased.pixels[i] <= painted.pixels[i], "each byte");
  check(erased.pixels[size_t(120) * 256 + 110] == 0, "the middle of the eraser leaves nothing");
}

void each_move_touches_only_its_rectangle() {
  MaskDocument mask(1024, 700);
  GrayImage before = mask.image();
  const Brush brush{50, 0.6};
  MaskRect rect = mask.begin_stroke(brush, {300, 300});
  const BrushPoint way[] = {{420, 310}, {430, 500}, {90, 640}};
  for (const BrushPoint& to : way) {
    const GrayImage now = mask.image();
    check(differs_only_in(before, now, rect), "outside of the rectangle nothing changed");
    before = now;
    rect = mask.stroke_to(to);
  }
  check(rect.width <= 340 + 2 * 27 && rect.height <= 140 + 2 * 27, "no larger than the move and the brush");
  mask.end_stroke();
}

void a_stroke_holds_only_the_tiles_it_touched() {
  MaskDocument mask(4096, 4096);
  const auto small = stroke(mask, {100, 0.8}, {{1000, 1000}, {1100, 1000}});
  check(small.parts.size() <= 6, "a short one few tiles");
  check(small.bytes() < 6 * 2 * size_t(kTile) * kTile, "bytes");
  const auto across = stroke(mask, {60, 0.8}, {{100, 100}, {4000, 4000}});
  check(across.parts.size() < 130, "one across the picture only those on its way");
}

void strokes_on_a_large_picture_take_few_milliseconds() {
  MaskDocument mask(4096, 4096);
  const auto start = std::chrono::steady_clock::now();
  constexpr int kMoves = 120;  // two seconds at 60 Hz
  mask.begin_stroke({300, 0.5}, {300, 300});
  for (int i = 1; i <= kMoves; ++i) mask.stroke_to({300 + 28.0 * i, 2000 + 1500 * std::sin(i / 9.0)});
  const auto change = mask.end_stroke();
  const double ms = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
  check(!change.empty(), "something was painted");
  check(ms / kMoves < 16.6 * 4, "a move takes " + shown(ms / kMoves) + " ms, far above a frame");
}

void a_rectangle_replaces_adds_and_subtracts() {
  MaskDocument mask(200, 150);
  mask.rectangle({10, 10, 50, 40}, Combine::add);
  mask.rectangle({40, 30, 300, 20}, Combine::add);
  check(mask.at(10, 10) == 255 && mask.at(199, 49) == 255 && mask.at(199, 50) == 0, "both, cut at the border");
  mask.rectangle({0, 0, 30, 150}, Combine::subtract);
  check(mask.at(29, 20) == 0 && mask.at(30, 20) == 255, "taken away");
  mask.rectangle({100, 100, 10, 10}, Combine::replace);
  check(mask.marked() == MaskRect{100, 100, 10, 10}, "only the new one");
}

void a_lasso_marks_the_pixels_whose_middle_it_winds_around() {
  MaskDocument mask(60, 60);
  mask.lasso({{10, 10}, {50, 10}, {10, 50}}, Combine::add);
  int wrong = 0;
  for (int y = 0; y < 60; ++y)
    for (int x = 0; x < 60; ++x) {
      const bool in = x + 0.5 > 10 && y + 0.5 > 10 && x + y + 1 < 60;
      if (x + y + 1 != 60) wrong += (mask.at(x, y) == 255) != in;
    }
  check_equal(wrong, 0, "pixels on the wrong side");
  // A star drawn in one line: its middle is wound around twice and belongs to it.
  mask.clear();
  std::vector<MaskPoint> star;
  for (int i = 0; i < 5; ++i)
    star.push_back({30 + 25 * std::sin(i * 4 * M_PI / 5), 30 - 25 * std::cos(i * 4 * M_PI / 5)});
  mask.lasso(star, Combine::add);
  check_equal(int(mask.at(30, 30)), 255, "the middle of the star");
  check_equal(int(mask.at(2, 30)), 0, "outside of it");
}

void a_lasso_of_a_line_or_far_outside_marks_nothing() {
  MaskDocument mask(60, 60);
  check(mask.lasso({{1, 1}, {50, 50}}, Combine::add).empty(), "two points");
  check(mask.lasso({{-90, 5}, {-20, 9}, {-50, 80}}, Combine::add).empty(), "outside");
  check(mask.lasso({{1e300, 5}, {-1e300, 9}, {5, 1e300}}, Combine::add).rect.width <= 60, "far away");
  MaskDocument whole(60, 60);
  whole.lasso({{-100, -100}, {300, -100}, {300, 300}, {-100, 300}}, Combine::add);
  check(whole.image() == MaskDocument(60, 60).image() || whole.marked() == whole.rect(), "all of it");
  check_equal(int(whole.at(59, 59)), 255, "the last pixel");
}

void inverting_twice_gives_the_mask_back() {
  MaskDocument mask(333, 217);
  stroke(mask, {70, 0.2}, {{100, 100}, {200, 90}});
  const MaskDocument before = mask;
  mask.invert();
  check_equal(int(mask.at(0, 0)), 255);
  check_equal(int(mask.at(332, 216)), 255);
  check(!(mask == before), "another mask");
  mask.invert();
  check(mask == before && mask.hash() == before.hash(), "the mask");
}

void growing_shrinking_and_feathering_equal_the_whole_pictures() {
  MaskDocument mask(300, 200);
  stroke(mask, {60, 0.5}, {{80, 20}, {150, 120}});
  mask.rectangle({290, 0, 10, 200}, Combine::add);
  const GrayImage image = mask.image();
  for (const int n : {0, 1, 7, 40}) {
    check(grown(mask, n).image() == grow(image, n), "grown by " + shown(n));
    check(shrunk(mask, n).image() == shrink(image, n), "shrunk by " + shown(n));
    check(feathered(mask, n).image() == feather(image, n), "feathered by " + shown(n));
  }
  MaskDocument nothing(30, 30), all(30, 30);
  all.invert();
  check(grown(nothing, 5).blank() && shrunk(nothing, 5).blank(), "of nothing comes nothing");
  check(shrunk(all, 5) == all && feathered(all, 5) == all, "the picture's border is no edge");
}

void shrinking_takes_what_is_near_the_edge() {
  MaskDocument mask(100, 100);
  mask.rectangle({20, 30, 40, 30}, Combine::add);
  check(shrunk(mask, 5).marked() == MaskRect{25, 35, 30, 20}, "five pixels less on each side");
  check(shrunk(mask, 15).blank(), "nothing is left");
}

void every_operation_is_undone_and_redone_exactly() {
  MaskDocument mask(517, 389);
  std::vector<MaskDocument> states{mask};
  std::vector<MaskDocument::Change> changes;
  const auto did = [&](MaskDocument::Change change) {
    changes.push_back(std::move(change));
    states.push_back(mask);
  };
  did(stroke(mask, {90, 0.3}, {{30, 40}, {400, 300}}));
  did(mask.rectangle({100, 100, 300, 100}, Combine::add));
  did(stroke(mask, {50, 0.9, true}, {{200, 100}, {220, 340}}));
  did(mask.invert());
  did(mask.lasso({{5, 5}, {300, 80}, {90, 370}}, Combine::replace));
  did(mask.set(grown(mask, 9)));
  did(mask.set(feathered(mask, 14)));
  did(mask.clear());
  for (size_t i = changes.size(); i-- > 0;) {
    mask.undo(changes[i]);
    check(mask == states[i], "undone " + shown(i));
  }
  for (size_t i = 0; i < changes.size(); ++i) {
    mask.redo(changes[i]);
    check(mask == states[i + 1], "redone " + shown(i));
  }
}

void a_stroke_that_is_cancelled_never_was() {
  MaskDocument mask(300, 300);
  mask.rectangle({50, 50, 60, 60}, Combine::add);
  const MaskDocument before = mask;
  mask.begin_stroke({80, 0.5}, {100, 100});
  mask.stroke_to({250, 250});
  const MaskRect rect = mask.cancel_stroke();
  check(mask == before && !mask.stroking(), "the mask is as before");
  check(rect.width > 100, "what must be shown again");
}

void a_copy_stays_when_the_original_is_drawn_on() {
  MaskDocument mask(300, 300);
  stroke(mask, {80, 0.5}, {{100, 100}});
  const MaskDocument copy = mask;
  const GrayImage before = copy.image();
  stroke(mask, {80, 0.5}, {{110, 110}});
  check(copy.image() == before && !(copy == mask), "the copy");
}

void equal_masks_have_equal_hashes_however_they_were_drawn() {
  MaskDocument a(300, 200), b(300, 200);
  a.rectangle({0, 0, 300, 100}, Combine::add);
  a.rectangle({0, 100, 300, 100}, Combine::add);
  b.invert();
  check(a == b && a.hash() == b.hash(), "both all marked");
  a.rectangle({10, 10, 1, 1}, Combine::subtract);
  check(a.hash() != b.hash(), "one pixel is another");
  check(MaskDocument(300, 201).hash() != MaskDocument(300, 200).hash(), "another size");
}

void a_mask_survives_its_png() {
  MaskDocument mask(201, 77);
  stroke(mask, {60, 0.1}, {{30, 40}, {180, 20}});
  check(mask_from_png(mask_png(mask), "mask", 201, 77) == mask, "the mask");
  check_contains(message_of<LoadError>([&] { mask_from_png(mask_png(mask), "m.png", 201, 78); }),
                 "m.png: the mask is 201 x 77 pixels, expected 201 x 78");
  check_contains(message_of<LoadError>([&] { mask_from_png("no picture", "m.png"); }), "m.png");
}

void a_mask_of_another_size_is_refused() {
  MaskDocument mask(20, 10);
  check_contains(message_of<RequestError>([&] { mask.set(GrayImage(10, 20)); }),
                 "The mask is 10 x 20 pixels, the picture is 20 x 10");
  check(mask.blank(), "the mask is as before");
}

void thin_strips_and_points_outside_do_no_harm() {
  for (const auto& [w, h] : {std::pair{1, 64}, {64, 1}, {127, 128}, {129, 1}}) {
    MaskDocument mask(w, h);
    stroke(mask, {30, 0.5}, {{-500, -500}, {1e9, 1e9}, {w / 2.0, h / 2.0}});
    check(mask.image().pixels.size() == size_t(w) * size_t(h), "its size");
    mask.invert();
    mask.set(grown(mask, 3));
    mask.set(feathered(mask, 3));
  }
}

const Cases cases = {
    CASE(a_dab_is_a_round_spot_of_the_brushs_size),
    CASE(hardness_is_the_part_of_the_radius_that_is_fully_painted),
    CASE(pressure_makes_the_stroke_narrower),
    CASE(a_stroke_does_not_depend_on_how_often_the_pen_is_asked),
    CASE(painting_never_lowers_and_erasing_never_raises),
    CASE(each_move_touches_only_its_rectangle),
    CASE(a_stroke_holds_only_the_tiles_it_touched),
    CASE(strokes_on_a_large_picture_take_few_milliseconds),
    CASE(a_rectangle_replaces_adds_and_subtracts),
    CASE(a_lasso_marks_the_pixels_whose_middle_it_winds_around),
    CASE(a_lasso_of_a_line_or_far_outside_marks_nothing),
    CASE(inverting_twice_gives_the_mask_back),
    CASE(growing_shrinking_and_feathering_equal_the_whole_pictures),
    CASE(shrinking_takes_what_is_near_the_edge),
    CASE(every_operation_is_undone_and_redone_exactly),
    CASE(a_stroke_that_is_cancelled_never_was),
    CASE(a_copy_stays_when_the_original_is_drawn_on),
    CASE(equal_masks_have_equal_hashes_however_they_were_drawn),
    CASE(a_mask_survives_its_png),
    CASE(a_mask_of_another_size_is_refused),
    CASE(thin_strips_and_points_outside_do_no_harm),
};

}  // namespace
