// The status bar: model, device, number type, memory, and what runs now.
#pragma once

#include <QMenu>
#include <QProgressBar>
#include <QWidget>

#include "ui/look/controls.h"
#include "ui/shell/queue_list.h"
#include "ui/state/job_line.h"
#include "ui/state/memory_meter.h"
#include "ui/state/model_state.h"

namespace b3o {

// The model's name with a dot for its state; opens the model menu.
class ModelChip : public QPushButton {
  Q_OBJECT
 public:
  explicit ModelChip(ModelState& model, QWidget* parent = nullptr);
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override { return {80, sizeHint().height()}; }

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  void render();

  ModelState& model_;
  QString name_, note_;
};

class StatusLine : public QWidget {
  Q_OBJECT
 public:
  StatusLine(ModelState& model, JobLine& job, DrawQueue& queue, MemoryMeter& memory, QMenu* model_menu,
             QWidget* parent = nullptr);
  QPushButton* stopButton() const { return stop_; }
  ModelChip* chip() const { return chip_; }
  QPushButton* queueButton() const { return waiting_; }
  QueueList* queueList() const { return queue_list_; }

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  void build(QMenu* model_menu);
  void renderModel();
  void renderJob();

  ModelState& model_;
  JobLine& job_;
  DrawQueue& queue_;
  MemoryMeter& memory_;
  ModelChip* chip_ = nullptr;
  Label *device_ = nullptr, *bytes_ = nullptr;
  QProgressBar* bar_ = nullptr;
  Label *stage_ = nullptr, *count_ = nullptr, *pace_ = nullptr;
  QPushButton *stop_ = nullptr, *waiting_ = nullptr;
  QueueList* queue_list_ = nullptr;
};

}  // namespace b3o
