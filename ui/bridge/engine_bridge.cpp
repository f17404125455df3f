#include "ui/bridge/engine_bridge.h"

#include <QCoreApplication>
#include <algorithm>
#include <utility>

namespace b3o {
namespace {

// About 30 deliveries a second: smooth to the eye, and a flood of tokens or previews costs one repaint each time.
constexpr int kPauseMs = 33;

}  // namespace

EngineBridge::EngineBridge(EngineOptions options, QObject* parent) : QObject(parent) {
  delivery_.setSingleShot(true);
  delivery_.setTimerType(Qt::PreciseTimer);
  connect(&delivery_, &QTimer::timeout, this, &EngineBridge::deliver);
  since_delivery_.start();
  engine_ = std::make_unique<Engine>(std::move(options), [this](JobId id, Event event) {
    if (inbox_.put(id, std::move(event))) QCoreApplication::postEvent(this, new QEvent(QEvent::User));
  });
}

EngineBridge::~EngineBridge() { engine_.reset(); }

JobId EngineBridge::submit(Request request) {
  const JobId id = engine_->submit(std::move(request));
  Q_EMIT submitted(id);
  return id;
}

JobId EngineBridge::submitUnseen(Request request) { return engine_->submit(std::move(request)); }

void EngineBridge::cancel(JobId id) { engine_->cancel(id); }

// Something came into the empty inbox.
void EngineBridge::customEvent(QEvent*) {
  if (!delivery_.isActive())
    delivery_.start(int(std::clamp<qint64>(kPauseMs - since_delivery_.elapsed(), 0, kPauseMs)));
}

void EngineBridge::deliver() {
  since_delivery_.restart();
  const auto delivery = std::make_shared<const std::vector<Arrival>>(inbox_.take());
  // Whoever hears of it may run the event loop, which may deliver more inside of this.
  auto outer = std::exchange(delivery_now_, delivery);
  for (const auto& arrival : *delivery) Q_EMIT arrived(arrival.id, arrival.event);
  delivery_now_ = std::move(outer);
}

}  // namespace b3o
