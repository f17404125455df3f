// Every editing session that is kept: found, opened, renamed, put into the trash and back. What the conversation
// changes in a picture joins the session of that picture from here.
#pragma once

#include <QImage>
#include <QObject>
#include <map>
#include <set>
#include <vector>

#include "ui/state/conversation.h"
#include "ui/state/edit_session.h"

namespace b3o {

class EditList : public QObject {
  Q_OBJECT
 public:
  EditList(Library& library, EditSession& session, Conversation& conversation, QObject* parent = nullptr);

  bool isOpen() const { return library_.isOpen(); }
  const std::vector<EditLine>& lines() const { return lines_; }  // that fit the search; the newest change first
  const std::vector<EditLine>& trashed() const { return trashed_; }
  int64_t current() const { return session_.id(); }
  QString error() const { return error_; }
  QImage thumbnail(const EditLine& line);  // of its current picture; null until thumbnailReady

  void search(const QString& words);
  void open(int64_t id) { session_.openKept(id); }
  void rename(int64_t id, const QString& title);
  void trash(int64_t id);
  bool canUndo() const { return !undo_.empty(); }
  void undo();  // takes what was put away last out of the trash
  void restore(int64_t id);
  void deleteForGood(int64_t id);  // only what is in the trash

 Q_SIGNALS:
  void changed();  // lines, current or error
  void thumbnailReady(qint64 id);

 private:
  struct Grown;
  void refresh();
  template <class Work>
  void write(Work work);
  void join(const EditedPicture& edited);
  void joinAside(const EditedPicture& edited);
  void take(const Grown& grown, const EditedPicture& edited, bool live);

  Library& library_;
  EditSession& session_;
  std::vector<EditLine> lines_, trashed_;
  std::vector<int64_t> undo_;
  QString words_, error_;
  std::map<std::string, QImage> thumbnails_;  // by the file
  std::set<std::string> reading_;
  Background background_;
};

}  // namespace b3o
