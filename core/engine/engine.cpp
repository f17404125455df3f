#include "core/engine/engine.h"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "core/base/log.h"
#include "core/engine/memory_failure.h"

namespace b3o {
namespace {

constexpr const char* kAgain =
    "There was not enough memory. This starts again in a way that needs less of it and is slower.";

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
  // The worker thread's alone.
  std::unique_ptr<Family> family;
  std::optional<LoadModel> loaded;  // how the family was loaded, and will be again when it was let go
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

  void open(const LoadModel& load, JobContext& context) {
    family = options.open(load, context);
    loaded = load;
    context.emit(ModelReady{family->info()});
  }

  void serve(const Request& request, JobContext& context) {
    validate(request);
    if (const auto* load = std::get_if<LoadModel>(&request)) {
      family.reset();  // first: two models rarely fit side by side
      loaded.reset();
      return open(*load, context);
    }
    if (std::holds_alternative<UnloadModel>(request)) return family.reset();
    if (!family && !loaded) throw RequestError("No model is loaded; load a model folder first.");
    if (!family) open(LoadModel(*loaded), context);
    family->serve(request, context);
  }

  // Tells of a shortage of memory instead of throwing it: what the failed way held must be gone before the next one.
  std::optional<MemoryShortage> attempt(const Request& request, JobContext& context) {
    try {
      serve(request, context);
      return std::nullopt;
    } catch (const std::exception& e) {
      const auto shortage = memory_shortage(e);
      if (!shortage) throw;
      log_warning(cat("memory ran out: ", e.what()));
      return shortage;
    }
  }

  // Makes the next attempt need less; false when nothing can be given up. pictures: how many are ready.
  bool lessen(Request& request, int pictures) {
    LoadModel* load = std::get_if<LoadModel>(&request);
    if (!load && !family && loaded) load = &*loaded;  // it was to be loaded again
    bool less = false;
    if (load) {
      less = !load->lean;
      load->lean = true;
      load->eager = false;
    } else if (family) {
      less = family->shrink();
      loaded->lean = less || loaded->lean;
    }
    const auto go_on = [&](auto* work) {
      if (work) work->first = std::min(work->first + pictures, work->count - 1);
    };
    go_on(std::get_if<GenerateRequest>(&request));
    go_on(std::get_if<EditRequest>(&request));
    return less;
  }

  bool lessened(Request& request, int pictures) {
    try {
      return lessen(request, pictures);
    } catch (const std::exception& e) {  // no room even to let go
      log_warning(e.what());
      family.reset();  // the next attempt loads it again
      if (loaded) loaded->lean = true;
      return loaded.has_value();
    }
  }

  Failed memory_failure(const Request& request, const MemoryShortage& shortage) {
    MemoryNeed need;
    try {
      const auto* load = std::get_if<LoadModel>(&request);
      if (!load && !family && loaded) load = &*loaded;
      if (load) {
        if (options.need) need = options.need(*load);
      } else if (family) {
        family->shrink();  // what this job has read stands in nobody's way
        need = family->memory_for(request);
      }
    } catch (const std::exception& e) {
      log_warning(e.what());
      family.reset();  // the next request loads it again
    }
    return {memory_sentence(request, shortage, need)};
  }

  Event run(Job& job) {
    int pictures = 0;  // that are ready
    JobContext context(job.stop.get_token(), [this, &pictures, id = job.id](Event event) {
      pictures += std::holds_alternative<ImageReady>(event) ? 1 : 0;
      sink(id, std::move(event));
    });
    try {
      context.checkpoint();
      context.emit(Started{});
      auto shortage = attempt(job.request, context);
      if (shortage && lessened(job.request, pictures)) {
        context.checkpoint();
        context.emit(Started{kAgain});
        shortage = attempt(job.request, context);
      }
      if (shortage) return memory_failure(job.request, *shortage);
      return Finished{};
    } catch (const Stop&) {
      return Cancelled{};
    } catch (const LoadError& e) {
      return Failed{e.what(), true};
    } catch (const Refusal& e) {
      return Failed{e.what(), true, true};
    } catch (const RequestError& e) {
      return Failed{e.what(), true};
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
