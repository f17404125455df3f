// The engine: one worker thread that owns the loaded model and works off one queue of requests. A request that fails
// for lack of memory is tried once more in a way that needs less; then it fails with what it needs and what is free.
#pragma once

#include <functional>
#include <memory>

#include "core/families/family.h"

namespace b3o {

struct EngineOptions {
  // How a folder becomes a family, on the worker thread: open_family, or a fake of a test. The engine itself knows
  // neither a family nor the maths library, so its tests run under ThreadSanitizer, which would not understand that.
  std::function<std::unique_ptr<Family>(const LoadModel&, JobContext&)> open;
  std::function<MemoryNeed(const LoadModel&)> need = {};  // of a load, where it can be told
};

class Engine {
 public:
  // Runs on the worker thread and must not block. After the terminal event of a job no other event of it follows.
  using Sink = std::function<void(JobId, Event)>;
  Engine(EngineOptions options, Sink sink);
  // Cancels what is queued and running, waits for the worker, ends it.
  ~Engine();
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  JobId submit(Request request);  // any thread, never blocks; jobs run in this order
  void cancel(JobId id);          // any thread; unknown and ended jobs are ignored

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace b3o
