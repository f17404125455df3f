// Where the next question is written: its text, its pictures, Send or Stop.
#pragma once

#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QWidget>

#include "ui/look/controls.h"
#include "ui/state/conversation.h"

class QMimeData;

namespace b3o {

// Enter sends, Shift+Enter starts a line; grows with its text; pictures that are pasted or dropped go to the page.
class QuestionEdit : public QPlainTextEdit {
  Q_OBJECT
 public:
  explicit QuestionEdit(QWidget* parent = nullptr);

 Q_SIGNALS:
  void sent();
  void picturesBrought(const QMimeData* data);
  void focusChanged();

 protected:
  void keyPressEvent(QKeyEvent* event) override;
  bool canInsertFromMimeData(const QMimeData* data) const override;
  void insertFromMimeData(const QMimeData* data) override;
  void focusInEvent(QFocusEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  void fitHeight();
};

class Composer : public QWidget {
  Q_OBJECT
 public:
  Composer(Conversation& conversation, ModelState& model, QWidget* parent = nullptr);
  QuestionEdit* edit() const { return edit_; }
  void send();
  void setText(const QString& text);

 Q_SIGNALS:
  void pictureWanted();  // the user asks for a file dialog

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  void build();
  void render();
  void renderAttachments();

  Conversation& conversation_;
  ModelState& model_;
  QuestionEdit* edit_ = nullptr;
  QWidget* attachments_ = nullptr;
  QHBoxLayout* attachment_row_ = nullptr;
  QPushButton* picture_ = nullptr;
  Label* meter_ = nullptr;
  QPushButton* go_ = nullptr;
};

// Whether there is a picture in it: an image, or files.
bool holdsPictures(const QMimeData* data);
// Attaches every picture in it.
void attachPictures(const QMimeData* data, Conversation& conversation);

}  // namespace b3o
