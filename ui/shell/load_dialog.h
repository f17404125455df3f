// Chooses a model folder: those that were found and any other, whether it fits into memory and is whole; shows how far
// its loading is, and why it failed.
#pragma once

#include <QDialog>
#include <QLineEdit>
#include <QProgressBar>
#include <QTimer>

#include "ui/look/controls.h"
#include "ui/shell/folder_facts.h"
#include "ui/shell/folder_list.h"
#include "ui/state/model_shelf.h"
#include "ui/state/model_state.h"

namespace b3o {

class LoadDialog : public QDialog {
  Q_OBJECT
 public:
  // make: writes a random tiny model; empty: nothing is offered. tiny_folder: where it is kept.
  LoadDialog(ModelState& model, ModelShelf& shelf, ModelState::MakeModel make, QString tiny_folder,
             QWidget* parent = nullptr);
  // Looks for folders; the newest of these is chosen where none is.
  void setRecent(const QStringList& folders);
  QLineEdit* folder() const { return folder_; }
  FolderList* list() const { return list_; }
  FolderFacts* facts() const { return facts_; }
  Choice* device() const { return device_; }
  QPushButton* loadButton() const { return load_; }
  QPushButton* makeButton() const { return make_button_; }

 private:
  void build();
  QLayout* buildInputs();
  void writeWords();
  void render();
  void load();
  void browse();

  ModelState& model_;
  ModelShelf& shelf_;
  ModelState::MakeModel make_;
  QString tiny_folder_;
  QTimer typed_;  // a path is looked at when the typing pauses
  Label *title_ = nullptr, *empty_ = nullptr;
  QLineEdit* folder_ = nullptr;
  QPushButton* browse_ = nullptr;
  FolderList* list_ = nullptr;
  FolderFacts* facts_ = nullptr;
  Choice *device_ = nullptr, *numbers_ = nullptr;
  QWidget *progress_box_ = nullptr, *inputs_ = nullptr;
  QProgressBar* progress_ = nullptr;
  Label* step_ = nullptr;
  ErrorLine* error_ = nullptr;
  QPushButton *make_button_ = nullptr, *close_ = nullptr, *load_ = nullptr;
};

}  // namespace b3o
