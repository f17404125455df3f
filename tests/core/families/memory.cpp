// What a model really takes, against the estimate; and memory that really runs out. Each case runs in a process of its
// own, so that nothing an earlier one left behind is counted or used again. Linux only: elsewhere nothing tells.
#include "core/families/memory.h"

#include <malloc.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <condition_variable>
#include <cstring>
#include <fstream>
#include <mutex>
#include <thread>

#include "core/engine/engine.h"
#include "core/families/default_model.h"
#include "core/families/fit.h"
#include "tests/core/families/support.h"

using namespace b3o;
using namespace b3o::test;
using namespace std::chrono_literals;

namespace {

constexpr char kPrompt[] = "a red fish left of a blue star at night";

std::filesystem::path embedded() { return default_model_folder(B3O_SOURCE_PROGRAM); }

LoadModel load_of(const std::filesystem::path& folder, NumberType numbers = NumberType::automatic) {
  LoadModel load{folder};
  load.device = DeviceChoice::cpu;
  load.number_type = numbers;
  return load;
}

// Runs body in a child process and returns its words; what it throws fails the case.
std::string words_of_a_process(const std::function<std::string()>& body) {
  int pipe[2];
  check(::pipe(pipe) == 0, "no pipe");
  const pid_t child = ::fork();
  check(child >= 0, "no child process");
  if (child == 0) {
    std::string words;
    bool good = true;
    try {
      words = body();
    } catch (const std::exception& e) {
      words = e.what();
      good = false;
    }
    good = ::write(pipe[1], words.data(), words.size()) == ssize_t(words.size()) && good;
    ::_exit(good ? 0 : 1);
  }
  ::close(pipe[1]);
  std::string words;
  char buffer[4096];
  for (ssize_t n = 0; (n = ::read(pipe[0], buffer, sizeof buffer)) > 0;) words.append(buffer, size_t(n));
  ::close(pipe[0]);
  int status = 0;
  ::waitpid(child, &status, 0);
  check(WIFEXITED(status) && WEXITSTATUS(status) == 0, words.empty() ? "the process died" : words);
  return words;
}

void in_a_process_of_its_own(const std::function<void()>& body) {
  words_of_a_process([&]() -> std::string { return body(), ""; });
}

// Bytes that belong to this process alone: resident without what is mapped from files.
uint64_t own_bytes() {
  std::ifstream in("/proc/self/statm");
  uint64_t size = 0, resident = 0, shared = 0;
  in >> size >> resident >> shared;
  return (resident - shared) * uint64_t(::sysconf(_SC_PAGESIZE));
}

uint64_t address_space() {
  std::ifstream in("/proc/self/statm");
  uint64_t pages = 0;
  in >> pages;
  return pages * uint64_t(::sysconf(_SC_PAGESIZE));
}

// Looks at own_bytes all the time.
class Peak {
 public:
  Peak()
      : idle_(own_bytes()), watch_([this] {
          while (!ended_) {
            most_ = std::max(most_.load(), own_bytes());
            std::this_thread::sleep_for(200us);
          }
        }) {}
  ~Peak() {
    ended_ = true;
    watch_.join();
  }
  // Beyond what the process held at first.
  uint64_t bytes() const { return most_ - std::min(most_.load(), idle_); }
  uint64_t now() const { return own_bytes() - std::min(own_bytes(), idle_); }

