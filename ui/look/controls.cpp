#include "ui/look/controls.h"

#include <QHBoxLayout>
#include <QHelpEvent>
#include <QPainter>
#include <QStyle>
#include <QToolTip>
#include <algorithm>

#include "ui/look/icon.h"
#include "ui/look/theme.h"

namespace b3o {
namespace {

int digitWidth(const QFontMetrics& metrics) {
  int widest = 0;
  for (char d = '0'; d <= '9'; ++d) widest = std::max(widest, metrics.horizontalAdvance(QLatin1Char(d)));
  return widest;
}

bool isDigit(QChar c) { return c >= u'0' && c <= u'9'; }

// Calls visit(part, x, width): a part is one digit or a run of other characters. Returns the whole width.
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

int widthOf(const QString& text, const QFontMetrics& metrics) {
  return layOut(text, metrics, [](const QString&, int, int) {});
}

QColor colourOf(Label::Tone tone) {
  const Tokens& t = look();
  switch (tone) {
    case Label::Tone::text:
      return t.text;
    case Label::Tone::secondary:
      return t.secondary;
    case Label::Tone::good:
      return t.good;
    case Label::Tone::warn:
      return t.warn;
    case Label::Tone::bad:
      return t.bad;
  }
  return t.text;
}

const char* nameOf(Label::Tone tone) {
  constexpr const char* kNames[] = {"text", "secondary", "good", "warn", "bad"};
  return kNames[int(tone)];
}

}  // namespace

QString plainToolTip(const QString& text) {
  return text.isEmpty() ? QString() : QStringLiteral("<span>%1</span>").arg(text.toHtmlEscaped());
}

QPushButton* makeButton(const QString& text, const char* kind, QWidget* parent, const char* iconName) {
  auto* button = new QPushButton(text, parent);
  button->setProperty("kind", QString::fromLatin1(kind));
  button->setFocusPolicy(Qt::TabFocus);  // a click must not take the focus from the text being written
  button->setAutoDefault(false);
  button->setCursor(Qt::PointingHandCursor);
  if (iconName) {
    const bool primary = qstrcmp(kind, "primary") == 0;
    button->setIcon(icon(iconName, primary ? Tint::on_accent : Tint::text));
    button->setIconSize(QSize(16, 16));
  }
  return button;
}

Label::Label(const QString& text, Tone tone, QWidget* parent) : QWidget(parent), tone_(tone) {
  setFont(textFont(kBodyPx));
  setText(text);
}

void Label::setText(const QString& text) {
  if (text == text_ && accessibleName() == text) return;
  text_ = text;
  text_.replace(u'\n', u' ');
  setAccessibleName(text_);
  updateGeometry();
  update();
}

void Label::setTone(Tone tone) {
  tone_ = tone;
  update();
}

void Label::setAlignment(Qt::Alignment alignment) {
  alignment_ = alignment;
  update();
}

QSize Label::sizeHint() const { return {widthOf(text_, fontMetrics()), fontMetrics().height()}; }

QSize Label::minimumSizeHint() const { return {0, fontMetrics().height()}; }

QString Label::fitted(int width) const {
  if (widthOf(text_, fontMetrics()) <= width) return text_;
  QString shorter = text_;
  while (!shorter.isEmpty() && widthOf(shorter + u'…', fontMetrics()) > width) shorter.chop(1);
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
  painter.setPen(isEnabled() ? colourOf(tone_) : look().faint);
  const QString text = fitted(width());
  const int spare = width() - widthOf(text, fontMetrics());
  const int left = alignment_ & Qt::AlignRight ? spare : alignment_ & Qt::AlignHCenter ? spare / 2 : 0;
  const int base = (height() - fontMetrics().height()) / 2 + fontMetrics().ascent();
  layOut(text, fontMetrics(), [&](const QString& part, int x, int width) {
    const int inset = isDigit(part[0]) ? (width - fontMetrics().horizontalAdvance(part) + 1) / 2 : 0;
    painter.drawText(left + x + inset, base, part);
  });
}

QLabel* makeParagraph(const QString& text, Label::Tone tone, QWidget* parent) {
  auto* label = new QLabel(parent);
  label->setTextFormat(Qt::PlainText);
  label->setText(text);
  label->setWordWrap(true);
  label->setTextInteractionFlags(Qt::TextSelectableByMouse);
  setTone(label, tone);
  return label;
}

void setTone(QLabel* paragraph, Label::Tone tone) {
  paragraph->setProperty("tone", QString::fromLatin1(nameOf(tone)));
  paragraph->style()->unpolish(paragraph);  // the style sheet looks at the property again
  paragraph->style()->polish(paragraph);
}

Segmented::Segmented(const QStringList& choices, const QString& accessible_name, QWidget* parent)
    : QWidget(parent), group_(this) {
  setAccessibleName(accessible_name);
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(1, 1, 1, 1);
  row->setSpacing(0);
  for (int i = 0; i < choices.size(); ++i) {
    auto* button = makeButton(choices[i], "segment", this);
    button->setCheckable(true);
    button->setAccessibleName(accessible_name + QStringLiteral(": ") + choices[i]);
    group_.addButton(button, i);
    row->addWidget(button);
  }
  setCurrent(0);
  setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
  connect(&group_, &QButtonGroup::idClicked, this, &Segmented::chosen);
}

void Segmented::setCurrent(int index) {
  if (auto* button = group_.button(index)) button->setChecked(true);
}

void Segmented::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(look().line);
  painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), kRadius, kRadius);
}

Choice::Choice(QWidget* parent) : QComboBox(parent) {
  setFocusPolicy(Qt::StrongFocus);
  setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  setMinimumContentsLength(4);
  setMinimumHeight(32);
}

void Choice::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const qreal ring = hasFocus() ? 2 : 1;
  painter.setPen(QPen(hasFocus() ? look().accent : look().line, ring));
  painter.setBrush(look().field);
  const qreal half = ring / 2;
  painter.drawRoundedRect(QRectF(rect()).adjusted(half, half, -half, -half), kRadius, kRadius);
  painter.setPen(isEnabled() ? look().text : look().faint);
  const QRect inside = rect().adjusted(space::m, 0, -space::xl - space::xs, 0);
  painter.drawText(inside, Qt::AlignVCenter | Qt::AlignLeft,
                   fontMetrics().elidedText(currentText(), Qt::ElideRight, inside.width()));
  const QRect arrow(width() - space::xl, (height() - 16) / 2, 16, 16);
  icon("chevron-down", Tint::secondary)
      .paint(&painter, arrow, Qt::AlignCenter, isEnabled() ? QIcon::Normal : QIcon::Disabled);
}

}  // namespace b3o
