// What was asked of an edit, as it was left: mode, words and number of results come back at the next start, strengths,
// steps and the mask's settings when the same model is loaded.
#pragma once

#include <QObject>
#include <QTimer>
#include <optional>

#include "ui/state/edit_session.h"

namespace b3o {

class EditFormMemory : public QObject {
  Q_OBJECT
 public:
  EditFormMemory(Library& library, EditSession& session, ModelState& model, QObject* parent = nullptr);
  ~EditFormMemory() override;

 private:
  void recall();
  void note();
  void write();

  Library& library_;
  EditSession& session_;
  ModelState& model_;
  QTimer pause_;
  std::optional<EditForm> form_;
  QString of_;             // the hash of the model that its settings are for
  bool read_ = false;      // what was kept is known
  bool recalled_ = false;  // and the session has it, so it may be written over
};

}  // namespace b3o
