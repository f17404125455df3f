#include "ui/edit/mask_overlay.h"

#include <algorithm>
#include <array>
#include <climits>
#include <cmath>
#include <utility>

namespace b3o {
namespace {

constexpr int kMostTaps = 4;  // a screen pixel looks at up to 4 x 4 places of the mask
constexpr float kVeil = 0.45f;
constexpr uint8_t kEdge = 128;
constexpr int kDash = 4;  // screen pixels of a dash, and of the gap after it

// Where the pixels of a row or a column fall on one side of the mask: `each` indices a pixel; -1: outside.
struct Taps {
  int each = 1;
  std::vector<int> at;
};

// The pixels from `first` on. per_pixel: of the mask a screen pixel; where that is at most one, one look is enough.
Taps tapsOf(int first, int count, double origin, double per_pixel, int side) {
  Taps out{std::clamp(int(std::ceil(per_pixel - 1e-6)), 1, kMostTaps), {}};
  out.at.reserve(size_t(count * out.each));
  for (int i = 0; i < count; ++i)
    for (int k = 0; k < out.each; ++k) {
      const double at = (first + i + (k + 0.5) / out.each - origin) * per_pixel;
      out.at.push_back(at < 0 || at >= side ? -1 : int(at));
    }
  return out;
}

// The first and the last index that some tap falls on, as a range; empty when all lie outside.
std::pair<int, int> spanOf(const Taps& taps) {
  int first = INT_MAX, last = -1;
  for (const int at : taps.at) {
    if (at < 0) continue;
    first = std::min(first, at);
    last = std::max(last, at);
  }
  return {first, last + 1};
}

// How much of each pixel of a screen row is marked, 0 to 255. seen: the part of the mask that begins at (x0, y0).
void coverRow(const GrayImage& seen, int x0, int y0, const Taps& columns, const Taps& rows, int row, uint8_t* out) {
  const int across = columns.each, down = rows.each, whole = across * down;
  const int pixels = int(columns.at.size()) / across;
  std::array<const uint8_t*, kMostTaps> lines = {};
  int count = 0;
  for (int k = 0; k < down; ++k)
    if (const int y = rows.at[size_t(row * down + k)]; y >= 0)
      lines[size_t(count++)] = seen.pixels.data() + size_t(y - y0) * size_t(seen.width);
  const int* x = columns.at.data();
  for (int i = 0; i < pixels; ++i) {
    int sum = 0;
    for (int k = 0; k < across; ++k, ++x) {
      if (*x < 0) continue;
      for (int n = 0; n < count; ++n) sum += lines[size_t(n)][*x - x0];
    }
    out[i] = uint8_t((sum + whole / 2) / whole);
  }
}

}  // namespace

void MaskOverlay::setSize(const QSize& size, qreal pixel_ratio) {
  const QSize pixels = (QSizeF(size) * pixel_ratio).toSize();
  if (image_.size() != pixels) image_ = QImage(pixels, QImage::Format_ARGB32_Premultiplied);
  image_.setDevicePixelRatio(pixel_ratio);
}

void MaskOverlay::setColours(const QColor& colour, const QColor& gaps) {
  colour_ = colour;
  gaps_ = gaps;
  for (size_t i = 0; i < veil_.size(); ++i) {
    const float alpha = kVeil * float(i) / 255;
    const auto part_of = [&](int channel) { return int(std::lround(float(channel) * alpha)); };
    veil_[i] = qRgba(part_of(colour.red()), part_of(colour.green()), part_of(colour.blue()), part_of(255));
  }
}

void MaskOverlay::redraw(const MaskDocument& mask, const Zoom& zoom, const QRect& part) {
  const qreal ratio = image_.devicePixelRatio();
  const QRect wanted = QRectF(QPointF(part.topLeft()) * ratio, QSizeF(part.size()) * ratio)
                           .toAlignedRect()
                           .intersected(QRect(QPoint(), image_.size()));
  if (wanted.isEmpty()) return;
  const int w = wanted.width() + 2, h = wanted.height() + 2;  // the neighbours decide where the edge is
  const QRectF at = zoom.target();
  const auto columns = tapsOf(wanted.left() - 1, w, at.x() * ratio, mask.width() / (at.width() * ratio), mask.width());
  const auto rows = tapsOf(wanted.top() - 1, h, at.y() * ratio, mask.height() / (at.height() * ratio), mask.height());
  const auto [x0, x1] = spanOf(columns);
  const auto [y0, y1] = spanOf(rows);
  if (at.isEmpty() || x0 >= x1 || y0 >= y1) {
    for (int y = wanted.top(); y <= wanted.bottom(); ++y)
      std::fill_n(reinterpret_cast<QRgb*>(image_.scanLine(y)) + wanted.left(), wanted.width(), 0u);
    return;
  }
  const GrayImage seen = mask.part({x0, y0, x1 - x0, y1 - y0});
  covered_.resize(size_t(w) * size_t(h));
  for (int y = 0; y < h; ++y) coverRow(seen, x0, y0, columns, rows, y, covered_.data() + size_t(y) * size_t(w));
  const int dash = std::max(1, int(kDash * ratio));
  for (int y = 1; y + 1 < h; ++y) {
    auto* line = reinterpret_cast<QRgb*>(image_.scanLine(wanted.top() + y - 1)) + wanted.left();
    const uint8_t* c = covered_.data() + size_t(y) * size_t(w) + 1;
    for (int x = 1; x + 1 < w; ++x, ++c) {
      if (*c < kEdge || (c[-1] >= kEdge && c[1] >= kEdge && c[-w] >= kEdge && c[w] >= kEdge)) {
        line[x - 1] = veil_[*c];
        continue;
      }
      const int along = (wanted.left() + x) / dash + (wanted.top() + y) / dash;  // dashes whichever way the edge runs
      line[x - 1] = along % 2 == 0 ? colour_.rgb() : gaps_.rgb();
    }
  }
}

void MaskOverlay::paint(QPainter& painter, const QRect& part) const {
  const qreal ratio = image_.devicePixelRatio();
  painter.drawImage(QRectF(part), image_, QRectF(QPointF(part.topLeft()) * ratio, QSizeF(part.size()) * ratio));
}

}  // namespace b3o
