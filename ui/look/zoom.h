// How a picture lies in a widget: fitted into a room, or zoomed and dragged. No widget and no picture in it, so that
// several canvases show the same place.
#pragma once

#include <QPointF>
#include <QRectF>
#include <QSizeF>

namespace b3o {

class Zoom {
 public:
  // picture: its size in pixels. room: what a fitted one may fill. view: a zoomed one is placed from its centre.
  void setPlace(const QSizeF& picture, const QRectF& room, const QRectF& view);
  bool fits() const { return fits_; }
  QRectF target() const;  // where the picture lies now; empty without one
  double scale() const;   // screen units a pixel of the picture
  QPointF toPicture(QPointF point) const;
  QPointF toView(QPointF pixel) const;

  void fit() { fits_ = true; }
  // The picture's point under the anchor stays there.
  void zoomTo(double scale, QPointF anchor);
  void zoomBy(double factor, QPointF anchor) { zoomTo(scale() * factor, anchor); }
  void actualSize(double pixel_ratio);  // one pixel of the picture is one of the screen
  void drag(QPointF by);                // nothing moves while it fits
  // The same scale and the same place of the picture in the middle as in the other.
  void follow(const Zoom& other);

 private:
  QSizeF picture_;
  QRectF room_, view_;
  bool fits_ = true;
  double scale_ = 1;
  QPointF centre_;  // of the picture, from the view's centre; when it does not fit
};

// What a turn of the wheel multiplies the scale by.
double wheelFactor(int angle_delta);

}  // namespace b3o
