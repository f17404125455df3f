// An answer in words: its text, what happens or how long it took, what went wrong, and what can be done with it.
#pragma once

#include <QWidget>

#include "ui/chat/answer_text.h"
#include "ui/chat/turn_actions.h"
#include "ui/state/session.h"

namespace b3o {

class AnswerView : public QWidget {
  Q_OBJECT
 public:
  explicit AnswerView(QWidget* parent);
  void render(const Turn& turn);
  void append(const QString& text) { text_->append(text); }
  AnswerText* text() const { return text_; }
  TurnActions* actions() const { return actions_; }

 Q_SIGNALS:
  void regenerateWanted();

 private:
  AnswerText* text_;
  ErrorLine* error_;
  Label* foot_;  // what happens, later how long it took; and the model's notice
  TurnActions* actions_;
  QuietButton* copy_;
};

// "Waiting for the running job", "12 tokens · 1.2 s"; empty while words come.
QString stateText(const Turn& turn);

}  // namespace b3o
