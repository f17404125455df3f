// The mark as it lies over a picture on the screen: a veil of one colour with a dashed edge. Only the pixels of a
// rectangle are drawn anew, so a stroke costs what it touches, however large the picture is.
#pragma once

#include <QColor>
#include <QImage>
#include <QPainter>
#include <QRect>
#include <array>
#include <vector>

#include "core/library/mask_document.h"
#include "ui/look/zoom.h"

namespace b3o {

class MaskOverlay {
 public:
  // size: of the widget. Everything must be drawn anew afterwards.
  void setSize(const QSize& size, qreal pixel_ratio);
  // gaps: between the dashes of the edge.
  void setColours(const QColor& colour, const QColor& gaps);
  // Draws what lies inside `part` (of the widget) anew; a mask without pixels clears it.
  void redraw(const MaskDocument& mask, const Zoom& zoom, const QRect& part);
  void paint(QPainter& painter, const QRect& part) const;

 private:
  QImage image_;
  QColor colour_, gaps_;
  std::array<QRgb, 256> veil_ = {};  // the colour over a pixel that is marked this much
  std::vector<uint8_t> covered_;     // of the part and one pixel around it, 0 to 255
};

}  // namespace b3o
