// Memory that runs out at a load, at a step and at a decode: one more try that needs less, then a sentence with amounts
// and remedies, and an engine that goes on.
#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <new>
#include <system_error>

#include "core/engine/engine.h"
#include "core/engine/memory_failure.h"
#include "tests/support/case.h"

using namespace b3o;
using namespace b3o::test;
using namespace std::chrono_literals;

namespace {

// What the fake's memory is like.
struct Shortage {
  std::string place;  // "load", "step", "decode", "answer"; empty: none
  bool for_good = false;
  std::function<void()> fail = [] { throw std::bad_alloc(); };
};

// Counts how it is asked to need less.
class SmallMachine : public Family {
 public:
  SmallMachine(Shortage& shortage, bool lean) : shortage_(shortage), lean_(lean) {}
  const ModelInfo& info() const override { return info_; }
  bool shrink() override { return !std::exchange(lean_, true); }
  MemoryNeed memory_for(const Request&) const override { return {3'000'000'000, 1'200'000'000}; }
  void serve(const Request& request, JobContext& job) override {
    if (std::holds_alternative<ChatRequest>(request)) {
      job.emit(TextDelta{"half "});
      meet("answer");
      return job.emit(TextDelta{"whole"});
    }
    const auto& drawing = std::get<GenerateRequest>(request);
    for (int k = drawing.first; k < drawing.count; ++k) {
      job.emit(StageProgress{Stage::paint, 1, 2, k, drawing.count});
      if (k > 0) meet("step");
      job.emit(StageProgress{Stage::decode, 0, 1, k, drawing.count});
      if (k > 0) meet("decode");
      ImageReady ready;
      ready.image = Image(1, 1);
      ready.picture = k;
      ready.pictures = drawing.count;
      job.emit(std::move(ready));
    }
  }

 private:
  void meet(const std::string& place) {
    if (shortage_.place == place && (!lean_ || shortage_.for_good)) shortage_.fail();
  }
  Shortage& shortage_;
  bool lean_;
  ModelInfo info_;
};

struct Machine {
  Shortage shortage;
  std::vector<LoadModel> loads;
  std::mutex mutex;
  std::condition_variable arrived;
  std::vector<std::pair<JobId, Event>> events;
  std::unique_ptr<Engine> engine;

