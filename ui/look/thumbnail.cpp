#include "ui/look/thumbnail.h"

#include <QPainterPath>

#include "ui/look/controls.h"
#include "ui/look/language.h"
#include "ui/look/theme.h"

namespace b3o {

void drawRounded(QPainter& painter, const QRectF& into, const QImage& image, qreal radius, bool smooth) {
  if (image.isNull() || into.isEmpty()) return;
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setRenderHint(QPainter::SmoothPixmapTransform, smooth);
  // A brush, not a clip: clip edges are not smoothed.
  QBrush brush(image);
  brush.setTransform(QTransform::fromTranslate(into.x(), into.y())
                         .scale(into.width() / image.width(), into.height() / image.height()));
  painter.setPen(Qt::NoPen);
  painter.setBrush(brush);
  painter.drawRoundedRect(into, radius, radius);
  painter.restore();
}

Thumbnail::Thumbnail(const QImage& image, const QSize& bounds, const QString& name, QWidget* parent)
    : QWidget(parent), image_(image) {
  const bool fits = image.width() <= bounds.width() && image.height() <= bounds.height();
  const QSize size = fits ? image.size() : image.size().scaled(bounds, Qt::KeepAspectRatio);
  setFixedSize(size.expandedTo(QSize(24, 24)));
  retranslated(this, [this, name] { setAccessibleName(tr("Picture %1").arg(name)); });
  setToolTip(plainToolTip(name));
}

void Thumbnail::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  drawRounded(painter, rect(), image_, kRadius);
}

}  // namespace b3o
