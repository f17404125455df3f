// What the worker thread leaves for the window: events in order, floods merged, so that a late window is never flooded.
#pragma once

#include <mutex>
#include <vector>

#include "core/api/event.h"

namespace b3o {

struct Arrival {
  JobId id = 0;
  Event event;
};

// A text delta joins the one before it; progress and previews replace what they outdate (a preview: the same kind of
// the same picture). Nothing is moved past another kind of event of its job.
class Inbox {
 public:
  // From any thread. True when the inbox was empty, that is when somebody must be told to look.
  bool put(JobId id, Event event);
  std::vector<Arrival> take();

 private:
  std::mutex mutex_;
  std::vector<Arrival> arrivals_;
};

}  // namespace b3o
