// A mask that is being drawn: one byte a pixel of the picture (255 = repaint, 0 = keep), kept in tiles that are shared
// between copies until one of them changes. A copy costs a pointer a tile, a change holds only the tiles it touched,
// and every drawing operation says which rectangle must be shown again.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/image/image.h"

namespace b3o {

struct MaskRect {
  int x = 0, y = 0, width = 0, height = 0;
  bool empty() const { return width <= 0 || height <= 0; }
  bool operator==(const MaskRect&) const = default;
};
MaskRect united(const MaskRect& a, const MaskRect& b);  // the smallest that holds both
MaskRect common(const MaskRect& a, const MaskRect& b);

struct Brush {
  double size = 64;       // diameter in pixels of the picture, at full pressure
  double hardness = 0.8;  // the part of the radius that is fully painted; 1: a sharp edge, 0: soft from the middle on
  bool erase = false;
  bool operator==(const Brush&) const = default;
};
struct BrushPoint {
  double x = 0, y = 0;  // in pixels; the middle of the first pixel is (0.5, 0.5)
  double pressure = 1;  // scales the size; a mouse presses fully
};
struct MaskPoint {
  double x = 0, y = 0;
};

// What an area does to what is there already.
enum class Combine { replace, add, subtract };

class MaskDocument {
 public:
  using Tile = std::vector<uint8_t>;  // kTile x kTile, also where the picture ends earlier (0 there)
  static constexpr int kTile = 128;

  // What one operation did. undo() and redo() on a mask in the state behind or before it are exact.
  struct Change {
    struct Part {
      int tile = 0;
      std::shared_ptr<const Tile> before, after;
    };
    std::vector<Part> parts;
    MaskRect rect;  // of all of them
    bool empty() const { return parts.empty(); }
    size_t bytes() const;  // of the tiles that it holds
  };

  MaskDocument() = default;
  MaskDocument(int width, int height);  // nothing marked
  explicit MaskDocument(const GrayImage& mask);

  int width() const { return width_; }
  int height() const { return height_; }
  MaskRect rect() const { return {0, 0, width_, height_}; }
  bool blank() const;  // nothing is marked
  uint8_t at(int x, int y) const;
  MaskRect marked() const;  // the smallest rectangle with all that is not 0
  GrayImage image() const { return part(rect()); }
  GrayImage part(const MaskRect& rect) const;  // must lie inside
  // By content: equal for equal masks, however they were drawn.
  std::string hash() const;
  bool operator==(const MaskDocument& other) const;

  // One stroke: begin, any number of moves, end. Each returns what must be shown again; end() returns the whole stroke.
  // Painting never lowers a byte and erasing never raises one, so a stroke does not depend on how often the pen is
  // asked for its place.
  MaskRect begin_stroke(const Brush& brush, const BrushPoint& at);
  MaskRect stroke_to(const BrushPoint& to);
  Change end_stroke();
  // Takes a stroke that is not finished back.
  MaskRect cancel_stroke();
  bool stroking() const { return stroking_; }

  // Areas with a sharp edge; what lies outside of the picture is left out. A polygon is closed by itself, and what it
  // winds around is inside. A pixel belongs to it when its middle does.
  Change rectangle(const MaskRect& area, Combine combine);
  Change lasso(const std::vector<MaskPoint>& polygon, Combine combine);
  Change invert();
  Change clear();
  // RequestError when the mask has another size.
  Change set(const GrayImage& mask);
  Change set(const MaskDocument& mask);

  Change place(const GrayImage& part, int x, int y);  // over what is there; must lie inside

  MaskRect undo(const Change& change);
  MaskRect redo(const Change& change);

 private:
  using Shared = std::shared_ptr<const Tile>;

  int columns() const { return (width_ + kTile - 1) / kTile; }
  MaskRect tile_rect(int tile) const;
  template <class Meets, class Paint>
  MaskRect paint(const MaskRect& area, Change& change, Meets meets, Paint paint);
  static void keep(Change& change, int tile, const Shared& before, const Shared& after);
  MaskRect capsule(const BrushPoint& from, const BrushPoint& to);
  Change fill(const MaskRect& area, Combine combine, const GrayImage* inside);

  int width_ = 0, height_ = 0;
  std::vector<Shared> tiles_;  // null: nothing marked
  bool stroking_ = false;
  Brush brush_;
  BrushPoint last_;
  Change stroke_;
};

// Every pixel within `radius` of a marked one (128 or more) becomes marked; every pixel within it of one that is not
// becomes unmarked; the edge fades inwards over `width` pixels. See core/image/mask.h. These take a while on large
// masks and belong off the window's thread; a copy of a mask may go there.
MaskDocument grown(const MaskDocument& mask, int radius);
MaskDocument shrunk(const MaskDocument& mask, int radius);
MaskDocument feathered(const MaskDocument& mask, int width);

// The PNG of a mask and back. LoadError when it is none, or not of this size (0: any).
std::string mask_png(const MaskDocument& mask);
MaskDocument mask_from_png(std::string_view png, const std::string& where, int width = 0, int height = 0);

}  // namespace b3o
