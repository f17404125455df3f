// A question in its bubble at the right, with its pictures above; can be written anew in its place.
#pragma once

#include <QWidget>

#include "ui/chat/plain_text.h"
#include "ui/chat/question_edit.h"
#include "ui/chat/turn_actions.h"
#include "ui/state/session.h"

namespace b3o {

class QuestionView : public QWidget {
  Q_OBJECT
 public:
  explicit QuestionView(QWidget* parent);
  void render(const Turn& turn);
  void edit();
  bool editing() const { return edit_ != nullptr; }
  QuestionEdit* editor() const { return edit_; }
  TurnActions* actions() const { return actions_; }

 Q_SIGNALS:
  void resent(const QString& text);
  void removeWanted();

 protected:
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  void leaveEdit();
  void fitBubble();

  std::vector<qint64> shown_;  // cache keys of the thumbnails
  QWidget* pictures_;
  QWidget* bubble_;
  PlainText* text_;
  QWidget* editor_ = nullptr;  // the frame around edit_
  QuestionEdit* edit_ = nullptr;
  TurnActions* actions_;
};

}  // namespace b3o
