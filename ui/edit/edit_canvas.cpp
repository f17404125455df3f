#include "ui/edit/edit_canvas.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QTabletEvent>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>
#include <utility>

#include "ui/look/language.h"
#include "ui/look/theme.h"

namespace b3o {
namespace {

constexpr int kCaptionHeight = 24;
constexpr int kPen = 2;                       // beyond what a circle or a shape covers
constexpr double kLeastCircle = 3;            // a brush smaller than this on the screen is shown as a cross
constexpr double kLock = 14, kLeastLock = 9;  // a lock on a cell, in screen units
constexpr double kLassoStep = 2;              // screen units between two points of a lasso

QRect around(const QRectF& area) { return area.toAlignedRect().adjusted(-kPen, -kPen, kPen, kPen); }

// A small lock on a plate in the corner of a cell; in a cell too small for one, a dot.
void drawLock(QPainter& painter, const QRectF& cell) {
  const double side = std::clamp(std::min(cell.width(), cell.height()) / 2.5, 3.0, kLock);
  const QRectF plate(cell.topLeft() + QPointF(side / 5, side / 5), QSizeF(side, side));
  painter.setPen(Qt::NoPen);
  QColor ground = look().window;
  ground.setAlphaF(0.7f);
  painter.setBrush(ground);
  painter.drawRoundedRect(plate, side / 4, side / 4);
  painter.setBrush(look().text);
  if (side < kLeastLock) return painter.drawEllipse(plate.center(), side / 4, side / 4);
  const QRectF body(plate.x() + side * 0.25, plate.y() + side * 0.46, side * 0.5, side * 0.34);
  painter.drawRoundedRect(body, 1, 1);
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen(look().text, std::max(1.0, side / 12)));
  const QRectF bow(plate.x() + side * 0.33, plate.y() + side * 0.2, side * 0.34, side * 0.52);
  painter.drawArc(bow, 0, 180 * 16);
}

}  // namespace

EditCanvas::EditCanvas(QWidget* parent) : QWidget(parent) {
  retranslated(this, [this] { setAccessibleName(tr("Picture to edit")); });
  setFocusPolicy(Qt::StrongFocus);
  setMinimumSize(200, 200);
  setMouseTracking(true);
  setTabletTracking(true);
}

void EditCanvas::setPicture(const QImage& picture, const QSize& nominal, const QString& caption) {
  const bool same = picture.cacheKey() == picture_.image().cacheKey() && nominal == nominal_;
  if (same && caption == caption_) return;
  picture_.set(picture);
  caption_ = caption;
  if (nominal != nominal_) {
    nominal_ = nominal;
    shape_.clear();
    drag_ = Drag::none;
    zoom_.fit();
  }
  place();
  changeView();
}

void EditCanvas::setPreview(const QImage& preview, const QRect& area) {
  if (preview.cacheKey() == preview_.image().cacheKey() && area == preview_area_) return;
  preview_.set(preview);
  preview_area_ = area;
  redrawBase();
}

void EditCanvas::setExtension(const QMargins& sides) {
  if (sides == sides_) return;
  sides_ = sides;
  place();
  changeView();
}

void EditCanvas::setCells(const KeptCells& cells) {
  if (cells == cells_) return;
  cells_ = cells;
  redrawBase();
}

QRectF EditCanvas::cellRect(int cell) const {
  if (cell < 0 || cell >= cells_.side * cells_.side) return {};
  const QSizeF size = QSizeF(cells_.part.size()) / cells_.side;
  const QPointF corner =
      cells_.part.topLeft() + QPointF(cell % cells_.side * size.width(), cell / cells_.side * size.height());
  return {zoom_.toView(corner), zoom_.toView(corner + QPointF(size.width(), size.height()))};
}

void EditCanvas::setMark(const MaskDocument* mark) {
  mark_ = mark;
  overlay_valid_ = false;
  update();
}

void EditCanvas::markChanged(const QRect& pixels) {
  if (!overlay_valid_ || !mark_) return update();
  const QRectF shown(zoom_.toView(pixels.topLeft()), zoom_.toView(QPointF(pixels.bottomRight()) + QPointF(1, 1)));
  const QRect part = around(shown).intersected(rect());
  if (part.isEmpty()) return;
  overlay_.redraw(*mark_, zoom_, part);
  update(part);
}

