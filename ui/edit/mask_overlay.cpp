#include "ui/edit/mask_overlay.h"

#include <algorithm>
#include <array>
#include <climits>
#include <cmath>
#include <utility>

namespace b3o {
namespace {

constexpr int kTaps = 4;  // a screen pixel looks at 4 x 4 places of the mask
constexpr float kVeil = 0.45f, kEdge = 0.5f;
constexpr int kDash = 4;  // screen pixels of a dash, and of the gap after it

using Taps = std::array<int, kTaps>;  // indices along one side; -1: outside

// Where the pixels from `first` on fall on one side of the picture.
std::vector<Taps> tapsOf(int first, int count, double origin, double per_pixel, int side) {
  std::vector<Taps> out(static_cast<size_t>(count));
  for (int i = 0; i < count; ++i)
    for (int k = 0; k < kTaps; ++k) {
      const double at = (first + i + (k + 0.5) / kTaps - origin) * per_pixel;
      out[size_t(i)][size_t(k)] = at < 0 || at >= side ? -1 : int(at);
    }
  return out;
}

// The first and the last index that some tap falls on, as a range; empty when all lie outside.
std::pair<int, int> spanOf(const std::vector<Taps>& taps) {
  int first = INT_MAX, last = -1;
  for (const auto& pixel : taps)
    for (const int at : pixel) {
      if (at < 0) continue;
      first = std::min(first, at);
      last = std::max(last, at);
    }
  return {first, last + 1};
}

float coverage(const GrayImage& mask, const Taps& columns, const Taps& rows, QPoint origin) {
  int sum = 0;
  for (const int y : rows) {
    if (y < 0) continue;
    const uint8_t* line = mask.pixels.data() + size_t(y - origin.y()) * size_t(mask.width) - origin.x();
    for (const int x : columns) sum += x < 0 ? 0 : line[x];
  }
  return float(sum) / float(255 * kTaps * kTaps);
}

}  // namespace

void MaskOverlay::setSize(const QSize& size, qreal pixel_ratio) {
  const QSize pixels = (QSizeF(size) * pixel_ratio).toSize();
  if (image_.size() != pixels) image_ = QImage(pixels, QImage::Format_ARGB32_Premultiplied);
  image_.setDevicePixelRatio(pixel_ratio);
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
  for (int y = 0; y < h; ++y)
    for (int x = 0; x < w; ++x)
      covered_[size_t(y) * size_t(w) + size_t(x)] = coverage(seen, columns[size_t(x)], rows[size_t(y)], {x0, y0});

  const auto premultiplied = [this](float alpha) {
    const auto part_of = [&](int channel) { return int(std::lround(float(channel) * alpha)); };
    return qRgba(part_of(colour_.red()), part_of(colour_.green()), part_of(colour_.blue()), part_of(255));
  };
  const QRgb edge = premultiplied(1), gap = gaps_.rgb();
  const int dash = std::max(1, int(kDash * ratio));
  for (int y = 1; y + 1 < h; ++y) {
    auto* line = reinterpret_cast<QRgb*>(image_.scanLine(wanted.top() + y - 1)) + wanted.left();
    for (int x = 1; x + 1 < w; ++x) {
      const float* c = &covered_[size_t(y) * size_t(w) + size_t(x)];
      const bool border = *c >= kEdge && (c[-1] < kEdge || c[1] < kEdge || c[-w] < kEdge || c[w] < kEdge);
      const int along = (wanted.left() + x) / dash + (wanted.top() + y) / dash;  // dashes whichever way the edge runs
      line[x - 1] = border ? (along % 2 == 0 ? edge : gap) : *c > 0 ? premultiplied(kVeil * *c) : 0u;
    }
  }
}

void MaskOverlay::paint(QPainter& painter, const QRect& part) const {
  const qreal ratio = image_.devicePixelRatio();
  painter.drawImage(QRectF(part), image_, QRectF(QPointF(part.topLeft()) * ratio, QSizeF(part.size()) * ratio));
}

}  // namespace b3o
