// The drawings that wait, over the status line: order, pause, remove.
#pragma once

#include <QFrame>
#include <QVBoxLayout>

#include "ui/look/controls.h"
#include "ui/state/draw_queue.h"

namespace b3o {

class QueueList : public QFrame {
  Q_OBJECT
 public:
  explicit QueueList(DrawQueue& queue, QWidget* parent = nullptr);
  void showAbove(QWidget* button);
  QPushButton* pauseButton() const { return pause_; }

 private:
  void render();
  QWidget* makeRow(size_t at);

  DrawQueue& queue_;
  QPushButton* pause_;
  Label* title_;
  QVBoxLayout* rows_;
};

}  // namespace b3o
