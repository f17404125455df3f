// Conversations out of the program and in: Markdown beside its pictures, one HTML page, JSON that can be read again.
#pragma once

#include <QObject>
#include <QString>

#include "ui/state/background.h"
#include "ui/state/conversation_list.h"
#include "ui/state/phrase.h"

namespace b3o {

class ConversationExport : public QObject {
  Q_OBJECT
 public:
  explicit ConversationExport(ConversationList& list, QObject* parent = nullptr);

  // The file's ending decides: .md, .html or .json. Pictures of Markdown go into a folder beside it.
  void write(const QString& path, const Session& session);
  void read(const QString& path);                      // a JSON file that write() made; it is opened
  QString message() const { return message_.text(); }  // of the last of them: what was done, or the sentence why not
  bool failed() const { return failed_; }
  void clearMessage() { say({}, false); }

 Q_SIGNALS:
  void changed();

 private:
  void say(Phrase message, bool failed);

  ConversationList& list_;
  Background background_;
  Phrase message_;
  bool failed_ = false;
};

QString fileNameFor(const QString& title);  // safe in every file system, without an ending

}  // namespace b3o
