#include "ui/chat/thread_view.h"

#include <QScrollBar>
#include <algorithm>

#include "ui/look/theme.h"

namespace b3o {

ThreadView::ThreadView(Conversation& conversation, QWidget* parent) : QScrollArea(parent), conversation_(conversation) {
  setFocusPolicy(Qt::NoFocus);
  setFrameShape(QFrame::NoFrame);
  setWidgetResizable(true);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  auto* content = new QWidget;
  content->setProperty("kind", "scrolled");
  column_ = new QVBoxLayout(content);
  column_->setSpacing(space::l);
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
  connect(&conversation_, &Conversation::cleared, this, &ThreadView::clear);
  for (int row = 0; row < int(conversation_.turns().size()); ++row) addTurn(row);
}

void ThreadView::addTurn(int row) {
  auto* view = new TurnView(conversation_.turns()[size_t(row)], widget());
  column_->insertWidget(column_->count() - 1, view);
  turns_.push_back(view);
  at_end_ = true;
}

void ThreadView::clear() {
  for (auto* view : turns_) view->deleteLater();
  turns_.clear();
}

void ThreadView::resizeEvent(QResizeEvent* event) {
  // The scroll bar takes its width from the right margin, so the turns stay above the composer.
  const int side = std::max(space::xl, (width() - kThreadWidth) / 2);
  column_->setContentsMargins(side, space::s, side - (width() - viewport()->width()), space::l);
  QScrollArea::resizeEvent(event);
}

}  // namespace b3o
