// Ctrl+C in the terminal and a polite kill, as a signal in the event loop.
#pragma once

#include <QObject>
#include <QSocketNotifier>
#include <memory>

namespace b3o {

class Interrupt : public QObject {
  Q_OBJECT
 public:
  explicit Interrupt(QObject* parent = nullptr);

 Q_SIGNALS:
  void caught();

 private:
  std::unique_ptr<QSocketNotifier> notifier_;
};

}  // namespace b3o
