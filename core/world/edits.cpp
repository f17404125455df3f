#include <algorithm>

#include "core/world/speaker.h"
#include "core/world/wording.h"
#include "core/world/words.h"

namespace b3o::world {
namespace {

// Per kind, the last two phrasings are never trained.
constexpr int kForms = 8, kTrainedForms = 6;
using Forms = const char* [kForms];

constexpr Forms kRecolor = {"make {a} {c}",
                            "paint {a} {c}",
                            "turn {a} {c}",
                            "change {a} to {c}",
                            "change the color of {a} to {c}",
                            "{a} should be {c}",
                            "color {a} {c}",
                            "give {a} the color {c}"};
constexpr Forms kAdd = {"add {one}{p}",        "please add {one}{p}", "put {one}{p}",   "add {one}{p}, please",
                        "I want {one}{p} too", "add also {one}{p}",   "place {one}{p}", "can you add {one}{p}?"};
constexpr Forms kRemove = {"remove {a}",        "delete {a}",         "erase {a}",
                           "please remove {a}", "take away {a}",      "remove {a} from the picture",
                           "get rid of {a}",    "can you remove {a}?"};
constexpr Forms kReplace = {"replace {a} with {one}",        "replace {a} by {one}",           "swap {a} for {one}",
                            "please replace {a} with {one}", "change {a} into {one}",          "turn {a} into {one}",
                            "exchange {a} for {one}",        "can you replace {a} with {one}?"};
constexpr Forms kMove = {"move {a} {p}",  "please move {a} {p}",  "put {a} {p}",   "shift {a} {p}",
                         "bring {a} {p}", "move {a} {p}, please", "place {a} {p}", "can you move {a} {p}?"};
constexpr Forms kResize = {"make {a} {s}",       "please make {a} {s}", "{a} should be {s}", "draw {a} {s}",
                           "make {a} a bit {s}", "I want {a} {s}",      "let {a} be {s}",    "can you make {a} {s}?"};
constexpr Forms kBackground = {
    "change the background to {b}", "set the background to {b}",       "make it {b}",
    "the background should be {b}", "turn the background to {b}",      "please change the background to {b}",
    "put {b} in the background",    "can you make the background {b}?"};
constexpr Forms kTexture = {"make {a} {t}",        "paint {a} {t}", "turn {a} {t}",   "{a} should be {t}",
                            "please make {a} {t}", "draw {a} {t}",  "let {a} be {t}", "can you make {a} {t}?"};

struct Editor {
  const Speaker& speaker;
  const Scene& scene;
  Rng& rng;
  Edit out;

  Scene& target() { return out.target; }

  std::string form(const Forms& forms) const { return forms[speaker.phrasing(kForms, kTrainedForms, rng)]; }

  bool allowed(const Scene& s) const {
    if (!valid(s)) return false;
    return !speaker.training || belongs(s, Split::train);
  }

  int kinds(const Scene& s) const {
    std::vector<std::pair<Obj, Col>> seen;
    for (const Item& i : s.items)
      if (std::find(seen.begin(), seen.end(), std::pair(i.obj, i.col)) == seen.end()) seen.emplace_back(i.obj, i.col);
    return int(seen.size());
  }

  // An item that a definite phrase names without doubt.
  std::optional<std::pair<int, std::string>> subject() const {
    std::vector<std::pair<int, std::string>> all;
    for (size_t i = 0; i < scene.items.size(); ++i) {
      const Item& item = scene.items[i];
      int same = 0, same_colored = 0;
      for (const Item& o : scene.items)
        same += o.obj == item.obj, same_colored += o.obj == item.obj && o.col == item.col;
      const std::string colored = std::string("the ") + word(item.col) + " " + word(item.obj);
      if (same == 1)
        all.emplace_back(int(i), rng.chance(0.5f) ? colored : std::string("the ") + word(item.obj));
      else if (same_colored == 1)
        all.emplace_back(int(i), colored);
    }
    if (all.empty()) return std::nullopt;
    return rng.pick(all);
  }

  Item& changed(int index) {
    out.changed = index;
    out.before = scene.items[size_t(index)];
    return target().items[size_t(index)];
  }

  Item fresh(const Item& like) const {
    Item item = like;
    item.obj = rng.pick(objects_of(speaker.level));
    do item.col = rng.pick(colors_of(speaker.level));
    while (!visible(item.col, scene.bg) || (speaker.training && held_out(item.col, item.obj)));
    item.tex = Tex::plain, item.flip = false, item.jitter = rng.next();
    return item;
  }

  std::string one(const Item& item) const { return with_article(std::string(word(item.col)) + " " + word(item.obj)); }

  bool is_new(const Item& item) const {
    return std::none_of(scene.items.begin(), scene.items.end(), [&](const Item& o) { return o.obj == item.obj; });
  }

  bool recolor() {
    const auto s = subject();
    if (!s) return false;
    Item& item = changed(s->first);
    item.col = rng.pick(colors_of(speaker.level));
    if (item.col == out.before.col) return false;
    out.instruction = filled(form(kRecolor), {{"{a}", s->second}, {"{c}", word(item.col)}});
    return true;
  }

