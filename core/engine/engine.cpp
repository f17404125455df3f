#include "core/engine/engine.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <c10/core/InferenceMode.h>

#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "core/base/log.h"

namespace b3o {
namespace {

// libtorch's messages carry a C++ backtrace behind the first line; the user gets the first line.
std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

Failed failure_of(const c10::Error& e) {
  const std::string text = first_line(e.what_without_backtrace());
  const bool memory =
      text.find("out of memory") != std::string::npos || text.find("can't allocate") != std::string::npos;
  if (memory)
    return {"There is not enough memory for this: " + text + ". Try a smaller picture or another number type."};
  return {"The maths library failed: " + text};
}

}  // namespace

struct Engine::Impl {
  struct Job {
    JobId id;
    Request request;
    std::stop_source stop;
  };

  EngineOptions options;
  Sink sink;
  std::mutex mutex;
  std::condition_variable wake;
  std::deque<Job> queue;
  std::optional<Job> running;  // its request has been moved out
  JobId last_id = 0;
  bool ending = false;
  std::unique_ptr<Family> family;  // the worker thread's alone
  std::thread worker;

  Impl(EngineOptions o, Sink s) : options(std::move(o)), sink(std::move(s)), worker([this] { work(); }) {}

  ~Impl() {
    {
      const std::lock_guard lock(mutex);
      ending = true;
      for (auto& job : queue) job.stop.request_stop();
      if (running) running->stop.request_stop();
    }
    wake.notify_all();
    worker.join();
  }

  void work() {
    static std::once_flag once;  // libtorch accepts this once per process
    std::call_once(once, [] { at::set_num_interop_threads(1); });
    if (options.threads > 0) at::set_num_threads(options.threads);
    const c10::InferenceMode inference;  // thread-local; weights are created inside it
    while (auto job = next()) {
      Event end = run(*job);
      {
        const std::lock_guard lock(mutex);
        running.reset();
      }
      sink(job->id, std::move(end));
    }
    family.reset();
  }

  std::optional<Job> next() {
    std::unique_lock lock(mutex);
    wake.wait(lock, [this] { return ending || !queue.empty(); });
    if (queue.empty()) return std::nullopt;
    Job job = std::move(queue.front());
    queue.pop_front();
    running = Job{job.id, {}, job.stop};
    return job;
  }

  Event run(Job& job) {
    JobContext context(job.stop.get_token(), [this, id = job.id](Event event) { sink(id, std::move(event)); });
    try {
      context.checkpoint();
      context.emit(Started{});
      validate(job.request);
      if (const auto* load = std::get_if<LoadModel>(&job.request)) {
        family.reset();  // first: two models rarely fit side by side
        family = options.open(*load, context);
        context.emit(ModelReady{family->info()});
      } else if (family) {
        family->serve(job.request, context);
      } else {
        throw RequestError("No model is loaded; load a model folder first.");
      }
      return Finished{};
    } catch (const Stop&) {
      return Cancelled{};
    } catch (const LoadError& e) {
      return Failed{e.what(), true};
    } catch (const Refusal& e) {
      return Failed{e.what(), true, true};
    } catch (const RequestError& e) {
      return Failed{e.what(), true};
    } catch (const c10::Error& e) {
      log_info(e.what());
      return failure_of(e);
    } catch (const std::bad_alloc&) {
      return Failed{"There is not enough memory for this. Try a smaller picture or another number type."};
    } catch (const std::exception& e) {  // nothing above this line knows about threads
      log_info(e.what());
      return Failed{e.what()};
    }
  }
};

Engine::Engine(EngineOptions options, Sink sink) : impl_(std::make_unique<Impl>(std::move(options), std::move(sink))) {}

Engine::~Engine() = default;

JobId Engine::submit(Request request) {
  JobId id = 0;
  {
    const std::lock_guard lock(impl_->mutex);
    id = ++impl_->last_id;
    impl_->queue.push_back({id, std::move(request), {}});
  }
  impl_->wake.notify_one();
  return id;
}

void Engine::cancel(JobId id) {
  const std::lock_guard lock(impl_->mutex);
  if (impl_->running && impl_->running->id == id) impl_->running->stop.request_stop();
  for (auto& job : impl_->queue)
    if (job.id == id) job.stop.request_stop();
}

}  // namespace b3o
