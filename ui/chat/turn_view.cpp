#include "ui/chat/turn_view.h"

#include <QVBoxLayout>

namespace b3o {

TurnView::TurnView(const Turn& turn, QWidget* parent) : QWidget(parent), id_(turn.id) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  if (turn.role == Turn::Role::user)
    column->addWidget(question_ = new QuestionView(this));
  else if (turn.intent == Intent::ask)
    column->addWidget(answer_ = new AnswerView(this));
  else
    column->addWidget(picture_ = new PictureView(this));
  render(turn);
}

bool TurnView::fits(const Turn& turn) const {
  if (turn.id != id_) return false;
  if (turn.role == Turn::Role::user) return question_;
  return turn.intent == Intent::ask ? answer_ != nullptr : picture_ != nullptr;
}

void TurnView::render(const Turn& turn) {
  if (question_) question_->render(turn);
  if (answer_) answer_->render(turn);
  if (picture_) picture_->render(turn);
}

void TurnView::append(const QString& text) {
  if (answer_) answer_->append(text);
}

TurnActions* TurnView::actions() const {
  return question_ ? question_->actions() : answer_ ? answer_->actions() : picture_->actions();
}

void TurnView::enterEvent(QEnterEvent*) { actions()->setShown(true); }

void TurnView::leaveEvent(QEvent*) { actions()->setShown(false); }

}  // namespace b3o