  bool add() {
    if (scene.items.size() >= 4) return false;
    Item item = fresh({});
    if (!is_new(item)) return false;
    item.r = int16_t(kRadius[rng.chance(0.3f) ? 0 : 1]);
    std::string where;
    const auto s = subject();
    const int way = rng.below(3);
    if (way == 0) {  // at a place
      const Place place = Place(rng.below(kPlaces));
      const auto at = anchor_of(place);
      item.cx = int16_t(at[0] + 8 * (rng.below(3) - 1)), item.cy = int16_t(at[1] + 8 * (rng.below(3) - 1));
      where = std::string(" ") + phrase(place);
    } else if (way == 1 && s) {  // beside something
      const Item& other = scene.items[size_t(s->first)];
      const Rel rel = Rel(rng.below(kRelations));
      const int away = 40 + 8 * rng.below(5), sign = rel == Rel::left_of || rel == Rel::above ? -1 : 1;
      const bool across = rel == Rel::left_of || rel == Rel::right_of;
      item.cx = int16_t(other.cx + (across ? sign * away : 0)),
      item.cy = int16_t(other.cy + (across ? 0 : sign * away));
      where = std::string(" ") + phrase(rel) + " " + s->second;
    } else {  // the first free anchor
      const auto room = [&](const Item& i) {
        return fits(i) &&
               std::all_of(scene.items.begin(), scene.items.end(), [&](const Item& o) { return apart(i, o); });
      };
      for (const Place p : {Place::center, Place::right, Place::left, Place::top, Place::bottom, Place::top_right,
                            Place::bottom_left, Place::top_left, Place::bottom_right}) {
        const auto at = anchor_of(p);
        item.cx = int16_t(at[0]), item.cy = int16_t(at[1]);
        if (room(item)) break;
      }
    }
    std::string thing = one(item);
    if (size_of(item) == Size::small)
      thing = with_article(std::string("small ") + word(item.col) + " " + word(item.obj));
    target().items.push_back(item);
    out.after = item;
    out.instruction = filled(form(kAdd), {{"{one}", thing}, {"{p}", where}});
    return true;
  }

  bool remove() {
    const auto s = subject();
    if (!s) return false;
    changed(s->first);
    target().items.erase(target().items.begin() + s->first);
    out.instruction = filled(form(kRemove), {{"{a}", s->second}});
    return true;
  }

  bool replace() {
    const auto s = subject();
    if (!s) return false;
    Item& item = changed(s->first);
    item = fresh(item);
    if (!is_new(item)) return false;
    out.instruction = filled(form(kReplace), {{"{a}", s->second}, {"{one}", one(item)}});
    return true;
  }

  bool move() {
    const auto s = subject();
    if (!s) return false;
    Item& item = changed(s->first);
    const Place place = Place(rng.below(kPlaces));
    const auto at = anchor_of(place);
    if (place_of(item) == place) return false;
    item.cx = int16_t(at[0]), item.cy = int16_t(at[1]);
    out.instruction = filled(form(kMove), {{"{a}", s->second}, {"{p}", destination(place)}});
    return true;
  }

  bool resize() {
    const auto s = subject();
    if (!s) return false;
    Item& item = changed(s->first);
    const bool grow = rng.chance(0.5f);
    const int size = int(size_of(item)) + (grow ? 1 : -1);
    if (size < 0 || size > 2) return false;
    item.r = int16_t(kRadius[size]);
    out.instruction = filled(form(kResize), {{"{a}", s->second}, {"{s}", grow ? "bigger" : "smaller"}});
    return true;
  }

  bool background() {
    target().bg = rng.pick(backgrounds_of(speaker.level));
    if (target().bg == scene.bg) return false;
    out.instruction = filled(form(kBackground), {{"{b}", noun(target().bg)}});
    return true;
  }

  bool texture() {
    const auto s = subject();
    if (!s || speaker.level != Level::L) return false;
    Item& item = changed(s->first);
    const Tex tex = Tex(rng.below(3));  // plain, striped, spotted
    if (tex == item.tex) return false;
    item.tex = tex;
    out.instruction = filled(form(kTexture), {{"{a}", s->second}, {"{t}", word(tex)}});
    return true;
  }

  bool apply(EditKind kind) {
    out = {};
    out.kind = kind;
    out.target = scene;
    out.target.task = Task::free;
    switch (kind) {
      case EditKind::recolor:
        return recolor();
      case EditKind::add:
        return add();
      case EditKind::remove:
        return remove();
      case EditKind::replace:
        return replace();
      case EditKind::move:
        return move();
      case EditKind::resize:
        return resize();
      case EditKind::background:
        return background();
      case EditKind::texture:
        return texture();
    }
    return false;
  }
};

}  // namespace

std::string destination(Place place) {
  const std::string at = phrase(place);
  return "to the " + at.substr(at.find("the ") + 4);
}

const char* name(EditKind kind) {
  constexpr const char* names[kEditKinds] = {"recolor", "add",    "remove",     "replace",
                                             "move",    "resize", "background", "texture"};
  return names[int(kind)];
}

std::optional<Edit> Speaker::edit(const Scene& scene, EditKind kind, Rng& rng) const {
  Editor editor{*this, scene, rng, {}};
  for (int tries = 0; tries < 60; ++tries) {
    if (!editor.apply(kind) || !editor.allowed(editor.out.target)) continue;
    if (editor.kinds(editor.out.target) > std::max(editor.kinds(scene), max_kinds(level))) continue;
    if (editor.out.changed >= 0 && kind != EditKind::remove)
      editor.out.after = editor.out.target.items[size_t(editor.out.changed)];
    return editor.out;
  }
  return std::nullopt;
}

}  // namespace b3o::world
