#include "app/cli/session.h"

#include <ATen/Parallel.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <iomanip>
#include <iostream>
#include <map>

#include "core/families/fit.h"

namespace b3o::cli {
namespace {

std::atomic<bool> interrupted{false};

void on_interrupt(int) { interrupted = true; }

const char* word(Stage stage) {
  switch (stage) {
    case Stage::load:
      return "load";
    case Stage::read:
      return "read";
    case Stage::plan:
      return "plan";
    case Stage::paint:
      return "paint";
    case Stage::decode:
      return "decode";
    case Stage::answer:
      return "answer";
  }
  return "";
}

std::string line_of(const StageProgress& p) {
  std::ostringstream out;
  if (p.pictures > 1) out << "picture " << p.picture + 1 << "/" << p.pictures << "  ";
  out << word(p.stage) << ' ' << p.done << '/' << p.total;
  out << std::fixed << std::setprecision(2);
  if (p.seconds_per_step > 0) out << "  " << p.seconds_per_step << " s a step";
  if (p.seconds_remaining >= 0) out << "  about " << std::setprecision(0) << p.seconds_remaining << " s left";
  return out.str();
}

}  // namespace

void add_common(CLI::App& command, Common& common, bool with_model) {
  if (with_model) {
    const bool ships = !common.model.empty();
    auto* model = command.add_option("--model", common.model,
                                     ships ? "model folder; without it the demonstration model" : "model folder");
    if (!ships) model->required();
  }
  command.add_option("--device", common.device, "where to compute")->check(CLI::IsMember({"auto", "cpu", "cuda"}));
  command.add_option("--dtype", common.number_type, "number type")
      ->check(CLI::IsMember({"auto", "fp32", "bf16", "fp16"}));
  command.add_option("--threads", common.threads, "threads of the maths library; 0: one per core")
      ->check(CLI::Range(0, 1024));
  command.add_flag("--json", common.json, "print the result as JSON");
  command.add_flag("--quiet", common.quiet, "no progress");
}

DeviceChoice device_choice(const Common& common) {
  return std::map<std::string, DeviceChoice>{
      {"auto", DeviceChoice::automatic}, {"cpu", DeviceChoice::cpu}, {"cuda", DeviceChoice::cuda}}
      .at(common.device);
}

NumberType number_type(const Common& common) {
  return std::map<std::string, NumberType>{{"auto", NumberType::automatic},
                                           {"fp32", NumberType::fp32},
                                           {"bf16", NumberType::bf16},
                                           {"fp16", NumberType::fp16}}
      .at(common.number_type);
}

Session::Session(const Common& common) : common_(common), show_progress_(!common.quiet && ::isatty(STDERR_FILENO)) {
  std::signal(SIGINT, on_interrupt);
  const auto open = [threads = common.threads](const LoadModel& request, JobContext& job) {
    if (threads > 0) at::set_num_threads(threads);  // of the thread that computes
    return open_family(request, job);
  };
  engine_ = std::make_unique<Engine>(EngineOptions{open, need_of_load}, [this](JobId id, Event event) {
    {
      const std::lock_guard lock(mutex_);
      events_.emplace_back(id, std::move(event));
    }
    arrived_.notify_one();
  });
}

Session::~Session() { clear_line(); }

const ModelInfo& Session::load() {
  LoadModel request{common_.model, device_choice(common_), number_type(common_), false};
  run(request, [this](const Event& event) {
    if (const auto* ready = std::get_if<ModelReady>(&event)) info_ = ready->info;
  });
  if (!common_.quiet)
    for (const auto& warning : info_.warnings) std::cerr << warning << std::endl;
  return info_;
}

void Session::say_notice() {
  if (common_.quiet || common_.json || info_.notice.empty()) return;
  clear_line();
  std::cerr << info_.name << ": " << info_.notice << std::endl;
}

Event Session::next_event() {
  std::unique_lock lock(mutex_);
  arrived_.wait_for(lock, std::chrono::milliseconds(50), [this] { return !events_.empty() || interrupted; });
  if (events_.empty()) return Started{};
  Event event = std::move(events_.front().second);
  events_.pop_front();
  return event;
}

void Session::run(Request request, const std::function<void(const Event&)>& on_event) {
  const JobId id = engine_->submit(std::move(request));
  for (;;) {
    const Event event = next_event();
    if (interrupted.exchange(false)) engine_->cancel(id);
    if (const auto* started = std::get_if<Started>(&event)) {
      if (started->again.empty()) continue;
      clear_line();
      if (!common_.quiet) std::cerr << started->again << std::endl;
    }
    show(event);
    if (!is_terminal(event)) {
      if (on_event) on_event(event);
      continue;
    }
    if (const auto* failed = std::get_if<Failed>(&event)) throw RequestError(failed->message);
    if (std::holds_alternative<Cancelled>(event)) throw Stop();
    return;
  }
}

void Session::show(const Event& event) {
  if (!show_progress_) return;
  const auto* stage = std::get_if<StageProgress>(&event);
  const auto* load = std::get_if<LoadProgress>(&event);
  if (stage && stage->stage == Stage::answer) stage = nullptr;  // the answer itself is the progress
  if (!stage && !load) return clear_line();
  std::cerr << "\r\033[K";
  if (stage)
    std::cerr << line_of(*stage);
  else
    std::cerr << "load " << load->what << "  " << (load->done >> 20) << '/' << (load->total >> 20) << " MB";
  std::cerr << std::flush;
  line_shown_ = true;
}

void Session::clear_line() {
  if (line_shown_) std::cerr << "\r\033[K" << std::flush;
  line_shown_ = false;
}

}  // namespace b3o::cli
