#include "ui/shell/rail.h"

#include <QMenu>
#include <QPainter>
#include <algorithm>

#include "ui/look/icon.h"
#include "ui/look/language.h"
#include "ui/look/theme.h"

namespace b3o {
namespace {

constexpr int kLeastWidth = 56, kHeight = 54, kSide = 6, kWordPx = 11;

}  // namespace

Rail::Rail(QWidget* parent) : QWidget(parent), column_(new QVBoxLayout(this)) {
  column_->setContentsMargins(kSide, space::s, kSide, space::s);
  column_->setSpacing(space::xs);
  column_->addStretch();
}

QToolButton* Rail::addButton(const char* iconName, int at) {
  auto* button = new QToolButton(this);
  button->setProperty("kind", "rail");
  button->setFont(textFont(kWordPx));
  button->setIcon(icon(iconName, Tint::secondary, Tint::text));
  button->setIconSize(QSize(kIconPx, kIconPx));
  button->setToolButtonStyle(Qt::ToolButtonTextUnderIcon);
  button->setFocusPolicy(Qt::TabFocus);
  button->setCursor(Qt::PointingHandCursor);
  column_->insertWidget(at, button);
  return button;
}

void Rail::fitWords() {
  const auto buttons = findChildren<QToolButton*>();
  int width = kLeastWidth;
  for (const auto* button : buttons)
    width = std::max(width, button->fontMetrics().horizontalAdvance(button->text()) + kSide);
  for (auto* button : buttons) button->setFixedSize(width, kHeight);
  setFixedWidth(width + 2 * kSide);
}

QToolButton* Rail::addPage(QAction* action, const char* iconName) {
  auto* button = addButton(iconName, pages_++);
  button->setCheckable(true);
  button->setAutoExclusive(true);
  const auto write = [this, button, action] {
    button->setText(action->text());
    button->setAccessibleName(action->text());
    button->setToolTip(action->toolTip());
    fitWords();
  };
  connect(action, &QAction::changed, button, write);  // follows the language
  write();
  connect(button, &QToolButton::clicked, action, &QAction::trigger);
  return button;
}

QToolButton* Rail::addMenu(QMenu* menu) {
  auto* button = addButton("menu", column_->count());
  retranslated(button, [this, button] {
    button->setText(tr("Menu"));
    button->setAccessibleName(tr("Menu"));
    fitWords();
  });
  button->setMenu(menu);
  button->setPopupMode(QToolButton::InstantPopup);
  return button;
}

void Rail::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.fillRect(rect(), look().panel);
  painter.fillRect(width() - 1, 0, 1, height(), look().line);
}

}  // namespace b3o
