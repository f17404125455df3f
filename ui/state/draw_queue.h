// The drawings that wait, kept in the library: after a crash they come back in order and paused, what ran then is
// marked as interrupted.
#pragma once

#include <QObject>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "core/api/recipe.h"
#include "ui/state/library.h"

namespace b3o {

struct QueuedDrawing {
  uint64_t key = 0;
  Recipe recipe;
  int count = 1;
  bool interrupted = false;  // it ran when the program ended
};

class DrawQueue : public QObject {
  Q_OBJECT
 public:
  explicit DrawQueue(Library& library, QObject* parent = nullptr);

  const std::vector<QueuedDrawing>& items() const { return items_; }  // in the order in which they run
  bool paused() const { return paused_; }
  void setPaused(bool paused);
  uint64_t add(const Recipe& recipe, int count, bool first = false);
  void remove(uint64_t key);
  void move(uint64_t key, int by);
  // The next one, or the one with this key even while paused; it runs until done().
  std::optional<QueuedDrawing> take(uint64_t key = 0);
  void done(uint64_t key);

 Q_SIGNALS:
  void changed();
  void resumed();

 private:
  using Ids = std::map<uint64_t, int64_t>;  // the library's numbers; only the writing thread looks at it
  void writeOrder();

  Library& library_;
  std::vector<QueuedDrawing> items_;
  std::shared_ptr<Ids> ids_ = std::make_shared<Ids>();
  uint64_t last_key_ = 0;
  bool paused_ = false;
};

}  // namespace b3o
