#include "ui/look/icon.h"

#include <QFile>
#include <QIconEngine>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

namespace b3o {
namespace {

// Draws the file anew for every size and colour, so that a change of theme needs no new icons.
class LineIcon : public QIconEngine {
 public:
  LineIcon(QString name, Tint off, Tint on) : name_(std::move(name)), off_(off), on_(on) {}

  void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State state) override {
    const qreal scale = painter->device()->devicePixelRatioF();
    QPixmap drawn = pixmap(rect.size() * scale, mode, state);
    drawn.setDevicePixelRatio(scale);
    painter->drawPixmap(rect.topLeft(), drawn);
  }

  QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override {
    const QColor colour = mode == QIcon::Disabled ? look().faint : colourOf(state == QIcon::On ? on_ : off_);
    const QString key = QStringLiteral("%1 %2 %3 %4").arg(name_, colour.name()).arg(size.width()).arg(size.height());
    QPixmap drawn;
    if (QPixmapCache::find(key, &drawn)) return drawn;
    QFile file(QStringLiteral(":/icons/%1.svg").arg(name_));
    drawn = QPixmap(size);
    drawn.fill(Qt::transparent);
    if (file.open(QIODevice::ReadOnly)) {
      QSvgRenderer renderer(file.readAll().replace("currentColor", colour.name().toLatin1()));
      QPainter painter(&drawn);
      renderer.render(&painter);
    }
    QPixmapCache::insert(key, drawn);
    return drawn;
  }

  QIconEngine* clone() const override { return new LineIcon(*this); }

 private:
  QString name_;
  Tint off_, on_;
};

}  // namespace

QIcon icon(const char* name, Tint off, Tint on) { return QIcon(new LineIcon(QString::fromLatin1(name), off, on)); }

}  // namespace b3o
