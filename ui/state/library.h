// The library for the window: work on the store off the window's thread and in order, its results back on it.
#pragma once

#include <QObject>
#include <QPointer>
#include <QString>
#include <QThreadPool>
#include <memory>
#include <optional>
#include <utility>

#include "core/library/store.h"

namespace b3o {

// What opening a library folder came to: a store, or the sentence why there is none.
struct OpenedStore {
  std::shared_ptr<Store> store;
  QString problem;
};
OpenedStore openStore(const QString& folder);

class Library : public QObject {
  Q_OBJECT
 public:
  // A null store: nothing is kept, and work is not done.
  explicit Library(OpenedStore opened, QObject* parent = nullptr);
  ~Library() override;  // waits until everything is written

  bool isOpen() const { return bool(store_); }
  bool canWrite() const { return store_ && !store_->read_only(); }
  const QString& notice() const { return notice_; }  // what opening it found out of order; may be empty
  const std::shared_ptr<Store>& store() const { return store_; }

  // then(work(store)) runs from the event loop, unless `context` is gone by then. What work throws is told by failed().
  template <class Work, class Then>
  void run(QObject* context, Work work, Then then) {
    start(pool_, context, std::move(work), std::move(then));
  }
  // The same for work whose end nobody waits for.
  template <class Work>
  void run(Work work) {
    start(pool_, this, [work = std::move(work)](Store& store) mutable { return work(store), true; }, [](bool) {});
  }
  // The same for reading, besides and in any order.
  template <class Work, class Then>
  void read(QObject* context, Work work, Then then) {
    start(reading_, context, std::move(work), std::move(then));
  }

 Q_SIGNALS:
  void failed(const QString& sentence);

 private:
  template <class Work, class Then>
  void start(QThreadPool& pool, QObject* context, Work work, Then then) {
    if (!store_) return;
    pool.start([this, store = store_, guard = QPointer<QObject>(context), work = std::move(work),
                then = std::move(then)]() mutable {
      using Result = decltype(work(*store));
      std::shared_ptr<std::optional<Result>> result = std::make_shared<std::optional<Result>>();
      QString error;
      try {
        result->emplace(work(*store));
      } catch (const std::exception& e) {
        error = QString::fromUtf8(e.what());
      }
      QMetaObject::invokeMethod(
          this,
          [this, guard, result, error, then = std::move(then)]() mutable {
            if (!error.isEmpty())
              Q_EMIT failed(error);
            else if (guard)
              then(std::move(**result));
          },
          Qt::QueuedConnection);
    });
  }

  std::shared_ptr<Store> store_;
  QString notice_;
  QThreadPool pool_, reading_;
};

}  // namespace b3o
