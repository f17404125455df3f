// What was asked of an edit, as it was left: mode, words and number of results come back at the next start, strengths,
// steps and the mask's settings when the same model is loaded.
#pragma once

#include <QObject>
#include <optional>

#include "ui/state/edit_session.h"
#include "ui/state/kept_value.h"

namespace b3o {

class EditFormMemory : public QObject {
  Q_OBJECT
 public:
  EditFormMemory(Library& library, EditSession& session, ModelState& model, QObject* parent = nullptr);

 private:
  void recall();
  void note();

  EditSession& session_;
  ModelState& model_;
  std::optional<EditForm> form_;
  QString of_;             // the hash of the model that its settings are for
  bool recalled_ = false;  // the session has what was kept, so it may be written over
  KeptValue kept_;         // last: it may write at its end
};

}  // namespace b3o
