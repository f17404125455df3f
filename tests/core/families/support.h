// Running a family's requests in a test, and reading back what it traced.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/base/json.h"
#include "core/families/family.h"
#include "core/weights/safetensors.h"
#include "tests/support/tensors.h"

namespace b3o::test {

// Collects what a job says; stop() makes its next checkpoint throw.
class Listener {
 public:
  JobContext context() {
    return JobContext(stop_.get_token(), [this](Event event) { events.push_back(std::move(event)); });
  }
  void stop() { stop_.request_stop(); }
  template <class T>
  std::vector<T> all() const {
    std::vector<T> out;
    for (const auto& event : events)
      if (const auto* item = std::get_if<T>(&event)) out.push_back(*item);
    return out;
  }
  template <class T>
  T only() const {
    const auto found = all<T>();
    check(found.size() == 1, "there is not exactly one such event");
    return found.front();
  }
  std::vector<Event> events;

 private:
  std::stop_source stop_;
};

// The family of a folder under tests/data, in this number type, parts read on demand.
std::unique_ptr<Family> open_test_model(const std::string& folder, NumberType type = NumberType::fp32);

// Serves the request and returns its events.
Listener serve(Family& family, const Request& request);

// A copy of a folder under tests/data that a test may change.
class FolderCopy {
 public:
  explicit FolderCopy(const std::string& folder);
  std::filesystem::path path() const { return place_ / "model"; }
  void remove(const std::string& name);
  void change(const std::string& name, const std::function<void(Json&)>& edit);
  std::unique_ptr<Family> open(bool eager = true) const;
  std::string refusal() const;  // of opening it

 private:
  TemporaryFolder place_;
};

// A trace file of one run.
class TraceRun {
 public:
  std::filesystem::path path() const { return folder_ / "trace.safetensors"; }
  at::Tensor at(const std::string& name) {
    if (!file_) file_ = SafetensorsFile::open(path());
    return file_->tensor(name);
  }
  bool has(const std::string& name) {
    if (!file_) file_ = SafetensorsFile::open(path());
    return file_->has(name);
  }

 private:
  TemporaryFolder folder_;
  std::shared_ptr<const SafetensorsFile> file_;
};

}  // namespace b3o::test
