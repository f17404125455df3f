#include "ui/chat/undo_bar.h"

#include <QHBoxLayout>
#include <QPainter>

#include "ui/look/language.h"
#include "ui/look/theme.h"

namespace b3o {

UndoBar::UndoBar(QWidget* parent) : QWidget(parent) {
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(space::m, space::xs, space::xs, space::xs);
  row->setSpacing(space::s);
  words_ = new Label({}, Tint::text, this);
  button_ = makeButton({}, "chip", this);
  auto* close = makeButton({}, "ghost", this, "close");
  close->setFixedSize(26, 26);
  row->addWidget(words_, 1);
  row->addWidget(button_);
  row->addWidget(close);
  connect(button_, &QPushButton::clicked, this, &UndoBar::undo);
  connect(close, &QPushButton::clicked, this, &UndoBar::clear);
  retranslated(this, [this, close] {
    button_->setText(tr("Undo"));
    button_->setToolTip(tr("Undo (Ctrl+Z)"));
    close->setAccessibleName(tr("Hide this"));
    close->setToolTip(tr("Hide this"));
    render();
  });
}

void UndoBar::push(Phrase what, std::function<void()> undo) {
  steps_.push_back({std::move(what), std::move(undo)});
  render();
}

void UndoBar::clear() {
  steps_.clear();
  render();
}

bool UndoBar::undo() {
  if (steps_.empty()) return false;
  const Step step = std::move(steps_.back());
  steps_.pop_back();
  render();
  step.undo();
  return true;
}

void UndoBar::render() {
  setVisible(!steps_.empty());
  if (!steps_.empty()) words_->setText(steps_.back().what.text());
}

void UndoBar::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(look().line);
  painter.setBrush(look().raised);
  painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), kRadius, kRadius);
}

}  // namespace b3o
