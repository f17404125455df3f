// The drawn world as values: objects, colours, backgrounds, and a scene made of them (embedded-model.md 2 and 4).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/world/rng.h"

namespace b3o::world {

// The orders below are part of the split rules and of every label: never reorder.
enum class Obj : uint8_t {
  circle,
  square,
  triangle,
  star,
  heart,
  moon,
  fish,
  house,
  tree,
  flower,
  sun,
  cloud,
  car,
  boat,
  cat,
  bird,
  cup,
  umbrella,
  mushroom,
  balloon
};
enum class Col : uint8_t { red, orange, yellow, green, blue, purple, pink, brown, black, white };
enum class Bg : uint8_t { white, meadow, night, sea, sunset, snow };
enum class Tex : uint8_t { plain, striped, spotted, hollow };
enum class Rel : uint8_t { left_of, right_of, above, below };
// Row by row: Place(row * 3 + column).
enum class Place : uint8_t { top_left, top, top_right, left, center, right, bottom_left, bottom, bottom_right };
enum class Size : uint8_t { small, middle, big };
inline constexpr int kObjects = 20, kColors = 10, kBackgrounds = 6, kTextures = 4, kRelations = 4, kPlaces = 9;
inline constexpr int kVariants = 4;  // fixed pictures of each background

enum class Level : uint8_t { S, M, L };
// What the words of a scene state; free: whatever its places allow; crowd: about ten objects, for training only.
enum class Task : uint8_t { single, placed, relation, two, count, three, free, crowd, empty };
// train, validation and test follow the same rules with other streams. Each other split holds one kind of scene that
// training never shows, and nothing of the other two kinds.
enum class Split : uint8_t { train, validation, test, unseen_pairs, unseen_relations, unseen_counts };

inline constexpr int kCanvas = 128;  // pixels a side
inline constexpr int kGrid = 8;      // centres are multiples of it
inline constexpr int kRadius[3] = {12, 18, 26};
inline constexpr int kGap = 4;  // between the bounding circles of two objects

struct Rgb {
  uint8_t r, g, b;
  bool operator==(const Rgb&) const = default;
};

struct Item {
  Obj obj = Obj::circle;
  Col col = Col::red;
  Tex tex = Tex::plain;
  int16_t cx = 64, cy = 64, r = 18;  // pixels; y grows downwards
  bool flip = false;
  uint32_t jitter = 0;  // moves each channel of the colour by -3 .. 3
  bool operator==(const Item&) const = default;
};

struct Scene {
  Bg bg = Bg::white;
  uint32_t bg_seed = 0;  // its remainder by kVariants chooses the picture
  std::vector<Item> items;
  std::string sign;        // level L: capital letters on a board at the bottom, or empty
  Task task = Task::free;  // what a caption has to state
  bool operator==(const Scene&) const = default;
};

// Level S: ten objects, eight colours, four backgrounds; M and L: all.
const std::vector<Obj>& objects_of(Level level);
const std::vector<Col>& colors_of(Level level);
const std::vector<Bg>& backgrounds_of(Level level);
inline bool has_color(Level level, Col col) { return level != Level::S || (col != Col::brown && col != Col::white); }
inline int max_kinds(Level level) { return level == Level::L ? 3 : 2; }

Rgb color_of(Col col);
Rgb color_of(const Item& item);  // with its jitter
// White stands out only at night and at sunset, black on neither.
bool visible(Col col, Bg bg);
bool flips(Obj obj);             // may look left and right at level L
bool hollows(const Item& item);  // stays in one piece as an outline: not when small or made of parts

// embedded-model.md 6: what training never shows.
bool held_out(Col col, Obj obj);
bool held_out(Obj a, Rel rel, Obj b);  // both ways of saying one relation share their fate
bool held_out_count(int count, Obj obj);
// What of a scene is held out. Relations are looked at in scenes of two objects only: a crowd holds hundreds.
bool has_held_out_pair(const Scene& scene);
bool has_held_out_relation(const Scene& scene);
bool has_held_out_count(const Scene& scene);
// Whether the scene follows the rules of the split.
bool belongs(const Scene& scene, Split split);

Size size_of(const Item& item);
// The ninth of the picture the centre lies in; none on the borders between them.
std::optional<Place> place_of(const Item& item);
std::array<int, 2> anchor_of(Place place);  // x, y
// How a lies to b: the main axis by at least 24 pixels and twice the other one, else none.
std::optional<Rel> relation_of(const Item& a, const Item& b);
Rel opposite(Rel rel);
inline constexpr int kSignTop = 100;  // with a sign, objects end above this row
const std::vector<std::string>& sign_words();
// Inside the canvas with its margin.
bool fits(const Item& item);
// Bounding circles at least kGap apart.
bool apart(const Item& a, const Item& b);
// Everything fits, is apart, visible and on the grid.
bool valid(const Scene& scene);
// Left to right, then top to bottom: the order in which texts name things.
void put_in_order(std::vector<Item>& items);

}  // namespace b3o::world
