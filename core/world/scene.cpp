#include "core/world/scene.h"

#include <algorithm>
#include <cstdlib>

namespace b3o::world {
namespace {

template <class Kind>
std::vector<Kind> first(int n) {
  std::vector<Kind> all;
  for (int i = 0; i < n; ++i) all.push_back(Kind(i));
  return all;
}

constexpr Rgb kPalette[kColors] = {{222, 45, 38},  {244, 138, 30},  {250, 214, 48}, {46, 160, 67}, {38, 98, 217},
                                   {130, 60, 180}, {245, 130, 180}, {140, 86, 48},  {32, 32, 36},  {248, 248, 248}};

// 0, 1, 2 for the thirds of an axis; -1 between them.
int third(int v) {
  if (v <= 40) return 0;
  if (v >= 88) return 2;
  return v >= 56 && v <= 72 ? 1 : -1;
}

}  // namespace

const std::vector<Obj>& objects_of(Level level) {
  static const std::vector<Obj> small = first<Obj>(10), all = first<Obj>(kObjects);
  return level == Level::S ? small : all;
}

const std::vector<Col>& colors_of(Level level) {
  static const std::vector<Col> small = {Col::red,  Col::orange, Col::yellow, Col::green,
                                         Col::blue, Col::purple, Col::pink,   Col::black};
  static const std::vector<Col> all = first<Col>(kColors);
  return level == Level::S ? small : all;
}

const std::vector<Bg>& backgrounds_of(Level level) {
  static const std::vector<Bg> small = first<Bg>(4), all = first<Bg>(kBackgrounds);
  return level == Level::S ? small : all;
}

Rgb color_of(Col col) { return kPalette[int(col)]; }

Rgb color_of(const Item& item) {
  const Rgb base = color_of(item.col);
  const auto moved = [&](uint8_t channel, uint32_t divisor) {
    return uint8_t(std::clamp(int(channel) + int(item.jitter / divisor % 7) - 3, 0, 255));
  };
  return {moved(base.r, 1), moved(base.g, 7), moved(base.b, 49)};
}

bool visible(Col col, Bg bg) {
  const bool dusk = bg == Bg::night || bg == Bg::sunset;
  if (col == Col::white) return dusk;
  return col != Col::black || !dusk;
}

bool flips(Obj obj) { return obj == Obj::fish || obj == Obj::bird || obj == Obj::car || obj == Obj::boat; }

bool hollows(const Item& item) {
  for (const Obj parted : {Obj::tree, Obj::car, Obj::boat, Obj::mushroom})
    if (item.obj == parted) return false;
  return item.r > kRadius[0];
}

bool held_out(Col col, Obj obj) { return (7 * int(col) + 3 * int(obj)) % 10 == 0; }

bool held_out(Obj a, Rel rel, Obj b) {
  if (rel == Rel::right_of || rel == Rel::below) {
    std::swap(a, b);
    rel = opposite(rel);
  }
  return mix64(uint64_t((int(a) * kRelations + int(rel)) * kObjects + int(b) + 1)) % 10 == 0;
}

bool held_out_count(int count, Obj obj) {
  return count >= 4 && (obj == Obj::car || obj == Obj::cat || obj == Obj::cup || obj == Obj::mushroom);
}

bool has_held_out_pair(const Scene& scene) {
  for (const Item& item : scene.items)
    if (held_out(item.col, item.obj)) return true;
  return false;
}

bool has_held_out_relation(const Scene& scene) {
  if (scene.items.size() != 2) return false;
  const Item &a = scene.items[0], &b = scene.items[1];
  const auto rel = relation_of(a, b);
  return rel && held_out(a.obj, *rel, b.obj);
}

bool has_held_out_count(const Scene& scene) {
  int count[kObjects] = {};
  for (const Item& item : scene.items) ++count[int(item.obj)];
  for (int o = 0; o < kObjects; ++o)
    if (held_out_count(count[o], Obj(o))) return true;
  return false;
}

bool belongs(const Scene& scene, Split split) {
  return has_held_out_pair(scene) == (split == Split::unseen_pairs) &&
         has_held_out_relation(scene) == (split == Split::unseen_relations) &&
         has_held_out_count(scene) == (split == Split::unseen_counts);
}

Size size_of(const Item& item) {
  return item.r <= kRadius[0] ? Size::small : item.r >= kRadius[2] ? Size::big : Size::middle;
}

std::optional<Place> place_of(const Item& item) {
  const int column = third(item.cx), row = third(item.cy);
  if (column < 0 || row < 0) return std::nullopt;
  return Place(row * 3 + column);
}

std::array<int, 2> anchor_of(Place place) { return {32 + int(place) % 3 * 32, 32 + int(place) / 3 * 32}; }

std::optional<Rel> relation_of(const Item& a, const Item& b) {
  const int dx = a.cx - b.cx, dy = a.cy - b.cy;
  if (std::abs(dx) >= 24 && std::abs(dx) >= 2 * std::abs(dy)) return dx < 0 ? Rel::left_of : Rel::right_of;
  if (std::abs(dy) >= 24 && std::abs(dy) >= 2 * std::abs(dx)) return dy < 0 ? Rel::above : Rel::below;
  return std::nullopt;
}

Rel opposite(Rel rel) { return Rel(int(rel) ^ 1); }

const std::vector<std::string>& sign_words() {
  static const std::vector<std::string> words = {"HI",   "GO",   "NO",   "UP",   "YES",  "BUS",  "ZOO",  "TEA",
                                                 "PIE",  "TOY",  "ART",  "FUN",  "ICE",  "STOP", "CAFE", "TAXI",
                                                 "OPEN", "SALE", "BOOK", "SHOP", "FARM", "EXIT", "HELP", "PARK"};
  return words;
}

bool fits(const Item& item) {
  const int low = item.r + 4, high = kCanvas - item.r - 4;
  return item.cx >= low && item.cx <= high && item.cy >= low && item.cy <= high;
}

bool apart(const Item& a, const Item& b) {
  const int dx = a.cx - b.cx, dy = a.cy - b.cy, distance = a.r + b.r + kGap;
  return dx * dx + dy * dy >= distance * distance;
}

bool valid(const Scene& scene) {
  if (scene.sign.size() > 4) return false;
  for (const char c : scene.sign)
    if (c < 'A' || c > 'Z') return false;
  for (size_t i = 0; i < scene.items.size(); ++i) {
    const Item& item = scene.items[i];
    if (std::find(std::begin(kRadius), std::end(kRadius), item.r) == std::end(kRadius)) return false;
    if (!fits(item) || item.cx % kGrid || item.cy % kGrid || !visible(item.col, scene.bg)) return false;
    if (!scene.sign.empty() && item.cy + item.r > kSignTop - kGap) return false;
    for (size_t j = 0; j < i; ++j)
      if (!apart(item, scene.items[j])) return false;
  }
  return true;
}

void put_in_order(std::vector<Item>& items) {
  std::stable_sort(items.begin(), items.end(),
                   [](const Item& a, const Item& b) { return a.cx != b.cx ? a.cx < b.cx : a.cy < b.cy; });
}

}  // namespace b3o::world
