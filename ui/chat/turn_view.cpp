#include "ui/chat/turn_view.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/look/icon.h"
#include "ui/look/theme.h"
#include "ui/look/thumbnail.h"
#include "ui/state/job_line.h"

namespace b3o {
namespace {

constexpr QSize kPictureBounds(232, 232);
constexpr double kBubbleShare = 0.72;  // of the thread's width

QString stateText(const Turn& turn) {
  switch (turn.state) {
    case Turn::State::waiting:
      return TurnView::tr("Waiting for the running job");
    case Turn::State::reading:
      return TurnView::tr("Reading the question");
    case Turn::State::writing:
      return {};
    case Turn::State::stopped:
      return TurnView::tr("Stopped");
    case Turn::State::failed:
      return {};
    case Turn::State::done:
      break;
  }
  if (turn.tokens == 0) return {};
  return TurnView::tr("%L1 tokens · %2").arg(turn.tokens).arg(durationText(turn.seconds));
}

}  // namespace

TurnView::TurnView(const Turn& turn, QWidget* parent) : QWidget(parent), question_(turn.role == Turn::Role::user) {
  question_ ? buildQuestion(turn) : buildAnswer();
  render(turn);
}

void TurnView::buildQuestion(const Turn& turn) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(space::s);
  if (!turn.pictures.empty()) {
    auto* pictures = new QHBoxLayout;
    pictures->setSpacing(space::s);
    pictures->addStretch();
    for (const auto& p : turn.pictures)
      pictures->addWidget(new Thumbnail(p.picture.thumbnail, kPictureBounds, p.name, this), 0, Qt::AlignBottom);
    column->addLayout(pictures);
  }
  bubble_ = new QWidget(this);
  auto* inside = new QHBoxLayout(bubble_);
  inside->setContentsMargins(14, 9, 14, 8);
  text_ = new PlainText(turn.text, tr("Your question"), bubble_);
  inside->addWidget(text_);
  column->addWidget(bubble_, 0, Qt::AlignRight);
}

void TurnView::buildAnswer() {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(space::xs);
  text_ = new PlainText({}, tr("Answer"), this);
  column->addWidget(text_);

  error_ = new ErrorLine(this);
  column->addWidget(error_);

  auto* row = new QHBoxLayout;
  row->setSpacing(space::s);
  foot_ = new Label({}, Tint::secondary, this);
  foot_->setFont(textFont(kSecondaryPx));
  copy_ = makeButton(tr("Copy"), "ghost", this, "copy");
  copy_->setAccessibleName(tr("Copy the answer"));
  copy_->setToolTip(tr("Copy the answer"));
  connect(copy_, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(answer_); });
  row->addWidget(foot_);
  row->addWidget(copy_);
  row->addStretch();
  column->addLayout(row);
}

void TurnView::render(const Turn& turn) {
  text_->setText(turn.text);
  answer_ = turn.text;
  text_->setAccessibleDescription(turn.text);
  if (question_) return fitBubble();
  text_->setVisible(!turn.text.isEmpty());
  text_->setCaret(turn.state == Turn::State::writing);
  QStringList foot{stateText(turn), turn.text.isEmpty() ? QString() : turn.notice};
  foot.removeAll(QString());
  foot_->setText(foot.join(QStringLiteral(" · ")));
  foot_->setVisible(!foot.isEmpty());
  error_->setSentence(turn.error);
  copy_->setVisible(!turn.open() && !turn.text.isEmpty());
}

void TurnView::fitBubble() {
  const int most = std::max(120, int(width() * kBubbleShare));
  text_->setFixedWidth(std::min(text_->idealWidth(), most));
}

void TurnView::resizeEvent(QResizeEvent*) {
  if (question_) fitBubble();
}

void TurnView::paintEvent(QPaintEvent*) {
  if (!question_) return;
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(Qt::NoPen);
  painter.setBrush(look().raised);
  painter.drawRoundedRect(bubble_->geometry(), 12, 12);
}

}  // namespace b3o
