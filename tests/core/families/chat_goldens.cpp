// Whole chats against the reference: prompt, ids, positions, every stored tensor, and the greedy text.
#include "core/image/codec.h"
#include "tests/core/families/support.h"
#include "tests/support/goldens.h"

using namespace b3o;
using namespace b3o::test;

namespace {

const Goldens& goldens() {
  static const Goldens file("understanding/cases.safetensors");
  return file;
}

const Json& golden_cases() {
  static const Json json = golden_json("understanding/cases.json");
  return json["cases"];
}

std::vector<ChatMessage> messages_of(const Json& json) {
  std::vector<ChatMessage> out;
  for (const auto& message : json) {
    ChatMessage m{message["role"], {}};
    if (message["content"].is_string())
      m.parts.push_back({message["content"], nullptr});
    else
      for (const auto& part : message["content"])
        if (part["type"] == "image")
          m.parts.push_back({"", std::make_shared<Image>(
                                     load_image(data_path("understanding/" + part["image"].get<std::string>())))});
        else
          m.parts.push_back({part["text"], nullptr});
    out.push_back(std::move(m));
  }
  return out;
}

ChatRequest request_of(const Json& golden) {
  ChatRequest r;
  r.messages = messages_of(golden["messages"]);
  r.options.greedy = true;
  r.options.max_tokens = 24;
  r.options.add_vision_id = golden.value("add_vision_id", false);
  r.options.reference_tokens = true;
  return r;
}

Family& model(const std::string& name) {
  static std::map<std::string, std::unique_ptr<Family>> models;
  auto& slot = models[name];
  if (!slot) slot = open_test_model("understanding/" + name);
  return *slot;
}

void compare(const Json& golden) {
  const std::string name = golden["name"], folder = golden["model"];
  const bool tied = folder == "tiny-qwen2.5-vl";
  TraceRun trace;
  ChatRequest request = request_of(golden);
  request.parity.trace = trace.path();
  const auto answer = serve(model(folder), request).only<AnswerReady>();
  check_equal(answer.prompt, golden["prompt"].get<std::string>(), name + " prompt");
  check_equal(answer.input_ids, golden["input_ids"].get<std::vector<int64_t>>(), name + " input_ids");
  check_equal(answer.rope_delta, golden["rope_delta"].get<int64_t>(), name + " rope_delta");
  check_equal(answer.ids, golden["greedy"]["ids"].get<std::vector<int64_t>>(), name + " greedy ids");
  check_equal(answer.text, golden["greedy"]["text"].get<std::string>(), name + " text");
  const auto same = [&](const std::string& what, double tolerance) {
    const std::string key = name + "." + what;
    if (goldens().has(key)) check_close(trace.at(what), goldens().at(key), tolerance, key);
  };
  check(at::equal(trace.at("position_ids"), goldens().at(name + ".position_ids")), name + " positions");
  same("pixel_values", 1e-6);
  same("vision", 2e-5);
  same("hidden", tied ? 3e-4 : 3e-5);
  same("hidden_1d", tied ? 3e-4 : 3e-5);
  same("logits", tied ? 1e-4 : 1e-5);
  same("step_logits", tied ? 1e-4 : 1e-5);
}

void every_golden_chat_is_reproduced() {
  check_equal(golden_cases().size(), 17u, "cases");
  for (const auto& golden : golden_cases()) compare(golden);
}

const Json& case_named(const std::string& name) {
  for (const auto& golden : golden_cases())
    if (golden["name"] == name) return golden;
  throw CheckFailed("no such case");
}

void sampling_at_the_folders_temperature_gives_the_greedy_text() {
  ChatRequest request = request_of(case_named("one_image"));
  request.options.greedy = false;
  check_equal(serve(model("tiny-qwen2.5-vl"), request).only<AnswerReady>().ids,
              case_named("one_image")["greedy"]["ids"].get<std::vector<int64_t>>(), "ids");
}

void user_text_never_becomes_a_control_token() {
  ChatRequest request = request_of(case_named("spells_special_tokens"));
  request.options.reference_tokens = false;
  const auto answer = serve(model("tiny-qwen2.5-vl"), request).only<AnswerReady>();
  const auto count = [&](int64_t id) { return std::count(answer.input_ids.begin(), answer.input_ids.end(), id); };
  check_equal(count(457), 3, "turns opened: system, user, assistant");
  check_equal(count(465), 1, "pictures opened");
}

void a_further_turn_on_the_kept_cache_equals_a_fresh_run() {
  auto family = open_test_model("understanding/tiny-qwen2.5-vl");
  ChatRequest first = request_of(case_named("multi_turn"));
  ChatRequest second = first;
  first.messages.resize(1);
  serve(*family, first);
  const auto kept = serve(*family, second).only<AnswerReady>();
  check_equal(kept.ids, case_named("multi_turn")["greedy"]["ids"].get<std::vector<int64_t>>(), "second turn");
  const auto again = serve(*family, first).only<AnswerReady>();
  check_equal(again.ids, serve(*open_test_model("understanding/tiny-qwen2.5-vl"), first).only<AnswerReady>().ids,
              "first turn again");
}

void another_picture_in_the_same_place_is_seen() {
  auto family = open_test_model("understanding/tiny-qwen2.5-vl");
  ChatRequest request = request_of(case_named("one_image"));
  serve(*family, request);
  Image darker = *request.messages[0].parts[0].image;
  for (auto& value : darker.pixels) value /= 4;
  request.messages[0].parts[0].image = std::make_shared<Image>(darker);
  const auto kept = serve(*family, request).only<AnswerReady>();
  check_equal(kept.ids, serve(*open_test_model("understanding/tiny-qwen2.5-vl"), request).only<AnswerReady>().ids,
              "ids on the kept cache");
}

void deltas_join_to_the_answer() {
  const auto events = serve(model("tiny-qwen2.5-vl"), request_of(case_named("text_only")));
  std::string joined;
  for (const auto& delta : events.all<TextDelta>()) joined += delta.text;
  check_equal(joined, events.only<AnswerReady>().text, "joined deltas");
}

void a_stopped_answer_leaves_the_next_one_right() {
  auto family = open_test_model("understanding/tiny-qwen2.5-vl");
  const ChatRequest request = request_of(case_named("text_only"));
  int tokens = 0;
  std::stop_source stop;
  JobContext job(stop.get_token(), [&](const Event& event) {
    if (std::holds_alternative<TextDelta>(event) && ++tokens == 3) stop.request_stop();
  });
  bool stopped = false;
  try {
    const c10::InferenceMode inference;
    family->serve(request, job);
  } catch (const Stop&) {
    stopped = true;
  }
  check(stopped && tokens == 3, "stopped after the third piece of text");
  check_equal(serve(*family, request).only<AnswerReady>().ids,
              case_named("text_only")["greedy"]["ids"].get<std::vector<int64_t>>(), "the next answer");
}

void a_conversation_above_the_limit_is_refused() {
  ChatRequest request = request_of(case_named("text_only"));
  std::string longer;
  for (int i = 0; i < 40000; ++i) longer += "1 ";
  request.messages[0].parts[0].text = longer;
  check_contains(message_of<RequestError>([&] { serve(model("tiny-qwen2.5-vl"), request); }), "limit");
}

void a_plain_qwen_folder_chats_and_sees_and_does_not_draw() {
  const Capabilities can = model("tiny-qwen2.5-vl").info().can;
  check(can.chat && can.see && !can.draw && !can.edit && !can.reconstruct, "capabilities");
  GenerateRequest draw;
  check_contains(message_of<RequestError>([&] { serve(model("tiny-qwen2.5-vl"), draw); }), "not draw");
}

const Cases cases = {
    CASE(every_golden_chat_is_reproduced),
    CASE(sampling_at_the_folders_temperature_gives_the_greedy_text),
    CASE(user_text_never_becomes_a_control_token),
    CASE(a_further_turn_on_the_kept_cache_equals_a_fresh_run),
    CASE(another_picture_in_the_same_place_is_seen),
    CASE(deltas_join_to_the_answer),
    CASE(a_stopped_answer_leaves_the_next_one_right),
    CASE(a_conversation_above_the_limit_is_refused),
    CASE(a_plain_qwen_folder_chats_and_sees_and_does_not_draw),
};

}  // namespace
