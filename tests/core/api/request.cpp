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
  r.mask = std::make_shared<GrayImage>(6, 8);
  check_contains(refusal(r), "mask is 6x8, the picture is 8x6");
  auto mask = std::make_shared<GrayImage>(8, 6);
  r.mask = mask;
  check_contains(refusal(r), "mask is empty");
  mask->pixels[5] = 255;
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
    CASE(a_chat_with_an_unknown_role_is_refused),
    CASE(a_context_picture_needs_its_mark),
    CASE(tokens_must_fill_their_grid_with_finite_numbers),
};

}  // namespace
