// One turn in the thread: a question in its bubble, or an answer with its state, notice and actions.
#pragma once

#include <QWidget>

#include "ui/chat/plain_text.h"
#include "ui/look/controls.h"
#include "ui/state/conversation.h"

namespace b3o {

class TurnView : public QWidget {
  Q_OBJECT
 public:
  explicit TurnView(const Turn& turn, QWidget* parent = nullptr);
  void render(const Turn& turn);
  void append(const QString& text) { text_->append(text); }

 protected:
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  void buildQuestion(const Turn& turn);
  void buildAnswer();
  void fitBubble();

  bool question_;
  QString answer_;
  PlainText* text_ = nullptr;
  QWidget* bubble_ = nullptr;  // question
  Label* foot_ = nullptr;      // answer: what happens, later how long it took; and the model's notice
  ErrorLine* error_ = nullptr;
  QPushButton* copy_ = nullptr;
};

}  // namespace b3o
