#include "ui/look/words.h"

#include <QHBoxLayout>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>

#include "ui/look/icon.h"

namespace b3o {
namespace {

constexpr int kSign = 18;

bool isDigit(QChar c) { return c >= u'0' && c <= u'9'; }

int digitWidth(const QFontMetrics& metrics) {
  int widest = 0;
  for (char d = '0'; d <= '9'; ++d) widest = std::max(widest, metrics.horizontalAdvance(QLatin1Char(d)));
  return widest;
}

// Calls visit(part, x, width) for every digit and every run of other characters. Returns the whole width.
template <class Visit>
int layOut(const QString& text, const QFontMetrics& metrics, Visit visit) {
  const int digit = digitWidth(metrics);
  int x = 0;
  for (qsizetype i = 0; i < text.size();) {
    qsizetype end = i + 1;
    if (!isDigit(text[i]))
      while (end < text.size() && !isDigit(text[end])) ++end;
    const QString part = text.mid(i, end - i);
    const int width = isDigit(text[i]) ? digit : metrics.horizontalAdvance(part);
    visit(part, x, width);
    x += width;
    i = end;
  }
  return x;
}

}  // namespace

QString plainToolTip(const QString& text) {
  return text.isEmpty() ? QString() : QStringLiteral("<span>%1</span>").arg(text.toHtmlEscaped());
}

Label::Label(const QString& text, Tint tint, QWidget* parent) : QWidget(parent), tint_(tint) {
  setFont(textFont(kBodyPx));
  setText(text);
}

void Label::setTint(Tint tint) {
  if (tint == tint_) return;
  tint_ = tint;
  update();
}

void Label::setText(const QString& text) {
  if (text == text_) return;
  text_ = text;
  text_.replace(u'\n', u' ');
  setAccessibleName(text_);
  updateGeometry();
  update();
}

void Label::setAlignment(Qt::Alignment alignment) {
  alignment_ = alignment;
  update();
}

void Label::setTabular(bool tabular) {
  tabular_ = tabular;
  updateGeometry();
}

void Label::setWhole(bool whole) {
  whole_ = whole;
  updateGeometry();
}

int Label::widthOf(const QString& text) const {
  if (!tabular_) return fontMetrics().horizontalAdvance(text);
  return layOut(text, fontMetrics(), [](const QString&, int, int) {});
}

QSize Label::sizeHint() const { return {widthOf(text_) + 1, fontMetrics().height()}; }

QSize Label::minimumSizeHint() const { return whole_ ? sizeHint() : QSize(0, fontMetrics().height()); }

QString Label::fitted(int width) const {
  if (widthOf(text_) <= width) return text_;
  if (!tabular_) return fontMetrics().elidedText(text_, Qt::ElideRight, width);
  QString shorter = text_;
  while (!shorter.isEmpty() && widthOf(shorter + u'…') > width) shorter.chop(1);
  return shorter + u'…';
}

bool Label::event(QEvent* event) {
  if (event->type() != QEvent::ToolTip || !toolTip().isEmpty()) return QWidget::event(event);
  const QString whole = fitted(width()) == text_ ? QString() : plainToolTip(text_);
  QToolTip::showText(static_cast<QHelpEvent*>(event)->globalPos(), whole, this);
  return true;
}

void Label::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setPen(isEnabled() ? colourOf(tint_) : look().faint);
  const QString text = fitted(width());
  const int spare = width() - widthOf(text);
  const int left = alignment_ & Qt::AlignRight ? spare : alignment_ & Qt::AlignHCenter ? spare / 2 : 0;
  const int base = (height() - fontMetrics().height()) / 2 + fontMetrics().ascent();
  if (!tabular_) return painter.drawText(left, base, text);
  layOut(text, fontMetrics(), [&](const QString& part, int x, int width) {
    const int inset = isDigit(part[0]) ? (width - fontMetrics().horizontalAdvance(part) + 1) / 2 : 0;
    painter.drawText(left + x + inset, base, part);
  });
}

Paragraph::Paragraph(const QString& text, Tint tint, QWidget* parent) : QLabel(parent), tint_(tint) {
  setTextFormat(Qt::PlainText);
  setWordWrap(true);
  setTextInteractionFlags(Qt::TextSelectableByMouse);
  setText(text);
  colour();
}

void Paragraph::setTint(Tint tint) {
  tint_ = tint;
  colour();
}

void Paragraph::setWords(const QString& text) {
  setText(text);
  setVisible(!text.isEmpty());
}

void Paragraph::colour() {
  QPalette own = palette();
  if (own.color(QPalette::WindowText) == colourOf(tint_)) return;
  own.setColor(QPalette::WindowText, colourOf(tint_));
  setPalette(own);
}

void Paragraph::changeEvent(QEvent* event) {
  QLabel::changeEvent(event);
  if (event->type() == QEvent::StyleChange) colour();  // the theme may have changed
}

ErrorLine::ErrorLine(QWidget* parent) : QWidget(parent), words_(new Paragraph({}, Tint::bad, this)) {
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(kSign + space::s, 0, 0, 0);
  row->addWidget(words_);
  hide();
}

void ErrorLine::setSentence(const QString& sentence, Tint tint) {
  tint_ = tint;
  words_->setTint(tint);
  words_->setText(sentence);
  update();
  setVisible(!sentence.isEmpty());
}

void ErrorLine::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  icon("warning", tint_ == Tint::bad ? Tint::bad : Tint::secondary).paint(&painter, QRect(0, 0, kSign, kSign));
}

}  // namespace b3o
