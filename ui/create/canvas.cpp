#include "ui/create/canvas.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

#include "ui/look/language.h"
#include "ui/look/theme.h"
#include "ui/look/thumbnail.h"

namespace b3o {
namespace {

constexpr int kMapSide = 150, kMapColumn = kMapSide + 2 * 20;
constexpr int kWidthForMap = 520;  // below it the picture would suffer
constexpr int kCaptionHeight = 24;
constexpr double kLeastZoom = 0.05, kMostZoom = 32;
constexpr double kSeePixels = 3;  // from this zoom on pixels are shown as squares

}  // namespace

Canvas::Canvas(QWidget* parent) : QWidget(parent) {
  retranslated(this, [this] { setAccessibleName(tr("Picture")); });
  setFocusPolicy(Qt::StrongFocus);
  setMinimumSize(200, 200);
}

void Canvas::setPicture(const QImage& picture, const QSize& nominal, const QImage& plan_map, const QString& caption) {
  picture_ = picture;
  plan_map_ = plan_map;
  caption_ = caption;
  nominal_ = nominal.isEmpty() ? picture.size() : nominal;
  update();
}

void Canvas::showPlanMap(bool shown) {
  plan_shown_ = shown;
  update();
}

// Before the first estimate the plan is all there is to see.
bool Canvas::mapInPlace() const { return plan_shown_ || picture_.isNull(); }

bool Canvas::mapBeside() const { return fits_ && !mapInPlace() && !plan_map_.isNull() && width() >= kWidthForMap; }

QRectF Canvas::area() const {
  QRectF inside = QRectF(rect()).adjusted(space::l, space::l, -space::l, -space::l);
  inside.setBottom(inside.bottom() - kCaptionHeight +
                   space::s);  // always, so that a result lies where its previews lay
  if (mapBeside()) inside.setRight(inside.right() - kMapColumn + space::l);
  return inside;
}

QRectF Canvas::target() const {
  const QSizeF size = mapInPlace() ? QSizeF(1, 1) : QSizeF(nominal_);
  if (fits_ || mapInPlace()) {
    const QRectF inside = area();
    QRectF fitted(QPointF(), size.scaled(inside.size(), Qt::KeepAspectRatio));
    fitted.moveCenter(inside.center());
    return fitted.toAlignedRect();
  }
  QRectF shown(QPointF(), size * zoom_);
  shown.moveCenter(QRectF(rect()).center() + centre_);
  return shown;
}

double Canvas::zoom() const { return nominal_.isEmpty() ? 1 : target().width() / nominal_.width(); }

void Canvas::fit() {
  fits_ = true;
  update();
  Q_EMIT zoomChanged();
}

void Canvas::actualSize() {
  setZoom(1 / devicePixelRatioF(), QRectF(rect()).center());
  centre_ = {};
}

void Canvas::setZoom(double zoom, QPointF anchor) {
  if (nominal_.isEmpty() || mapInPlace()) return;
  const QRectF before = target();
  const double old = this->zoom();
  zoom_ = std::clamp(zoom, kLeastZoom, kMostZoom);
  // The picture's point under the anchor stays there.
  const QPointF middle = anchor + (before.center() - anchor) * (zoom_ / old);
  centre_ = middle - QRectF(rect()).center();
  fits_ = false;
  update();
  Q_EMIT zoomChanged();
}

void Canvas::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(hasFocus() ? QPen(look().accent, 2) : QPen(Qt::NoPen));
  painter.setBrush(look().panel);
  painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), kRadius, kRadius);
  if (mapInPlace()) {
    drawRounded(painter, target(), plan_map_, kRadius, false);
    return drawCaption(painter);
  }
  if (mapBeside()) drawMap(painter);
  const QRectF at = target();
  if (fits_) {
    const QSize pixels = (at.size() * devicePixelRatioF()).toSize();
    if (scaled_key_ != picture_.cacheKey() || scaled_.size() != pixels) {
      scaled_ = picture_.scaled(pixels, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
      scaled_key_ = picture_.cacheKey();
    }
    drawRounded(painter, at, scaled_, kRadius);
    return drawCaption(painter);
  }
  QPainterPath frame;
  frame.addRoundedRect(QRectF(rect()).adjusted(2, 2, -2, -2), kRadius, kRadius);
  painter.setClipPath(frame);
  painter.setRenderHint(QPainter::SmoothPixmapTransform, zoom_ < kSeePixels);
  painter.drawImage(at, picture_);
  drawCaption(painter);
}

void Canvas::drawCaption(QPainter& painter) {
  if (caption_.isEmpty()) return;
  const QFont font = textFont(kSecondaryPx);
  const double width = QFontMetricsF(font).horizontalAdvance(caption_) + 2 * space::m;
  const QRectF at = target();
  QRectF plate(0, 0, width, kCaptionHeight - 4);
  plate.moveCenter(QPointF(fits_ || mapInPlace() ? at.center().x() : this->width() / 2.0,
                           std::min(at.bottom() + kCaptionHeight / 2.0 + 2, height() - kCaptionHeight / 2.0 - 2)));
  painter.setPen(Qt::NoPen);
  painter.setBrush(look().panel);
  painter.drawRoundedRect(plate, kRadius, kRadius);
  painter.setFont(font);
  painter.setPen(look().secondary);
  painter.drawText(plate, Qt::AlignCenter, caption_);
}

void Canvas::drawMap(QPainter& painter) {
  const double left = width() - kMapColumn + 20;
  const QRectF map(left, height() / 2.0 - kMapSide / 2.0 - 20, kMapSide, kMapSide);
  drawRounded(painter, map, plan_map_, 6, false);
  painter.setFont(textFont(kSecondaryPx));
  painter.setPen(look().secondary);
  painter.drawText(QRectF(left, map.bottom() + space::s, kMapSide + 16, 60), Qt::TextWordWrap,
                   tr("The plan: one colour a token, colours are a projection"));
}

void Canvas::wheelEvent(QWheelEvent* event) {
  if (mapInPlace()) return event->ignore();
  setZoom(zoom() * std::pow(1.25, event->angleDelta().y() / 120.0), event->position());
  event->accept();
}

void Canvas::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton || fits_) return;
  drag_ = event->position();
  setCursor(Qt::ClosedHandCursor);
}

void Canvas::mouseMoveEvent(QMouseEvent* event) {
  if (!(event->buttons() & Qt::LeftButton) || fits_) return;
  centre_ += event->position() - drag_;
  drag_ = event->position();
  update();
}

void Canvas::mouseReleaseEvent(QMouseEvent*) { unsetCursor(); }

void Canvas::mouseDoubleClickEvent(QMouseEvent* event) {
  if (fits_)
    setZoom(1 / devicePixelRatioF(), event->position());
  else
    fit();
}

void Canvas::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Plus || event->key() == Qt::Key_Equal)
    setZoom(zoom() * 1.25, QRectF(rect()).center());
  else if (event->key() == Qt::Key_Minus)
    setZoom(zoom() / 1.25, QRectF(rect()).center());
  else
    QWidget::keyPressEvent(event);
}

void Canvas::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  if (fits_) Q_EMIT zoomChanged();
}

}  // namespace b3o
