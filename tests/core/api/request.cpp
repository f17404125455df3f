#include "core/api/request.h"

#include "core/base/error.h"
#include "tests/support/case.h"

using namespace b3o;
using namespace b3o::test;

namespace {

std::string refusal(const Request& request) {
  return message_of<RequestError>([&] { validate(request); });
}

std::shared_ptr<Image> picture(int width, int height) { return std::make_shared<Image>(width, height); }

void plain_requests_are_accepted() {
  validate(GenerateRequest{});
  validate(LoadModel{"folder"});
  validate(ChatRequest{{{"user", {{"hello", nullptr}}}}, {}, {}});
  validate(ReconstructRequest{{}, picture(3, 2), true, {}});
}

void numbers_out_of_range_are_named() {
  GenerateRequest r;
  r.recipe.paint.steps = 0;
  check_contains(refusal(r), "paint steps is 0");
  r = {};
  r.recipe.plan.guidance = std::nan("");
  check_contains(refusal(r), "plan guidance");
  r = {};
  r.recipe.paint.width = 512;
  check_contains(refusal(r), "both width and height");
  r = {};
  r.count = 0;
  check_contains(refusal(r), "number of pictures");
}

void an_edit_needs_a_mask_of_its_own_size_that_marks_something() {
  EditRequest r;
  check_contains(refusal(r), "needs a picture");
  r.source = picture(8, 6);
  r.recipe.prompt = "make it red";
  r.mask = std::make_shared<GrayImage>(6, 8);
  check_contains(refusal(r), "mask is 6x8, the picture is 8x6");
  auto mask = std::make_shared<GrayImage>(8, 6);
  r.mask = mask;
  check_contains(refusal(r), "mask is empty");
  mask->pixels[5] = 255;
  validate(r);
}

EditRequest edit_of(EditMode mode) {
  EditRequest r;
  r.recipe.prompt = "make it red";
  r.recipe.edit.mode = mode;
  r.source = picture(9, 6);
  return r;
}

void each_mode_of_an_edit_says_what_it_needs() {
  EditRequest r = edit_of(EditMode::words);
  r.recipe.prompt.clear();
  check_contains(refusal(r), "needs words");
  check_contains(refusal(edit_of(EditMode::repaint)), "needs a mask");
  check_contains(refusal(edit_of(EditMode::blend)), "second picture");
  check_contains(refusal(edit_of(EditMode::extend)), "at least one side");
  r = edit_of(EditMode::vary);
  validate(r);
  auto mask = std::make_shared<GrayImage>(9, 6);
  mask->pixels[0] = 1;
  r.mask = mask;
  check_contains(refusal(r), "'vary' takes no mask");
  r = edit_of(EditMode::details);
  r.second = picture(4, 4);
  check_contains(refusal(r), "Only a blend");
  r.second.reset();
  r.film = true;
  check_contains(refusal(r), "film");
  r = edit_of(EditMode::blend);
  r.second = picture(4, 4);
  r.film = true;
  check_contains(refusal(r), "at least two pictures");
  r.count = 5;
  validate(r);
}

void numbers_of_an_edit_have_limits() {
  const auto refused = [](EditMode mode, auto change) {
    EditRequest r = edit_of(mode);
    if (mode == EditMode::blend) r.second = picture(3, 3);
    change(r);
    return refusal(r);
  };
  using E = EditRequest;
  check_contains(refused(EditMode::words, [](E& r) { r.recipe.strength = 0; }), "strength is 0, which changes nothing");
  check_contains(refused(EditMode::words, [](E& r) { r.recipe.strength = 1.01; }), "strength is 1.01");
  check_contains(refused(EditMode::vary, [](E& r) { r.recipe.edit.token_strength = -0.1; }), "tokens is -0.1");
  check_contains(refused(EditMode::words, [](E& r) { r.recipe.edit.resampling = 5; }),
                 "is 5, expected a number from 1");
  check_contains(refused(EditMode::words, [](E& r) { r.recipe.edit.padding = -1; }), "padding");
  check_contains(refused(EditMode::words, [](E& r) { r.recipe.edit.path = "magic"; }), "'magic'");
  check_contains(refused(EditMode::words, [](E& r) { r.count = 0; }), "number of proposals is 0");
  check_contains(refused(EditMode::blend, [](E& r) { r.recipe.edit.blend = 1.5; }), "two pictures is 1.5");
  check_contains(refused(EditMode::extend, [](E& r) { r.recipe.edit.left = 5; }), "left is 5 pixels, expected 0 to 4");
  check_contains(refused(EditMode::extend, [](E& r) { r.recipe.edit.top = -1; }), "top is -1");
  EditRequest r = edit_of(EditMode::extend);
  r.recipe.edit.left = 4;
  r.recipe.edit.bottom = 3;
  validate(r);
  r = edit_of(EditMode::blend);
  r.second = picture(3, 3);
  r.recipe.strength = 0;
  validate(r);
}

void a_chat_with_an_unknown_role_is_refused() {
  check_contains(refusal(ChatRequest{}), "at least one message");
  check_contains(refusal(ChatRequest{{{"tool", {}}}, {}, {}}), "'tool'");
}

void a_context_picture_needs_its_mark() {
  GenerateRequest r;
  r.image = picture(4, 4);
  r.recipe.user_text = "no mark";
  check_contains(refusal(r), "<image>");
}

void tokens_must_fill_their_grid_with_finite_numbers() {
  DecodeRequest r;
  r.tokens = {1, 2, 3};
  r.token_count = 2;
  r.token_width = 2;
  check_contains(refusal(r), "hold 3 numbers, expected 2 x 2");
  r.tokens = {1, 2, 3, INFINITY};
  check_contains(refusal(r), "finite");
}

const Cases cases = {
    CASE(plain_requests_are_accepted),
    CASE(numbers_out_of_range_are_named),
    CASE(an_edit_needs_a_mask_of_its_own_size_that_marks_something),
    CASE(each_mode_of_an_edit_says_what_it_needs),
    CASE(numbers_of_an_edit_have_limits),
    CASE(a_chat_with_an_unknown_role_is_refused),
    CASE(a_context_picture_needs_its_mark),
    CASE(tokens_must_fill_their_grid_with_finite_numbers),
};

}  // namespace
