// Says what was done, takes it back and does it again. Hidden until there is something to say, and when the user closes
// it; the steps stay.
#pragma once

#include <QWidget>

#include "ui/look/controls.h"
#include "ui/state/steps.h"

namespace b3o {

class UndoBar : public QWidget {
  Q_OBJECT
 public:
  UndoBar(Steps& steps, QWidget* parent);
  QPushButton* undoButton() const { return undo_; }
  QPushButton* redoButton() const { return redo_; }
  QString text() const { return words_->text(); }

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  void render();

  Steps& steps_;
  Label* words_;
  QPushButton *undo_, *redo_;
};

}  // namespace b3o
