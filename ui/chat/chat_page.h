// The Chat page: the conversations, the one that is open, and the composer under it.
#pragma once

#include <QStackedWidget>
#include <QWidget>

#include "ui/chat/composer.h"
#include "ui/chat/conversation_panel.h"
#include "ui/chat/thread_view.h"
#include "ui/chat/undo_bar.h"
#include "ui/look/empty_page.h"
#include "ui/state/picture_export.h"

namespace b3o {

// What the page shows and changes.
struct ChatStates {
  Conversation& conversation;
  ConversationList& list;
  ConversationExport& out;
  PictureExport& pictures;
  ModelState& model;
};

class ChatPage : public QWidget {
  Q_OBJECT
 public:
  explicit ChatPage(const ChatStates& states, QWidget* parent = nullptr);

  void run() { composer_->send(); }
  void newChat();
  void focusText() { composer_->edit()->setFocus(); }
  void choosePictures();
  void search();  // puts the cursor there
  void rename();  // the open conversation, in place
  void removeConversation();
  void exportConversation();  // asks for the file
  void importConversation();
  void regenerate() { thread_->regenerateLast(); }
  void undo() { states_.list.steps().undo(); }
  void redo() { states_.list.steps().redo(); }
  // True when there was a picture in it.
  bool take(const QMimeData* data);
  Composer* composer() const { return composer_; }
  ThreadView* thread() const { return thread_; }
  EmptyPage* emptyPage() const { return empty_; }
  ConversationPanel* panel() const { return panel_; }
  UndoBar* undoBar() const { return undo_; }

 Q_SIGNALS:
  void modelWanted();  // the user asks for the load dialog
  void editWanted(const b3o::SharedImage& image, const b3o::Recipe& recipe);

 protected:
  void resizeEvent(QResizeEvent* event) override;

 private:
  void build();
  void wire();
  void render();
  void savePicture(const SharedImage& image, const Recipe& recipe);

  ChatStates states_;
  ConversationPanel* panel_ = nullptr;
  QStackedWidget* stack_ = nullptr;
  EmptyPage* empty_ = nullptr;
  ThreadView* thread_ = nullptr;
  UndoBar* undo_ = nullptr;
  Label* said_ = nullptr;  // of a saved or copied picture
  Composer* composer_ = nullptr;
};

}  // namespace b3o
