// Every conversation that is kept: opens, writes, finds, renames and removes them. All of it off the window's thread
// and in order; the list is read again after each change.
#pragma once

#include <QObject>
#include <QThreadPool>
#include <QTimer>
#include <map>
#include <memory>
#include <vector>

#include "ui/state/conversation.h"
#include "ui/state/shelf.h"
#include "ui/state/steps.h"

namespace b3o {

class ConversationList : public QObject {
  Q_OBJECT
 public:
  ConversationList(Conversation& conversation, std::shared_ptr<Shelf> shelf, QObject* parent = nullptr);
  ~ConversationList() override;  // waits until everything is written

  const std::vector<ConversationLine>& lines() const { return lines_; }  // that fit the search; the newest first
  int64_t current() const { return conversation_.session().id; }         // 0: a new one
  QString error() const { return error_; }                               // of the last thing that failed
  const std::shared_ptr<Shelf>& shelf() const { return shelf_; }

  void start();  // opens what was open when the program ended
  void search(const QString& words);
  void newChat();
  void open(int64_t id);
  void rename(int64_t id, const QString& title);
  void remove(int64_t id);
  // Conversations and turns that were removed, and new names.
  Steps& steps() { return steps_; }
  // As one that was kept; its pictures are PNG.
  void add(const QString& title, Talk talk, std::map<int64_t, std::string> pictures);

 Q_SIGNALS:
  void changed();  // lines, current or error

 private:
  struct Written;  // what only the writing thread knows
  template <class Work, class Then>
  void later(Work work, Then then);
  void keep(quint64 key);
  void noteDraft(quint64 key);
  void writeDrafts();
  void refresh();
  void setTitle(int64_t id, const QString& title);
  void putAway(int64_t id);
  void bringBack(int64_t id);
  void show(const StoredConversation& stored, Talk talk);
  void remember();

  Conversation& conversation_;
  std::shared_ptr<Shelf> shelf_;
  std::shared_ptr<Written> written_;
  std::vector<ConversationLine> lines_;
  Steps steps_;
  QString words_, error_;
  QTimer draft_timer_;
  std::map<int64_t, QString> drafts_;  // not written yet
  QString new_draft_;                  // of the new chat
  int64_t opening_ = 0;
  Background background_, reading_;
  QThreadPool pool_;  // of background_: one thread, which this object waits for in the end
};

}  // namespace b3o
