#include "core/world/sampler.h"

#include <algorithm>

#include "core/base/error.h"

namespace b3o::world {
namespace {

constexpr int kTries = 20000;  // scenes drawn before a split counts as empty

int16_t grid_between(int low, int high, Rng& rng) {  // both multiples of the grid
  return int16_t(low + kGrid * rng.below((high - low) / kGrid + 1));
}

int16_t lowest(int r) { return int16_t((r + 4 + kGrid - 1) / kGrid * kGrid); }

void put_anywhere(Item& item, Rng& rng) {
  const int low = lowest(item.r);
  item.cx = grid_between(low, kCanvas - low, rng);
  item.cy = grid_between(low, kCanvas - low, rng);
}

void put_at(Item& item, int x, int y) { item.cx = int16_t(x), item.cy = int16_t(y); }

// One scene being drawn. Every step may end in a scene that breaks a rule; the caller then draws again.
struct Draft {
  Level level;
  bool free_layout;  // leaves the canonical layout
  bool known_pairs;  // no held-out pair of colour and object
  Rng& rng;

  int radius(float small, float big) {
    const float u = rng.uniform();
    return kRadius[u < small ? 0 : u < small + big ? 2 : 1];
  }

  Item item(float small, float big) {
    Item out;
    out.obj = rng.pick(objects_of(level));
    do out.col = rng.pick(colors_of(level));
    while (known_pairs && held_out(out.col, out.obj));
    out.r = int16_t(radius(small, big));
    if (level == Level::L) {
      if (rng.chance(0.3f)) out.tex = Tex(1 + rng.below(hollows(out) ? 3 : 2));
      out.flip = flips(out.obj) && rng.chance(0.5f);
    }
    out.jitter = rng.next();
    return out;
  }

  // Two objects on one axis: 64 pixels apart, or 48 .. 72 and up to 16 to the side.
  void place_pair(Item& a, Item& b, bool upright) {
    int distance = 64, aside = 0, x = 32, y = 64;
    if (free_layout) {
      distance = grid_between(48, 72, rng), aside = grid_between(-16, 16, rng);
      x = grid_between(16, kCanvas - 16 - distance, rng), y = grid_between(16, 112, rng);
    }
    put_at(a, upright ? y : x, upright ? x : y);
    put_at(b, upright ? y + aside : x + distance, upright ? x + distance : y + aside);
  }

  void count(Scene& s) {
    const int n = 2 + rng.below(3);
    Item one = item(1, 0);
    one.tex = Tex::plain;  // no phrase of several things has room for it
    for (int i = 0; i < n; ++i) {
      s.items.push_back(one);
      s.items.back().jitter = rng.next();
    }
    const int pattern = free_layout ? rng.below(3) : n == 4 ? 1 : 0;
    if (pattern == 0) {  // a row
      const int step = n == 2 ? 48 : 32, y = free_layout ? grid_between(24, 104, rng) : 64;
      for (int i = 0; i < n; ++i) put_at(s.items[size_t(i)], 64 - step * (n - 1) / 2 + step * i, y);
    } else if (pattern == 1) {  // on a grid of two by two
      const int x = free_layout ? grid_between(16, 64, rng) : 40, y = free_layout ? grid_between(16, 64, rng) : 40;
      int corners[4] = {0, 1, 2, 3};
      if (n < 4) std::swap(corners[3], corners[rng.below(4)]);
      if (n < 3) std::swap(corners[2], corners[rng.below(3)]);
      for (int i = 0; i < n; ++i) put_at(s.items[size_t(i)], x + corners[i] % 2 * 48, y + corners[i] / 2 * 48);
    } else {
      for (Item& i : s.items) put_anywhere(i, rng);
    }
  }

  void crowd(Scene& s) {
    for (int attempts = 5 + rng.below(21); attempts > 0; --attempts) {
      Item one = item(0.85f, 0.03f);
      while (!visible(one.col, s.bg)) one = item(0.85f, 0.03f);
      for (int i = 0; i < 24; ++i) {  // an attempt may look at a few places
        put_anywhere(one, rng);
        if (std::all_of(s.items.begin(), s.items.end(), [&](const Item& other) { return apart(one, other); })) {
          s.items.push_back(one);
          break;
        }
      }
    }
  }