  explicit Machine(Shortage what) : shortage(std::move(what)) {
    EngineOptions options;
    options.open = [this](const LoadModel& load, JobContext&) -> std::unique_ptr<Family> {
      loads.push_back(load);
      if (shortage.place == "load" && (!load.lean || shortage.for_good)) shortage.fail();
      return std::make_unique<SmallMachine>(shortage, load.lean);
    };
    options.need = [](const LoadModel&) { return MemoryNeed{8'500'000'000, 2'000'000'000}; };
    engine = std::make_unique<Engine>(std::move(options), [this](JobId id, Event event) {
      const std::lock_guard lock(mutex);
      events.emplace_back(id, std::move(event));
      arrived.notify_all();
    });
  }
  // Runs the request to its end; its events.
  std::vector<Event> run(Request request) {
    const JobId id = engine->submit(std::move(request));
    std::unique_lock lock(mutex);
    std::vector<Event> out;
    const bool ended = arrived.wait_for(lock, 20s, [&] {
      out.clear();
      for (const auto& [job, event] : events)
        if (job == id) out.push_back(event);
      return !out.empty() && is_terminal(out.back());
    });
    check(ended, "the job did not end within 20 s");
    return out;
  }
};

template <class T>
int count(const std::vector<Event>& events) {
  return int(std::count_if(events.begin(), events.end(), [](const Event& e) { return std::holds_alternative<T>(e); }));
}
template <class T>
std::vector<T> all(const std::vector<Event>& events) {
  std::vector<T> out;
  for (const auto& event : events)
    if (const auto* t = std::get_if<T>(&event)) out.push_back(*t);
  return out;
}
Request question() { return ChatRequest{{{"user", {{"hello", nullptr}}}}, {}, {}}; }
Request pictures(int n) {
  GenerateRequest request;
  request.recipe.prompt = "a boat";
  request.count = n;
  return request;
}
bool finished(const std::vector<Event>& events) { return std::holds_alternative<Finished>(events.back()); }

void a_load_is_tried_once_more_in_the_lean_way() {
  Machine machine(Shortage{"load"});
  const auto events = machine.run(LoadModel{"any"});
  check(finished(events), "not loaded");
  check_equal(machine.loads.size(), 2u, "loads");
  check(!machine.loads[0].lean && machine.loads[0].eager, "the first load is the usual one");
  check(machine.loads[1].lean && !machine.loads[1].eager, "the second load is lean");
  const auto starts = all<Started>(events);
  check_equal(starts.size(), 2u, "starts");
  check(starts[0].again.empty() && !starts[1].again.empty(), "only the second start says why");
}

void a_step_and_a_decode_are_tried_once_more() {
  for (const char* place : {"step", "decode"}) {
    Machine machine(Shortage{place});
    machine.run(LoadModel{"any"});
    const auto events = machine.run(pictures(3));
    check(finished(events), cat(place, ": not finished"));
    check_equal(count<Started>(events), 2, cat(place, ": starts"));
    std::vector<int> numbers;
    for (const auto& ready : all<ImageReady>(events)) numbers.push_back(ready.picture);
    check_equal(numbers, std::vector<int>{0, 1, 2}, cat(place, ": pictures, each once"));
  }
}

void a_fresh_start_tells_that_the_half_answer_is_void() {
  Machine machine(Shortage{"answer"});
  machine.run(LoadModel{"any"});
  std::string text;
  for (const auto& event : machine.run(question())) {
    if (std::holds_alternative<Started>(event)) text.clear();
    if (const auto* delta = std::get_if<TextDelta>(&event)) text += delta->text;
  }
  check_equal(text, "half whole", "answer");
}

void what_fails_twice_says_need_free_and_two_remedies_and_the_next_job_works() {
  for (const char* place : {"load", "step", "decode", "answer"}) {
    Machine machine(Shortage{place, true});
    const auto loading = machine.run(LoadModel{"any"});
    const bool at_load = std::string(place) == "load";
    const auto events = at_load ? loading : machine.run(std::string(place) == "answer" ? question() : pictures(2));
    check(std::holds_alternative<Failed>(events.back()), cat(place, ": did not fail"));
    check_equal(count<Started>(events), 2, cat(place, ": one try and one more"));
    const Failed failed = std::get<Failed>(events.back());
    check(!failed.request, cat(place, ": no fault of the request"));
    check_contains(failed.message, at_load ? "8.5 GB are needed" : "3.0 GB are needed");
    check_contains(failed.message, at_load ? "2.0 GB are free" : "1.2 GB are free");
    check_contains(failed.message, "or close other programs.");
    check_contains(failed.message, at_load                          ? "Load a smaller model"
                                   : std::string(place) == "answer" ? "Start a new conversation"
                                                                    : "Make the picture smaller");
    check(failed.message.find('\n') == std::string::npos, "more than one line");
    machine.shortage.place.clear();
    if (at_load) machine.run(LoadModel{"any"});
    check(finished(machine.run(question())), cat(place, ": the next job failed"));
  }
}

void a_mistake_is_no_shortage_and_is_not_tried_again() {
  const std::vector<std::function<void()>> mistakes = {
      [] { throw std::runtime_error("It broke."); }, [] { throw std::bad_array_new_length(); },
      [] { throw std::system_error(std::make_error_code(std::errc::io_error)); }, [] { throw Error("out of memory"); }};
  for (const auto& mistake : mistakes) {
    Machine machine(Shortage{"step", false, mistake});
    machine.run(LoadModel{"any"});
    const auto events = machine.run(pictures(2));
    check(std::holds_alternative<Failed>(events.back()), "a mistake did not fail");
    check_equal(count<Started>(events), 1, "starts");
    check(std::get<Failed>(events.back()).message.find("not enough memory") == std::string::npos, "called a shortage");
  }
}

void every_kind_of_shortage_is_known() {
  check(memory_shortage(std::bad_alloc()).has_value(), "bad_alloc");
  check_equal(memory_shortage(OutOfMemory("CUDA out of memory", 77))->asked, 77u, "bytes of the maths library");
  check(memory_shortage(std::system_error(std::make_error_code(std::errc::resource_unavailable_try_again))).has_value(),
        "a thread that cannot start");
  check(!memory_shortage(std::length_error("vector")).has_value(), "a length error is a mistake");
}

void a_sentence_leaves_out_what_is_not_known() {
  const std::string bare = memory_sentence(question(), {}, {});
  check(bare.find(" are ") == std::string::npos && bare.find(':') == std::string::npos, bare);
  check_contains(memory_sentence(question(), {512'000'000}, {}), "512 MB more were needed at once");
}

void stopping_between_both_tries_cancels() {
  Machine machine(Shortage{"answer", false, [] { throw std::bad_alloc(); }});
  machine.run(LoadModel{"any"});
  machine.shortage.fail = [&] {
    machine.engine->cancel(2);
    throw std::bad_alloc();
  };
  const auto events = machine.run(question());
  check(std::holds_alternative<Cancelled>(events.back()), "not cancelled");
}

void a_model_that_was_let_go_is_loaded_again_by_the_next_request() {
  Machine machine(Shortage{});
  LoadModel load{"some folder"};
  load.number_type = NumberType::bf16;
  machine.run(load);
  check(finished(machine.run(UnloadModel{})), "not unloaded");
  check_equal(machine.loads.size(), 1u, "loads");
  const auto events = machine.run(question());
  check(finished(events), "the request failed");
  check_equal(count<ModelReady>(events), 1, "ready again");
  check_equal(machine.loads.size(), 2u, "loads");
  check(machine.loads[1].folder == "some folder" && machine.loads[1].number_type == NumberType::bf16,
        "not loaded as before");
  check_equal(count<ModelReady>(machine.run(question())), 0, "loaded once only");
}

void letting_go_of_nothing_is_no_failure() {
  Machine machine(Shortage{});
  check(finished(machine.run(UnloadModel{})), "unloading nothing failed");
  check_contains(std::get<Failed>(machine.run(question()).back()).message, "No model is loaded");
}

const Cases cases = {
    CASE(a_load_is_tried_once_more_in_the_lean_way),
    CASE(a_step_and_a_decode_are_tried_once_more),
    CASE(a_fresh_start_tells_that_the_half_answer_is_void),
    CASE(what_fails_twice_says_need_free_and_two_remedies_and_the_next_job_works),
    CASE(a_mistake_is_no_shortage_and_is_not_tried_again),
    CASE(every_kind_of_shortage_is_known),
    CASE(a_sentence_leaves_out_what_is_not_known),
    CASE(stopping_between_both_tries_cancels),
    CASE(a_model_that_was_let_go_is_loaded_again_by_the_next_request),
    CASE(letting_go_of_nothing_is_no_failure),
};

}  // namespace
