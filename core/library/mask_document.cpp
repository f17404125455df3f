#include "core/library/mask_document.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <span>
#include <utility>

#include "core/base/error.h"
#include "core/base/hash.h"
#include "core/image/codec.h"
#include "core/image/mask.h"

namespace b3o {
namespace {

constexpr int kTile = MaskDocument::kTile;
constexpr size_t kTileBytes = size_t(kTile) * kTile;
constexpr double kFaintestPressure = 0.05;
constexpr auto kEveryTile = [](const MaskRect&) { return true; };

bool all_are(const MaskDocument::Tile& tile, uint8_t value) {
  return tile[0] == value && std::memcmp(tile.data(), tile.data() + 1, kTileBytes - 1) == 0;
}

// Everything of it that lies in the picture.
bool is_full(const MaskDocument::Tile& tile, const MaskRect& place) {
  if (tile[0] != 255) return false;
  if (place.width == kTile && place.height == kTile) return all_are(tile, 255);
  for (int y = 0; y < place.height; ++y) {
    const auto row = tile.begin() + std::ptrdiff_t(y) * kTile;
    if (std::any_of(row, row + place.width, [](uint8_t v) { return v != 255; })) return false;
  }
  return true;
}

bool same(const std::shared_ptr<const MaskDocument::Tile>& a, const std::shared_ptr<const MaskDocument::Tile>& b) {
  return a == b || (a && b && *a == *b);
}

double radius_of(const Brush& brush, const BrushPoint& at) {
  return std::max(0.5, brush.size / 2 * std::clamp(at.pressure, kFaintestPressure, 1.0));
}

// Which pixels of the area have their middle inside: where the ways around it do not add up to none.
GrayImage wound_around(const std::vector<MaskPoint>& polygon, const MaskRect& area) {
  GrayImage inside(area.width, area.height);
  struct Crossing {
    double x;
    int way;
  };
  std::vector<Crossing> crossings;
  for (int y = 0; y < area.height; ++y) {
    const double line = area.y + y + 0.5;
    crossings.clear();
    for (size_t i = 0; i < polygon.size(); ++i) {
      const MaskPoint &a = polygon[i], &b = polygon[(i + 1) % polygon.size()];
      if ((a.y <= line) != (b.y <= line))
        crossings.push_back({a.x + (line - a.y) / (b.y - a.y) * (b.x - a.x), a.y < b.y ? 1 : -1});
    }
    std::sort(crossings.begin(), crossings.end(), [](const auto& a, const auto& b) { return a.x < b.x; });
    int wound = 0;
    for (size_t i = 0; i + 1 < crossings.size(); ++i) {
      wound += crossings[i].way;
      if (wound == 0) continue;
      const auto column = [&](double x) {
        return int(std::clamp(std::ceil(x - 0.5) - area.x, 0.0, double(area.width)));
      };
      const auto row = inside.pixels.begin() + std::ptrdiff_t(y) * area.width;
      std::fill(row + column(crossings[i].x), row + std::max(column(crossings[i].x), column(crossings[i + 1].x)),
                uint8_t(1));
    }
  }
  return inside;
}

// The width over which a brush fades: at least a pixel.
double edge_of(double radius, double hardness) { return std::max(1.0, radius * (1 - hardness)); }

// How much a brush paints at this distance from its middle, 0 to 255; half a pixel of the edge lies outside.
int coverage(double distance, double radius, double hardness) {
  const double edge = edge_of(radius, hardness);
  const double s = std::clamp((radius + 0.5 - distance) / edge, 0.0, 1.0);
  return int(255 * s * s * (3 - 2 * s) + 0.5);
}

// As far as this from the middle the brush paints everything.
double fully_painted(double radius, double hardness) { return std::max(0.0, radius + 0.5 - edge_of(radius, hardness)); }

}  // namespace

MaskRect united(const MaskRect& a, const MaskRect& b) {
  if (a.empty()) return b;
  if (b.empty()) return a;
  const int x = std::min(a.x, b.x), y = std::min(a.y, b.y);
  return {x, y, std::max(a.x + a.width, b.x + b.width) - x, std::max(a.y + a.height, b.y + b.height) - y};
}

MaskRect common(const MaskRect& a, const MaskRect& b) {
  const int x = std::max(a.x, b.x), y = std::max(a.y, b.y);
  const MaskRect out{x, y, std::min(a.x + a.width, b.x + b.width) - x, std::min(a.y + a.height, b.y + b.height) - y};
  return out.empty() ? MaskRect() : out;
}

size_t MaskDocument::Change::bytes() const {
  size_t sum = sizeof(Change);
  for (const auto& part : parts) sum += sizeof(Part) + kTileBytes * (bool(part.before) + size_t(bool(part.after)));
  return sum;
}

MaskDocument::MaskDocument(int width, int height) : width_(width), height_(height) {
  ensure(width > 0 && height > 0, "a mask has a size");
  tiles_.resize(size_t(columns()) * size_t((height + kTile - 1) / kTile));
}

MaskDocument::MaskDocument(const GrayImage& mask) : MaskDocument(mask.width, mask.height) { set(mask); }

MaskRect MaskDocument::tile_rect(int tile) const {
  return common(rect(), {tile % columns() * kTile, tile / columns() * kTile, kTile, kTile});
}

bool MaskDocument::blank() const {
  return std::all_of(tiles_.begin(), tiles_.end(), [](const Shared& tile) { return !tile; });
}

uint8_t MaskDocument::at(int x, int y) const {
  if (common(rect(), {x, y, 1, 1}).empty()) return 0;
  const Shared& tile = tiles_[size_t(y / kTile * columns() + x / kTile)];
  return tile ? (*tile)[size_t(y % kTile) * kTile + size_t(x % kTile)] : 0;
}

MaskRect MaskDocument::marked() const {
  MaskRect out;
  for (size_t t = 0; t < tiles_.size(); ++t) {
    if (!tiles_[t]) continue;
    const MaskRect place = tile_rect(int(t));
    if (common(out, place) == place) continue;
    for (int y = 0; y < place.height; ++y) {
      const uint8_t* row = tiles_[t]->data() + size_t(y) * kTile;
      const auto set = [](uint8_t v) { return v != 0; };
      const auto first = std::find_if(row, row + place.width, set);
      if (first == row + place.width) continue;
      int last = place.width - 1;
      while (!row[last]) --last;
      const int x = int(first - row);
      out = united(out, {place.x + x, place.y + y, last - x + 1, 1});
    }
  }
  return out;
}

GrayImage MaskDocument::part(const MaskRect& area) const {
  ensure(common(rect(), area) == area, "a part of a mask lies inside");
  GrayImage out(area.width, area.height);
  for (size_t t = 0; t < tiles_.size(); ++t) {
    if (!tiles_[t]) continue;
    const MaskRect tile = tile_rect(int(t)), shared = common(tile, area);
    for (int y = shared.y; y < shared.y + shared.height; ++y)
      std::memcpy(out.pixels.data() + size_t(y - area.y) * size_t(area.width) + size_t(shared.x - area.x),
                  tiles_[t]->data() + size_t(y - tile.y) * kTile + size_t(shared.x - tile.x), size_t(shared.width));
  }
  return out;
}

std::string MaskDocument::hash() const {
  Sha256 sum;
  sum.add(cat("mask ", width_, " ", height_));
  for (size_t t = 0; t < tiles_.size(); ++t) {
    if (!tiles_[t]) continue;
    sum.add(cat(" ", t, all_are(*tiles_[t], 255) ? "*" : ":"));
    if (!all_are(*tiles_[t], 255))
      sum.add(std::string_view(reinterpret_cast<const char*>(tiles_[t]->data()), kTileBytes));
  }
  return sum.hex();
}

bool MaskDocument::operator==(const MaskDocument& other) const {
  return width_ == other.width_ && height_ == other.height_ &&
         std::equal(tiles_.begin(), tiles_.end(), other.tiles_.begin(), other.tiles_.end(), same);
}

// meets(tile): whether anything is painted there. paint(row, x0, x1, y): the bytes of pixels x0 to x1 - 1 of line y
// begin at row.
template <class Meets, class Paint>
MaskRect MaskDocument::paint(const MaskRect& wanted, Change& change, Meets meets, Paint paint) {
  const MaskRect area = common(rect(), wanted);
  MaskRect touched;
  if (area.empty()) return touched;
  for (int row = area.y / kTile; row <= (area.y + area.height - 1) / kTile; ++row)
    for (int column = area.x / kTile; column <= (area.x + area.width - 1) / kTile; ++column) {
      const int at = row * columns() + column;
      const MaskRect tile = tile_rect(at), part = common(tile, area);
      if (!meets(tile)) continue;
      Shared& shared = tiles_[size_t(at)];
      auto fresh = shared ? std::make_shared<Tile>(*shared) : std::make_shared<Tile>(kTileBytes, uint8_t(0));
      for (int y = part.y; y < part.y + part.height; ++y)
        paint(fresh->data() + size_t(y - tile.y) * kTile + size_t(part.x - tile.x), part.x, part.x + part.width, y);
      Shared after = all_are(*fresh, 0) ? nullptr : Shared(std::move(fresh));
      if (same(shared, after)) continue;
      touched = united(touched, part);
      keep(change, at, shared, after);
      shared = std::move(after);
    }
  change.rect = united(change.rect, touched);
  return touched;
}

void MaskDocument::keep(Change& change, int tile, const Shared& before, const Shared& after) {
  const auto it = std::find_if(change.parts.begin(), change.parts.end(), [&](const auto& p) { return p.tile == tile; });
  if (it == change.parts.end())
    change.parts.push_back({tile, before, after});
  else
    it->after = after;
}

// The way of the brush between two points: every pixel as near as the brush is wide there.
MaskRect MaskDocument::capsule(const BrushPoint& from, const BrushPoint& to) {
  const double r0 = radius_of(brush_, from), r1 = radius_of(brush_, to), reach = std::max(r0, r1) + 1;
  const double dx = to.x - from.x, dy = to.y - from.y, length2 = dx * dx + dy * dy;
  const double hardness = std::clamp(brush_.hardness, 0.0, 1.0);
  const uint8_t painted_over = brush_.erase ? 0 : 255;
  const double core = fully_painted(std::min(r0, r1), hardness);
  const auto bounded = [](double v) { return int(std::clamp(v, -1e6, 1e6)); };
  const int left = bounded(std::floor(std::min(from.x, to.x) - reach)),
            top = bounded(std::floor(std::min(from.y, to.y) - reach));
  const MaskRect area{left, top, bounded(std::ceil(std::max(from.x, to.x) + reach)) - left,
                      bounded(std::ceil(std::max(from.y, to.y) + reach)) - top};
  const auto row = [&](uint8_t* bytes, int x0, int x1, int y) {
    const double py = y + 0.5;
    // Of the way, only what passes within reach of this line counts.
    double t0 = 0, t1 = 1;
    if (dy != 0) {
      t0 = std::clamp((py - reach - from.y) / dy, 0.0, 1.0);
      t1 = std::clamp((py + reach - from.y) / dy, 0.0, 1.0);
    }
    const double xa = from.x + t0 * dx, xb = from.x + t1 * dx;
    const int begin = std::max(x0, bounded(std::floor(std::min(xa, xb) - reach)));
    const int end = std::min(x1, bounded(std::ceil(std::max(xa, xb) + reach)));
    for (int x = begin; x < end; ++x) {
      uint8_t& byte = bytes[x - x0];
      if (byte == painted_over) continue;
      const double px = x + 0.5 - from.x, qy = py - from.y;
      const double t = length2 > 0 ? std::clamp((px * dx + qy * dy) / length2, 0.0, 1.0) : 0;
      const double ex = px - t * dx, ey = qy - t * dy, far = ex * ex + ey * ey;
      if (far >= reach * reach) continue;
      if (far <= core * core) {
        byte = painted_over;
        continue;
      }
      const int painted = coverage(std::sqrt(far), r0 + t * (r1 - r0), hardness);
      byte = uint8_t(brush_.erase ? std::min<int>(byte, 255 - painted) : std::max<int>(byte, painted));
    }
  };
  const auto meets = [&](const MaskRect& tile) {
    // Most tiles under a large brush are what it would make of them already.
    const Shared& there = tiles_[size_t(tile.y / kTile * columns() + tile.x / kTile)];
    if (brush_.erase ? !there : there && is_full(*there, tile)) return false;
    const double cx = tile.x + tile.width / 2.0 - from.x, cy = tile.y + tile.height / 2.0 - from.y;
    const double t = length2 > 0 ? std::clamp((cx * dx + cy * dy) / length2, 0.0, 1.0) : 0;
    return std::hypot(cx - t * dx, cy - t * dy) <= reach + std::hypot(tile.width, tile.height) / 2;
  };
  return paint(area, stroke_, meets, row);
}

MaskRect MaskDocument::begin_stroke(const Brush& brush, const BrushPoint& at) {
  ensure(!stroking_ && width_ > 0, "one stroke is drawn at a time");
  stroking_ = true;
  brush_ = brush;
  last_ = at;
  stroke_ = {};
  return capsule(at, at);
}

MaskRect MaskDocument::stroke_to(const BrushPoint& to) {
  ensure(stroking_, "a stroke has begun");
  const BrushPoint from = std::exchange(last_, to);
  return capsule(from, to);
}

MaskDocument::Change MaskDocument::end_stroke() {
  ensure(stroking_, "a stroke has begun");
  stroking_ = false;
  return std::exchange(stroke_, {});
}

MaskRect MaskDocument::cancel_stroke() {
  if (!stroking_) return {};
  return undo(end_stroke());
}

// inside: a byte for each pixel of the area; null: all of it.
MaskDocument::Change MaskDocument::fill(const MaskRect& area, Combine combine, const GrayImage* inside) {
  Change change;
  const uint8_t value = combine == Combine::subtract ? 0 : 255;
  paint(combine == Combine::replace ? rect() : area, change, kEveryTile, [&](uint8_t* bytes, int x0, int x1, int y) {
    if (combine == Combine::replace) std::fill(bytes, bytes + (x1 - x0), uint8_t(0));
    const MaskRect in = common(area, {x0, y, x1 - x0, 1});
    const size_t line = size_t(y - area.y) * size_t(area.width);
    for (int x = in.x; x < in.x + in.width; ++x)
      if (!inside || inside->pixels[line + size_t(x - area.x)]) bytes[x - x0] = value;
  });
  return change;
}

MaskDocument::Change MaskDocument::rectangle(const MaskRect& area, Combine combine) {
  return fill(common(rect(), area), combine, nullptr);
}

MaskDocument::Change MaskDocument::lasso(const std::vector<MaskPoint>& polygon, Combine combine) {
  if (polygon.size() < 3) return fill({}, combine, nullptr);
  const auto [left, right] =
      std::minmax_element(polygon.begin(), polygon.end(), [](auto& a, auto& b) { return a.x < b.x; });
  const auto [top, bottom] =
      std::minmax_element(polygon.begin(), polygon.end(), [](auto& a, auto& b) { return a.y < b.y; });
  const auto bounded = [](double v) { return int(std::clamp(v, -1e6, 1e6)); };
  const int x0 = bounded(std::floor(left->x)), y0 = bounded(std::floor(top->y));
  const MaskRect area = common(rect(), {x0, y0, bounded(std::ceil(right->x)) - x0, bounded(std::ceil(bottom->y)) - y0});
  if (area.empty()) return fill({}, combine, nullptr);
  const GrayImage inside = wound_around(polygon, area);
  return fill(area, combine, &inside);
}

MaskDocument::Change MaskDocument::invert() {
  Change change;
  paint(rect(), change, kEveryTile, [](uint8_t* bytes, int x0, int x1, int) {
    for (int x = 0; x < x1 - x0; ++x) bytes[x] = uint8_t(255 - bytes[x]);
  });
  return change;
}

MaskDocument::Change MaskDocument::clear() { return fill({}, Combine::replace, nullptr); }

MaskDocument::Change MaskDocument::set(const GrayImage& mask) {
  if (mask.width != width_ || mask.height != height_)
    throw RequestError(cat("The mask is ", mask.width, " x ", mask.height, " pixels, the picture is ", width_, " x ",
                           height_, "; they must be equal."));
  return place(mask, 0, 0);
}

MaskDocument::Change MaskDocument::place(const GrayImage& part, int left, int top) {
  const MaskRect area{left, top, part.width, part.height};
  ensure(common(rect(), area) == area, "a part of a mask lies inside");
  Change change;
  paint(area, change, kEveryTile, [&](uint8_t* bytes, int x0, int x1, int y) {
    std::memcpy(bytes, part.pixels.data() + size_t(y - top) * size_t(part.width) + size_t(x0 - left), size_t(x1 - x0));
  });
  return change;
}

MaskDocument::Change MaskDocument::set(const MaskDocument& mask) {
  if (mask.width_ != width_ || mask.height_ != height_)
    throw RequestError(cat("The mask is ", mask.width_, " x ", mask.height_, " pixels, the picture is ", width_, " x ",
                           height_, "; they must be equal."));
  Change change;
  for (size_t t = 0; t < tiles_.size(); ++t) {
    if (same(tiles_[t], mask.tiles_[t])) continue;
    change.parts.push_back({int(t), tiles_[t], mask.tiles_[t]});
    change.rect = united(change.rect, tile_rect(int(t)));
    tiles_[t] = mask.tiles_[t];
  }
  return change;
}

MaskRect MaskDocument::undo(const Change& change) {
  for (const auto& part : change.parts) tiles_[size_t(part.tile)] = part.before;
  return change.rect;
}

MaskRect MaskDocument::redo(const Change& change) {
  for (const auto& part : change.parts) tiles_[size_t(part.tile)] = part.after;
  return change.rect;
}

namespace {

// Works on no more of the mask than what is marked and a margin around it.
template <class Work>
MaskDocument within(const MaskDocument& mask, int margin, Work work) {
  const MaskRect marked = mask.marked();
  if (marked.empty()) return mask;
  const MaskRect area = common(
      mask.rect(), {marked.x - margin, marked.y - margin, marked.width + 2 * margin, marked.height + 2 * margin});
  MaskDocument out(mask.width(), mask.height());
  out.place(work(mask.part(area)), area.x, area.y);
  return out;
}

}  // namespace

MaskDocument grown(const MaskDocument& mask, int radius) {
  return within(mask, std::max(0, radius) + 1, [&](const GrayImage& part) { return grow(part, radius); });
}

MaskDocument shrunk(const MaskDocument& mask, int radius) {
  return within(mask, 1, [&](const GrayImage& part) { return shrink(part, radius); });
}

MaskDocument feathered(const MaskDocument& mask, int width) {
  return within(mask, 1, [&](const GrayImage& part) { return feather(part, width); });
}

std::string mask_png(const MaskDocument& mask) { return encode_png(mask.image()); }

MaskDocument mask_from_png(std::string_view png, const std::string& where, int width, int height) {
  const GrayImage mask = decode_mask(std::as_bytes(std::span(png.data(), png.size())), where);
  if ((width && mask.width != width) || (height && mask.height != height))
    throw LoadError(cat(where, ": the mask is ", mask.width, " x ", mask.height, " pixels, expected ", width, " x ",
                        height, " as its picture"));
  return MaskDocument(mask);
}

}  // namespace b3o
