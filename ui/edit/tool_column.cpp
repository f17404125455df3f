#include "ui/edit/tool_column.h"

#include <QPainter>
#include <QVBoxLayout>

#include "ui/look/icon.h"
#include "ui/look/language.h"
#include "ui/look/theme.h"
#include "ui/look/words.h"

namespace b3o {
namespace {

constexpr int kWidth = 48, kButton = 36;
constexpr const char* kIcons[] = {"pan", "brush", "eraser", "rectangle", "lasso"};

}  // namespace

ToolColumn::ToolColumn(QWidget* parent) : QWidget(parent) {
  setFixedWidth(kWidth);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(6, space::s, 6, space::s);
  column->setSpacing(space::xs);
  for (size_t i = 0; i < tools_.size(); ++i) {
    tools_[i] = add(kIcons[i]);
    tools_[i]->setCheckable(true);
    tools_[i]->setAutoExclusive(true);
    column->addWidget(tools_[i]);
    connect(tools_[i], &QToolButton::clicked, this, [this, i] { Q_EMIT chosen(Tool(i)); });
  }
  column->addSpacing(space::s);
  invert_ = add("invert");
  column->addWidget(invert_);
  column->addStretch();
  connect(invert_, &QToolButton::clicked, this, &ToolColumn::invertWanted);
  retranslated(this, [this] {
    const QString names[] = {tr("Move"), tr("Brush"), tr("Eraser"), tr("Rectangle"), tr("Lasso")};
    const QString tips[] = {tr("Move the picture (Esc); the middle button moves it with any tool"),
                            tr("Mark with the brush (B); [ and ] change its size"),
                            tr("Take the mark away (E); X swaps brush and eraser"),
                            tr("Mark a rectangle; with Alt take it out of the mark"),
                            tr("Mark what you draw around; with Alt take it out of the mark")};
    for (size_t i = 0; i < tools_.size(); ++i) {
      tools_[i]->setAccessibleName(names[i]);
      tools_[i]->setToolTip(plainToolTip(tips[i]));
    }
    invert_->setAccessibleName(tr("Turn the mark around"));
    invert_->setToolTip(plainToolTip(tr("Mark what is not marked, and the other way round (Shift+V)")));
  });
}

QToolButton* ToolColumn::add(const char* iconName) {
  auto* button = new QToolButton(this);
  button->setProperty("kind", "tool");
  button->setIcon(icon(iconName, Tint::secondary, Tint::text));
  button->setIconSize(QSize(kIconPx, kIconPx));
  button->setFixedSize(kButton, kButton);
  button->setFocusPolicy(Qt::TabFocus);
  button->setCursor(Qt::PointingHandCursor);
  return button;
}

void ToolColumn::setTool(Tool tool) { tools_[size_t(tool)]->setChecked(true); }

void ToolColumn::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.fillRect(rect(), look().panel);
  painter.fillRect(width() - 1, 0, 1, height(), look().line);
}

}  // namespace b3o
