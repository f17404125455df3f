#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <iomanip>
#include <iostream>

#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "core/image/codec.h"
#include "core/text/tokenizer.h"

namespace b3o::cli {
namespace {

using Clock = std::chrono::steady_clock;

double since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

struct Options {
  std::string what = "all", image;
  int repeats = 7;
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

AnswerReady ask(Session& session, const std::vector<ChatMessage>& messages, int tokens) {
  ChatRequest request{messages, {}, {}};
  request.options.greedy = true;
  request.options.max_tokens = tokens;
  AnswerReady answer;
  session.run(request, [&](const Event& event) {
    if (const auto* ready = std::get_if<AnswerReady>(&event)) answer = *ready;
  });
  return answer;
}

Json bench_first_turn(Session& session, int tokens) {
  const AnswerReady answer = ask(session, {{"user", {{"Describe a quiet street in the morning.", nullptr}}}}, tokens);
  const auto made = double(answer.ids.size());
  return {{"prompt_tokens", answer.input_ids.size()},
          {"tokens", made},
          {"seconds_to_first", answer.seconds_to_first},
          {"tokens_per_second", made > 1 ? (made - 1) / (answer.seconds - answer.seconds_to_first) : 0}};
}

double median(std::vector<double> values) {
  std::nth_element(values.begin(), values.begin() + values.size() / 2, values.end());
  return values[values.size() / 2];
}

// The second turn of a conversation, after a first one with the picture or without: seconds to its first token.
double second_turn(Session& session, const std::shared_ptr<const Image>& image) {
  ChatMessage first{"user", {{"Describe the picture.", nullptr}}};
  if (image) first.parts.insert(first.parts.begin(), {"", image});
  const AnswerReady answer = ask(session, {first}, 8);
  return ask(session,
             {first, {"assistant", {{answer.text, nullptr}}}, {"user", {{"What colour is the star?", nullptr}}}}, 1)
      .seconds_to_first;
}

// What a picture in the history costs a later turn. The program keeps the picture's features and the keys and values of
// the turns before, so it should cost next to nothing.
Json bench_second_turn(Session& session, const Options& o) {
  std::shared_ptr<const Image> image;
  if (o.image.empty()) {
    Image pattern(512, 512);
    for (size_t i = 0; i < pattern.pixels.size(); ++i) pattern.pixels[i] = uint8_t(i * 7 ^ i >> 9);
    image = std::make_shared<const Image>(std::move(pattern));
  } else {
    image = std::make_shared<const Image>(load_image(o.image));
  }
  std::vector<double> with, without;
  for (int i = 0; i < o.repeats; ++i) {  // by turns, so that a machine that gets slower slows both
    with.push_back(second_turn(session, image));
    without.push_back(second_turn(session, nullptr));
  }
  return {{"seconds_to_first_with_picture", median(with)},
          {"seconds_to_first_without", median(without)},
          {"ratio", median(with) / median(without)}};
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
  command->add_option("what", o->what, "all, text, chat or drawing")
      ->check(CLI::IsMember({"all", "text", "chat", "drawing"}));
  command->add_option("--image", o->image, "the picture of the second turn; without it a pattern");
  command->add_option("--repeats", o->repeats, "conversations to time; the median counts")->check(CLI::Range(1, 1000));
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
    const auto wanted = [&](const char* what) { return o->what == "all" || o->what == what; };
    if (wanted("text")) out["text_megabytes_per_second"] = bench_text(Tokenizer::load(common.model));
    if (wanted("chat")) {
      out["chat"] = bench_first_turn(session, o->tokens);
      if (session.info().can.see) out["second_turn"] = bench_second_turn(session, *o);
    }
    if (wanted("drawing") && session.info().can.draw) out["drawing"] = bench_drawing(session, *o);
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
