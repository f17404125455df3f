// What was done on one page and can be taken back and done again, in its order.
#pragma once

#include <QObject>
#include <functional>
#include <vector>

#include "ui/state/phrase.h"

namespace b3o {

struct Step {
  Phrase done, undone;               // what to say after it was done, and after it was taken back
  std::function<bool()> undo, redo;  // false: not possible now; nothing has changed
};

class Steps : public QObject {
  Q_OBJECT
 public:
  using QObject::QObject;
  void push(Step step);  // has been done; what was taken back before is given up
  bool undo();           // the newest; false: nothing was taken back
  bool redo();           // what was taken back last; false: nothing was done
  void clear();
  bool canUndo() const { return done_ > 0; }
  bool canRedo() const { return done_ < steps_.size(); }
  const Phrase& message() const { return message_; }  // of the last of these; empty: nothing was done yet

 Q_SIGNALS:
  void changed();

 private:
  std::vector<Step> steps_;
  size_t done_ = 0;  // of them; the others were taken back
  Phrase message_;
};

}  // namespace b3o
