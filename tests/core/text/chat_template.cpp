#include "core/text/chat_template.h"

#include "core/base/error.h"
#include "tests/core/text/fixtures.h"

using namespace b3o;
using namespace b3o::test;

namespace {

using Kind = TemplatePart::Kind;

TemplateMessage says(std::string role, std::string text) { return {std::move(role), {{Kind::text, std::move(text)}}}; }

std::string rendered(std::vector<TemplateMessage> messages, bool generation_prompt = true, bool add_vision_id = false) {
  return render_chat(messages, generation_prompt, add_vision_id).text();
}

const std::string kSystem = "<|im_start|>system\nYou are a helpful assistant.<|im_end|>\n";

void a_chat_without_a_system_message_gets_the_default_one() {
  check_equal(rendered({says("user", "hi")}), kSystem + "<|im_start|>user\nhi<|im_end|>\n<|im_start|>assistant\n");
  check_equal(rendered({says("assistant", "hi"), says("system", "x")}, false),
              kSystem + "<|im_start|>assistant\nhi<|im_end|>\n<|im_start|>system\nx<|im_end|>\n",
              "only the first counts");
}

void an_empty_system_message_stays_empty() {
  check_equal(rendered({says("system", "")}, false), std::string("<|im_start|>system\n<|im_end|>\n"));
  check_equal(rendered({{"system", {}}}, false), std::string("<|im_start|>system\n<|im_end|>\n"), "no parts");
}

void a_chat_of_no_messages_is_the_open_answer_alone() {
  check_equal(rendered({}), std::string("<|im_start|>assistant\n"));
}

void contents_are_not_trimmed() {
  check_equal(rendered({says("user", " \n x\n ")}, false), kSystem + "<|im_start|>user\n \n x\n <|im_end|>\n");
}

void pictures_are_numbered_through_the_whole_chat() {
  const TemplateMessage first{"user", {{Kind::image, ""}, {Kind::text, "a"}, {Kind::image, ""}}};
  const TemplateMessage second{"user", {{Kind::text, "b"}, {Kind::image, ""}}};
  const std::string picture = "<|vision_start|><|image_pad|><|vision_end|>";
  check_equal(rendered({first, second}, false, true),
              kSystem + "<|im_start|>user\nPicture 1: " + picture + "aPicture 2: " + picture +
                  "<|im_end|>\n<|im_start|>user\nbPicture 3: " + picture + "<|im_end|>\n");
}

void roles_and_contents_are_not_trusted() {
  const TemplateMessage message{"us<|im_end|>er", {{Kind::text, "<|im_end|>"}, {Kind::image, ""}}};
  for (const TextSpan& span : render_chat({&message, 1}, true, true).spans)
    if (span.text == "us<|im_end|>er" || span.text == "<|im_end|>") check(!span.trusted, span.text + " is not trusted");
  const Ids ids = qwen_tokenizer().encode(render_chat({&message, 1}, false, false).spans);
  int64_t ends = 0;
  for (const int64_t id : ids) ends += id == 151645;
  check_equal(ends, int64_t(2), "ends of turns");
}

void the_caption_of_a_generation_is_not_trusted() {
  for (const TextSpan& span : render_generation("<|im_end|>").spans)
    if (span.text == "<|im_end|>") check(!span.trusted, "the caption is not trusted");
}

void pads_are_repeated_for_each_picture() {
  const TemplateMessage message{"user", {{Kind::image, ""}, {Kind::text, "x"}, {Kind::image, ""}}};
  RenderedPrompt prompt = render_chat({&message, 1}, false, false);
  prompt.repeat_image_pads(Ids{3, 1});
  prompt.repeat_image_pads(Ids{2, 0});
  check_equal(prompt.text(),
              kSystem +
                  "<|im_start|>user\n<|vision_start|><|image_pad|><|image_pad|><|vision_end|>x"
                  "<|vision_start|><|vision_end|><|im_end|>\n",
              "the last call counts");
}

void another_number_of_pictures_is_refused() {
  const TemplateMessage message{"user", {{Kind::image, ""}}};
  RenderedPrompt prompt = render_chat({&message, 1}, false, false);
  check_contains(message_of<RequestError>([&] { prompt.repeat_image_pads(Ids{}); }), "places for 1 pictures, but 0");
  check_contains(message_of<RequestError>([&] { prompt.repeat_image_pads(Ids{1, 1}); }), "but 2 are given");
}

void absurd_numbers_of_pads_are_refused() {
  const TemplateMessage message{"user", {{Kind::image, ""}, {Kind::image, ""}}};
  RenderedPrompt prompt = render_chat({&message, 1}, false, false);
  check_contains(message_of<RequestError>([&] { prompt.repeat_image_pads(Ids{1, -1}); }), "Picture 2 asks for -1");
  check_contains(message_of<RequestError>([&] { prompt.repeat_image_pads(Ids{INT64_MAX, 1}); }), "Picture 1 asks for");
  check_contains(message_of<RequestError>([&] { prompt.repeat_image_pads(Ids{1 << 19, (1 << 19) + 1}); }), "Picture 2");
}

void a_typed_pad_is_refused_in_the_reference_mode_with_pictures() {
  for (const bool trusted : {false, true}) {
    const TemplateMessage message{"user",
                                  {{Kind::image, ""}, {Kind::text, "what is <|image_"}, {Kind::text, "pad|>?"}}};
    RenderedPrompt prompt = render_chat({&message, 1}, false, false);
    if (trusted) {
      prompt.trust_all();
      check_contains(message_of<RequestError>([&] { prompt.repeat_image_pads(Ids{4}); }), "spells <|image_pad|>");
    } else {
      prompt.repeat_image_pads(Ids{4});
      const Ids ids = qwen_tokenizer().encode(prompt.spans);
      int64_t pads = 0;
      for (const int64_t id : ids) pads += id == 151655;
      check_equal(pads, int64_t(4), "pads");
    }
  }
  RenderedPrompt plain = render_generation("<|image_pad|>");
  plain.trust_all();
  plain.repeat_image_pads(Ids{});
}

void marks_become_places_of_pictures() {
  const auto shown_parts = [](std::string_view text) {
    std::string out;
    for (const TemplatePart& part : parts_of_marked_text(text))
      out += part.kind == Kind::image ? "#" : "(" + part.text + ")";
    return out;
  };
  check_equal(shown_parts("<image>\nx"), std::string("#(\nx)"));
  check_equal(shown_parts("a<image><image>b<image>"), std::string("(a)##(b)#"));
  check_equal(shown_parts("a < image> <IMAGE>"), std::string("(a < image> <IMAGE>)"), "no mark");
  check_equal(shown_parts(""), std::string());
}

const Cases cases = {
    CASE(a_chat_without_a_system_message_gets_the_default_one),
    CASE(an_empty_system_message_stays_empty),
    CASE(a_chat_of_no_messages_is_the_open_answer_alone),
    CASE(contents_are_not_trimmed),
    CASE(pictures_are_numbered_through_the_whole_chat),
    CASE(roles_and_contents_are_not_trusted),
    CASE(the_caption_of_a_generation_is_not_trusted),
    CASE(pads_are_repeated_for_each_picture),
    CASE(another_number_of_pictures_is_refused),
    CASE(absurd_numbers_of_pads_are_refused),
    CASE(a_typed_pad_is_refused_in_the_reference_mode_with_pictures),
    CASE(marks_become_places_of_pictures),
};

}  // namespace
