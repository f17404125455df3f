#include "core/families/blip3o/edit_words.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/families/drawn_world.h"

namespace b3o {
namespace {

constexpr int kLongestCaption = 96;  // tokens
constexpr const char* kDescribe = "Describe this picture in one sentence.";

std::string rewriting_of(const std::string& caption, const std::string& instruction) {
  return cat("A picture is described as: ", caption,
             "\nRewrite the description so that it fits this change: ", instruction,
             "\nAnswer with the new description only, in one sentence.");
}

// The first line that says something, without quotation marks around it.
std::string first_line(const std::string& text) {
  constexpr std::string_view kAround = " \t\r\n\"";
  const size_t begin = text.find_first_not_of(kAround);
  if (begin == text.npos) return {};
  const std::string line = text.substr(begin, text.find_first_of("\r\n", begin) - begin);
  return line.substr(0, line.find_last_not_of(kAround) + 1);
}

Told as_caption(const Recipe& recipe, const Capabilities& can) {
  if (recipe.edit.mode != EditMode::words) return {Told::Path::caption, prompt_as_trained(can, recipe.prompt), false};
  if (!recipe.edit.caption.empty()) return {Told::Path::caption, prompt_as_trained(can, recipe.edit.caption), false};
  if (!can.world.empty())
    throw RequestError(
        "This model follows instructions and cannot rewrite a description; leave the path to it, or write the new "
        "description yourself.");
  return {Told::Path::caption, "", true};
}

}  // namespace

Told told_of(const Recipe& recipe, const Capabilities& can) {
  const EditSettings& e = recipe.edit;
  if (e.mode == EditMode::blend || recipe.prompt.empty()) return {};
  if (e.mode == EditMode::words && !can.edit)
    throw RequestError("This model was not trained to edit pictures by words; it can vary, blend and repaint them.");
  if (e.path == kCaptionPath || e.mode == EditMode::vary) return as_caption(recipe, can);
  if (e.path == kInstructionPath) return {Told::Path::instruction, instruction_as_trained(can, recipe.prompt), false};
  if (!can.trained_to_edit) return as_caption(recipe, can);
  return {Told::Path::instruction, instruction_as_trained(can, recipe.prompt), false};
}

std::string Writer::answer(std::vector<ChatMessage> messages, JobContext& job) {
  ChatRequest request;
  request.messages = std::move(messages);
  request.options.greedy = true;
  request.options.max_tokens = kLongestCaption;
  std::string text;
  // Told nothing of it: the answer is a means. Its progress is where the job can be stopped.
  JobContext quiet = job.with([&](Event event) {
    if (auto* ready = std::get_if<AnswerReady>(&event)) text = std::move(ready->text);
  });
  chat_.forget();  // what was said before must not change a bit of this
  chat_.serve(request, quiet);
  chat_.forget();
  return first_line(text);
}

std::string Writer::caption_after(const Image& picture, const std::string& instruction, JobContext& job) {
  const std::string caption =
      answer({{"user", {{"", std::make_shared<const Image>(picture)}, {kDescribe, nullptr}}}}, job);
  const std::string written = answer({{"user", {{rewriting_of(caption, instruction), nullptr}}}}, job);
  return written.empty() ? instruction : written;
}

}  // namespace b3o
