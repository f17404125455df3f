#include "core/evaluate/edit_rules.h"

#include <algorithm>
#include <cmath>

#include "core/world/words.h"

namespace b3o::evaluate {
namespace {

using judge::Detection;
using world::Item;

constexpr double kNear = 10;  // pixels between two centres of one place
// Thirds of the canvas for places that are asked for, each with the border to its neighbours.
constexpr double kFirstEnds = 48, kLastStarts = 80;

bool is_near(const Detection& d, const Item& item) { return std::hypot(d.x - item.cx, d.y - item.cy) <= kNear; }
bool is_kind(const Detection& d, const Item& item) { return d.object == int(item.obj) && d.color == int(item.col); }

bool in_third(double at, int third) {
  return third == 0 ? at <= kFirstEnds : third == 2 ? at >= kLastStarts : at >= kFirstEnds && at <= kLastStarts;
}

// "on the left" is anywhere along that side, "at the top" anywhere along that one.
bool is_at(const Detection& d, world::Place place) {
  const int row = int(place) / 3, column = int(place) % 3;
  const bool across = in_third(d.x, column), down = in_third(d.y, row);
  if (place == world::Place::center) return across && down;
  return row == 1 ? across : column == 1 ? down : across && down;
}

struct Checker {
  const world::Scene& source;
  const world::Edit& edit;
  const judge::Sight& sight;

  const Detection* find(const auto& wanted) const {
    const auto it = std::find_if(sight.objects.begin(), sight.objects.end(), wanted);
    return it == sight.objects.end() ? nullptr : &*it;
  }

  // The item of the source that the words after a relation name: "the red star" or "the star".
  const Item* named(const std::string& words) const {
    for (const bool colored : {true, false})
      for (const Item& item : source.items) {
        const std::string name = (colored ? std::string(word(item.col)) + " " : "") + word(item.obj);
        if (words.find("the " + name) != std::string::npos) return &item;
      }
    return nullptr;
  }

  // Whether an added object is where the instruction wants it, if it says so.
  bool is_placed(const Detection& d) const {
    const std::string& text = edit.instruction;
    if (const auto place = world::place_of(edit.after); place && text.find(phrase(*place)) != std::string::npos)
      return is_at(d, *place);
    for (int r = 0; r < world::kRelations; ++r) {
      const std::string rel = phrase(world::Rel(r));
      const auto at = text.find(" " + rel + " the ");
      if (at == std::string::npos) continue;
      const Item* target = named(text.substr(at));
      if (!target) return false;
      const Detection* beside = find([&](const Detection& o) { return is_kind(o, *target) && is_near(o, *target); });
      if (!beside) return false;
      const auto holding = judge::relations(d.box, beside->box);
      return std::find(holding.begin(), holding.end(), rel) != holding.end();
    }
    return true;
  }

  bool done() const {
    const Item &before = edit.before, &after = edit.after;
    const auto stands = [&](const Item& item) {
      return find([&](const Detection& d) { return is_kind(d, item) && is_near(d, item); }) != nullptr;
    };
    const auto anything_at = [&](const Item& item) {
      return find([&](const Detection& d) { return is_near(d, item); }) != nullptr;
    };
    const auto anywhere = [&](const Item& item) {
      return find([&](const Detection& d) { return is_kind(d, item); }) != nullptr;
    };
    switch (edit.kind) {
      case world::EditKind::recolor:
      case world::EditKind::replace:
        return stands(after);
      case world::EditKind::add:
        return find([&](const Detection& d) { return is_kind(d, after) && is_placed(d); }) != nullptr;
      case world::EditKind::remove:
        return !anything_at(before) && !anywhere(before);
      case world::EditKind::move: {
        const auto place = world::place_of(after);
        return !stands(before) && find([&](const Detection& d) {
                                    return is_kind(d, after) && (place ? is_at(d, *place) : is_near(d, after));
                                  }) != nullptr;
      }
      case world::EditKind::background:
        return sight.ground == int(edit.target.bg);
      case world::EditKind::resize:
      case world::EditKind::texture:
        return false;  // not in the set: the judge measures neither
    }
    return false;
  }

  bool kept() const {
    for (size_t i = 0; i < source.items.size(); ++i) {
      if (int(i) == edit.changed) continue;
      const Item& item = source.items[i];
      if (!find([&](const Detection& d) { return is_kind(d, item) && is_near(d, item); })) return false;
    }
    return edit.kind == world::EditKind::background || sight.ground == int(source.bg);
  }
};

}  // namespace

EditVerdict edit_verdict(const world::Scene& source, const world::Edit& edit, const judge::Sight& sight) {
  const Checker checker{source, edit, sight};
  return {checker.done(), checker.kept()};
}

}  // namespace b3o::evaluate