void EditCanvas::setTool(Tool tool) {
  if (tool == tool_) return;
  update(circle());
  if (drag_ == Drag::shape) drag_ = Drag::none;
  shape_.clear();
  tool_ = tool;
  showCursor();
  update();
}

void EditCanvas::setBrushSize(int pixels) {
  update(circle());
  brush_ = pixels;
  update(circle());
}

void EditCanvas::setTint(Tint tint) {
  tint_ = tint;
  overlay_valid_ = false;
  update();
}

void EditCanvas::setMarking(bool allowed) {
  if (allowed == marking_) return;
  marking_ = allowed;
  showCursor();
  update(circle());
}

void EditCanvas::place() {
  QRectF room = QRectF(rect()).adjusted(space::l, space::l, -space::l, -space::l);
  room.setBottom(room.bottom() - kCaptionHeight + space::s);
  // A fitted picture leaves room for the canvas that is asked for around it.
  const QSizeF whole = QSizeF(nominal_).grownBy(sides_);
  if (!sides_.isNull() && !nominal_.isEmpty()) {
    const double scale = std::min(room.width() / whole.width(), room.height() / whole.height());
    QRectF all(QPointF(), whole * scale);
    all.moveCenter(room.center());
    room = all.marginsRemoved(QMarginsF(sides_) * scale);
  }
  zoom_.setPlace(nominal_, room, rect());
}

void EditCanvas::redrawBase() {
  base_valid_ = false;
  update();
}

void EditCanvas::changeView() {
  base_valid_ = overlay_valid_ = false;
  update();
  Q_EMIT zoomChanged();
}

void EditCanvas::fit() {
  zoom_.fit();
  changeView();
}

void EditCanvas::actualSize() {
  zoom_.actualSize(devicePixelRatioF());
  changeView();
}

void EditCanvas::zoomTo(double scale) {
  zoom_.zoomTo(scale, QRectF(rect()).center());
  changeView();
}

void EditCanvas::drawBase() {
  const qreal ratio = devicePixelRatioF();
  if (base_.size() != size() * ratio) base_ = QPixmap(size() * ratio);
  base_.setDevicePixelRatio(ratio);
  base_.fill(look().window);
  QPainter painter(&base_);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(Qt::NoPen);
  painter.setBrush(look().panel);
  painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), kRadius, kRadius);
  QPainterPath frame;
  frame.addRoundedRect(QRectF(rect()).adjusted(2, 2, -2, -2), kRadius, kRadius);
  painter.setClipPath(frame);
  painter.setRenderHint(QPainter::Antialiasing, false);
  picture_.draw(painter, zoom_.target(), ratio, !zoom_.fits());
  const QRectF part = preview_area_.isEmpty() ? QRectF(QPointF(), QSizeF(nominal_)) : QRectF(preview_area_);
  preview_.draw(painter, QRectF(zoom_.toView(part.topLeft()), zoom_.toView(part.bottomRight())), ratio, false);
  drawFrame(painter);
  base_valid_ = true;
}

void EditCanvas::drawFrame(QPainter& painter) {
  const QRectF at = zoom_.target();
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setBrush(Qt::NoBrush);
  if (!sides_.isNull()) {
    painter.setPen(QPen(look().accent, 1.6, Qt::DashLine));
    painter.drawRect(at.marginsAdded(QMarginsF(sides_) * zoom_.scale()));
  }
  drawCells(painter);
}

void EditCanvas::drawCells(QPainter& painter) {
  const int count = cells_.side * cells_.side;
  // Dark under light, so that the lines are seen on every picture.
  for (const auto& [colour, width] : {std::pair{look().window, 2.0}, {look().text, 1.0}}) {
    QColor line = colour;
    line.setAlphaF(0.25f);
    painter.setPen(QPen(line, width));
    painter.setBrush(Qt::NoBrush);
    for (int i = 0; i < count; ++i) painter.drawRect(cellRect(i));
  }
  for (int i = 0; i < count; ++i)
    if (cells_.kept[size_t(i)]) drawLock(painter, cellRect(i));
}

