#include "ui/look/controls.h"

#include <QAbstractItemView>
#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>

#include "ui/look/icon.h"
#include "ui/look/language.h"

namespace b3o {
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

void setWords(QPushButton* button, const QString& text, const QString& tip) {
  button->setText(text);
  button->setToolTip(tip);
}

QPushButton* makeToggle(const QString& text, QWidget* parent) {
  auto* button = makeButton({}, "chip", parent);
  button->setCheckable(true);
  setToggleWords(button, text);
  QObject::connect(button, &QPushButton::toggled, button,
                   [button] { setToggleWords(button, button->accessibleName()); });
  return button;
}

void setToggleWords(QPushButton* toggle, const QString& text) {
  toggle->setAccessibleName(text);
  toggle->setText(toggle->isChecked() ? QStringLiteral("✓ ") + text : text);
}

namespace {

class WheelFilter : public QObject {
 public:
  explicit WheelFilter(QWidget* control) : QObject(control) { control->installEventFilter(this); }
  bool eventFilter(QObject* watched, QEvent* event) override {
    if (event->type() != QEvent::Wheel || static_cast<QWidget*>(watched)->hasFocus()) return false;
    event->ignore();  // goes on to the parent
    return true;
  }
};

}  // namespace

void leaveWheelToPage(QWidget* control) {
  control->setFocusPolicy(Qt::StrongFocus);  // not by the wheel
  new WheelFilter(control);
}

Segmented::Segmented(const QStringList& choices, const QString& accessible_name, QWidget* parent)
    : QWidget(parent), group_(this) {
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(1, 1, 1, 1);
  row->setSpacing(0);
  for (int i = 0; i < choices.size(); ++i) {
    auto* button = makeButton({}, "segment", this);
    button->setCheckable(true);
    group_.addButton(button, i);
    row->addWidget(button);
  }
  setWords(choices, accessible_name);
  setCurrent(0);
  setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
  connect(&group_, &QButtonGroup::idClicked, this, &Segmented::chosen);
}

void Segmented::setWords(const QStringList& choices, const QString& accessible_name) {
  setAccessibleName(accessible_name);
  for (int i = 0; i < choices.size(); ++i) {
    button(i)->setText(choices[i]);
    button(i)->setAccessibleName(accessible_name + QStringLiteral(": ") + choices[i]);
  }
}

void Segmented::setCurrent(int index) {
  if (auto* button = group_.button(index)) return button->setChecked(true);
  group_.setExclusive(false);
  for (auto* button : group_.buttons()) button->setChecked(false);
  group_.setExclusive(true);
}

void Segmented::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(look().line);
  painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), kRadius, kRadius);
}

Choice::Choice(QWidget* parent) : QComboBox(parent) {
  leaveWheelToPage(this);
  retranslated(this, [this] { view()->setAccessibleName(tr("Choices")); });
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