  Scene scene(Task task) {
    Scene s;
    s.task = task;
    s.bg = rng.pick(backgrounds_of(level));
    s.bg_seed = rng.next();
    switch (task) {
      case Task::single:
        s.items = {item(0.2f, 0.2f)};
        if (free_layout) put_anywhere(s.items[0], rng);
        break;
      case Task::placed: {
        s.items = {item(0.2f, 0.2f)};
        const auto anchor = anchor_of(Place(rng.below(kPlaces)));
        const int dx = free_layout ? grid_between(-8, 8, rng) : 0, dy = free_layout ? grid_between(-8, 8, rng) : 0;
        put_at(s.items[0], anchor[0] + dx, anchor[1] + dy);
        break;
      }
      case Task::relation:
        s.items = {item(0.2f, 0.2f), item(0.2f, 0.2f)};
        place_pair(s.items[0], s.items[1], rng.chance(0.5f));
        break;
      case Task::two:
        s.items = {item(0.2f, 0.2f), item(0.2f, 0.2f)};
        place_pair(s.items[0], s.items[1], false);
        if (free_layout)
          for (Item& i : s.items) put_anywhere(i, rng);
        break;
      case Task::count:
        count(s);
        break;
      case Task::three:
        s.items = {item(0.3f, 0), item(0.3f, 0), item(0.3f, 0)};
        for (int i = 0; i < 3; ++i) put_at(s.items[size_t(i)], 24 + 40 * i, 64);
        if (free_layout)
          for (Item& i : s.items) put_anywhere(i, rng);
        break;
      case Task::free:
        for (int n = 1 + rng.below(max_kinds(level)); n > 0; --n) s.items.push_back(item(0.2f, 0.2f));
        for (Item& i : s.items) put_anywhere(i, rng);
        break;
      case Task::crowd:
        crowd(s);
        break;
      case Task::empty:
        break;
    }
    const bool room = task == Task::single || task == Task::two || task == Task::free || task == Task::empty;
    if (level == Level::L && room && rng.chance(0.15f)) s.sign = rng.pick(sign_words());
    put_in_order(s.items);
    return s;
  }
};

// Different things: two of one kind only in different colours, and those seldom.
bool kinds_differ(const Scene& s, Rng& rng) {
  for (size_t i = 0; i < s.items.size(); ++i)
    for (size_t j = 0; j < i; ++j)
      if (s.items[i].obj == s.items[j].obj && (s.items[i].col == s.items[j].col || !rng.chance(0.3f))) return false;
  return true;
}

}  // namespace

Scene Sampler::scene(Task task, Split split, Rng& rng) const {
  if (task == Task::three && level != Level::L)
    throw RequestError("scenes of three different objects belong to world level L");
  const bool freely = rng.chance(layout_freedom);
  for (int i = 0; i < kTries; ++i) {
    Draft draft{level, freely, split != Split::unseen_pairs, rng};
    Scene s = draft.scene(task);
    if (!valid(s) || !belongs(s, split)) continue;
    if (task != Task::count && task != Task::crowd && !kinds_differ(s, rng)) continue;
    if (task == Task::relation && !relation_of(s.items[0], s.items[1])) continue;
    if (task == Task::crowd && s.items.size() < 3) continue;
    return s;
  }
  throw RequestError("this world level has no scene of the task in the split");
}

Task draw_task(const TaskMix& mix, Rng& rng) { return Task(rng.weighted(mix)); }

TaskMix task_mix(Level level, float progress) {
  const float single = 0.60f - 0.35f * std::min(1.0f, 2 * progress), rest = 1 - single;
  const float three = level == Level::L ? 0.1f : 0.0f;
  //      single  placed        relation      two           count         three         free  crowd empty
  return {single, 0.20f * rest, 0.25f * rest, 0.20f * rest, 0.20f * rest, three * rest, 0.15f * rest, 0, 0};
}

Sampler sampler_at(Level level, float progress) { return {level, std::min(1.0f, 2 * progress)}; }

}  // namespace b3o::world
