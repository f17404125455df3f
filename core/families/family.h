// A model family: everything a loaded folder can do, behind one call. The engine knows families only by this file.
#pragma once

#include <cstdint>
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
  // The same job, its events told to somebody else.
  JobContext with(Emit emit) const { return {stop_, std::move(emit)}; }

 private:
  std::stop_token stop_;
  Emit emit_;
};

// Memory ran out; the message says of what.
struct OutOfMemory : Error {
  explicit OutOfMemory(const std::string& what, uint64_t bytes = 0) : Error(what), asked(bytes) {}
  uint64_t asked;  // at once; 0: not known
};

// Bytes, by estimate; 0: not known.
struct MemoryNeed {
  uint64_t needed = 0, free = 0;
};

class Family {
 public:
  virtual ~Family() = default;
  virtual const ModelInfo& info() const = 0;
  // Runs one request other than LoadModel and UnloadModel. Throws RequestError, Error or Stop.
  virtual void serve(const Request& request, JobContext& job) = 0;
  // After a failure for lack of memory: lets go of all that can be had again and needs less from now on. False when
  // it cannot need less.
  virtual bool shrink() { return false; }
  // What the request needs at its peak beside the program itself, and what this family may use.
  virtual MemoryNeed memory_for(const Request&) const { return {}; }
};

// Opens the folder with the family that its config.json names. Throws LoadError, RequestError or Stop. The family
// computes without gradients; what the maths library throws leaves it as OutOfMemory or Error, in one sentence.
std::unique_ptr<Family> open_family(const LoadModel& request, JobContext& job);

}  // namespace b3o
