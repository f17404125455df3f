// Whether the trainers still learn as fast as they did when they were measured: the first points of the curves of
// embedded-model.md 8.4, at level S. The stages clip, vae and vit start from nothing; decoder and generate read the
// frozen results of the stages before them.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace b3o::train {

struct SmokeRequest {
  std::filesystem::path recipes;  // holds <stage>.json
  std::filesystem::path results;  // holds <stage>/, what earlier stages left
  std::filesystem::path work;     // the runs' folders go here; empty or new
  double seconds = 900;           // points that would take longer, on two cores of 2024, are left out
  std::function<bool()> stop = [] { return false; };
  std::function<void(const std::string&)> show = [](const std::string&) {};
};

struct SmokePoint {
  const char* stage;
  int64_t step;
  const char* name;  // of the validation's value
  double wanted;
  double tolerance;  // part of it
  bool falls;        // whether less is better
  double seconds;    // from the stage's point before

  double limit() const { return wanted * (falls ? 1 + tolerance : 1 - tolerance); }
};

struct SmokeOutcome {
  SmokePoint point;
  double got;
  bool ok;
};

// Every point that fits into the time, in the order of the table. `tell` is called as soon as a point is known. Stop
// when it was interrupted; LoadError, RequestError for recipes and results that are not there.
std::vector<SmokeOutcome> smoke(const SmokeRequest& request, const std::function<void(const SmokeOutcome&)>& tell);

}  // namespace b3o::train
