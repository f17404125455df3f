// Work off the window's thread (decoding, encoding, writing files): run() computes on a pool thread and hands the
// result back on this object's thread, unless this object is gone by then.
#pragma once

#include <QObject>
#include <QThreadPool>
#include <memory>
#include <mutex>
#include <utility>

namespace b3o {

class Background {
 public:
  // pool: null for the program's own.
  explicit Background(QThreadPool* pool = nullptr) : pool_(pool ? pool : QThreadPool::globalInstance()) {
    link_->target = &receiver_;
  }
  ~Background() {
    const std::lock_guard lock(link_->mutex);
    link_->target = nullptr;
  }
  Background(const Background&) = delete;
  Background& operator=(const Background&) = delete;

  // work() must not throw. then(result) runs later, from the event loop.
  template <class Work, class Then>
  void run(Work work, Then then) {
    pool_->start([link = link_, work = std::move(work), then = std::move(then)]() mutable {
      auto result = std::make_shared<decltype(work())>(work());
      const std::lock_guard lock(link->mutex);
      if (!link->target) return;
      QMetaObject::invokeMethod(
          link->target, [then = std::move(then), result]() mutable { then(std::move(*result)); }, Qt::QueuedConnection);
    });
  }

 private:
  struct Link {
    std::mutex mutex;
    QObject* target = nullptr;
  };
  QThreadPool* pool_;
  QObject receiver_;
  std::shared_ptr<Link> link_ = std::make_shared<Link>();
};

}  // namespace b3o
