// Pictures with rounded corners.
#pragma once

#include <QImage>
#include <QPainter>
#include <QWidget>

namespace b3o {

// The image fills the rectangle.
void drawRounded(QPainter& painter, const QRectF& into, const QImage& image, qreal radius, bool smooth = true);

// A still picture, no larger than its bounds and never enlarged.
class Thumbnail : public QWidget {
  Q_OBJECT
 public:
  Thumbnail(const QImage& image, const QSize& bounds, const QString& name, QWidget* parent = nullptr);

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  QImage image_;
};

}  // namespace b3o
