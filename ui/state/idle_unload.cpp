#include "ui/state/idle_unload.h"

namespace b3o {

IdleUnload::IdleUnload(EngineBridge& bridge, JobLine& line, ModelState& model, QObject* parent)
    : QObject(parent), line_(line), model_(model) {
  timer_.setSingleShot(true);
  connect(&timer_, &QTimer::timeout, this, &IdleUnload::lookAround);
  connect(&bridge, &EngineBridge::submitted, this, &IdleUnload::wait);
  connect(&bridge, &EngineBridge::arrived, this, &IdleUnload::wait);
}

void IdleUnload::setAfter(std::chrono::milliseconds time) {
  after_ = time;
  wait();
}

void IdleUnload::wait() {
  if (after_.count() > 0)
    timer_.start(after_);
  else
    timer_.stop();
}

void IdleUnload::lookAround() {
  if (!model_.ready() || model_.resting()) return;  // what changes that comes with an event
  if (line_.running()) return wait();
  model_.rest();
}

}  // namespace b3o
