// Gives the model's memory back after a time without work. The next request loads it again by itself.
#pragma once

#include <QObject>
#include <QTimer>
#include <chrono>

#include "ui/state/job_line.h"
#include "ui/state/model_state.h"

namespace b3o {

class IdleUnload : public QObject {
  Q_OBJECT
 public:
  IdleUnload(EngineBridge& bridge, JobLine& line, ModelState& model, QObject* parent = nullptr);
  // 0: never.
  void setAfter(std::chrono::milliseconds time);

 private:
  void wait();
  void lookAround();

  JobLine& line_;
  ModelState& model_;
  QTimer timer_;
  std::chrono::milliseconds after_{0};
};

}  // namespace b3o
