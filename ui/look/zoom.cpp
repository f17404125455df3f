#include "ui/look/zoom.h"

#include <QRect>
#include <algorithm>
#include <cmath>

namespace b3o {
namespace {

constexpr double kLeast = 0.02, kMost = 32;

}  // namespace

void Zoom::setPlace(const QSizeF& picture, const QRectF& room, const QRectF& view) {
  picture_ = picture;
  room_ = room;
  view_ = view;
}

QRectF Zoom::target() const {
  if (picture_.isEmpty()) return {};
  if (!fits_) {
    QRectF shown(QPointF(), picture_ * scale_);
    shown.moveCenter(view_.center() + centre_);
    return shown;
  }
  QRectF fitted(QPointF(), picture_.scaled(room_.size(), Qt::KeepAspectRatio));
  fitted.moveCenter(room_.center());
  return fitted.toAlignedRect();
}

double Zoom::scale() const { return picture_.isEmpty() ? 1 : target().width() / picture_.width(); }

QPointF Zoom::toPicture(QPointF point) const {
  const QRectF at = target();
  if (at.isEmpty()) return {};
  return {(point.x() - at.x()) * picture_.width() / at.width(), (point.y() - at.y()) * picture_.height() / at.height()};
}

QPointF Zoom::toView(QPointF pixel) const {
  if (picture_.isEmpty()) return {};
  const QRectF at = target();
  return {at.x() + pixel.x() * at.width() / picture_.width(), at.y() + pixel.y() * at.height() / picture_.height()};
}

void Zoom::zoomTo(double scale, QPointF anchor) {
  if (picture_.isEmpty()) return;
  const QRectF before = target();
  const double old = this->scale();
  scale_ = std::clamp(scale, kLeast, kMost);
  centre_ = anchor + (before.center() - anchor) * (scale_ / old) - view_.center();
  fits_ = false;
}

void Zoom::actualSize(double pixel_ratio) {
  zoomTo(1 / pixel_ratio, view_.center());
  centre_ = {};
}

void Zoom::drag(QPointF by) {
  if (!fits_) centre_ += by;
}

void Zoom::follow(const Zoom& other) {
  fits_ = other.fits_;
  scale_ = other.scale_;
  centre_ = other.centre_;
}

double wheelFactor(int angle_delta) { return std::pow(1.25, angle_delta / 120.0); }

}  // namespace b3o
