#include "core/api/request.h"

#include <cmath>

#include "core/base/error.h"
#include "core/image/limits.h"

namespace b3o {
namespace {

template <class... F>
struct Overloaded : F... {
  using F::operator()...;
};

void check_range(const char* what, double value, double low, double high) {
  if (!(value >= low && value <= high))
    throw RequestError(cat(what, " is ", value, ", expected a number from ", low, " to ", high, "."));
}

void check_recipe(const Recipe& r) {
  if (r.plan.steps) check_range("The number of plan steps", *r.plan.steps, 1, 1000);
  if (r.plan.guidance) check_range("The plan guidance", *r.plan.guidance, 0, 100);
  if (r.paint.steps) check_range("The number of paint steps", *r.paint.steps, 1, 1000);
  if (r.paint.guidance) check_range("The paint guidance", *r.paint.guidance, 0, 100);
  if (r.paint.width != 0) check_range("The width", r.paint.width, 8, 8192);
  if (r.paint.height != 0) check_range("The height", r.paint.height, 8, 8192);
  if ((r.paint.width == 0) != (r.paint.height == 0))
    throw RequestError("A size needs both width and height, for example 1024x1024.");
  check_range("The original width", r.paint.original_width, 0, 65536);
  check_range("The original height", r.paint.original_height, 0, 65536);
  check_range("The crop's left", r.paint.crop_left, 0, 65536);
  check_range("The crop's top", r.paint.crop_top, 0, 65536);
  check_range("The strength", r.strength, 0, 1);
  check_range("The growth of the mask", r.grow, 0, 1024);
  check_range("The feather of the mask", r.feather, 0, 1024);
}

void check_picture(const std::shared_ptr<const Image>& image, const char* task) {
  if (!image || image->empty()) throw RequestError(cat(task, " needs a picture."));
}

void check_chat(const ChatRequest& chat) {
  if (chat.messages.empty()) throw RequestError("A chat needs at least one message.");
  for (const auto& message : chat.messages) {
    if (message.role != "system" && message.role != "user" && message.role != "assistant")
      throw RequestError(cat("The role '", message.role, "' is unknown; use system, user or assistant."));
    for (const auto& part : message.parts)
      if (part.image && part.image->empty()) throw RequestError("A picture in the chat is empty.");
  }
  const auto& o = chat.options;
  check_range("The limit of new tokens", o.max_tokens, 1, 131072);
  if (o.temperature) check_range("The temperature", *o.temperature, 0, 100);
  if (o.top_p) check_range("top-p", *o.top_p, 0, 1);
  if (o.top_k) check_range("top-k", *o.top_k, 0, 1 << 20);
  if (o.repetition_penalty) check_range("The repetition penalty", *o.repetition_penalty, 0.01, 100);
  if (o.min_pixels) check_range("The smallest number of pixels", double(*o.min_pixels), 1, 1e9);
  if (o.max_pixels) check_range("The largest number of pixels", double(*o.max_pixels), 1, 1e9);
}

void check_mask(const EditRequest& edit) {
  if (edit.mask->width != edit.source->width || edit.mask->height != edit.source->height)
    throw RequestError(cat("The mask is ", edit.mask->width, "x", edit.mask->height, ", the picture is ",
                           edit.source->width, "x", edit.source->height, "; they must be equal."));
  bool any = false;
  for (const uint8_t m : edit.mask->pixels) any = any || m > 0;
  if (!any) throw RequestError("The mask is empty: mark what should be repainted.");
}

void check_extension(const EditRequest& edit) {
  const EditSettings& e = edit.recipe.edit;
  const auto check_side = [](const char* what, int pixels, int side) {
    const int most = int(side * kMostExtension);
    if (pixels < 0 || pixels > most)
      throw RequestError(cat("The extension ", what, " is ", pixels, " pixels, expected 0 to ", most,
                             ", half of the picture's side; extend further in a second pass."));
  };
  check_side("at the left", e.left, edit.source->width);
  check_side("at the top", e.top, edit.source->height);
  check_side("at the right", e.right, edit.source->width);
  check_side("at the bottom", e.bottom, edit.source->height);
  if (e.left + e.top + e.right + e.bottom == 0)
    throw RequestError("Extending needs at least one side: say by how many pixels.");
  const std::string problem =
      size_problem(int64_t(edit.source->width) + e.left + e.right, int64_t(edit.source->height) + e.top + e.bottom);
  if (!problem.empty()) throw RequestError(cat("The extended picture ", problem, "."));
}

void check_settings(const EditRequest& edit) {
  const EditSettings& e = edit.recipe.edit;
  check_range("The strength of the tokens", e.token_strength.value_or(0), 0, 1);
  check_range("The number of repeated steps", e.resampling, 1, 4);
  check_range("The padding around the mask", e.padding, 0, 4096);
  check_range("The place between the two pictures", e.blend, 0, 1);
  if (!e.path.empty() && e.path != kInstructionPath && e.path != kCaptionPath)
    throw RequestError(cat("The path '", e.path, "' is unknown; use instruction or caption."));
  // A blend paints from noise alone.
  if (e.mode != EditMode::blend && edit.recipe.strength == 0)
    throw RequestError("The strength is 0, which changes nothing; choose one above 0.");
}

void check_edit(const EditRequest& edit) {
  const EditMode mode = edit.recipe.edit.mode;
  check_recipe(edit.recipe);
  check_picture(edit.source, "An edit");
  check_settings(edit);
  check_range("The number of proposals", edit.count, 1, 1000);
  const bool takes_mask = mode == EditMode::words || mode == EditMode::repaint || mode == EditMode::details;
  if (edit.mask && !takes_mask)
    throw RequestError(cat("The edit '", name(mode), "' takes no mask; it changes the whole picture."));
  if (edit.mask) check_mask(edit);
  if (mode == EditMode::words && edit.recipe.prompt.empty())
    throw RequestError("Changing by words needs words: say what should be different.");
  if (mode == EditMode::repaint && !edit.mask)
    throw RequestError("Repainting needs a mask: mark what should be repainted.");
  if (mode == EditMode::extend) check_extension(edit);
  if (mode == EditMode::blend) check_picture(edit.second, "Blending with a second picture");
  if (mode != EditMode::blend && edit.second) throw RequestError("Only a blend takes a second picture.");
  if (edit.film && (mode != EditMode::blend || edit.count < 2))
    throw RequestError("A film is a blend of at least two pictures.");
}

void check_decode(const DecodeRequest& decode) {
  check_recipe(decode.recipe);
  const auto count = int64_t(decode.token_count) * decode.token_width;
  if (!decode.negative.empty() && decode.negative.size() != decode.tokens.size())
    throw RequestError("The negative tokens and the tokens differ in number.");
  if (decode.token_count < 1 || decode.token_width < 1 || count != int64_t(decode.tokens.size()))
    throw RequestError(cat("The tokens hold ", decode.tokens.size(), " numbers, expected ", decode.token_count, " x ",
                           decode.token_width, "."));
  for (const float v : decode.tokens)
    if (!std::isfinite(v)) throw RequestError("The tokens hold a value that is not a finite number.");
}

}  // namespace

void validate(const Request& request) {
  std::visit(Overloaded{
                 [](const LoadModel& r) {
                   if (r.folder.empty()) throw RequestError("No model folder was named.");
                 },
                 [](const UnloadModel&) {},
                 [](const ChatRequest& r) { check_chat(r); },
                 [](const GenerateRequest& r) {
                   check_recipe(r.recipe);
                   check_range("The number of pictures", r.count, 1, 1000);
                   check_range("The first picture", r.first, 0, r.count - 1);
                   if (r.image && r.recipe.user_text.find("<image>") == std::string::npos)
                     throw RequestError("The user text has no <image> that marks the picture's place.");
                 },
                 [](const EditRequest& r) { check_edit(r); },
                 [](const ReconstructRequest& r) {
                   check_recipe(r.recipe);
                   check_picture(r.source, "A reconstruction");
                 },
                 [](const EncodeRequest& r) { check_picture(r.source, "Encoding"); },
                 [](const DecodeRequest& r) { check_decode(r); },
             },
             request);
}

}  // namespace b3o