void EditCanvas::paintEvent(QPaintEvent* event) {
  if (!base_valid_) drawBase();
  if (!overlay_valid_ && mark_) {
    overlay_.setSize(size(), devicePixelRatioF());
    overlay_.setColours(colourOf(tint_), look().window);
    overlay_.redraw(*mark_, zoom_, rect());
    overlay_valid_ = true;
  }
  QPainter painter(this);
  const qreal ratio = devicePixelRatioF();
  for (const QRect& part : event->region()) {
    painter.drawPixmap(QRectF(part), base_, QRectF(QPointF(part.topLeft()) * ratio, QSizeF(part.size()) * ratio));
    if (mark_) overlay_.paint(painter, part);
  }
  painter.setRenderHint(QPainter::Antialiasing);
  drawShape(painter);
  drawCaption(painter);
  if (!hasFocus()) return;
  painter.setPen(QPen(look().accent, 2));
  painter.setBrush(Qt::NoBrush);
  painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), kRadius, kRadius);
}

void EditCanvas::drawShape(QPainter& painter) {
  // Seen on light and on dark pictures alike.
  const QPen under(look().window, 3), over(look().text, 1.4);
  painter.setBrush(Qt::NoBrush);
  const auto twice = [&](auto draw, QPen top) {
    painter.setPen(under);
    draw();
    painter.setPen(top);
    draw();
  };
  if (strokes() && hovering_) {
    const QRectF shown = QRectF(circle()).adjusted(kPen, kPen, -kPen, -kPen);
    twice([&] { painter.drawEllipse(shown); }, over);
  }
  if (shape_.isEmpty()) return;
  QPolygonF shown;
  for (const QPointF& point : shape_) shown << zoom_.toView(point);
  QPen dashed = over;
  dashed.setStyle(Qt::DashLine);
  if (tool_ == Tool::rectangle)
    twice([&] { painter.drawRect(QRectF(shown.first(), shown.last()).normalized()); }, dashed);
  else
    twice([&] { painter.drawPolyline(shown); }, dashed);
}

void EditCanvas::drawCaption(QPainter& painter) {
  if (caption_.isEmpty()) return;
  painter.setFont(textFont(kSecondaryPx));
  const double width = painter.fontMetrics().horizontalAdvance(caption_) + 2 * space::m;
  QRectF plate(0, 0, width, kCaptionHeight - 4);
  plate.moveCenter({this->width() / 2.0, height() - kCaptionHeight / 2.0 - 2});
  painter.setPen(Qt::NoPen);
  painter.setBrush(look().panel);
  painter.drawRoundedRect(plate, kRadius, kRadius);
  painter.setPen(look().secondary);
  painter.drawText(plate, Qt::AlignCenter, caption_);
}

QRect EditCanvas::circle() const {
  if (!strokes() || !hovering_) return {};
  const double side = std::max(kLeastCircle, brush_ * zoom_.scale());
  return around({pointer_.x() - side / 2, pointer_.y() - side / 2, side, side});
}

QRect EditCanvas::shapeRect() const {
  if (shape_.isEmpty()) return {};
  const QRectF box = shape_.boundingRect();
  return around({zoom_.toView(box.topLeft()), zoom_.toView(box.bottomRight())});
}

void EditCanvas::showCursor() {
  if (drag_ == Drag::pan)
    setCursor(Qt::ClosedHandCursor);
  else if (!marking_ || tool_ == Tool::pan)
    setCursor(Qt::OpenHandCursor);
  else
    setCursor(strokes() ? Qt::BlankCursor : Qt::CrossCursor);
}

void EditCanvas::hover(QPointF at) {
  update(circle());
  pointer_ = at;
  hovering_ = true;
  update(circle());
}

void EditCanvas::press(QPointF at, double pressure, bool pan, bool erase) {
  if (picture_.isNull() || drag_ != Drag::none) return;
  drag_at_ = at;
  const QPointF pixel = zoom_.toPicture(at);
  if (pan || !marking_ || tool_ == Tool::pan) {
    drag_ = Drag::pan;
  } else if (strokes()) {
    drag_ = Drag::stroke;
    Q_EMIT strokeBegan(pixel, pressure, erase || tool_ == Tool::eraser);
  } else {
    drag_ = Drag::shape;
    shape_ = QPolygonF{pixel};
    if (tool_ == Tool::rectangle) shape_ << pixel;
  }
  showCursor();
}

