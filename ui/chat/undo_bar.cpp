#include "ui/chat/undo_bar.h"

#include <QHBoxLayout>
#include <QPainter>

#include "ui/look/language.h"
#include "ui/look/theme.h"

namespace b3o {

UndoBar::UndoBar(Steps& steps, QWidget* parent) : QWidget(parent), steps_(steps) {
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(space::m, space::xs, space::xs, space::xs);
  row->setSpacing(space::s);
  words_ = new Label({}, Tint::text, this);
  undo_ = makeButton({}, "chip", this);
  redo_ = makeButton({}, "chip", this);
  auto* close = makeButton({}, "ghost", this, "close");
  close->setFixedSize(26, 26);
  row->addWidget(words_, 1);
  for (auto* button : {undo_, redo_, close}) row->addWidget(button);
  connect(undo_, &QPushButton::clicked, &steps_, &Steps::undo);
  connect(redo_, &QPushButton::clicked, &steps_, &Steps::redo);
  connect(close, &QPushButton::clicked, this, &QWidget::hide);
  connect(&steps_, &Steps::changed, this, [this] {
    setVisible(steps_.canUndo() || steps_.canRedo());
    render();
  });
  hide();
  retranslated(this, [this, close] {
    setWords(undo_, tr("Undo"), tr("Undo (Ctrl+Z)"));
    setWords(redo_, tr("Redo"), tr("Redo (Ctrl+Shift+Z)"));
    close->setAccessibleName(tr("Hide this"));
    close->setToolTip(tr("Hide this"));
    render();
  });
}

void UndoBar::render() {
  words_->setText(steps_.message().text());
  undo_->setVisible(steps_.canUndo());
  redo_->setVisible(steps_.canRedo());
}

void UndoBar::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(look().line);
  painter.setBrush(look().raised);
  painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), kRadius, kRadius);
}

}  // namespace b3o
