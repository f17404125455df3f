#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <c10/core/InferenceMode.h>

#include <mutex>
#include <string>

#include "core/base/log.h"
#include "core/families/blip3o/blip3o.h"
#include "core/families/memory.h"

namespace b3o {
namespace {

// libtorch's messages carry a C++ backtrace behind the first line; the user gets the first line.
std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

[[noreturn]] void rethrow(const c10::Error& e) {
  log_info(e.what());
  const std::string text = first_line(e.what_without_backtrace());
  if (const auto bytes = bytes_lacking(text)) throw OutOfMemory(text, *bytes);
  throw Error("The maths library failed: " + text);
}

void set_up_library() {
  static std::once_flag once;  // libtorch accepts this once per process
  std::call_once(once, [] { at::set_num_interop_threads(1); });
}

template <class Work>
auto with_maths(Work work) {
  set_up_library();
  const c10::InferenceMode inference;  // of this thread
  try {
    return work();
  } catch (const c10::Error& e) {
    rethrow(e);
  }
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
    const bool less = with_maths([&] { return family_->shrink(); });
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
