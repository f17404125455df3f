// A picture or two that an example of an empty page needs: drawn from its prompt, then handed on.
#pragma once

#include <QObject>
#include <QString>

#include "ui/bridge/picture.h"
#include "ui/state/model_state.h"

namespace b3o {

class SampleDrawing : public QObject {
  Q_OBJECT
 public:
  SampleDrawing(EngineBridge& bridge, ModelState& model, QObject* parent = nullptr);
  bool running() const { return job_ != 0; }
  void start(const QString& prompt, int count);  // one that still runs is stopped
  void stop();
  QString error() const { return error_; }  // of the last: one sentence

 Q_SIGNALS:
  void drawn(int number, const b3o::SharedImage& image, const b3o::Recipe& recipe);
  void changed();

 private:
  void arrive(JobId id, const Event& event);

  EngineBridge& bridge_;
  ModelState& model_;
  JobId job_ = 0;
  QString error_;
};

}  // namespace b3o
