#include "ui/chat/answer_view.h"

#include <QClipboard>
#include <QGuiApplication>

#include "ui/look/language.h"
#include "ui/look/theme.h"

namespace b3o {

QString stateText(const Turn& turn) {
  switch (turn.state) {
    case Turn::State::waiting:
      return AnswerView::tr("Waiting for the running job");
    case Turn::State::reading:
      return AnswerView::tr("Reading the question");
    case Turn::State::writing:
    case Turn::State::drawing:
    case Turn::State::failed:
      return {};
    case Turn::State::stopped:
      return AnswerView::tr("Stopped");
    case Turn::State::done:
      break;
  }
  if (turn.tokens == 0) return {};
  return AnswerView::tr("%Ln token(s)", nullptr, turn.tokens) + QStringLiteral(" · ") + durationText(turn.seconds);
}

AnswerView::AnswerView(QWidget* parent) : QWidget(parent) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(space::xs);
  text_ = new AnswerText(this);
  column->addWidget(text_);
  error_ = new ErrorLine(this);
  column->addWidget(error_);
  auto* row = new QHBoxLayout;
  row->setSpacing(space::s);
  foot_ = new Label({}, Tint::secondary, this);
  foot_->setFont(textFont(kSecondaryPx));
  actions_ = new TurnActions(this);
  auto* again = actions_->add("reuse");
  copy_ = actions_->add("copy");
  retranslated(this, [this, again] {
    again->setName(tr("Answer again"));
    copy_->setName(tr("Copy the answer"));
  });
  row->addWidget(foot_);
  row->addWidget(actions_);
  row->addStretch();
  column->addLayout(row);
  connect(copy_, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(text_->source()); });
  connect(again, &QPushButton::clicked, this, &AnswerView::regenerateWanted);
}

void AnswerView::render(const Turn& turn) {
  text_->setSource(turn.text);
  text_->setVisible(!turn.text.isEmpty());
  text_->setCaret(turn.state == Turn::State::writing);
  QStringList foot{stateText(turn), turn.text.isEmpty() ? QString() : turn.notice};
  foot.removeAll(QString());
  foot_->setText(foot.join(QStringLiteral(" · ")));
  foot_->setVisible(!foot.isEmpty());
  error_->setSentence(turn.error);
  actions_->setVisible(!turn.open());
  actions_->setBranch(turn.branch, turn.branches);
  copy_->setVisible(!turn.text.isEmpty());
}

}  // namespace b3o
