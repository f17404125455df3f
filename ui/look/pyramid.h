// A picture of any size, drawn quickly and without jagged edges at any scale: kept at half, a quarter, an eighth... of
// its size, and drawn from the smallest that is large enough. Those of a large picture are made on another thread;
// until they are there it is drawn roughly.
#pragma once

#include <QImage>
#include <QObject>
#include <QPainter>
#include <deque>
#include <functional>
#include <vector>

namespace b3o {

// Half the size, each pixel the mean of four. 32 bits a pixel.
QImage halved(const QImage& image);

class Pyramid {
 public:
  // finer: called when what was drawn roughly can be drawn well.
  explicit Pyramid(std::function<void()> finer = {}) : finer_(std::move(finer)) {}
  void set(const QImage& image);
  const QImage& image() const { return image_; }
  bool isNull() const { return image_.isNull(); }
  QSize size() const { return image_.size(); }
  bool rough() const { return waits_; }  // it is still being made smaller
  // The whole picture fills the target; the painter's clip decides what is touched. pixel_ratio: of the device.
  // squares: enlarged three times and more, its pixels are seen as such; else they stay smooth.
  void draw(QPainter& painter, const QRectF& target, qreal pixel_ratio, bool squares) const;

 private:
  struct Known {
    qint64 key = 0;
    std::vector<QImage> smaller;  // each half the one before
  };
  void make();
  void take(qint64 key, const std::vector<QImage>& smaller);

  std::function<void()> finer_;
  QObject receiver_;  // while it lives, what another thread made is taken
  QImage image_;
  bool waits_ = false;
  mutable std::vector<QImage> smaller_;  // of a small picture made when it is first needed
  std::deque<Known> known_;              // of large pictures shown lately: one flips between two
};

}  // namespace b3o
