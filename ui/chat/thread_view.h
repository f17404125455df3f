// The turns of a conversation from top to bottom. Stays at the end while one is there, and where one scrolled to else.
#pragma once

#include <QScrollArea>
#include <QVBoxLayout>
#include <vector>

#include "ui/chat/turn_view.h"
#include "ui/state/conversation.h"

namespace b3o {

constexpr int kThreadWidth = 872;  // the widest that a line of talk gets

class ThreadView : public QScrollArea {
  Q_OBJECT
 public:
  explicit ThreadView(Conversation& conversation, QWidget* parent = nullptr);
  TurnView* turn(int row) const { return turns_[size_t(row)]; }
  int turns() const { return int(turns_.size()); }
  bool regenerateLast();  // the last answer; false: there is none

 Q_SIGNALS:
  void pictureBrought(b3o::Intent intent);  // to the composer
  void editWanted(const b3o::SharedImage& image, const b3o::Recipe& recipe);
  void saveWanted(const b3o::SharedImage& image, const b3o::Recipe& recipe);
  void copyWanted(const b3o::SharedImage& image, const b3o::Recipe& recipe);

 protected:
  void resizeEvent(QResizeEvent* event) override;

 private:
  void addTurn(int row);
  void reset(int from);
  int rowOf(const TurnView* view) const;

  Conversation& conversation_;
  QVBoxLayout* column_;
  std::vector<TurnView*> turns_;
  bool at_end_ = true;
};

}  // namespace b3o
