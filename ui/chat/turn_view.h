// One turn in the thread: a question, an answer in words, or a picture.
#pragma once

#include <QWidget>

#include "ui/chat/answer_view.h"
#include "ui/chat/picture_view.h"
#include "ui/chat/question_view.h"
#include "ui/state/session.h"

namespace b3o {

class TurnView : public QWidget {
  Q_OBJECT
 public:
  explicit TurnView(const Turn& turn, QWidget* parent = nullptr);
  void render(const Turn& turn);
  void append(const QString& text);
  int64_t id() const { return id_; }
  bool fits(const Turn& turn) const;  // shows this turn, with the view its kind needs
  // Null where the turn is of another kind.
  QuestionView* question() const { return question_; }
  AnswerView* answer() const { return answer_; }
  PictureView* picture() const { return picture_; }
  TurnActions* actions() const;

 protected:
  void enterEvent(QEnterEvent* event) override;
  void leaveEvent(QEvent* event) override;

 private:
  int64_t id_;
  QuestionView* question_ = nullptr;
  AnswerView* answer_ = nullptr;
  PictureView* picture_ = nullptr;
};

}  // namespace b3o
