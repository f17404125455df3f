// What every command shares: the common options, and an engine that runs requests while the terminal shows progress.
#pragma once

#include <CLI/CLI.hpp>

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <string>

#include "core/engine/engine.h"

namespace b3o::cli {

struct Common {
  std::string model;  // at the start the demonstration model, where the program finds one
  std::string device = "auto", number_type = "auto";
  int threads = 0;
  bool json = false, quiet = false;
};

// Adds --device, --dtype, --threads, --json and --quiet; with_model adds --model, required where no model ships.
void add_common(CLI::App& command, Common& common, bool with_model = true);

DeviceChoice device_choice(const Common& common);
NumberType number_type(const Common& common);

// One engine for the length of a command. Ctrl-C cancels the running request.
class Session {
 public:
  explicit Session(const Common& common);
  ~Session();
  // Loads common.model; parts are read when first used.
  const ModelInfo& load();
  const ModelInfo& info() const { return info_; }
  // What must stand beside the loaded model's results, on stderr; nothing for full models.
  void say_notice();
  // Runs one request; every event but the last goes to `on_event`. Throws RequestError with the engine's sentence when
  // it failed, Stop when it was interrupted.
  void run(Request request, const std::function<void(const Event&)>& on_event = {});

 private:
  Event next_event();
  void show(const Event& event);
  void clear_line();

  const Common& common_;
  bool show_progress_;
  bool line_shown_ = false;
  ModelInfo info_;
  std::mutex mutex_;
  std::condition_variable arrived_;
  std::deque<std::pair<JobId, Event>> events_;
  std::unique_ptr<Engine> engine_;  // last: it is destroyed first, while the queue is still there
};

}  // namespace b3o::cli
