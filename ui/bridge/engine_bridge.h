// The engine as a QObject: requests go in by value, events come out as one signal on this object's thread.
#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>
#include <memory>

#include "core/engine/engine.h"
#include "ui/bridge/inbox.h"
#include "ui/bridge/picture.h"

namespace b3o {

class EngineBridge : public QObject {
  Q_OBJECT
 public:
  explicit EngineBridge(EngineOptions options, QObject* parent = nullptr);
  // Cancels every job and waits for the worker; no signal follows.
  ~EngineBridge() override;

  // Never blocks. The job's events arrive later, from the event loop.
  JobId submit(Request request);
  // Work that nobody asked for: submitted() does not tell of it.
  JobId submitUnseen(Request request);
  void cancel(JobId id);
  // A picture of the event that arrived() tells of just now, without a copy of its pixels.
  SharedImage share(const Image& image) const { return {delivery_now_, &image}; }

 Q_SIGNALS:
  void submitted(b3o::JobId id);
  void arrived(b3o::JobId id, const b3o::Event& event);

 protected:
  void customEvent(QEvent* event) override;

 private:
  void deliver();

  Inbox inbox_;
  std::shared_ptr<const std::vector<Arrival>> delivery_now_;
  QTimer delivery_;
  QElapsedTimer since_delivery_;
  std::unique_ptr<Engine> engine_;  // last: its worker uses the inbox
};

}  // namespace b3o
