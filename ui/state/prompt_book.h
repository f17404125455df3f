// The prompts that were used, and those the user keeps.
#pragma once

#include <QObject>
#include <QStringList>

#include "ui/state/library.h"

namespace b3o {

class PromptBook : public QObject {
  Q_OBJECT
 public:
  explicit PromptBook(Library& library, QObject* parent = nullptr);

  const QStringList& history() const { return history_; }  // the newest first
  const QStringList& saved() const { return saved_; }
  void use(const QString& prompt);
  void save(const QString& prompt, bool saved);
  bool isSaved(const QString& prompt) const { return saved_.contains(prompt.trimmed()); }

  // What stands in the field when one goes to an earlier (+1) or later (-1) prompt; `now` is what stands there, and
  // comes back at the end. Null: there is no further one.
  QString walk(int step, const QString& now);

 Q_SIGNALS:
  void changed();

 private:
  Library& library_;
  QStringList history_, saved_;
  int at_ = -1;  // in the history; -1: what is being written
  QString written_;
};

}  // namespace b3o
