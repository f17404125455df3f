// Two pictures on one another or beside each other; zoomed and dragged together.
#pragma once

#include <QWidget>

#include "ui/look/pyramid.h"
#include "ui/look/zoom.h"
#include "ui/state/compare.h"

namespace b3o {

class CompareCanvas : public QWidget {
  Q_OBJECT
 public:
  explicit CompareCanvas(Compare& compare, QWidget* parent = nullptr);
  const Zoom& zoom() const { return zoom_; }
  QRectF target(int side) const;  // where that side's picture lies
  double handle() const;          // the slider's place, in this widget's units
  void fit();
  void actualSize();

 Q_SIGNALS:
  void zoomChanged();

 protected:
  void paintEvent(QPaintEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  void take();   // the state's pictures
  void place();  // tells the zooms where the pictures may lie
  void changeZoom();
  bool beside() const { return compare_.view() == Compare::View::side_by_side; }
  QRectF half(int side) const;
  void drawSlider(QPainter& painter);
  void drawName(QPainter& painter, int side, const QRectF& in, bool at_right);

  Compare& compare_;
  Pyramid pictures_[2] = {Pyramid([this] { update(); }), Pyramid([this] { update(); })};
  Pyramid difference_{[this] { update(); }};
  Zoom zoom_, other_;  // other: of the right picture while they lie side by side
  enum class Drag { none, handle, picture } drag_ = Drag::none;
  QPointF drag_at_;
};

}  // namespace b3o
