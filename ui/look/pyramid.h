// A picture of any size, drawn quickly and without jagged edges at any scale: kept at half, a quarter, an eighth... of
// its size, and drawn from the smallest that is large enough.
#pragma once

#include <QImage>
#include <QPainter>
#include <vector>

namespace b3o {

// Half the size, each pixel the mean of four. 32 bits a pixel.
QImage halved(const QImage& image);

class Pyramid {
 public:
  void set(const QImage& image);
  const QImage& image() const { return image_; }
  bool isNull() const { return image_.isNull(); }
  QSize size() const { return image_.size(); }
  // The whole picture fills the target; the painter's clip decides what is touched. pixel_ratio: of the device.
  // squares: enlarged three times and more, its pixels are seen as such; else they stay smooth.
  void draw(QPainter& painter, const QRectF& target, qreal pixel_ratio, bool squares) const;

 private:
  QImage image_;
  mutable std::vector<QImage> smaller_;  // each half the one before; made when it is first needed
};

}  // namespace b3o
