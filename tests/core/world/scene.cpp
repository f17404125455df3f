#include "core/world/scene.h"

#include <cmath>
#include <set>

#include "core/base/error.h"
#include "core/world/labels.h"
#include "core/world/sampler.h"
#include "tests/support/case.h"

using namespace b3o::world;
using namespace b3o::test;

namespace {

constexpr Task kDrawn[] = {Task::single, Task::placed, Task::relation, Task::two,
                           Task::count,  Task::three,  Task::free,     Task::crowd};

bool has(Level level, Task task) { return task != Task::three || level == Level::L; }

// Calls look(scene) for scenes of every task of a level.
template <class Look>
void look_at_scenes(Level level, Split split, int each, Look look) {
  for (const Task task : kDrawn)
    for (int i = 0; has(level, task) && i < each; ++i) {
      Rng rng = scene_rng(7, 3, uint64_t(i));
      look(Sampler{level, float(i % 3) * 0.5f}.scene(task, split, rng));
    }
}

void pcg32_gives_the_published_numbers() {
  Rng rng(42, 54);
  for (const uint32_t wanted : {0xa15c02b7u, 0x7b47f409u, 0xba1d3330u, 0x83d2f293u, 0xbfa4784bu, 0xcbed606eu})
    check_equal(rng.next(), wanted);
}

void below_stays_below_and_reaches_everything() {
  Rng rng(1, 1);
  std::set<int> seen;
  for (int i = 0; i < 400; ++i) seen.insert(rng.below(20));
  check_equal(seen.size(), 20u);
  check_equal(*seen.rbegin(), 19);
}

void twenty_pairs_are_held_out_one_per_object_two_per_color() {
  int of_color[kColors] = {}, of_object[kObjects] = {};
  for (int c = 0; c < kColors; ++c)
    for (int o = 0; o < kObjects; ++o)
      if (held_out(Col(c), Obj(o))) ++of_color[c], ++of_object[o];
  for (const int n : of_color) check_equal(n, 2, "held-out objects of a color");
  for (const int n : of_object) check_equal(n, 1, "held-out colors of an object");
}

void a_relation_and_its_converse_share_their_fate() {
  int held = 0;
  for (int a = 0; a < kObjects; ++a)
    for (int b = 0; b < kObjects; ++b)
      for (int r = 0; r < kRelations; ++r) {
        check_equal(held_out(Obj(a), Rel(r), Obj(b)), held_out(Obj(b), opposite(Rel(r)), Obj(a)), "fate");
        held += held_out(Obj(a), Rel(r), Obj(b));
      }
  check(held > 100 && held < 220, "about a tenth of 1600 triples is held out, got " + shown(held));
}

void drawn_scenes_keep_every_rule_of_places() {
  for (const Level level : {Level::S, Level::M, Level::L})
    look_at_scenes(level, Split::train, 300, [&](const Scene& s) {
      check(valid(s), "a drawn scene is valid");
      for (const Item& a : s.items) {
        check(a.cx % kGrid == 0 && a.cy % kGrid == 0, "centres lie on the grid");
        check(a.cx - a.r >= 4 && a.cx + a.r <= 124 && a.cy - a.r >= 4 && a.cy + a.r <= 124, "objects lie inside");
        for (const Item& b : s.items)
          if (&a != &b) check(std::hypot(a.cx - b.cx, a.cy - b.cy) >= a.r + b.r + kGap, "circles are apart");
      }
    });
}

void training_never_shows_what_is_held_out() {
  for (const Level level : {Level::S, Level::M, Level::L})
    look_at_scenes(level, Split::train, 300, [&](const Scene& s) {
      int count[kObjects] = {};
      for (const Item& item : s.items) {
        check((7 * int(item.col) + 3 * int(item.obj)) % 10 != 0, "no held-out pair");
        ++count[int(item.obj)];
      }
      for (const Obj o : {Obj::car, Obj::cat, Obj::cup, Obj::mushroom})
        check(count[int(o)] < 4, "no four of " + shown(int(o)));
      if (s.items.size() != 2) return;
      const auto rel = relation_of(s.items[0], s.items[1]);
      check(!rel || !held_out(s.items[0].obj, *rel, s.items[1].obj), "no held-out relation");
    });
}

void each_unseen_split_holds_exactly_its_kind() {
  look_at_scenes(Level::M, Split::unseen_pairs, 100, [&](const Scene& s) {
    check(has_held_out_pair(s) && !has_held_out_relation(s) && !has_held_out_count(s), "pairs only");
  });
  for (int i = 0; i < 100; ++i) {
    Rng rng = scene_rng(7, 3, uint64_t(i));
    const Scene r = Sampler{Level::S, 1}.scene(Task::relation, Split::unseen_relations, rng);
    check(has_held_out_relation(r) && !has_held_out_pair(r), "relations only");
    const Scene c = Sampler{Level::M, 1}.scene(Task::count, Split::unseen_counts, rng);
    check(has_held_out_count(c) && !has_held_out_pair(c) && c.items.size() == 4, "counts only");
  }
  Rng rng(1, 1);
  check_contains(
      message_of<b3o::RequestError>([&] { Sampler{Level::S, 1}.scene(Task::count, Split::unseen_counts, rng); }),
      "no scene");
}

void level_s_keeps_to_its_ten_objects_eight_colors_four_backgrounds() {
  look_at_scenes(Level::S, Split::train, 300, [&](const Scene& s) {
    check(int(s.bg) < 4 && s.sign.empty(), "background and sign of level S");
    for (const Item& i : s.items)
      check(int(i.obj) < 10 && i.col != Col::brown && i.col != Col::white && i.tex == Tex::plain && !i.flip,
            "item of S");
  });
}

void canonical_layouts_are_fixed() {
  for (int i = 0; i < 50; ++i) {
    Rng rng = scene_rng(1, 1, uint64_t(i));
    const Sampler fixed{Level::M, 0};
    const Scene one = fixed.scene(Task::single, Split::train, rng), two = fixed.scene(Task::two, Split::train, rng);
    check(one.items[0].cx == 64 && one.items[0].cy == 64, "a single object stands in the middle");
    check(two.items[0].cx == 32 && two.items[1].cx == 96 && two.items[0].cy == 64, "two objects stand in a row");
    const Scene placed = fixed.scene(Task::placed, Split::train, rng);
    check(place_of(placed.items[0]).has_value() && placed.items[0].cx % 32 == 0, "placed objects stand on anchors");
  }
}

void relations_are_clear() {
  for (int i = 0; i < 300; ++i) {
    Rng rng = scene_rng(1, 2, uint64_t(i));
    const Scene s = Sampler{Level::M, 1}.scene(Task::relation, Split::train, rng);
    const int dx = std::abs(s.items[0].cx - s.items[1].cx), dy = std::abs(s.items[0].cy - s.items[1].cy);
    check(std::max(dx, dy) >= 48 && std::max(dx, dy) <= 72 && std::min(dx, dy) <= 16, "48 .. 72 and at most 16 aside");
  }
}

void equal_seeds_give_equal_scenes() {
  for (int i = 0; i < 50; ++i) {
    Rng a = scene_rng(5, 6, uint64_t(i)), b = scene_rng(5, 6, uint64_t(i));
    const Sampler sampler{Level::L, 1};
    check(sampler.scene(Task::free, Split::train, a) == sampler.scene(Task::free, Split::train, b), "equal scenes");
  }
}

void a_crowd_has_about_ten_objects() {
  int objects = 0;
  for (int i = 0; i < 300; ++i) {
    Rng rng = scene_rng(1, 4, uint64_t(i));
    objects += int(Sampler{Level::M, 1}.scene(Task::crowd, Split::train, rng).items.size());
  }
  check_close(objects / 300.0, 10, 1.5, "objects");
}

void curriculum_goes_from_single_objects_and_fixed_layouts_to_all() {
  check_close(task_mix(Level::S, 0)[0], 0.6, 1e-6, "singles at the start");
  check_close(task_mix(Level::S, 0.5f)[0], 0.25, 1e-6, "singles from the middle on");
  check_close(sampler_at(Level::S, 0.25f).layout_freedom, 0.5, 1e-6, "layout freedom at a quarter");
  check_close(sampler_at(Level::S, 0.9f).layout_freedom, 1, 0, "layout freedom late");
  Rng rng(3, 3);
  int singles = 0;
  for (int i = 0; i < 4000; ++i) singles += draw_task(task_mix(Level::L, 0), rng) == Task::single;
  check_close(singles / 4000.0, 0.6, 0.03, "drawn singles");
}

void cells_covered_by_a_quarter_carry_the_object() {
  Scene s;
  Item square;  // 39 pixels a side around (64, 64): 44.5 .. 83.5
  square.obj = Obj::square, square.col = Col::blue, square.r = 26;
  s.items = {square};
  const CellLabels labels = cell_labels(s);
  for (int y = 0; y < kCells; ++y)
    for (int x = 0; x < kCells; ++x) {
      const size_t c = size_t(y * kCells + x);
      const int gap = std::max(std::abs(2 * x - 7), std::abs(2 * y - 7)) / 2;  // rings around the middle
      if (gap == 0) {
        check_equal(int(labels.obj[c]), int(Obj::square), "inner cell");
        check_equal(int(labels.col[c]), int(Col::blue), "inner cell's color");
        check_equal(int(labels.size[c]), int(Size::big), "size");
        check_equal(int(labels.place[c]), int(Place::center), "place");
        check_equal(int(labels.row[c]), 8, "row");
      } else if (gap == 1) {  // 3.5 of 16 pixels are less than a quarter
        check_equal(int(labels.obj[c]), int(CellLabels::kIgnored), "ring cell");
      } else
        check_equal(int(labels.obj[c]), kObjects, "outer cell");
    }
}

const Cases cases = {CASE(pcg32_gives_the_published_numbers),
                     CASE(below_stays_below_and_reaches_everything),
                     CASE(twenty_pairs_are_held_out_one_per_object_two_per_color),
                     CASE(a_relation_and_its_converse_share_their_fate),
                     CASE(drawn_scenes_keep_every_rule_of_places),
                     CASE(training_never_shows_what_is_held_out),
                     CASE(each_unseen_split_holds_exactly_its_kind),
                     CASE(level_s_keeps_to_its_ten_objects_eight_colors_four_backgrounds),
                     CASE(canonical_layouts_are_fixed),
                     CASE(relations_are_clear),
                     CASE(equal_seeds_give_equal_scenes),
                     CASE(a_crowd_has_about_ten_objects),
                     CASE(curriculum_goes_from_single_objects_and_fixed_layouts_to_all),
                     CASE(cells_covered_by_a_quarter_carry_the_object)};

}  // namespace
