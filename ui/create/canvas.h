// The picture in the middle: fits the space or is zoomed and dragged; its plan beside it, or in its place.
#pragma once

#include <QImage>
#include <QWidget>

#include "ui/look/zoom.h"

namespace b3o {

class Canvas : public QWidget {
  Q_OBJECT
 public:
  explicit Canvas(QWidget* parent = nullptr);

  // nominal: the size of the finished picture, which a coarser preview stands in for. caption: a few words below it.
  // Null images are allowed.
  void setPicture(const QImage& picture, const QSize& nominal, const QImage& plan_map, const QString& caption);
  void showPlanMap(bool shown);  // in place of the picture
  QString caption() const { return caption_; }
  bool fits() const { return zoom_.fits(); }
  double zoom() const;  // screen pixels per picture pixel
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
  bool mapInPlace() const;
  bool mapBeside() const;
  QRectF area() const;    // what a fitted picture may fill
  QRectF target() const;  // where the picture lies now
  void place();           // tells the zoom where the picture may lie
  void zoomBy(double factor, QPointF anchor);
  void drawMap(QPainter& painter);
  void drawCaption(QPainter& painter);

  QImage picture_, plan_map_;
  QString caption_;
  QSize nominal_;
  bool plan_shown_ = false;
  Zoom zoom_;
  QPointF drag_;
  QImage scaled_;  // the picture at the size it is shown, drawn once
  qint64 scaled_key_ = 0;
};

}  // namespace b3o
