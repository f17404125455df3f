#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <c10/core/InferenceMode.h>

#include <future>
#include <mutex>
#include <new>
#include <string>
#include <system_error>
#include <thread>

#include "core/base/log.h"
#include "core/families/blip3o/blip3o.h"
#include "core/families/memory.h"

namespace b3o {
namespace {

// libtorch's messages carry a C++ backtrace behind the first line; the user gets the first line.
std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

void set_up_library() {
  static std::once_flag once;  // libtorch accepts this once per process
  std::call_once(once, [] { at::set_num_interop_threads(1); });
}

// oneDNN remembers for as long as a thread lives that there was no memory for a kernel, and makes no other one there.
// After a shortage the work of this thread runs on threads of its own.
thread_local bool ran_out = false;

template <class Work>
auto on_this_thread(Work work) {
  const c10::InferenceMode inference;
  try {
    return work();
  } catch (const std::bad_alloc&) {
    ran_out = true;
    throw;
  } catch (const Error&) {
    throw;
  } catch (const std::exception& e) {  // of the maths library, or of one below it
    const auto* own = dynamic_cast<const c10::Error*>(&e);
    const std::string text = first_line(own ? own->what_without_backtrace() : e.what());
    const auto bytes = bytes_lacking(text);
    if (bytes) ran_out = true;
    if (bytes) throw OutOfMemory(text, *bytes);
    if (!own) throw;
    log_info(e.what());
    throw Error("The maths library failed: " + text);
  }
}

template <class Work>
auto with_maths(Work work) {
  set_up_library();
  if (!ran_out) return on_this_thread(work);
  std::packaged_task<decltype(work())()> task([&work, threads = at::get_num_threads()] {
    at::set_num_threads(threads);  // it is the thread's own
    return on_this_thread(work);
  });
  auto result = task.get_future();
  try {
    std::thread(std::ref(task)).join();
  } catch (const std::system_error&) {  // there is no room for a thread either
    return on_this_thread(work);
  }
  return result.get();
}

class Guarded : public Family {
 public:
  explicit Guarded(std::unique_ptr<Family> family) : family_(std::move(family)) {}
  ~Guarded() override {
    family_.reset();
    return_freed_memory();
  }
  const ModelInfo& info() const override { return family_->info(); }
  void serve(const Request& request, JobContext& job) override {
    with_maths([&] { family_->serve(request, job); });
  }
  bool shrink() override {
    const bool less = on_this_thread([&] { return family_->shrink(); });
    return_freed_memory();
    return less;
  }
  MemoryNeed memory_for(const Request& request) const override { return family_->memory_for(request); }

 private:
  std::unique_ptr<Family> family_;
};

}  // namespace

// One family so far. A second one adds its row here and is chosen by config.json's model_type.
std::unique_ptr<Family> open_family(const LoadModel& request, JobContext& job) {
  return with_maths([&] { return std::make_unique<Guarded>(open_blip3o(request, job)); });
}

}  // namespace b3o
