#include "ui/create/canvas.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QWheelEvent>
#include <algorithm>

#include "ui/look/language.h"
#include "ui/look/theme.h"
#include "ui/look/thumbnail.h"

namespace b3o {
namespace {

constexpr int kMapSide = 150, kMapColumn = kMapSide + 2 * 20;
constexpr int kWidthForMap = 520;  // below it the picture would suffer
constexpr int kCaptionHeight = 24;
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
  place();
  update();
}

void Canvas::showPlanMap(bool shown) {
  plan_shown_ = shown;
  place();
  update();
}

// Before the first estimate the plan is all there is to see.
bool Canvas::mapInPlace() const { return plan_shown_ || picture_.isNull(); }

bool Canvas::mapBeside() const { return fits() && !mapInPlace() && !plan_map_.isNull() && width() >= kWidthForMap; }

QRectF Canvas::area() const {
  QRectF inside = QRectF(rect()).adjusted(space::l, space::l, -space::l, -space::l);
  inside.setBottom(inside.bottom() - kCaptionHeight +
                   space::s);  // always, so that a result lies where its previews lay
  if (mapBeside()) inside.setRight(inside.right() - kMapColumn + space::l);
  return inside;
}

QRectF Canvas::target() const {
  if (!mapInPlace()) return zoom_.target();
  const QRectF inside = area();
  QRectF fitted(QPointF(), QSizeF(1, 1).scaled(inside.size(), Qt::KeepAspectRatio));
  fitted.moveCenter(inside.center());
  return fitted.toAlignedRect();
}

double Canvas::zoom() const { return zoom_.scale(); }

void Canvas::place() { zoom_.setPlace(nominal_, area(), rect()); }

void Canvas::fit() {
  zoom_.fit();
  place();
  update();
  Q_EMIT zoomChanged();
}

void Canvas::actualSize() {
  if (nominal_.isEmpty() || mapInPlace()) return;
  zoom_.actualSize(devicePixelRatioF());
  update();
  Q_EMIT zoomChanged();
}

void Canvas::zoomBy(double factor, QPointF anchor) {
  if (nominal_.isEmpty() || mapInPlace()) return;
  zoom_.zoomBy(factor, anchor);
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
  if (fits()) {
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
  painter.setRenderHint(QPainter::SmoothPixmapTransform, zoom() < kSeePixels);
  painter.drawImage(at, picture_);
  drawCaption(painter);
}

void Canvas::drawCaption(QPainter& painter) {
  if (caption_.isEmpty()) return;
  const QFont font = textFont(kSecondaryPx);
  const double width = QFontMetricsF(font).horizontalAdvance(caption_) + 2 * space::m;
  const QRectF at = target();
  QRectF plate(0, 0, width, kCaptionHeight - 4);
  plate.moveCenter(QPointF(fits() || mapInPlace() ? at.center().x() : this->width() / 2.0,
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
  zoomBy(wheelFactor(event->angleDelta().y()), event->position());
  event->accept();
}

void Canvas::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton || fits()) return;
  drag_ = event->position();
  setCursor(Qt::ClosedHandCursor);
}

void Canvas::mouseMoveEvent(QMouseEvent* event) {
  if (!(event->buttons() & Qt::LeftButton) || fits()) return;
  zoom_.drag(event->position() - drag_);
  drag_ = event->position();
  update();
}

void Canvas::mouseReleaseEvent(QMouseEvent*) { unsetCursor(); }

void Canvas::mouseDoubleClickEvent(QMouseEvent* event) {
  if (fits())
    zoomBy(1 / devicePixelRatioF() / zoom(), event->position());
  else
    fit();
}

void Canvas::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Plus || event->key() == Qt::Key_Equal)
    zoomBy(1.25, QRectF(rect()).center());
  else if (event->key() == Qt::Key_Minus)
    zoomBy(1 / 1.25, QRectF(rect()).center());
  else
    QWidget::keyPressEvent(event);
}

void Canvas::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  place();
  if (fits()) Q_EMIT zoomChanged();
}

}  // namespace b3o
