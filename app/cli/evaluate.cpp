#include <unistd.h>

#include <chrono>
#include <iomanip>
#include <iostream>

#include "app/cli/commands.h"
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/evaluate/world_report.h"
#include "core/families/blip3o/round_trip.h"
#include "core/world/scene_json.h"

namespace b3o::cli {
namespace {

using Clock = std::chrono::steady_clock;

struct Options {
  evaluate::WorldRun run;
  std::string level, json;
  double edit_strength = 0;  // 0: the folder's
  bool score_only = false;
};

// One line on stderr: the set, how far it is, and how long it will take at the rate so far.
class ProgressLine {
 public:
  explicit ProgressLine(bool on) : on_(on) {}
  ~ProgressLine() { clear(); }
  void operator()(const std::string& set, size_t done, size_t of) {
    if (!on_) return;
    if (set != set_) set_ = set, first_ = done, start_ = Clock::now();
    const double seconds = std::chrono::duration<double>(Clock::now() - start_).count();
    clear();
    if (done == of) return;
    std::cerr << set << ' ' << done << '/' << of;
    if (done > first_)
      std::cerr << std::fixed << std::setprecision(0) << "  about "
                << seconds / double(done - first_) * double(of - done) << " s left";
    std::cerr << std::flush;
  }

 private:
  void clear() {
    if (on_) std::cerr << "\r\033[K" << std::flush;
  }
  bool on_;
  std::string set_;
  size_t first_ = 0;
  Clock::time_point start_;
};

void evaluate_world(const Common& common, Options& o) {
  Common silent = common;  // the benchmark has a progress line of its own
  silent.quiet = true;
  o.run.ask = !o.score_only;
  Session session(silent);
  evaluate::WorldModel model{session.load(),
                             [&](Request request, const evaluate::WorldModel::OnEvent& on_event) {
                               session.run(std::move(request), on_event);
                             },
                             {}};
  const Capabilities& can = model.info.can;
  o.run.settings.edit_strength = o.edit_strength > 0 ? o.edit_strength : can.default_edit_strength;
  o.run.settings.level = world::level_named(!o.level.empty() ? o.level : !can.world.empty() ? can.world : "S");
  if (!common.quiet)
    for (const auto& warning : model.info.warnings) std::cerr << warning << std::endl;
  std::optional<RoundTrip> round_trip;
  if (can.draw)
    model.round_trip = [&](const Image& image) {
      if (!round_trip) round_trip.emplace(LoadModel{common.model, device_choice(common), number_type(common), false});
      return (*round_trip)(image);
    };
  ProgressLine line(!common.quiet && ::isatty(STDERR_FILENO));
  const Json report = evaluate::evaluate_world(model, o.run, std::ref(line));
  std::cout << evaluate::world_table(report) << std::flush;
  if (!o.json.empty()) write_file(o.json, report.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
  if (const std::string missing = evaluate::what_is_missing(report); !missing.empty()) throw RequestError(missing);
}

}  // namespace

void add_evaluate(CLI::App& app, Common& common) {
  auto* command = app.add_subcommand("evaluate", "Score a folder");
  command->require_subcommand(1);
  auto* drawn = command->add_subcommand("world", "On the drawn world: what it draws, answers and edits, by the truth");
  auto o = std::make_shared<Options>();
  add_common(*drawn, common);
  drawn->remove_option(drawn->get_option("--json"));  // here it names a file
  drawn->add_option("--json", o->json, "file of the whole report");
  drawn->add_option("--out", o->run.folder, "folder that keeps the answers; a second run goes on where it was");
  drawn->add_option("--only", o->run.parts, "parts: drawing, vqa, mme, captions, riddles, edits")->delimiter(',');
  drawn->add_option("--limit", o->run.limit, "items of each set, evenly spread; 0: all")->check(CLI::Range(0, 100000));
  drawn->add_option("--seeds", o->run.settings.seeds, "pictures of each prompt")->check(CLI::Range(1, 100));
  drawn->add_option("--level", o->level, "S, M or L; without it the folder's, else S")
      ->check(CLI::IsMember({"S", "M", "L"}));
  drawn
      ->add_option("--edit-strength", o->edit_strength,
                   "part of the paint schedule that runs in edits; 0: what the folder says")
      ->check(CLI::Range(0.0, 1.0));
  drawn->add_flag("--partial", o->run.partial, "score incomplete sets too");
  drawn->add_flag("--score-only", o->score_only, "ask nothing, score the answers in --out");
  drawn->callback([&common, o] { evaluate_world(common, *o); });
}

}  // namespace b3o::cli
