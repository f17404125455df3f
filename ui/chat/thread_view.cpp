#include "ui/chat/thread_view.h"

#include <QScrollBar>
#include <algorithm>

#include "ui/look/language.h"
#include "ui/look/scroll_column.h"
#include "ui/look/theme.h"

namespace b3o {

ThreadView::ThreadView(Conversation& conversation, QWidget* parent) : QScrollArea(parent), conversation_(conversation) {
  auto* content = makeScrollColumn(*this);
  column_ = new QVBoxLayout(content);
  column_->setSpacing(space::s);
  column_->addStretch();
  setWidget(content);

  auto* bar = verticalScrollBar();
  connect(bar, &QScrollBar::valueChanged, this, [this, bar](int value) { at_end_ = value >= bar->maximum() - 4; });
  connect(bar, &QScrollBar::rangeChanged, this, [this, bar](int, int maximum) {
    if (at_end_) bar->setValue(maximum);
  });
  connect(&conversation_, &Conversation::turnAdded, this, &ThreadView::addTurn);
  connect(&conversation_, &Conversation::turnChanged, this,
          [this](int row) { turn(row)->render(conversation_.turns()[size_t(row)]); });
  connect(&conversation_, &Conversation::textAppended, this,
          [this](int row, const QString& text) { turn(row)->append(text); });
  connect(&conversation_, &Conversation::turnsReset, this, &ThreadView::reset);
  for (int row = 0; row < int(conversation_.turns().size()); ++row) addTurn(row);
  retranslated(this, [this] {
    for (size_t row = 0; row < turns_.size(); ++row) turns_[row]->render(conversation_.turns()[row]);
  });
}

int ThreadView::rowOf(const TurnView* view) const {
  return int(std::find(turns_.begin(), turns_.end(), view) - turns_.begin());
}

void ThreadView::addTurn(int row) {
  auto* view = new TurnView(conversation_.turns()[size_t(row)], widget());
  column_->insertWidget(column_->count() - 1, view);
  turns_.push_back(view);
  at_end_ = true;

  auto& talk = conversation_;
  connect(view->actions(), &TurnActions::branchWanted, this,
          [this, view, &talk](int step) { talk.showBranch(rowOf(view), step); });
  const auto again = [this, view, &talk] { talk.regenerate(rowOf(view)); };
  if (auto* question = view->question()) {
    connect(question, &QuestionView::resent, this,
            [this, view, &talk](const QString& text) { talk.resend(rowOf(view), text); });
    connect(question, &QuestionView::removeWanted, this, [this, view, &talk] { talk.remove(rowOf(view)); });
  } else if (auto* answer = view->answer()) {
    connect(answer, &AnswerView::regenerateWanted, this, again);
  } else if (auto* picture = view->picture()) {
    connect(picture, &PictureView::regenerateWanted, this, again);
    connect(picture, &PictureView::stopWanted, &talk, &Conversation::stop);
    connect(picture, &PictureView::brought, this, [this, &talk](qint64 id, Intent intent) {
      talk.bringPicture(id, intent);
      Q_EMIT pictureBrought(intent);
    });
    connect(picture, &PictureView::editWanted, this, &ThreadView::editWanted);
    connect(picture, &PictureView::saveWanted, this, &ThreadView::saveWanted);
    connect(picture, &PictureView::copyWanted, this, &ThreadView::copyWanted);
  }
}

// Rows that show the same turn keep their view.
void ThreadView::reset(int from) {
  const auto& shown = conversation_.turns();
  size_t kept = size_t(from);
  while (kept < turns_.size() && kept < shown.size() && turns_[kept]->fits(shown[kept]) && from > 0) ++kept;
  kept = std::min(kept, turns_.size());
  for (size_t row = kept; row < turns_.size(); ++row) {
    column_->removeWidget(turns_[row]);
    turns_[row]->hide();
    turns_[row]->deleteLater();
  }
  turns_.resize(kept);
  for (size_t row = 0; row < std::min(kept, shown.size()); ++row) turns_[row]->render(shown[row]);
  for (size_t row = kept; row < shown.size(); ++row) addTurn(int(row));
}

bool ThreadView::regenerateLast() {
  if (turns_.empty() || turns_.back()->question()) return false;
  conversation_.regenerate(int(turns_.size()) - 1);
  return true;
}

void ThreadView::resizeEvent(QResizeEvent* event) {
  // The scroll bar takes its width from the right margin, so the turns stay above the composer.
  const int side = std::max(space::xl, (width() - kThreadWidth) / 2);
  column_->setContentsMargins(side, space::l, side - (width() - viewport()->width()), space::l);
  QScrollArea::resizeEvent(event);
}

}  // namespace b3o
