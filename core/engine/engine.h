// The engine: one worker thread that owns the loaded model and works off one queue of requests.
#pragma once

#include <functional>
#include <memory>

#include "core/families/family.h"

namespace b3o {

struct EngineOptions {
  int threads = 0;  // of the maths library; 0: one per physical core
  // How a folder becomes a family; tests put a fake here.
  std::function<std::unique_ptr<Family>(const LoadModel&, JobContext&)> open = open_family;
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
