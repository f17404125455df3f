#include "ui/state/library.h"

#include "core/base/log.h"
#include "ui/bridge/picture.h"

namespace b3o {

OpenedStore openStore(const QString& folder) {
  try {
    return {std::make_shared<Store>(toPath(folder)), {}};
  } catch (const std::exception& e) {
    log_warning(e.what());
    return {nullptr, QString::fromUtf8(e.what())};
  }
}

Library::Library(OpenedStore opened, QObject* parent) : QObject(parent), store_(std::move(opened.store)) {
  notice_ = store_ ? QString::fromStdString(store_->notice()) : opened.problem;
  pool_.setMaxThreadCount(1);
  reading_.setMaxThreadCount(2);
}

Library::~Library() {
  reading_.clear();
  reading_.waitForDone();
  pool_.waitForDone();
}

}  // namespace b3o
