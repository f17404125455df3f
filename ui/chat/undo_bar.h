// Says what was deleted and brings it back. Hidden while there is nothing to bring back.
#pragma once

#include <QWidget>
#include <functional>
#include <vector>

#include "ui/look/controls.h"
#include "ui/state/phrase.h"

namespace b3o {

class UndoBar : public QWidget {
  Q_OBJECT
 public:
  explicit UndoBar(QWidget* parent);
  void push(Phrase what, std::function<void()> undo);
  void clear();
  bool undo();  // the newest; false: there is nothing
  QPushButton* button() const { return button_; }
  QString text() const { return words_->text(); }

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  void render();

  struct Step {
    Phrase what;
    std::function<void()> undo;
  };
  std::vector<Step> steps_;  // the newest last
  Label* words_;
  QPushButton* button_;
};

}  // namespace b3o
