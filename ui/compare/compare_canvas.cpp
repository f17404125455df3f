#include "ui/compare/compare_canvas.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QWheelEvent>
#include <cmath>

#include "ui/look/language.h"
#include "ui/look/theme.h"

namespace b3o {
namespace {

constexpr int kPlate = 22, kGrip = 12, kKnob = 15;
constexpr double kKeyStep = 0.01;

}  // namespace

CompareCanvas::CompareCanvas(Compare& compare, QWidget* parent) : QWidget(parent), compare_(compare) {
  retranslated(this, [this] { setAccessibleName(tr("The two pictures")); });
  setFocusPolicy(Qt::StrongFocus);
  setMinimumSize(200, 200);
  setMouseTracking(true);
  connect(&compare_, &Compare::changed, this, &CompareCanvas::take);
  connect(&compare_, &Compare::viewChanged, this, [this] {
    place();
    update();
  });
  take();
}

void CompareCanvas::take() {
  pictures_[0].set(compare_.side(0).shown);
  pictures_[1].set(compare_.right());
  difference_.set(compare_.difference().picture);
  place();
  update();
}

QRectF CompareCanvas::half(int side) const {
  const QRectF all(rect());
  return {all.x() + side * all.width() / 2, all.y(), all.width() / 2, all.height()};
}

void CompareCanvas::place() {
  const QSizeF size = compare_.side(0).shown.size();
  const auto room = [](const QRectF& view) { return view.adjusted(space::l, space::l, -space::l, -space::l); };
  const QRectF view = beside() ? half(0) : QRectF(rect());
  zoom_.setPlace(size, room(view), view);
  other_.setPlace(size, room(half(1)), half(1));
  other_.follow(zoom_);
}

QRectF CompareCanvas::target(int side) const { return beside() && side == 1 ? other_.target() : zoom_.target(); }

double CompareCanvas::handle() const {
  const QRectF at = zoom_.target();
  return at.x() + compare_.position() * at.width();
}

void CompareCanvas::changeZoom() {
  other_.follow(zoom_);
  update();
  Q_EMIT zoomChanged();
}

void CompareCanvas::fit() {
  zoom_.fit();
  changeZoom();
}

void CompareCanvas::actualSize() {
  zoom_.actualSize(devicePixelRatioF());
  changeZoom();
}

void CompareCanvas::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(hasFocus() ? QPen(look().accent, 2) : QPen(Qt::NoPen));
  painter.setBrush(look().panel);
  painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), kRadius, kRadius);
  if (!compare_.ready()) return;
  QPainterPath frame;
  frame.addRoundedRect(QRectF(rect()).adjusted(2, 2, -2, -2), kRadius, kRadius);
  painter.setClipPath(frame);
  painter.setRenderHint(QPainter::Antialiasing, false);
  const qreal ratio = devicePixelRatioF();
  const bool squares = !zoom_.fits();
  switch (compare_.view()) {
    case Compare::View::slider:
      return drawSlider(painter);
    case Compare::View::side_by_side:
      for (int side = 0; side < 2; ++side) {
        painter.setClipRect(half(side).adjusted(side ? 1 : 0, 0, side ? 0 : -1, 0), Qt::ReplaceClip);
        pictures_[side].draw(painter, target(side), ratio, squares);
        drawName(painter, side, half(side), false);
      }
      painter.setClipping(false);
      painter.fillRect(QRectF(width() / 2.0 - 0.5, 2, 1, height() - 4), look().line);
      return;
    case Compare::View::flip:
      pictures_[compare_.flipped() ? 1 : 0].draw(painter, target(0), ratio, squares);
      return drawName(painter, compare_.flipped() ? 1 : 0, rect(), false);
    case Compare::View::difference:
      return difference_.draw(painter, target(0), ratio, squares);
  }
}

// The pixel column x of the screen shows the left picture exactly when x lies left of the handle.
void CompareCanvas::drawSlider(QPainter& painter) {
  const int at = int(std::ceil(handle()));
  const QRect left(0, 0, at, height()), right(at, 0, width() - at, height());
  painter.save();
  painter.setClipRect(left, Qt::IntersectClip);
  pictures_[0].draw(painter, zoom_.target(), devicePixelRatioF(), !zoom_.fits());
  painter.restore();
  painter.save();
  painter.setClipRect(right, Qt::IntersectClip);
  pictures_[1].draw(painter, zoom_.target(), devicePixelRatioF(), !zoom_.fits());
  painter.restore();
  drawName(painter, 0, rect(), false);
  drawName(painter, 1, rect(), true);
  const QRectF shown = zoom_.target().intersected(QRectF(rect()).adjusted(2, 2, -2, -2));
  painter.fillRect(QRectF(at, shown.top(), 1, shown.height()), look().text);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(QPen(look().text, 1.6));
  painter.setBrush(look().raised);
  const QPointF middle(at + 0.5, shown.center().y());
  painter.drawEllipse(middle, kKnob, kKnob);
  for (const int way : {-1, 1}) {
    const QPointF tip = middle + QPointF(way * 8, 0), back(-way * 4, 0);
    painter.drawPolyline(QPolygonF{tip + back + QPointF(0, -4), tip, tip + back + QPointF(0, 4)});
  }
}

