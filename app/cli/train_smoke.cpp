// blip3o train --smoke: are the trainers right?
#include <ATen/Parallel.h>

#include <cstdio>
#include <iostream>
#include <utility>

#include "app/cli/commands.h"
#include "core/base/error.h"
#include "core/base/json.h"
#include "core/base/temporary_folder.h"
#include "core/train/smoke.h"

namespace b3o::cli {
namespace {

Json json_of(const train::SmokeOutcome& o) {
  return {{"stage", o.point.stage},   {"step", o.point.step}, {"point", o.point.name},
          {"wanted", o.point.wanted}, {"got", o.got},         {"ok", o.ok}};
}

void print_head() { std::printf("stage     step  point          wanted   allowed    got\n"); }

void print(const train::SmokeOutcome& o) {
  const train::SmokePoint& p = o.point;
  std::printf("%-9s %4lld  %-13s  %-7.4g  %s %-7.4g %-7.4g  %s\n", p.stage, static_cast<long long>(p.step), p.name,
              p.wanted, p.falls ? "<=" : ">=", p.limit(), o.got, o.ok ? "ok" : "MISSED");
  std::fflush(stdout);
}

}  // namespace

void add_train_smoke(CLI::App& train, Common& common) {
  struct Options {
    bool smoke = false;
    double seconds = 900;
    std::string recipes = "packaging/paper_world", results = "resources/model/stages";
    int threads = 0;
    bool json = false;
  };
  auto o = std::make_shared<Options>();
  train.add_flag("--smoke", o->smoke, "check the trainers against their measured curves");
  train.add_option("--seconds", o->seconds, "with --smoke: leave out points that need more time")
      ->check(CLI::PositiveNumber);
  train.add_option("--recipes", o->recipes, "with --smoke: folder of the stages' recipes");
  train.add_option("--results", o->results, "with --smoke: folder of the stages' frozen results");
  train.add_option("--threads", o->threads, "with --smoke: threads of the maths library; 0: one per core")
      ->check(CLI::Range(0, 1024));
  train.add_flag("--json", o->json, "with --smoke: print the points as JSON");
  train.callback([&train, &common, o] {
    if (!train.get_subcommands().empty()) return;
    if (!o->smoke) throw CLI::RequiredError("A stage or --smoke");
    if (o->threads > 0) at::set_num_threads(o->threads);
    const TemporaryFolder work;
    train::SmokeRequest request{
        .recipes = o->recipes, .results = o->results, .work = work.path(), .seconds = o->seconds};
    request.stop = train_interrupted();
    if (!common.quiet) request.show = [](const std::string& line) { std::cerr << line << std::endl; };
    const auto outcomes = train::smoke(request, [&, first = true](const train::SmokeOutcome& one) mutable {
      if (o->json) return;
      if (std::exchange(first, false)) print_head();
      print(one);
    });
    size_t missed = 0;
    Json all = Json::array();
    for (const auto& one : outcomes) {
      missed += !one.ok;
      all.push_back(json_of(one));
    }
    if (o->json) std::cout << all.dump(2) << std::endl;
    if (missed > 0) throw Error(cat(missed, " of ", outcomes.size(), " points were missed."));
  });
}

}  // namespace b3o::cli
