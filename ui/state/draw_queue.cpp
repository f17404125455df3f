#include "ui/state/draw_queue.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/base/log.h"

namespace b3o {
namespace {

constexpr int kMostPictures = 10000;

std::string to_json(const QueuedDrawing& item) {
  Json j;
  j["format"] = 1;
  j["recipe"] = to_json(item.recipe);
  j["count"] = item.count;
  return j.dump();
}

QueuedDrawing drawing_of(const StoredJob& job) {
  const Json json = parse_json(job.json, "the library's queue");
  const Fields fields(json, "the library's queue");
  QueuedDrawing item;
  item.recipe = recipe_from_json(fields.string("recipe"), fields.where());
  item.count = int(fields.integer_in("count", 1, kMostPictures));
  item.interrupted = job.state == StoredJob::State::interrupted;
  return item;
}

}  // namespace

DrawQueue::DrawQueue(Library& library, QObject* parent) : QObject(parent), library_(library) {
  library_.run(
      this, [](Store& store) { return store.queue(); },
      [this](const std::vector<StoredJob>& jobs) {
        std::vector<QueuedDrawing> back;
        Ids ids;
        for (const auto& job : jobs) try {
            back.push_back(drawing_of(job));
            ids[back.back().key = ++last_key_] = job.id;
          } catch (const LoadError& e) {
            log_warning(e.what());
          }
        if (back.empty()) return;
        library_.run([known = ids_, ids](Store&) { known->insert(ids.begin(), ids.end()); });
        items_.insert(items_.begin(), back.begin(), back.end());
        paused_ = true;
        Q_EMIT changed();
      });
}

void DrawQueue::setPaused(bool paused) {
  if (paused == paused_) return;
  paused_ = paused;
  Q_EMIT changed();
  if (!paused) Q_EMIT resumed();
}

uint64_t DrawQueue::add(const Recipe& recipe, int count, bool first) {
  QueuedDrawing item{++last_key_, recipe, count, false};
  library_.run([ids = ids_, key = item.key, json = to_json(item)](Store& store) { (*ids)[key] = store.add_job(json); });
  const uint64_t key = item.key;
  items_.insert(first ? items_.begin() : items_.end(), std::move(item));
  if (first) writeOrder();
  Q_EMIT changed();
  return key;
}

void DrawQueue::remove(uint64_t key) {
  if (std::erase_if(items_, [&](const auto& item) { return item.key == key; }) == 0) return;
  done(key);
  Q_EMIT changed();
}

void DrawQueue::move(uint64_t key, int by) {
  const auto it = std::find_if(items_.begin(), items_.end(), [&](const auto& item) { return item.key == key; });
  if (it == items_.end()) return;
  const auto from = it - items_.begin();
  const auto to = std::clamp<ptrdiff_t>(from + by, 0, std::ssize(items_) - 1);
  if (from == to) return;
  const auto begin = items_.begin();
  if (to < from)
    std::rotate(begin + to, begin + from, begin + from + 1);
  else
    std::rotate(begin + from, begin + from + 1, begin + to + 1);
  writeOrder();
  Q_EMIT changed();
}

void DrawQueue::writeOrder() {
  std::vector<uint64_t> keys;
  for (const auto& item : items_) keys.push_back(item.key);
  library_.run([ids = ids_, keys](Store& store) {
    std::vector<int64_t> order;
    for (const uint64_t key : keys)
      if (const auto it = ids->find(key); it != ids->end()) order.push_back(it->second);
    store.order_jobs(order);
  });
}

std::optional<QueuedDrawing> DrawQueue::take(uint64_t key) {
  const auto it = key ? std::find_if(items_.begin(), items_.end(), [&](const auto& item) { return item.key == key; })
                      : items_.begin();
  if (it == items_.end() || (!key && paused_)) return std::nullopt;
  QueuedDrawing item = std::move(*it);
  items_.erase(it);
  library_.run([ids = ids_, key = item.key](Store& store) {
    if (const auto at = ids->find(key); at != ids->end()) store.set_job_state(at->second, StoredJob::State::running);
  });
  Q_EMIT changed();
  return item;
}

void DrawQueue::done(uint64_t key) {
  library_.run([ids = ids_, key](Store& store) {
    if (const auto at = ids->find(key); at != ids->end()) store.remove_job(at->second), ids->erase(at);
  });
}

}  // namespace b3o
