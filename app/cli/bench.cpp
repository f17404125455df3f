#include <sys/resource.h>

#include <chrono>
#include <iomanip>
#include <iostream>

#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "core/text/tokenizer.h"

namespace b3o::cli {
namespace {

using Clock = std::chrono::steady_clock;

double since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

struct Options {
  int tokens = 32, plan_steps = 4, paint_steps = 4;
  std::string size;
};

// Encoding speed on a text and on one sixteen times as long: equal speeds mean linear time.
Json bench_text(const Tokenizer& tokenizer) {
  const std::string sentence =
      "The red cube, 12 steps from the old house, sees \xE7\x8C\xAB and caf\xC3\xA9s; it's fine.\n";
  Json out = Json::object();
  for (const size_t bytes : {size_t(1) << 16, size_t(1) << 20}) {
    std::string text;
    while (text.size() < bytes) text += sentence;
    const auto start = Clock::now();
    tokenizer.encode(text, false);
    out[std::to_string(bytes >> 10) + " KiB"] = double(text.size()) / 1e6 / since(start);
  }
  return out;
}

Json bench_chat(Session& session, int tokens) {
  ChatRequest request{{{"user", {{"Describe a quiet street in the morning.", nullptr}}}}, {}, {}};
  request.options.greedy = true;
  request.options.max_tokens = tokens;
  Json out;
  session.run(request, [&](const Event& event) {
    const auto* ready = std::get_if<AnswerReady>(&event);
    if (!ready) return;
    const auto made = double(ready->ids.size());
    out = {{"prompt_tokens", ready->input_ids.size()},
           {"tokens", made},
           {"seconds_to_first", ready->seconds_to_first},
           {"tokens_per_second", made > 1 ? (made - 1) / (ready->seconds - ready->seconds_to_first) : 0}};
  });
  return out;
}

Json bench_drawing(Session& session, const Options& o) {
  GenerateRequest request;
  request.recipe.prompt = "a red fish left of a blue star";
  request.recipe.plan.steps = o.plan_steps;
  const auto& allowed = session.info().can.paint_steps;
  request.recipe.paint.steps = allowed.empty() ? o.paint_steps : allowed.back();
  request.previews = false;
  std::map<Stage, double> step_seconds;
  double seconds = 0;
  session.run(request, [&](const Event& event) {
    if (const auto* p = std::get_if<StageProgress>(&event); p && p->seconds_per_step > 0)
      step_seconds[p->stage] = p->seconds_per_step;
    if (const auto* ready = std::get_if<ImageReady>(&event)) seconds = ready->seconds;
  });
  return {{"plan_seconds_per_step", step_seconds[Stage::plan]},
          {"paint_seconds_per_step", step_seconds[Stage::paint]},
          {"seconds", seconds}};
}

}  // namespace

void add_bench(CLI::App& app, Common& common) {
  auto* command = app.add_subcommand("bench", "Time start, first token and steps of a folder on this machine");
  auto o = std::make_shared<Options>();
  add_common(*command, common);
  command->add_option("--tokens", o->tokens, "tokens to generate")->check(CLI::Range(1, 4096));
  command->add_option("--plan-steps", o->plan_steps, "plan steps to time")->check(CLI::Range(2, 1000));
  command->add_option("--paint-steps", o->paint_steps, "paint steps to time")->check(CLI::Range(2, 1000));
  command->callback([&common, o] {
    Session session(common);
    const auto start = Clock::now();
    session.load();
    Json out;
    out["model"] = session.info().name;
    out["device"] = session.info().device;
    out["number_type"] = session.info().number_type;
    out["open_seconds"] = since(start);
    out["text_megabytes_per_second"] = bench_text(Tokenizer::load(common.model));
    out["chat"] = bench_chat(session, o->tokens);
    if (session.info().can.draw) out["drawing"] = bench_drawing(session, *o);
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    out["peak_resident_megabytes"] = double(usage.ru_maxrss) / 1e3;
    if (common.json)
      print_json(out);
    else
      std::cout << out.dump(2) << std::endl;
  });
}

}  // namespace b3o::cli