void CompareCanvas::drawName(QPainter& painter, int side, const QRectF& in, bool at_right) {
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setFont(textFont(kSecondaryPx));
  const QString which = side == 0 ? tr("Left") : tr("Right");
  const QString whole = which + QStringLiteral(" · ") + compare_.side(side).name;
  const double most = std::max(40.0, in.width() / 2 - 2 * space::l);
  const QString text = painter.fontMetrics().elidedText(whole, Qt::ElideMiddle, int(most));
  const double width = painter.fontMetrics().horizontalAdvance(text) + 2 * space::s;
  const double x = at_right ? in.right() - width - space::m : in.left() + space::m;
  const QRectF plate(x, in.top() + space::m, width, kPlate);
  painter.setPen(Qt::NoPen);
  painter.setBrush(look().panel);
  painter.drawRoundedRect(plate, 6, 6);
  painter.setPen(look().text);
  painter.drawText(plate, Qt::AlignCenter, text);
  painter.restore();
}

void CompareCanvas::wheelEvent(QWheelEvent* event) {
  if (!compare_.ready()) return event->ignore();
  QPointF anchor = event->position();
  if (beside() && anchor.x() >= width() / 2.0) anchor.rx() -= width() / 2.0;  // the same point of the left one
  zoom_.zoomBy(wheelFactor(event->angleDelta().y()), anchor);
  changeZoom();
  event->accept();
}

void CompareCanvas::mousePressEvent(QMouseEvent* event) {
  if (!compare_.ready()) return;
  const bool left = event->button() == Qt::LeftButton;
  const bool slider = compare_.view() == Compare::View::slider;
  drag_at_ = event->position();
  if (left && slider && (zoom_.fits() || std::abs(drag_at_.x() - handle()) <= kGrip)) {
    drag_ = Drag::handle;
    return mouseMoveEvent(event);
  }
  if (left && compare_.view() == Compare::View::flip && zoom_.fits()) return compare_.setFlipped(true);
  if (!left && event->button() != Qt::MiddleButton) return;
  drag_ = Drag::picture;
  if (!zoom_.fits()) setCursor(Qt::ClosedHandCursor);
}

void CompareCanvas::mouseMoveEvent(QMouseEvent* event) {
  const QPointF to = event->position();
  if (drag_ == Drag::handle) {
    const QRectF at = zoom_.target();
    return compare_.setPosition((to.x() - at.x()) / at.width());
  }
  if (drag_ == Drag::picture) {
    zoom_.drag(to - drag_at_);
    drag_at_ = to;
    return changeZoom();
  }
  const bool grip =
      compare_.ready() && compare_.view() == Compare::View::slider && std::abs(to.x() - handle()) <= kGrip;
  setCursor(grip ? Qt::SplitHCursor : Qt::ArrowCursor);
}

void CompareCanvas::mouseReleaseEvent(QMouseEvent*) {
  drag_ = Drag::none;
  compare_.setFlipped(false);
  unsetCursor();
}

void CompareCanvas::mouseDoubleClickEvent(QMouseEvent* event) {
  if (!compare_.ready() || compare_.view() == Compare::View::flip) return;
  if (!zoom_.fits()) return fit();
  zoom_.zoomTo(1 / devicePixelRatioF(), event->position());
  changeZoom();
}

void CompareCanvas::keyPressEvent(QKeyEvent* event) {
  const bool slider = compare_.view() == Compare::View::slider;
  if (slider && event->key() == Qt::Key_Left)
    compare_.setPosition(compare_.position() - kKeyStep);
  else if (slider && event->key() == Qt::Key_Right)
    compare_.setPosition(compare_.position() + kKeyStep);
  else if (event->key() == Qt::Key_Plus || event->key() == Qt::Key_Equal)
    zoom_.zoomBy(1.25, QRectF(rect()).center()), changeZoom();
  else if (event->key() == Qt::Key_Minus)
    zoom_.zoomBy(1 / 1.25, QRectF(rect()).center()), changeZoom();
  else
    QWidget::keyPressEvent(event);
}

void CompareCanvas::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  place();
  if (zoom_.fits()) Q_EMIT zoomChanged();
}

}  // namespace b3o
