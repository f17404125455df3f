#include "core/engine/engine.h"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include "tests/support/case.h"

using namespace b3o;
using namespace b3o::test;
using namespace std::chrono_literals;

namespace {

// Keeps what the engine says, and waits for the end of a job.
class Log {
 public:
  Engine::Sink sink() {
    return [this](JobId id, Event event) {
      const std::lock_guard lock(mutex_);
      events_.emplace_back(id, std::move(event));
      changed_.notify_all();
    };
  }
  Event end_of(JobId id) {
    return wait_for(id, [](const Event& e) { return is_terminal(e); });
  }
  Event wait_for(JobId id, const std::function<bool(const Event&)>& wanted) {
    std::unique_lock lock(mutex_);
    std::optional<Event> found;
    const bool in_time = changed_.wait_for(lock, 20s, [&] {
      for (const auto& [job, event] : events_)
        if (job == id && wanted(event)) found = event;
      return found.has_value();
    });
    check(in_time, "no such event within 20 s");
    return *found;
  }
  std::vector<Event> of(JobId id) {
    const std::lock_guard lock(mutex_);
    std::vector<Event> out;
    for (const auto& [job, event] : events_)
      if (job == id) out.push_back(event);
    return out;
  }
  std::vector<JobId> ends() {
    const std::lock_guard lock(mutex_);
    std::vector<JobId> out;
    for (const auto& [job, event] : events_)
      if (is_terminal(event)) out.push_back(job);
    return out;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::pair<JobId, Event>> events_;
};

// Answers a chat with its own text; the text chooses how it misbehaves.
class FakeFamily : public Family {
 public:
  const ModelInfo& info() const override { return info_; }
  void serve(const Request& request, JobContext& job) override {
    const auto& chat = std::get<ChatRequest>(request);
    const std::string& text = chat.messages.front().parts.front().text;
    if (text == "loop")
      for (;;) {
        job.emit(TextDelta{"."});
        job.checkpoint();
        std::this_thread::sleep_for(1ms);
      }
    if (text == "impossible") throw RequestError("That is impossible.");
    if (text == "outside") throw Refusal("I only count.");
    if (text == "broken") throw std::runtime_error("It broke.");
    if (text == "large") throw OutOfMemory("400 GB were asked for");
    job.emit(TextDelta{text});
  }