void EditCanvas::moveTo(QPointF at, double pressure) {
  hover(at);
  const QPointF pixel = zoom_.toPicture(at);
  switch (drag_) {
    case Drag::none:
      return;
    case Drag::pan:
      zoom_.drag(at - drag_at_);
      drag_at_ = at;
      return changeView();
    case Drag::stroke:
      Q_EMIT strokeMoved(pixel, pressure);
      return;
    case Drag::shape:
      update(shapeRect());
      if (tool_ == Tool::rectangle) {
        shape_.last() = pixel;
      } else if (std::hypot(at.x() - drag_at_.x(), at.y() - drag_at_.y()) >= kLassoStep) {
        shape_ << pixel;
        drag_at_ = at;
      }
      return update(shapeRect());
  }
}

void EditCanvas::release(bool take) {
  const Drag was = std::exchange(drag_, Drag::none);
  showCursor();
  if (was == Drag::stroke) Q_EMIT strokeEnded();
  if (was != Drag::shape) return;
  update(shapeRect());
  const QPolygonF shape = std::exchange(shape_, {});
  if (tool_ == Tool::rectangle)
    Q_EMIT rectangleDrawn(QRectF(shape.first(), shape.last()).normalized(), take);
  else if (shape.size() > 2)
    Q_EMIT lassoDrawn(shape, take);
}

bool EditCanvas::event(QEvent* event) {
  // Escape leaves a shape that is being drawn, before it stops anything else.
  if (event->type() == QEvent::ShortcutOverride && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape &&
      drag_ == Drag::shape)
    event->accept();
  if (event->type() == QEvent::StyleChange || event->type() == QEvent::PaletteChange)
    base_valid_ = overlay_valid_ = false;
  return QWidget::event(event);
}

void EditCanvas::tabletEvent(QTabletEvent* event) {
  const bool erase = event->pointerType() == QPointingDevice::PointerType::Eraser;
  switch (event->type()) {
    case QEvent::TabletPress:
      if (event->button() == Qt::LeftButton) press(event->position(), event->pressure(), false, erase);
      break;
    case QEvent::TabletMove:
      moveTo(event->position(), event->pressure());
      break;
    case QEvent::TabletRelease:
      release(event->modifiers() & Qt::AltModifier);
      break;
    default:
      break;
  }
  event->accept();  // no mouse events are made of it
}

void EditCanvas::wheelEvent(QWheelEvent* event) {
  if (picture_.isNull()) return event->ignore();
  zoom_.zoomBy(wheelFactor(event->angleDelta().y()), event->position());
  changeView();
  event->accept();
}

void EditCanvas::mousePressEvent(QMouseEvent* event) {
  hover(event->position());
  if (event->button() == Qt::LeftButton || event->button() == Qt::MiddleButton)
    press(event->position(), 1, event->button() == Qt::MiddleButton, false);
}

void EditCanvas::mouseMoveEvent(QMouseEvent* event) { moveTo(event->position(), 1); }

void EditCanvas::mouseReleaseEvent(QMouseEvent* event) { release(event->modifiers() & Qt::AltModifier); }

void EditCanvas::mouseDoubleClickEvent(QMouseEvent* event) {
  if (marking_ && tool_ != Tool::pan) return mousePressEvent(event);
  if (!zoom_.fits()) return fit();
  zoom_.zoomTo(1 / devicePixelRatioF(), event->position());
  changeView();
}

void EditCanvas::keyPressEvent(QKeyEvent* event) {
  const auto zoom = [this](double factor) { zoomTo(zoom_.scale() * factor); };
  if (event->key() == Qt::Key_Plus || event->key() == Qt::Key_Equal) return zoom(1.25);
  if (event->key() == Qt::Key_Minus) return zoom(1 / 1.25);
  if (event->key() == Qt::Key_Escape && drag_ == Drag::shape) {
    drag_ = Drag::none;
    shape_.clear();
    return update();
  }
  QWidget::keyPressEvent(event);
}

void EditCanvas::leaveEvent(QEvent*) {
  update(circle());
  hovering_ = false;
}

void EditCanvas::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  place();
  changeView();
}

void EditCanvas::focusInEvent(QFocusEvent*) { update(); }
void EditCanvas::focusOutEvent(QFocusEvent*) { update(); }

}  // namespace b3o
