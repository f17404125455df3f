// Stopping the shipped model at every stage: how long a stop takes, and that it leaves nothing behind. What comes after
// the stops must equal what a process says that was never stopped.
#include <algorithm>
#include <condition_variable>
#include <iostream>
#include <mutex>
#include <random>
#include <thread>

#include "core/base/file.h"
#include "core/engine/engine.h"
#include "core/families/default_model.h"
#include "core/image/codec.h"
#include "tests/core/cli/program.h"

using namespace b3o;
using namespace b3o::test;
using Clock = std::chrono::steady_clock;

namespace {

constexpr int kStopsPerStage = 43;  // of seven stages: 301
constexpr double kSlowestStop = 0.25;
constexpr char kPrompt[] = "a red fish left of a blue star at night";
constexpr char kQuestion[] = "what color is the star?";

// What one job said, and when it ended.
class Watch {
 public:
  Engine::Sink sink() {
    return [this](JobId, Event event) {
      const std::lock_guard lock(mutex_);
      events_.push_back(std::move(event));
      if (is_terminal(events_.back())) ended_ = Clock::now();
      changed_.notify_all();
    };
  }
  void clear() {
    const std::lock_guard lock(mutex_);
    events_.clear();
  }
  // False when the job ended without such an event.
  bool wait_for(const std::function<bool(const Event&)>& wanted) {
    std::unique_lock lock(mutex_);
    bool found = false;
    const bool in_time = changed_.wait_for(lock, std::chrono::seconds(120), [&] {
      found = std::any_of(events_.begin(), events_.end(), wanted);
      return found || (!events_.empty() && is_terminal(events_.back()));
    });
    check(in_time, "nothing was heard for two minutes");
    return found;
  }
  Event end() {
    wait_for(is_terminal);
    const std::lock_guard lock(mutex_);
    return events_.back();
  }
  Clock::time_point ended() const { return ended_; }
  template <class Kind>
  const Kind& only() {
    const Event last = end();
    if (const auto* failed = std::get_if<Failed>(&last)) check(false, failed->message);
    for (const auto& event : events_)
      if (const auto* found = std::get_if<Kind>(&event)) return *found;
    throw std::runtime_error("no such event");
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Event> events_;
  Clock::time_point ended_;
};

LoadModel load_request() { return {default_model_folder(B3O_SOURCE_PROGRAM), DeviceChoice::cpu, NumberType::fp32}; }

GenerateRequest drawing(uint64_t seed) {
  GenerateRequest request;
  request.recipe.prompt = kPrompt;
  request.recipe.seed = seed;
  request.recipe.plan.steps = 3;
  request.recipe.paint.steps = 1;
  return request;
}

ChatRequest question(std::shared_ptr<const Image> image, const std::string& text) {
  ChatRequest request{{{"user", {{"", std::move(image)}, {text, nullptr}}}}, {}, {}};
  request.options.greedy = true;
  request.options.max_tokens = 24;
  return request;
}

// A picture that no earlier question has shown.
std::shared_ptr<const Image> pattern(int n) {
  Image image(224, 224);
  for (size_t i = 0; i < image.pixels.size(); ++i) image.pixels[i] = uint8_t(i * size_t(n + 3) >> 4);
  return std::make_shared<const Image>(std::move(image));
}

auto begins(Stage stage) {
  return [stage](const Event& event) {
    const auto* progress = std::get_if<StageProgress>(&event);
    return progress && progress->stage == stage;
  };
}

struct StageToStop {
  const char* name;
  std::function<Request(int n)> request;
  std::function<bool(const Event&)> begun;
  int delay_us;  // the stop comes at a random moment up to this long after the stage has begun
};

std::vector<StageToStop> stages() {
  const auto draw = [](int n) -> Request { return drawing(uint64_t(n)); };
  const auto ask = [](int n) -> Request { return question(pattern(n), kQuestion); };
  return {
      {"load", [](int) -> Request { return load_request(); },
       [](const Event& e) { return std::holds_alternative<LoadProgress>(e); }, 60000},
      {"read", draw, begins(Stage::read), 15000},
      {"plan", draw, begins(Stage::plan), 30000},
      {"paint", draw, begins(Stage::paint), 20000},
      {"decode", draw, begins(Stage::decode), 10000},
      {"prefill", ask, begins(Stage::read), 20000},
      {"tokens", ask, [](const Event& e) { return std::holds_alternative<TextDelta>(e); }, 3000},
  };
}

struct Expected {
  Image picture;
  std::string answer;
};

// From processes of their own.
Expected fresh() {
  const TemporaryFolder folder;
  const std::string picture = (folder / "p.png").string(), shown = (folder / "shown.png").string();
  const std::string model = load_request().folder.string();
  Ran ran = run_program({"generate", kPrompt, "--model", model, "--dtype", "fp32", "--seed", "5", "--plan-steps", "3",
                         "--paint-steps", "1", "--out", picture, "--quiet"});
  check_equal(ran.status, 0, "the fresh process draws (" + ran.err + ")");
  write_file(shown, encode_png(*pattern(-1)));
  ran = run_program({"chat", kQuestion, "--image", shown, "--model", model, "--dtype", "fp32", "--greedy",
                     "--max-tokens", "24", "--json", "--quiet"});
  check_equal(ran.status, 0, "the fresh process answers (" + ran.err + ")");
  return {load_image(picture), ran.json()["text"]};
}

// Stops jobs in this stage until enough were hit there; returns the seconds from each stop to the job's end.
std::vector<double> stop_in(const StageToStop& stage, Engine& engine, Watch& watch, std::mt19937& random) {
  std::vector<double> seconds;
  double longest = stage.delay_us;
  for (int n = 0; int(seconds.size()) < kStopsPerStage; ++n) {
    check(n < 10 * kStopsPerStage, cat("in ", stage.name, " only ", seconds.size(), " of ", n, " stops came in time"));
    watch.clear();
    const JobId id = engine.submit(stage.request(n));
    if (!watch.wait_for(stage.begun)) continue;
    std::this_thread::sleep_for(std::chrono::microseconds(random() % uint32_t(longest + 1)));
    const auto asked = Clock::now();
    engine.cancel(id);
    const Event end = watch.end();
    if (const auto* failed = std::get_if<Failed>(&end)) check(false, failed->message);
    if (std::holds_alternative<Finished>(end)) longest *= 0.9;  // this machine is through the stage sooner
    if (std::holds_alternative<Cancelled>(end))
      seconds.push_back(std::chrono::duration<double>(watch.ended() - asked).count());
  }
  return seconds;
}

double percentile_95(std::vector<double> seconds) {
  std::sort(seconds.begin(), seconds.end());
  return seconds[size_t(0.95 * double(seconds.size() - 1))];
}

void three_hundred_stops_are_quick_and_leave_nothing_behind() {
  const Expected expected = fresh();
  Watch watch;
  Engine engine({open_family}, watch.sink());
  const auto run = [&](Request request) {
    watch.clear();
    engine.submit(std::move(request));
    return watch.end();
  };
  std::mt19937 random(1);
  std::vector<double> all;
  for (const auto& stage : stages()) {
    const std::string after = cat("after the stops in ", stage.name);
    const auto seconds = stop_in(stage, engine, watch, random);
    std::cout << "95 % of the stops in " << stage.name << " took up to " << int(1e3 * percentile_95(seconds))
              << " ms, the slowest " << int(1e3 * *std::max_element(seconds.begin(), seconds.end())) << " ms"
              << std::endl;
    all.insert(all.end(), seconds.begin(), seconds.end());
    if (std::string(stage.name) == "load") run(load_request());
    run(drawing(5));
    check(watch.only<ImageReady>().image == expected.picture, after + " another picture is drawn");
    run(question(pattern(-1), kQuestion));
    check_equal(watch.only<AnswerReady>().text, expected.answer, after + " the answer");
  }
  check(all.size() >= 300, "stops");
  check(percentile_95(all) <= kSlowestStop, cat("95 % of the stops took up to ", percentile_95(all), " s"));
}

const Cases cases = {CASE(three_hundred_stops_are_quick_and_leave_nothing_behind)};

}  // namespace
