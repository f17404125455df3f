#include "core/train/grounding.h"

#include <algorithm>
#include <cstdlib>

#include "core/world/labels.h"

namespace b3o::train {
namespace {

using world::Ask, world::Item, world::Rel, world::Scene;

template <class Matches>
std::vector<int> items_that(const Scene& scene, Matches matches) {
  std::vector<int> out;
  for (size_t i = 0; i < scene.items.size(); ++i)
    if (matches(scene.items[i])) out.push_back(int(i));
  return out;
}

std::vector<int> named(const Scene& scene, std::optional<world::Obj> obj, std::optional<world::Col> color) {
  return items_that(scene, [&](const Item& i) { return (!obj || i.obj == *obj) && (!color || i.col == *color); });
}

// Closer than this, in pixels, neither side is said.
constexpr int kLevel = 8;

int before(int a, int b) { return std::abs(a - b) < kLevel ? -1 : int(a < b); }

// Of the one thing that is looked at first, and of the one that is looked at second.
Facts places(const Scene& scene, const std::vector<int>& first, const std::vector<int>& second = {}) {
  Facts out;
  if (first.size() != 1) return out;
  const Item& a = scene.items[size_t(first.front())];
  out[Fact::row] = a.cy / world::kGrid, out[Fact::column] = a.cx / world::kGrid;
  if (second.size() != 1) return out;
  const Item& b = scene.items[size_t(second.front())];
  out[Fact::other_row] = b.cy / world::kGrid, out[Fact::other_column] = b.cx / world::kGrid;
  out[Fact::left] = before(b.cx, a.cx), out[Fact::above] = before(b.cy, a.cy);
  return out;
}

bool lies(const Item& item, Rel rel, const Item& from) {
  switch (rel) {
    case Rel::left_of:
      return item.cx < from.cx;
    case Rel::right_of:
      return item.cx > from.cx;
    case Rel::above:
      return item.cy < from.cy;
    case Rel::below:
      return item.cy > from.cy;
  }
  return false;
}

}  // namespace

Grounding grounding(const Scene& scene, const world::Query& q) {
  switch (q.ask) {
    case Ask::where_is: {
      const std::vector<int> it = named(scene, q.a, q.a_col);
      return {it, {}, places(scene, it)};
    }
    case Ask::color_of:
    case Ask::exists:
    case Ask::has_texture:
    case Ask::is_color:
      return {named(scene, q.a, q.a_col), {}};
    case Ask::count_of:
    case Ask::is_count: {
      const std::vector<int> all = named(scene, q.a, q.a_col);
      Facts facts;
      facts[Fact::count] = std::min(int(all.size()), kFactClasses[size_t(Fact::count)] - 1);
      return {all, {}, facts};
    }
    case Ask::object_of:
      return {named(scene, {}, q.a_col), {}};
    case Ask::object_at:
      return {items_that(scene, [&](const Item& i) { return place_of(i) == q.place; }), {}};
    case Ask::is_related: {
      const std::vector<int> from = named(scene, q.b, q.b_col), it = named(scene, q.a, q.a_col);
      return {from, it, places(scene, from, it)};
    }
    case Ask::more:
    case Ask::bigger:
    case Ask::same_color:
      return {named(scene, q.a, q.a_col), named(scene, q.b, q.b_col)};
    case Ask::what_is: {
      std::vector<int> from = named(scene, q.a, q.a_col), there;
      if (!from.empty() && q.rel) {
        const Item& here = scene.items[size_t(from.front())];
        there = items_that(scene, [&](const Item& i) { return lies(i, *q.rel, here); });
      }
      return {from, there, places(scene, from, there)};
    }
    case Ask::time:
    case Ask::setting:
    case Ask::sign_says:
    case Ask::describe_brief:
    case Ask::describe_full:
      return {};
  }
  return {};
}

std::vector<float> looks_at(const Scene& scene, const std::vector<int>& items) {
  constexpr size_t kAll = world::kCells * world::kCells;
  const world::CellLabels labels = world::cell_labels(scene);
  std::vector<float> out(1 + kAll, 0);
  const float share = 1 / float(items.size() + 1);
  out[0] = share;
  for (const int i : items) {
    const Item& item = scene.items[size_t(i)];
    std::vector<size_t> cells;
    for (size_t c = 0; c < kAll; ++c)
      if (labels.obj[c] == uint8_t(item.obj) && labels.row[c] == item.cy / world::kGrid &&
          labels.column[c] == item.cx / world::kGrid)
        cells.push_back(c);
    for (const size_t c : cells) out[1 + c] += share / float(cells.size());
    if (cells.empty()) out[0] += share;  // no cell shows it clearly
  }
  return out;
}

}  // namespace b3o::train
