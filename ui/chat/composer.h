// Where the next question is written: its text, its pictures, what sending does, Send or Stop.
#pragma once

#include <QHBoxLayout>
#include <QWidget>

#include "ui/chat/intent_switch.h"
#include "ui/chat/question_edit.h"
#include "ui/look/controls.h"
#include "ui/state/conversation.h"

namespace b3o {

class Composer : public QWidget {
  Q_OBJECT
 public:
  Composer(Conversation& conversation, ModelState& model, QWidget* parent = nullptr);
  QuestionEdit* edit() const { return edit_; }
  IntentSwitch* intent() const { return intent_; }
  Label* meter() const { return meter_; }
  QString warning() const { return warning_->text(); }
  void send();
  void setText(const QString& text);

 Q_SIGNALS:
  void pictureWanted();  // the user asks for a file dialog

 protected:
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  void build();
  void render();
  void renderMeter();
  void renderAttachments();

  Conversation& conversation_;
  ModelState& model_;
  QuestionEdit* edit_ = nullptr;
  QWidget* attachments_ = nullptr;
  QHBoxLayout* attachment_row_ = nullptr;
  QPushButton* picture_ = nullptr;
  IntentSwitch* intent_ = nullptr;
  Paragraph* warning_ = nullptr;
  Label* meter_ = nullptr;
  QPushButton* go_ = nullptr;
};

// Attaches every picture in it.
void attachPictures(const QMimeData* data, Conversation& conversation);

}  // namespace b3o
