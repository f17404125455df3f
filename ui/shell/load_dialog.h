// Asks for a model folder, shows how far its loading is, and why it failed.
#pragma once

#include <QDialog>
#include <QLineEdit>
#include <QProgressBar>
#include <QVBoxLayout>

#include "ui/look/controls.h"
#include "ui/state/model_state.h"

namespace b3o {

class LoadDialog : public QDialog {
  Q_OBJECT
 public:
  // make: writes a random tiny model; empty: nothing is offered. tiny_folder: where it is kept.
  LoadDialog(ModelState& model, ModelState::MakeModel make, QString tiny_folder, QWidget* parent = nullptr);
  void setRecent(const QStringList& folders);
  QLineEdit* folder() const { return folder_; }
  QPushButton* loadButton() const { return load_; }
  QPushButton* makeButton() const { return make_button_; }

 private:
  void build();
  void render();
  void load();
  void browse();

  ModelState& model_;
  ModelState::MakeModel make_;
  QString tiny_folder_;
  QLineEdit* folder_ = nullptr;
  QPushButton* browse_ = nullptr;
  QWidget* recent_box_ = nullptr;
  QVBoxLayout* recent_ = nullptr;
  Choice *device_ = nullptr, *numbers_ = nullptr;
  QWidget *progress_box_ = nullptr, *inputs_ = nullptr;
  QProgressBar* progress_ = nullptr;
  Label* step_ = nullptr;
  ErrorLine* error_ = nullptr;
  QPushButton *make_button_ = nullptr, *close_ = nullptr, *load_ = nullptr;
};

}  // namespace b3o