 private:
  uint64_t idle_;
  std::atomic<uint64_t> most_{0};
  std::atomic<bool> ended_{false};
  std::thread watch_;
};

GenerateRequest drawing() {
  GenerateRequest request;
  request.recipe.prompt = kPrompt;
  request.recipe.seed = 1;
  return request;
}

ChatRequest talk(const ImageReady& seen) {
  ChatRequest request;
  request.messages = {{"user", {{"", std::make_shared<Image>(seen.image)}, {"What color is the fish?", nullptr}}}};
  return request;
}

void the_estimate_is_within_15_percent_of_the_measured_peak() {
  in_a_process_of_its_own([] {
    Peak peak;
    Listener listener;
    JobContext job = listener.context();
    const auto family = open_family(load_of(embedded()), job);
    const auto picture = serve(*family, drawing()).all<ImageReady>();
    check_equal(picture.size(), 1u, "pictures");
    serve(*family, talk(picture[0]));
    const double measured = double(peak.bytes());
    const Fit fit = fit_folder(load_of(embedded()));
    const double estimated = double(fit.need());
    check(std::abs(estimated - measured) <= 0.15 * measured,
          cat("estimated ", estimated / 1e6, " MB (weights ", double(fit.weights) / 1e6, ", cache ",
              double(fit.cache) / 1e6, ", scratch ", double(fit.scratch) / 1e6, "), measured ", measured / 1e6, " MB"));
    check(fit.free > fit.need() && fit.verdict() == Fit::Verdict::fits && fit.total >= fit.free, "it fits here");
  });
}

void a_lean_load_needs_less_and_draws_the_same_kind_of_picture() {
  in_a_process_of_its_own([] {
    Peak peak;
    Listener listener;
    JobContext job = listener.context();
    LoadModel load = load_of(embedded(), NumberType::fp32);
    load.lean = true;
    load.eager = false;
    const auto family = open_family(load, job);
    GenerateRequest request = drawing();
    request.previews = true;
    check_equal(serve(*family, request).all<ImageReady>().size(), 1u, "pictures");
    const Fit usual = fit_folder(load_of(embedded(), NumberType::fp32)), lean = fit_folder(load);
    check(lean.weights < usual.weights / 10 && lean.mapped > 0, "a lean load copies no matrices");
    check(peak.bytes() < usual.need() / 2, cat("the lean way took ", double(peak.bytes()) / 1e6, " MB"));
  });
}

void letting_the_model_go_gives_its_memory_back() {
  in_a_process_of_its_own([] {
    Peak peak;
    Listener listener;
    JobContext job = listener.context();
    auto family = open_family(load_of(embedded(), NumberType::fp32), job);
    serve(*family, drawing());
    const uint64_t weights = family->info().copied_bytes, before = peak.now();
    family.reset();
    const uint64_t after = peak.now();
    check(before > after && before - after > weights * 8 / 10,
          cat("of ", double(before) / 1e6, " MB ", double(after) / 1e6, " MB are still held"));
  });
}

void a_device_that_is_not_there_is_refused_with_the_reason() {
  in_a_process_of_its_own([] {
    if (memory_of("CPU").total == 0) return;
    LoadModel load{embedded()};
    load.device = DeviceChoice::cuda;
    try {
      fit_folder(load);
    } catch (const RequestError& e) {
      check_contains(e.what(), "There is no CUDA device");
      Listener listener;
      JobContext job = listener.context();
      check_contains(message_of<RequestError>([&] { open_family(load, job); }), "There is no CUDA device");
    }
  });
}

void messages_of_the_maths_library_are_told_apart() {
  check_equal(
      *bytes_lacking("[enforce fail at alloc_cpu.cpp:117] err == 0. DefaultCPUAllocator: can't allocate memory: "
                     "you tried to allocate 1073741824 bytes. Error code 12 (Cannot allocate memory)"),
      uint64_t(1) << 30, "bytes");
  check_equal(*bytes_lacking("CUDA out of memory. Tried to allocate 20.00 MiB. GPU 0 has a total capacity of ..."),
              uint64_t(20) << 20, "bytes");
  check_equal(*bytes_lacking("CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling cublasCreate(handle)"), 0u, "bytes");
  check_equal(*bytes_lacking("could not create a primitive"), 0u, "bytes");
  check(!bytes_lacking("could not create a primitive descriptor for a convolution forward propagation primitive"),
        "an operation that is not there");
  check(!bytes_lacking("The size of tensor a (2) must match the size of tensor b (3)"), "a mistake of shapes");
  check(!bytes_lacking("Storage size calculation overflowed with sizes=[4611686018427387904]"), "an overflow");
  check(!bytes_lacking("DefaultCPUAllocator: can't allocate memory: you tried to allocate 4611686018427387904 bytes."),
        "a size that no machine has");
}

// An engine over the real family, in a process whose address space ends soon.
struct Confined {
  // One heap: those of threads lie in large reservations, which would be room beyond the limit.
  const bool one_heap = ::mallopt(M_ARENA_MAX, 1) == 1;
  std::mutex mutex;
  std::condition_variable arrived;
  std::vector<std::pair<JobId, Event>> events;
  Engine engine{{open_family, need_of_load}, [this](JobId id, Event event) {
                  const std::lock_guard lock(mutex);
                  events.emplace_back(id, std::move(event));
                  arrived.notify_all();
                }};

