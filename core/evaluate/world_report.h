// The benchmark of the drawn world, whole: what a folder draws, answers and edits, against the truth
// (embedded-model.md 9).
#pragma once

#include <filesystem>

#include "core/evaluate/world_set.h"

namespace b3o::evaluate {

inline constexpr const char* kWorldParts[] = {"drawing", "vqa", "mme", "captions", "riddles", "edits"};

struct WorldRun {
  WorldSettings settings;
  std::vector<std::string> parts;  // of kWorldParts; empty: all that the folder can do
  int limit = 0;                   // items of each set, evenly spread; 0: all
  bool partial = false;            // score sets that are not complete
  bool ask = true;                 // false: score what is in `folder`, ask nothing
  std::filesystem::path folder;    // where answers are kept, so that a second run goes on; empty: nowhere
};

// Called before every item that is asked and after the last one of a set; may throw Stop.
using WorldProgress = std::function<void(const std::string& set, size_t done, size_t of)>;

// The report: {benchmark, level, model, prompts_sha256, judge_sha256, ..., sets: {name: {items, of, seconds, scores}}}.
// scores is null where a set is not complete and `partial` is false. Equal models give equal reports but for the times.
// RequestError for unknown parts, parts the folder cannot do, and a folder with another run's answers.
Json evaluate_world(const WorldModel& model, const WorldRun& run, const WorldProgress& progress = {});

// The report for people.
std::string world_table(const Json& report);
// Empty when every set is scored, else one sentence that says what is missing.
std::string what_is_missing(const Json& report);

}  // namespace b3o::evaluate
