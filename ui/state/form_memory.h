// The Create form as it was left: its words come back at the next start, its settings when the same model is loaded.
#pragma once

#include <QObject>
#include <QTimer>

#include "ui/state/create_form.h"
#include "ui/state/library.h"

namespace b3o {

class FormMemory : public QObject {
  Q_OBJECT
 public:
  explicit FormMemory(Library& library, QObject* parent = nullptr);
  ~FormMemory() override;

  const CreateForm& form() const { return form_; }
  const QString& model() const { return model_; }  // the hash of the one that the settings are for
  // The form as it is now; model empty: none is loaded, its settings mean nothing. Written when the changes pause.
  void note(const CreateForm& form, const QString& model);

 Q_SIGNALS:
  void recalled();  // form() is that of the last start

 private:
  void write();

  Library& library_;
  QTimer pause_;
  CreateForm form_;
  QString model_;
  bool known_ = false;  // what was kept has been read, so it may be written over
};

}  // namespace b3o
