// A model family: everything a loaded folder can do, behind one call. The engine knows families only by this file.
#pragma once

#include <functional>
#include <memory>
#include <stop_token>
#include <utility>

#include "core/api/event.h"
#include "core/api/request.h"
#include "core/base/error.h"

namespace b3o {

// What a running job may do: tell the user something, and ask whether it should go on.
class JobContext {
 public:
  using Emit = std::function<void(Event)>;
  JobContext(std::stop_token stop, Emit emit) : stop_(std::move(stop)), emit_(std::move(emit)) {}
  // Throws Stop when the user has stopped the job. Called at least once per token, step, block and shard.
  void checkpoint() const {
    if (stop_.stop_requested()) throw Stop();
  }
  void emit(Event event) const { emit_(std::move(event)); }

 private:
  std::stop_token stop_;
  Emit emit_;
};

class Family {
 public:
  virtual ~Family() = default;
  virtual const ModelInfo& info() const = 0;
  // Runs one request other than LoadModel. Throws RequestError, Error or Stop.
  virtual void serve(const Request& request, JobContext& job) = 0;
};

// Opens the folder with the family that its config.json names. Throws LoadError or Stop.
std::unique_ptr<Family> open_family(const LoadModel& request, JobContext& job);

}  // namespace b3o