  std::vector<Event> run(Request request) {
    const JobId id = engine.submit(std::move(request));
    std::unique_lock lock(mutex);
    std::vector<Event> out;
    arrived.wait(lock, [&] {
      out.clear();
      for (const auto& [job, event] : events)
        if (job == id) out.push_back(event);
      return !out.empty() && is_terminal(out.back());
    });
    return out;
  }
  static void leave(uint64_t bytes) {
    const rlimit limit{bytes == RLIM_INFINITY ? RLIM_INFINITY : rlim_t(address_space() + bytes), RLIM_INFINITY};
    check(::setrlimit(RLIMIT_AS, &limit) == 0, "no limit");
  }
};

int starts(const std::vector<Event>& events) {
  return int(std::count_if(events.begin(), events.end(), [](const Event& e) { return std::get_if<Started>(&e); }));
}
std::string failure(const std::vector<Event>& events) {
  const auto* failed = std::get_if<Failed>(&events.back());
  return failed ? failed->message : std::string();
}

// Address space that a load takes.
uint64_t room_for(bool lean) {
  return std::stoull(words_of_a_process([lean]() -> std::string {
    Confined large;
    large.run(LoadModel{"/nowhere"});  // what the first job sets up is there now
    LoadModel load = load_of(embedded(), NumberType::fp32);
    load.lean = lean;
    load.eager = !lean;
    const uint64_t before = address_space();
    large.run(load);
    return std::to_string(address_space() - before);
  }));
}

void a_load_with_little_room_leaves_the_weights_in_the_files() {
  const uint64_t usual = room_for(false), lean = room_for(true);
  check(usual > lean + 8'000'000, cat("a load takes ", usual, " bytes, a lean one ", lean));
  in_a_process_of_its_own([&] {
    Confined small;
    small.run(LoadModel{"/nowhere"});
    Confined::leave((usual + lean) / 2);
    const auto events = small.run(load_of(embedded(), NumberType::fp32));
    check(failure(events).empty(), failure(events));
    for (const auto& event : events)
      if (const auto* ready = std::get_if<ModelReady>(&event))
        check(ready->info.copied_bytes < (usual - lean) / 4, cat(ready->info.copied_bytes, " bytes are copied"));
    Confined::leave(RLIM_INFINITY);
    const auto drawn = small.run(drawing());
    check(failure(drawn).empty(), failure(drawn));
  });
}

void a_load_without_any_room_says_so_and_the_next_one_works() {
  in_a_process_of_its_own([] {
    Confined small;
    small.run(LoadModel{"/nowhere"});
    Confined::leave(6'000'000);
    const std::string words = failure(small.run(load_of(embedded(), NumberType::fp32)));
    check_contains(words, "There is not enough memory to load this model");
    check_contains(words, "are free");
    Confined::leave(RLIM_INFINITY);
    const auto events = small.run(load_of(embedded(), NumberType::fp32));
    check(failure(events).empty(), failure(events));
  });
}

void a_drawing_without_room_is_tried_again_or_said_and_the_next_one_works() {
  in_a_process_of_its_own([] {
    Confined small;
    const auto loaded = small.run(load_of(embedded(), NumberType::fp32));
    check(failure(loaded).empty(), failure(loaded));
    Confined::leave(300'000);
    const auto events = small.run(drawing());
    check_equal(starts(events), 2, cat("starts; it ended with '", failure(events), "'"));
    if (!failure(events).empty()) {
      check_contains(failure(events), "There is not enough memory for this picture");
      check_contains(failure(events), "are needed");
    }
    Confined::leave(RLIM_INFINITY);
    const auto again = small.run(drawing());
    check(failure(again).empty(), failure(again));
    check_equal(starts(again), 1, "starts of the next job");
  });
}

const Cases cases = {
    CASE(the_estimate_is_within_15_percent_of_the_measured_peak),
    CASE(a_lean_load_needs_less_and_draws_the_same_kind_of_picture),
    CASE(letting_the_model_go_gives_its_memory_back),
    CASE(a_device_that_is_not_there_is_refused_with_the_reason),
    CASE(messages_of_the_maths_library_are_told_apart),
    CASE(a_load_with_little_room_leaves_the_weights_in_the_files),
    CASE(a_load_without_any_room_says_so_and_the_next_one_works),
    CASE(a_drawing_without_room_is_tried_again_or_said_and_the_next_one_works),
};

}  // namespace
