// What a further turn of a chat computes: only what is new in it. Counted from the operators that run.
#include <ATen/record_function.h>

#include "core/image/codec.h"
#include "tests/core/families/support.h"
#include "tests/support/goldens.h"

using namespace b3o;
using namespace b3o::test;

namespace {

struct Work {
  std::vector<int64_t> tokens;  // of every run of the language model; the first is what was not kept of the prompt
  int64_t encodings = 0;        // runs of the picture encoder: it alone sorts, once, to put its windows back in order
};
Work* counted = nullptr;

std::unique_ptr<at::ObserverContext> count(const at::RecordFunction& fn) {
  if (!counted) return nullptr;
  const std::string_view name = fn.name();
  if (name == "aten::embedding") counted->tokens.push_back(fn.inputs()[1].toTensor().numel());
  if (name == "aten::argsort") ++counted->encodings;
  return nullptr;
}

class Chatting {
 public:
  Chatting() : image_(std::make_shared<Image>(load_image(data_path("understanding/images/even.png")))) {
    handle_ = at::addThreadLocalCallback(
        at::RecordFunctionCallback(&count).needsInputs(true).scopes({at::RecordScope::FUNCTION}));
  }
  ~Chatting() { at::removeCallback(handle_); }

  // A question behind what was said so far, with the picture or without.
  void add_question(const std::string& text, bool with_picture = false) {
    ChatMessage message{"user", {}};
    if (with_picture) message.parts.push_back({"", image_});
    if (!text.empty()) message.parts.push_back({text, nullptr});
    messages_.push_back(std::move(message));
  }
  Work answer(int tokens = 8) {
    ChatRequest request;
    request.messages = messages_;
    request.options.greedy = true;
    request.options.max_tokens = tokens;
    Work work;
    counted = &work;
    ready = serve(*family_, request).only<AnswerReady>();
    counted = nullptr;
    check(!work.tokens.empty(), "the language model ran");
    return work;
  }
  void keep_answer() { messages_.push_back({"assistant", {{ready.text, nullptr}}}); }
  void take_question_back() { messages_.pop_back(); }
  void another_picture() {
    Image darker = *image_;
    for (auto& value : darker.pixels) value /= 4;
    image_ = std::make_shared<Image>(std::move(darker));
  }

  AnswerReady ready;

 private:
  std::unique_ptr<Family> family_ = open_test_model("understanding/tiny-qwen2.5-vl");
  std::shared_ptr<const Image> image_;
  std::vector<ChatMessage> messages_;
  at::CallbackHandle handle_;
};

void a_second_turn_runs_only_its_own_tokens() {
  Chatting chat;
  chat.add_question("Name a colour.");
  const Work first = chat.answer();
  const auto before = int64_t(chat.ready.input_ids.size());
  check_equal(first.tokens.front(), before, "tokens of the first turn");
  chat.keep_answer();
  chat.add_question("And another one?");
  const Work second = chat.answer();
  const auto all = int64_t(chat.ready.input_ids.size());
  check(all > before, "the second prompt is longer");
  check(second.tokens.front() <= all - before, cat("the second turn ran ", second.tokens.front(), " of its ", all,
                                                   " tokens, ", before, " of them were known"));
}

void a_picture_in_the_history_is_encoded_once() {
  Chatting chat;
  chat.add_question("What is it?", true);
  check_equal(chat.answer().encodings, 1, "in its own turn");
  const auto before = int64_t(chat.ready.input_ids.size());
  for (const char* text : {"Which colour?", "How many?"}) {
    chat.keep_answer();
    chat.add_question(text);
    const Work work = chat.answer();
    check_equal(work.encodings, 0, text);
    check(work.tokens.front() <= int64_t(chat.ready.input_ids.size()) - before, cat(text, ": its tokens run again"));
  }
}

// The window asks for one token behind the picture alone while the question is being written.
void a_picture_that_was_read_ahead_costs_the_question_nothing() {
  Chatting chat;
  chat.add_question("", true);
  check_equal(chat.answer(1).encodings, 1, "ahead");
  const auto grid = chat.ready.image_grids.at(0);
  const int64_t rows = grid[0] * grid[1] * grid[2] / 4;  // four patches become one token
  chat.take_question_back();
  chat.add_question("What is it?", true);
  const Work work = chat.answer();
  check_equal(work.encodings, 0, "when it is asked");
  check(work.tokens.front() < int64_t(chat.ready.input_ids.size()) - rows, "the picture's tokens run again");
}

void the_same_question_again_runs_one_token() {
  Chatting chat;
  chat.add_question("What is it?", true);
  chat.answer();
  const Work again = chat.answer();
  check_equal(again.encodings, 0, "encodings");
  check_equal(again.tokens.front(), 1, "tokens");
}

void another_picture_is_encoded() {
  Chatting chat;
  chat.add_question("What is it?", true);
  chat.answer();
  chat.take_question_back();
  chat.another_picture();
  chat.add_question("What is it?", true);
  check_equal(chat.answer().encodings, 1, "another picture");
}

const Cases cases = {
    CASE(a_second_turn_runs_only_its_own_tokens),
    CASE(a_picture_in_the_history_is_encoded_once),
    CASE(a_picture_that_was_read_ahead_costs_the_question_nothing),
    CASE(the_same_question_again_runs_one_token),
    CASE(another_picture_is_encoded),
};

}  // namespace