 private:
  ModelInfo info_;
};

EngineOptions with_fake() {
  EngineOptions options;
  options.open = [](const LoadModel& load, JobContext&) -> std::unique_ptr<Family> {
    if (load.folder == "bad") throw LoadError("bad: is not a model folder");
    return std::make_unique<FakeFamily>();
  };
  return options;
}

Request say(const std::string& text) { return ChatRequest{{{"user", {{text, nullptr}}}}, {}, {}}; }

bool is_text(const Event& e) { return std::holds_alternative<TextDelta>(e); }

void a_job_starts_speaks_and_finishes_once() {
  Log log;
  Engine engine(with_fake(), log.sink());
  engine.submit(LoadModel{"any"});
  const JobId id = engine.submit(say("hello"));
  check(std::holds_alternative<Finished>(log.end_of(id)), "not finished");
  const auto events = log.of(id);
  check_equal(events.size(), 3u, "events");
  check(std::holds_alternative<Started>(events[0]), "no start");
  check_equal(std::get<TextDelta>(events[1]).text, "hello");
}

void jobs_run_in_the_order_of_their_submission() {
  Log log;
  std::vector<JobId> ids;
  {
    Engine engine(with_fake(), log.sink());
    ids.push_back(engine.submit(LoadModel{"any"}));
    for (int i = 0; i < 50; ++i) ids.push_back(engine.submit(say("x")));
    log.end_of(ids.back());
  }
  check_equal(log.ends(), ids, "order of ends");
}

void cancelling_reaches_the_running_and_the_waiting_job() {
  Log log;
  Engine engine(with_fake(), log.sink());
  engine.submit(LoadModel{"any"});
  const JobId running = engine.submit(say("loop")), waiting = engine.submit(say("hello"));
  log.wait_for(running, is_text);
  engine.cancel(waiting);
  engine.cancel(running);
  engine.cancel(12345);
  check(std::holds_alternative<Cancelled>(log.end_of(running)), "running job not cancelled");
  check(std::holds_alternative<Cancelled>(log.end_of(waiting)), "waiting job not cancelled");
  check(std::holds_alternative<Finished>(log.end_of(engine.submit(say("again")))), "the next job failed");
}

void every_failure_is_one_sentence_and_the_next_job_works() {
  Log log;
  Engine engine(with_fake(), log.sink());
  const auto failure = [&](Request request) { return std::get<Failed>(log.end_of(engine.submit(std::move(request)))); };
  check_contains(failure(say("early")).message, "No model is loaded");
  check(failure(LoadModel{"bad"}).request, "a bad folder is the request's fault");
  engine.submit(LoadModel{"any"});
  check(failure(say("impossible")).request, "an impossible request is the request's fault");
  check(!failure(say("impossible")).refusal, "an impossible request is no refusal");
  check(failure(say("outside")).request && failure(say("outside")).refusal, "a refusal is told from a mistake");
  check_equal(failure(say("broken")).message, "It broke.");
  check_contains(failure(say("large")).message, "not enough memory for this answer");
  check(failure(ChatRequest{}).request, "an invalid request reached the family");
  check(std::holds_alternative<Finished>(log.end_of(engine.submit(say("fine")))), "the next job failed");
}

void destruction_ends_every_job() {
  Log log;
  std::vector<JobId> ids;
  {
    Engine engine(with_fake(), log.sink());
    ids.push_back(engine.submit(LoadModel{"any"}));
    ids.push_back(engine.submit(say("loop")));
    for (int i = 0; i < 10; ++i) ids.push_back(engine.submit(say("x")));
    log.wait_for(ids[1], is_text);
  }
  check_equal(log.ends(), ids, "ends");
}

void threads_may_ask_and_stop_at_the_same_time() {
  Log log;
  std::vector<JobId> ids[4];
  {
    Engine engine(with_fake(), log.sink());
    engine.submit(LoadModel{"any"});
    std::vector<std::thread> users;
    for (auto& own : ids)
      users.emplace_back([&engine, &own] {
        for (int i = 0; i < 50; ++i) {
          own.push_back(engine.submit(say(i % 5 ? "x" : "loop")));
          engine.cancel(own[own.size() / 2]);
          if (i % 5 == 0) engine.cancel(own.back());
        }
      });
    for (auto& user : users) user.join();
    for (const auto& own : ids)
      for (const JobId id : own) log.end_of(id);
  }
  auto ends = log.ends();
  std::sort(ends.begin(), ends.end());
  check_equal(ends.size(), 201u, "ends");
  check(std::adjacent_find(ends.begin(), ends.end()) == ends.end(), "a job ended twice");
}

void a_hundred_cancels_each_end_their_job() {
  Log log;
  Engine engine(with_fake(), log.sink());
  engine.submit(LoadModel{"any"});
  for (int i = 0; i < 100; ++i) {
    const JobId id = engine.submit(say("loop"));
    if (i % 2) log.wait_for(id, is_text);
    engine.cancel(id);
    check(std::holds_alternative<Cancelled>(log.end_of(id)), "not cancelled");
  }
}

const Cases cases = {
    CASE(a_job_starts_speaks_and_finishes_once),
    CASE(jobs_run_in_the_order_of_their_submission),
    CASE(cancelling_reaches_the_running_and_the_waiting_job),
    CASE(every_failure_is_one_sentence_and_the_next_job_works),
    CASE(destruction_ends_every_job),
    CASE(a_hundred_cancels_each_end_their_job),
    CASE(threads_may_ask_and_stop_at_the_same_time),
};

}  // namespace
