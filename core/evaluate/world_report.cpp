#include "core/evaluate/world_report.h"

#include <algorithm>
#include <chrono>
#include <cmath>

#include "core/base/error.h"
#include "core/base/hash.h"
#include "core/evaluate/journal.h"
#include "core/world/scene_json.h"
#include "core/world/words.h"

namespace b3o::evaluate {
namespace {

using Clock = std::chrono::steady_clock;

struct Part {
  std::string name;
  std::vector<WorldSet> sets;
};

std::vector<Part> all_parts(const WorldModel& model, const WorldSettings& settings) {
  return {{"drawing", drawing_sets(model, settings)}, {"vqa", question_sets(model, settings)},
          {"mme", {mme_set(model, settings)}},        {"captions", {caption_set(model, settings)}},
          {"riddles", {riddle_set(model, settings)}}, {"edits", {edit_set(model, settings)}}};
}

bool can_do(const Capabilities& can, const std::string& part) {
  if (part == "drawing" || part == "riddles") return can.draw;
  return part == "edits" ? can.draw && can.edit : can.chat && can.see;
}

std::vector<std::string> chosen_parts(const WorldModel& model, const WorldRun& run) {
  std::vector<std::string> known(std::begin(kWorldParts), std::end(kWorldParts)), out;
  for (const std::string& part : run.parts) {
    if (std::find(known.begin(), known.end(), part) == known.end())
      throw RequestError(
          cat("There is no part '", part, "' of the benchmark; choose ", world::listed(known, "or"), "."));
    if (run.ask && !can_do(model.info.can, part))
      throw RequestError(cat("This folder cannot do the part '", part, "' of the benchmark."));
  }
  for (const std::string& part : known) {
    const bool named = std::find(run.parts.begin(), run.parts.end(), part) != run.parts.end();
    if (run.parts.empty() ? can_do(model.info.can, part) : named) out.push_back(part);
  }
  return out;
}

double milliseconds_exact(double seconds) { return std::round(seconds * 1000) / 1000; }

void ask_all(const WorldSet& set, const std::vector<size_t>& taken, Journal& journal, const WorldProgress& progress) {
  size_t done = 0;
  for (const size_t i : taken) {
    const WorldSet::Item& item = set.items[i];
    if (!journal.find(item.id)) {
      if (progress) progress(set.name, done, taken.size());
      const auto start = Clock::now();
      Json record = {{"id", item.id}};
      try {
        record.update(item.answer());
      } catch (const RequestError& e) {
        throw RequestError(cat(set.name, ", item '", item.id, "': ", e.what()));
      }
      record["seconds"] = milliseconds_exact(std::chrono::duration<double>(Clock::now() - start).count());
      journal.add(std::move(record));
    }
    ++done;
  }
  if (progress) progress(set.name, done, taken.size());
}

Json report_of(const WorldSet& set, const Journal& journal, bool partial) {
  WorldSet::Answers answers;
  int found = 0;
  double seconds = 0;
  for (const WorldSet::Item& item : set.items) {
    answers.push_back(journal.find(item.id));
    if (!answers.back()) continue;
    ++found;
    seconds += answers.back()->value("seconds", 0.0);
  }
  Json out = {
      {"items", found}, {"of", set.items.size()}, {"seconds", milliseconds_exact(seconds)}, {"scores", nullptr}};
  const bool complete = found == int(set.items.size());
  if (found == 0 || (!complete && !partial)) return out;
  try {
    out["scores"] = set.score(answers);
  } catch (const Json::exception& e) {
    throw LoadError(cat("the answers to the set '", set.name, "' are not what this program writes (", e.what(),
                        "); choose another folder for --out"));
  }
  return out;
}

}  // namespace

Json evaluate_world(const WorldModel& model, const WorldRun& run, const WorldProgress& progress) {
  const auto chosen = chosen_parts(model, run);
  if (!run.ask && run.folder.empty())
    throw RequestError("There is nothing to score: name the folder that holds the answers with --out.");
  if (run.limit > 0 && !run.partial && run.folder.empty())
    throw RequestError("A limit leaves sets incomplete: give --partial to score them, or --out to keep the answers.");
  const std::vector<Part> parts = all_parts(model, run.settings);
  Sha256 prompts;
  for (const Part& part : parts)
    for (const WorldSet& set : part.sets) prompts.add(set.published);
  Json seeds = Json::array();
  for (int s = 0; s < run.settings.seeds; ++s) seeds.push_back(s);
  Json report = {{"format", 1},
                 {"benchmark", "paper-world"},
                 {"level", world::name(run.settings.level)},
                 {"model_hash", model.info.hash},
                 {"number_type", model.info.number_type},
                 {"prompts_sha256", prompts.hex()},
                 {"judge_sha256", judge::references_sha256()},
                 {"seeds", seeds},
                 {"edit_strength", run.settings.edit_strength}};
  if (!run.folder.empty()) {
    std::filesystem::create_directories(run.folder);
    claim_folder(run.folder / "run.json", report);
  }
  report["model"] = model.info.name;
  report["device"] = model.info.device;
  report["judge_agreement"] = nullptr;  // there is one judge
  report["partial"] = run.partial;
  report["sets"] = Json::object();
  for (const Part& part : parts) {
    if (std::find(chosen.begin(), chosen.end(), part.name) == chosen.end()) continue;
    for (const WorldSet& set : part.sets) {
      Journal journal(run.folder.empty() ? std::filesystem::path() : run.folder / (set.name + ".jsonl"));
      if (run.ask) ask_all(set, spread(set.items.size(), run.limit), journal, progress);
      report["sets"][set.name] = report_of(set, journal, run.partial);
    }
  }
  return report;
}

std::string what_is_missing(const Json& report) {
  std::string missing;
  for (const auto& [name, set] : report.at("sets").items())
    if (set.at("scores").is_null())
      missing +=
          cat(missing.empty() ? "" : ", ", name, " ", set.at("items").get<int>(), " of ", set.at("of").get<int>());
  if (missing.empty()) return {};
  return cat("Not every set is complete (", missing, "): run the command again to go on, or give --partial.");
}

}  // namespace b3o::evaluate
