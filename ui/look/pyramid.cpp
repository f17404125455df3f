#include "ui/look/pyramid.h"

#include <QFuture>
#include <QPromise>
#include <QThreadPool>
#include <algorithm>
#include <memory>
#include <utility>

namespace b3o {
namespace {

constexpr double kSeePixels = 3;
constexpr qint64 kAtOnce = 2 << 20;  // pixels that are made smaller while the window waits
constexpr size_t kMostKnown = 3;
constexpr int kSmallest = 128;  // of another thread's pictures; below it halving takes no time

}  // namespace

QImage halved(const QImage& image) {
  const bool plain = image.format() == QImage::Format_RGB888;  // as the core keeps them: no copy of those is made
  const QImage from =
      plain || image.format() == QImage::Format_ARGB32_Premultiplied || image.format() == QImage::Format_RGB32
          ? image
          : image.convertToFormat(QImage::Format_ARGB32_Premultiplied);
  const int w = std::max(1, from.width() / 2), h = std::max(1, from.height() / 2);
  QImage out(w, h, plain ? QImage::Format_RGB32 : from.format());
  const int step = plain ? 3 : 4;
  for (int y = 0; y < h; ++y) {
    const uchar* a = from.constScanLine(std::min(2 * y, from.height() - 1));
    const uchar* b = from.constScanLine(std::min(2 * y + 1, from.height() - 1));
    uchar* to = out.scanLine(y);
    for (int x = 0; x < w; ++x) {
      const int left = std::min(2 * x, from.width() - 1) * step, right = std::min(2 * x + 1, from.width() - 1) * step;
      const auto mean = [&](int k) { return uint((a[left + k] + a[right + k] + b[left + k] + b[right + k] + 2) / 4); };
      auto* pixel = reinterpret_cast<QRgb*>(to) + x;
      if (plain) {
        *pixel = qRgb(int(mean(0)), int(mean(1)), int(mean(2)));
      } else {
        for (int k = 0; k < 4; ++k) to[4 * x + k] = uchar(mean(k));
      }
    }
  }
  return out;
}

void Pyramid::set(const QImage& image) {
  if (image.cacheKey() == image_.cacheKey()) return;
  image_ = image;
  smaller_.clear();
  waits_ = false;
  const auto known =
      std::find_if(known_.begin(), known_.end(), [&](const Known& k) { return k.key == image_.cacheKey(); });
  if (known != known_.end())
    smaller_ = known->smaller;
  else if (qint64(image_.width()) * image_.height() > kAtOnce)
    make();
}

void Pyramid::make() {
  waits_ = true;
  const auto promise = std::make_shared<QPromise<std::vector<QImage>>>();
  promise->future().then(&receiver_,
                         [this, key = image_.cacheKey()](const std::vector<QImage>& smaller) { take(key, smaller); });
  QThreadPool::globalInstance()->start([promise, image = image_] {
    promise->start();
    std::vector<QImage> smaller{halved(image)};
    while (std::max(smaller.back().width(), smaller.back().height()) > kSmallest)
      smaller.push_back(halved(smaller.back()));
    promise->addResult(std::move(smaller));
    promise->finish();
  });
}

void Pyramid::take(qint64 key, const std::vector<QImage>& smaller) {
  known_.push_back({key, smaller});
  if (known_.size() > kMostKnown) known_.pop_front();
  if (key != image_.cacheKey()) return;
  smaller_ = smaller;
  waits_ = false;
  if (finer_) finer_();
}

void Pyramid::draw(QPainter& painter, const QRectF& target, qreal pixel_ratio, bool squares) const {
  if (image_.isNull() || target.isEmpty()) return;
  const double wide = target.width() * pixel_ratio, high = target.height() * pixel_ratio;
  const QImage* level = &image_;
  for (size_t i = 0; !waits_ && level->width() >= 2 * wide && level->height() >= 2 * high; ++i) {
    if (i == smaller_.size()) {
      if (level->width() < 2 || level->height() < 2) break;
      smaller_.push_back(halved(*level));
    }
    level = &smaller_[i];
  }
  const bool smooth = !squares || wide < kSeePixels * image_.width();
  painter.setRenderHint(QPainter::SmoothPixmapTransform, smooth && !waits_);
  painter.drawImage(target, *level, QRectF(QPointF(), QSizeF(level->size())));
}

}  // namespace b3o
