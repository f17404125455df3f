#include <unistd.h>

#include <iostream>

#include "app/cli/commands.h"
#include "app/cli/messages.h"
#include "app/cli/output.h"
#include "core/base/file.h"
#include "core/image/codec.h"

namespace b3o::cli {
namespace {

struct Options {
  std::string text, messages_file, trace;
  std::vector<std::string> images;
  ChatOptions chat;
  double temperature = -1, top_p = -1, penalty = -1;
  int top_k = -1;
  int64_t min_pixels = 0, max_pixels = 0;
  bool drop_alpha = false;
};

ChatOptions chat_options(const Options& o) {
  ChatOptions out = o.chat;
  if (o.temperature >= 0) out.temperature = o.temperature;
  if (o.top_p >= 0) out.top_p = o.top_p;
  if (o.top_k >= 0) out.top_k = o.top_k;
  if (o.penalty > 0) out.repetition_penalty = o.penalty;
  if (o.min_pixels > 0) out.min_pixels = o.min_pixels;
  if (o.max_pixels > 0) out.max_pixels = o.max_pixels;
  return out;
}

ChatMessage user_message(const Options& o, const std::string& text) {
  ChatMessage message{"user", {}};
  for (const auto& file : o.images)
    message.parts.push_back({"", std::make_shared<Image>(load_image(file, {.drop_alpha = o.drop_alpha}))});
  message.parts.push_back({text, nullptr});
  return message;
}

Json json_of(const AnswerReady& a) {
  return {{"prompt", a.prompt},
          {"input_ids", a.input_ids},
          {"image_grid_thw", a.image_grids},
          {"rope_delta", a.rope_delta},
          {"ids", a.ids},
          {"text", a.text},
          {"seconds", a.seconds},
          {"seconds_to_first", a.seconds_to_first}};
}

// Text of a model as a terminal may show it: control characters could move the cursor or rewrite the screen.
std::string for_terminal(std::string text) {
  if (!::isatty(STDOUT_FILENO)) return text;
  for (char& c : text)
    if ((uint8_t(c) < 0x20 && c != '\n' && c != '\t') || c == 0x7F) c = '?';
  return text;
}

// One turn: streams to stdout unless JSON is wanted. Returns the whole answer.
AnswerReady turn(Session& session, const Common& common, ChatRequest request) {
  AnswerReady answer;
  session.run(std::move(request), [&](const Event& event) {
    if (std::holds_alternative<Started>(event) && !common.json) std::cout << std::endl;  // the answer begins once more
    if (const auto* delta = std::get_if<TextDelta>(&event); delta && !common.json)
      std::cout << for_terminal(delta->text) << std::flush;
    if (const auto* ready = std::get_if<AnswerReady>(&event)) answer = *ready;
  });
  if (common.json) {
    Json result = json_of(answer);
    if (!session.info().notice.empty()) result["notice"] = session.info().notice;
    print_json(result);
  } else {
    std::cout << std::endl;
  }
  return answer;
}

// Reads questions line by line until the end of input; every turn sees the ones before it.
void interactive(Session& session, const Common& common, const Options& o) {
  std::vector<ChatMessage> history;
  const bool terminal = ::isatty(STDIN_FILENO);
  std::string line;
  for (;;) {
    if (terminal) std::cerr << "> " << std::flush;
    if (!std::getline(std::cin, line)) return;
    if (line.empty()) continue;
    history.push_back(history.empty() ? user_message(o, line) : ChatMessage{"user", {{line, nullptr}}});
    const AnswerReady answer = turn(session, common, {history, chat_options(o), {o.trace, {}}});
    history.push_back({"assistant", {{answer.text, nullptr}}});
  }
}

}  // namespace

void add_chat(CLI::App& app, Common& common) {
  auto* command = app.add_subcommand("chat", "Ask, with or without pictures; the answer streams to stdout");
  auto o = std::make_shared<Options>();
  add_common(*command, common);
  command->add_option("text", o->text, "the question; without it questions are read from stdin line by line");
  command->add_option("--image", o->images, "a picture the question is about; may be given several times")
      ->allow_extra_args(false);
  command->add_option("--messages", o->messages_file, "a whole conversation: a JSON list of {role, content}");
  command->add_flag("--greedy", o->chat.greedy, "always take the most likely token");
  command->add_option("--temperature", o->temperature, "spread of sampling")->check(CLI::Range(0.0, 100.0));
  command->add_option("--top-p", o->top_p, "sample from this share of probability")->check(CLI::Range(0.0, 1.0));
  command->add_option("--top-k", o->top_k, "sample from this many tokens; 0: all")->check(CLI::NonNegativeNumber);
  command->add_option("--repetition-penalty", o->penalty, "above 1: avoid tokens already used")
      ->check(CLI::Range(0.01, 100.0));
  command->add_option("--max-tokens", o->chat.max_tokens, "longest answer")->check(CLI::Range(1, 131072));
  command->add_option("--seed", o->chat.seed, "seed of sampling");
  command->add_option("--min-pixels", o->min_pixels, "pictures are enlarged to at least this many pixels");
  command->add_option("--max-pixels", o->max_pixels, "pictures are reduced to at most this many pixels");
  command->add_flag("--add-vision-id", o->chat.add_vision_id, "number the pictures in the prompt");
  command->add_flag("--drop-alpha", o->drop_alpha, "ignore transparency instead of laying pictures over white");
  command->add_flag("--reference-tokens", o->chat.reference_tokens,
                    "text that spells a control token becomes that token, as in the reference");
  command->add_option("--trace", o->trace, "write intermediates to this safetensors file");
  command->callback([&common, o] {
    if (!o->text.empty() && !o->messages_file.empty())
      throw RequestError("Give either a text or --messages, not both.");
    std::vector<ChatMessage> messages;
    if (!o->messages_file.empty())
      messages = read_messages(o->messages_file, {.drop_alpha = o->drop_alpha});
    else if (!o->text.empty())
      messages = {user_message(*o, o->text)};
    Session session(common);
    session.load();
    session.say_notice();
    if (messages.empty()) return interactive(session, common, *o);
    turn(session, common, {messages, chat_options(*o), {o->trace, {}}});
  });
}

}  // namespace b3o::cli
