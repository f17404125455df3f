#include "ui/shell/drop_hint.h"

#include <QPainter>

#include "ui/look/theme.h"

namespace b3o {

DropHint::DropHint(QWidget* parent) : QWidget(parent) {
  setAttribute(Qt::WA_TransparentForMouseEvents);
  hide();
}

void DropHint::showOver(const QRect& area, const QString& words) {
  words_ = words;
  setGeometry(area);
  raise();
  show();
}

void DropHint::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  QColor veil = look().window;
  veil.setAlpha(240);
  painter.fillRect(rect(), veil);
  painter.setPen(QPen(look().accent, 2, Qt::DashLine));
  painter.drawRoundedRect(QRectF(rect()).adjusted(space::l, space::l, -space::l, -space::l), 12, 12);
  painter.setPen(look().text);
  painter.setFont(textFont(kTitlePx, QFont::DemiBold));
  painter.drawText(rect(), Qt::AlignCenter, words_);
}

}  // namespace b3o
