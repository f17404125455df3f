// The rules about edits on pictures whose truth is known.
#include "core/evaluate/edit_rules.h"
#include "core/world/evaluation_sets.h"
#include "core/world/renderer.h"
#include "tests/support/case.h"

using namespace b3o;
using namespace b3o::evaluate;
using namespace b3o::test;
using world::Item;

namespace {

world::Scene source() {
  world::Scene s;
  s.bg = world::Bg::white;
  s.items = {{.obj = world::Obj::fish, .col = world::Col::red, .cx = 32, .cy = 64},
             {.obj = world::Obj::star, .col = world::Col::blue, .cx = 96, .cy = 64}};
  return s;
}

// The edit with the first object, the fish, as what it changes.
world::Edit edit_of(world::EditKind kind, const std::string& instruction) {
  world::Edit e;
  e.kind = kind, e.instruction = instruction, e.target = source();
  e.changed = 0, e.before = e.after = source().items[0];
  return e;
}

EditVerdict verdict(const world::Edit& edit, const world::Scene& shown) {
  return edit_verdict(source(), edit, judge::look_at(world::Renderer().draw(shown)));
}

void expect(const EditVerdict& v, bool done, bool kept, const std::string& what) {
  check_equal(v.done, done, what + ": done");
  check_equal(v.kept, kept, what + ": kept");
}

void recolor_wants_the_new_colour_at_the_old_place() {
  world::Edit e = edit_of(world::EditKind::recolor, "make the fish green");
  e.after.col = e.target.items[0].col = world::Col::green;
  expect(verdict(e, e.target), true, true, "the target");
  expect(verdict(e, source()), false, true, "nothing changed");
  world::Scene moved = e.target;
  moved.items[0].cy = 40;
  expect(verdict(e, moved), false, true, "green, but elsewhere");
  world::Scene both = e.target;
  both.items[1].col = world::Col::green;
  expect(verdict(e, both), true, false, "the star is green too");
  world::Scene night = e.target;
  night.bg = world::Bg::night;
  expect(verdict(e, night), true, false, "another background");
}

void remove_wants_nothing_left_in_its_place() {
  world::Edit e = edit_of(world::EditKind::remove, "remove the fish");
  e.target.items.erase(e.target.items.begin());
  expect(verdict(e, e.target), true, true, "the target");
  world::Scene recolored = source();
  recolored.items[0].col = world::Col::green;
  expect(verdict(e, recolored), false, true, "a green fish instead");
  world::Scene moved = source();
  moved.items[0].cy = 32;
  expect(verdict(e, moved), false, true, "the fish elsewhere");
  world::Scene empty = source();
  empty.items.clear();
  expect(verdict(e, empty), true, false, "everything gone");
}

void replace_wants_the_new_object_in_the_old_place() {
  world::Edit e = edit_of(world::EditKind::replace, "replace the fish with a yellow heart");
  e.after.obj = e.target.items[0].obj = world::Obj::heart, e.after.col = e.target.items[0].col = world::Col::yellow;
  expect(verdict(e, e.target), true, true, "the target");
  world::Scene red = e.target;
  red.items[0].col = world::Col::red;
  expect(verdict(e, red), false, true, "a red heart");
}

void move_takes_the_side_and_not_the_very_point() {
  world::Edit e = edit_of(world::EditKind::move, "move the fish to the top");
  e.after.cx = e.target.items[0].cx = 64, e.after.cy = e.target.items[0].cy = 32;
  expect(verdict(e, e.target), true, true, "the target");
  world::Scene corner = e.target;
  corner.items[0].cx = 32, corner.items[0].cy = 24;
  expect(verdict(e, corner), true, true, "in the corner of the top");
  expect(verdict(e, source()), false, true, "nothing changed");
  world::Scene twice = e.target;
  twice.items.push_back(source().items[0]);
  expect(verdict(e, twice), false, true, "a second fish where it was");
}

void add_takes_the_place_that_is_said() {
  world::Edit e = edit_of(world::EditKind::add, "add a green heart at the top");
  const Item heart{.obj = world::Obj::heart, .col = world::Col::green, .cx = 64, .cy = 32};
  e.changed = -1, e.before = {}, e.after = heart;
  e.target.items.push_back(heart);
  expect(verdict(e, e.target), true, true, "the target");
  world::Scene below = source();
  below.items.push_back(heart);
  below.items[2].cy = 104;
  expect(verdict(e, below), false, true, "at the bottom");
  e.instruction = "add a green heart";
  expect(verdict(e, below), true, true, "anywhere when no place is said");
}

void add_takes_the_relation_that_is_said() {
  world::Edit e = edit_of(world::EditKind::add, "add a green heart above the blue star");
  const Item heart{.obj = world::Obj::heart, .col = world::Col::green, .cx = 96, .cy = 24};
  e.changed = -1, e.before = {}, e.after = heart;
  e.target.items.push_back(heart);
  expect(verdict(e, e.target), true, true, "the target");
  world::Scene below = e.target;
  below.items[2].cy = 104;
  expect(verdict(e, below), false, true, "below the star");
  e.instruction = "add a green heart below the fish";
  expect(verdict(e, below), false, true, "below the star is not below the fish");
}

void background_wants_it_changed_and_the_objects_kept() {
  world::Edit e = edit_of(world::EditKind::background, "make it night");
  e.changed = -1, e.target.bg = world::Bg::night;
  expect(verdict(e, e.target), true, true, "the target");
  expect(verdict(e, source()), false, true, "nothing changed");
  world::Scene alone = e.target;
  alone.items.pop_back();
  expect(verdict(e, alone), true, false, "the star is lost");
}

void true_targets_are_right_and_sources_are_not() {
  for (const world::Level level : {world::Level::S, world::Level::M}) {
    int targets = 0, sources = 0, kept = 0;
    for (const auto& [scene, edit] : world::edit_set(level)) {
      targets += edit_verdict(scene, edit, judge::look_at(world::Renderer().draw(edit.target))).score();
      const EditVerdict unchanged = edit_verdict(scene, edit, judge::look_at(world::Renderer().draw(scene)));
      sources += unchanged.done, kept += unchanged.kept;
    }
    check(targets >= 594, "of 600 targets " + shown(targets) + " are right");
    check(sources <= 3, "of 600 sources " + shown(sources) + " count as changed");
    check(kept >= 594, "of 600 sources " + shown(kept) + " count as kept");
  }
}

const Cases cases = {CASE(recolor_wants_the_new_colour_at_the_old_place),
                     CASE(remove_wants_nothing_left_in_its_place),
                     CASE(replace_wants_the_new_object_in_the_old_place),
                     CASE(move_takes_the_side_and_not_the_very_point),
                     CASE(add_takes_the_place_that_is_said),
                     CASE(add_takes_the_relation_that_is_said),
                     CASE(background_wants_it_changed_and_the_objects_kept),
                     CASE(true_targets_are_right_and_sources_are_not)};

}  // namespace
