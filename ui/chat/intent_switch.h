// Auto | Ask | Draw | Edit. Auto says what it would do with the words while they are written.
#pragma once

#include "ui/look/controls.h"
#include "ui/state/conversation.h"

namespace b3o {

class IntentSwitch : public QWidget {
  Q_OBJECT
 public:
  IntentSwitch(Conversation& conversation, ModelState& model, QWidget* parent);
  void render(const QString& text);
  QAbstractButton* automatic() const { return segments_->button(0); }
  QAbstractButton* button(Intent intent) const { return segments_->button(1 + int(intent)); }

 private:
  Conversation& conversation_;
  ModelState& model_;
  Segmented* segments_;
};

QString wordOf(Intent intent);     // "Draw"
QString reasonOf(Route::Why why);  // one sentence

}  // namespace b3o
