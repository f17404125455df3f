// The Create form as it was left: its words come back at the next start, its settings when the same model is loaded.
#pragma once

#include <QObject>

#include "ui/state/create_form.h"
#include "ui/state/kept_value.h"

namespace b3o {

class FormMemory : public QObject {
  Q_OBJECT
 public:
  explicit FormMemory(Library& library, QObject* parent = nullptr);

  const CreateForm& form() const { return form_; }
  const QString& model() const { return model_; }  // the hash of the one that the settings are for
  // The form as it is now; model empty: none is loaded, its settings mean nothing. Written when the changes pause.
  void note(const CreateForm& form, const QString& model);

 Q_SIGNALS:
  void recalled();  // form() is that of the last start

 private:
  void take(const Fields* kept);

  CreateForm form_;
  QString model_;
  KeptValue kept_;  // last: it may write at its end
};

}  // namespace b3o
