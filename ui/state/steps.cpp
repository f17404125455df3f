#include "ui/state/steps.h"

#include <utility>

namespace b3o {

void Steps::push(Step step) {
  steps_.resize(done_);
  message_ = step.done;
  steps_.push_back(std::move(step));
  ++done_;
  Q_EMIT changed();
}

bool Steps::undo() {
  if (!canUndo()) return false;
  const Step step = steps_[done_ - 1];
  if (!step.undo()) return false;
  --done_;
  message_ = step.undone;
  Q_EMIT changed();
  return true;
}

bool Steps::redo() {
  if (!canRedo()) return false;
  const Step step = steps_[done_];
  if (!step.redo()) return false;
  ++done_;
  message_ = step.done;
  Q_EMIT changed();
  return true;
}

void Steps::clear() {
  steps_.clear();
  done_ = 0;
  message_ = {};
  Q_EMIT changed();
}

}  // namespace b3o
