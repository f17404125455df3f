// The Chat page: one conversation, and the composer under it.
#pragma once

#include <QStackedWidget>
#include <QWidget>

#include "ui/chat/composer.h"
#include "ui/chat/thread_view.h"
#include "ui/look/empty_page.h"

namespace b3o {

class ChatPage : public QWidget {
  Q_OBJECT
 public:
  ChatPage(Conversation& conversation, ModelState& model, QWidget* parent = nullptr);

  void run() { composer_->send(); }
  void newChat();
  void focusText() { composer_->edit()->setFocus(); }
  void choosePictures();
  // True when there was a picture in it.
  bool take(const QMimeData* data);
  Composer* composer() const { return composer_; }
  ThreadView* thread() const { return thread_; }
  EmptyPage* emptyPage() const { return empty_; }

 Q_SIGNALS:
  void modelWanted();  // the user asks for the load dialog

 private:
  void build();
  void render();

  Conversation& conversation_;
  ModelState& model_;
  Label* title_ = nullptr;
  QPushButton* new_ = nullptr;
  QStackedWidget* stack_ = nullptr;
  EmptyPage* empty_ = nullptr;
  ThreadView* thread_ = nullptr;
  Composer* composer_ = nullptr;
};

}  // namespace b3o
