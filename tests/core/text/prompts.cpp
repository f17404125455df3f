// The rendered prompts and their ids: the golden chats, the golden generation calls, generation.md 2.2.
#include <algorithm>

#include "core/base/error.h"
#include "core/text/chat_template.h"
#include "tests/core/text/fixtures.h"

using namespace b3o;
using namespace b3o::test;

namespace {

const Tokenizer& folder_tokenizer(const std::string& folder) {
  static std::map<std::string, Tokenizer> loaded;
  auto it = loaded.find(folder);
  if (it == loaded.end()) it = loaded.emplace(folder, Tokenizer::load(data_path(folder))).first;
  return it->second;
}

std::vector<TemplateMessage> messages_of(const Json& list) {
  std::vector<TemplateMessage> out;
  for (const Json& message : list) {
    TemplateMessage m{message.at("role").get<std::string>(), {}};
    const Json& content = message.at("content");
    if (content.is_string()) m.parts.push_back({TemplatePart::Kind::text, content.get<std::string>()});
    if (content.is_array())
      for (const Json& part : content) {
        if (part.at("type") == "image")
          m.parts.push_back({TemplatePart::Kind::image, {}});
        else
          m.parts.push_back({TemplatePart::Kind::text, part.at("text").get<std::string>()});
      }
    out.push_back(std::move(m));
  }
  return out;
}

RenderedPrompt render(const Json& chat) {
  return render_chat(messages_of(chat.at("messages")), true, chat.value("add_vision_id", false));
}

// Image tokens of each picture: t * h * w / 4.
Ids pads_of(const Json& chat) {
  Ids out;
  if (chat.contains("image_grid_thw") && chat.at("image_grid_thw").is_array())
    for (const Json& grid : chat.at("image_grid_thw"))
      out.push_back(grid[0].get<int64_t>() * grid[1].get<int64_t>() * grid[2].get<int64_t>() / 4);
  return out;
}

Json chats() { return golden_json("understanding/cases.json").at("cases"); }

void every_chat_renders_to_the_prompt_of_the_reference() {
  int pictures = 0;
  for (const Json& chat : chats()) {
    const RenderedPrompt prompt = render(chat);
    check_equal(prompt.text(), chat.at("prompt").get<std::string>(), chat.at("name").get<std::string>());
    check_equal(prompt.image_pads.size(), pads_of(chat).size(), chat.at("name").get<std::string>() + ": pictures");
    pictures += int(prompt.image_pads.size());
  }
  check(pictures > 10, "the chats hold pictures");
}

void every_chat_gets_the_ids_of_the_reference_in_the_reference_mode() {
  for (const Json& chat : chats()) {
    RenderedPrompt prompt = render(chat);
    prompt.trust_all();
    prompt.repeat_image_pads(pads_of(chat));
    const Tokenizer& t = folder_tokenizer("understanding/" + chat.at("model").get<std::string>());
    check_equal(t.encode(prompt.spans), ids_of(chat.at("input_ids")), chat.at("name").get<std::string>());
  }
}

void chats_that_spell_no_added_token_get_the_same_ids_by_default() {
  int compared = 0;
  for (const Json& chat : chats()) {
    const std::string name = chat.at("name").get<std::string>();
    RenderedPrompt prompt = render(chat);
    prompt.repeat_image_pads(pads_of(chat));
    const Tokenizer& t = folder_tokenizer("understanding/" + chat.at("model").get<std::string>());
    const bool spells = name == "spells_special_tokens" || name == "image_pad_without_image";
    check_equal(t.encode(prompt.spans) == ids_of(chat.at("input_ids")), !spells, name + ": same ids");
    compared += !spells;
  }
  check_equal(compared, 15, "chats compared");
}

void a_spelled_turn_stays_in_the_turn_of_the_user() {
  const Json all = chats();
  for (const Json& chat : all) {
    if (chat.at("name") != "spells_special_tokens") continue;
    RenderedPrompt prompt = render(chat);
    prompt.repeat_image_pads(pads_of(chat));
    const Tokenizer& t = folder_tokenizer("understanding/tiny-qwen2.5-vl");
    const Ids ids = t.encode(prompt.spans);
    const auto count = [&](const char* token) { return std::count(ids.begin(), ids.end(), t.id_of(token).value()); };
    check_equal(count("<|im_start|>"), std::ptrdiff_t(3), "turns opened");
    check_equal(count("<|im_end|>"), std::ptrdiff_t(2), "turns closed");
    check_equal(count("<|vision_start|>"), std::ptrdiff_t(1), "pictures");
    check_equal(count("<tool_call>"), std::ptrdiff_t(0), "tool calls");
    return;
  }
  check(false, "there is a chat that spells special tokens");
}

// What stands in the golden prompt for 256 pads.
std::string with_pads_shortened(std::string text) {
  std::string pads;
  for (int i = 0; i < 256; ++i) pads += "<|image_pad|>";
  const auto at = text.find(pads);
  return at == text.npos ? text : text.replace(at, pads.size(), "{256 x <|image_pad|>}");
}

void every_generation_call_gets_the_prompt_and_ids_of_the_reference() {
  const Json chain = golden_json("generation/chain.json").at("cases");
  const Tokenizer& t = folder_tokenizer("generation/tiny-blip3o");
  constexpr std::string_view instruction = "Please generate image based on the following caption: ";
  int calls = 0;
  for (const auto& [name, call] : chain.items()) {
    if (!call.contains("templated_text") || call.at("templated_text").is_null()) continue;
    const std::string text = call.at("user_text").get<std::string>();
    RenderedPrompt prompt = text.starts_with(instruction) ? render_generation(text.substr(instruction.size()))
                                                          : render_generation(parts_of_marked_text(text));
    prompt.repeat_image_pads(Ids(prompt.image_pads.size(), 256));
    check_equal(with_pads_shortened(prompt.text()), call.at("templated_text").get<std::string>(), name + ": prompt");
    Ids ids = t.encode(prompt.spans);
    ids.push_back(t.id_of("[IMG]").value());
    check_equal(ids, golden_ids("generation/chain.safetensors", name + ".ids"), name + ": ids");
    ++calls;
  }
  check_equal(calls, 4, "calls compared");
}

void the_negative_prompt_is_a_space_without_a_template() {
  const Tokenizer& t = folder_tokenizer("generation/tiny-blip3o");
  Ids ids = t.encode(render_negative().spans);
  ids.push_back(t.id_of("[IMG]").value());
  check_equal(ids, golden_ids("generation/chain.safetensors", "t2i_a.neg.ids"), "ids");
  check_equal(blip3o_tokenizer().encode(render_negative().spans), Ids{220}, "ids of the real vocabulary");
}

void the_caption_of_the_specification_gets_its_ids() {
  const Ids wanted = {151644, 8948, 198,  2610, 525,   264,  10950,  17847, 13,     151645, 198,
                      151644, 872,  198,  5501, 6923,  2168, 3118,   389,   279,    2701,   17256,
                      25,     362,  6548, 315,  18838, 8251, 151645, 198,   151644, 77091,  198};
  check_equal(blip3o_tokenizer().encode(render_generation("A photo of cute cat").spans), wanted, "ids");
}

void the_reconstruction_of_the_specification_gets_its_ids() {
  RenderedPrompt prompt = render_generation(parts_of_marked_text("<image>\nPlease reconstruct the given image."));
  prompt.repeat_image_pads(Ids{256});
  Ids wanted = {151644, 8948, 198, 2610, 525, 264, 10950, 17847, 13, 151645, 198, 151644, 872, 198, 151652};
  wanted.insert(wanted.end(), 256, 151655);
  for (const int64_t id : {151653, 198, 5501, 43828, 279, 2661, 2168, 13, 151645, 198, 151644, 77091, 198})
    wanted.push_back(id);
  check_equal(blip3o_tokenizer().encode(prompt.spans), wanted, "ids");
  check_equal(wanted.size() + 1 + 64, size_t(349), "length with [IMG] and the queries");
}

void example_a_of_the_specification_gets_its_ids() {
  const std::vector<TemplateMessage> chat = {
      {"user", {{TemplatePart::Kind::image, ""}, {TemplatePart::Kind::text, "Describe this image."}}}};
  RenderedPrompt prompt = render_chat(chat, true, false);
  prompt.repeat_image_pads(Ids{2});
  check_equal(qwen_tokenizer().encode(prompt.spans),
              Ids{151644, 8948,   198,    2610,   525,   264, 10950, 17847, 13,     151645, 198,    151644, 872, 198,
                  151652, 151655, 151655, 151653, 74785, 419, 2168,  13,    151645, 198,    151644, 77091,  198},
              "ids");
}

// Spelled <image> and [IMG] are words in a caption; the reference makes single tokens of them.
void a_mark_typed_into_a_caption_is_text_unless_the_reference_mode_is_asked_for() {
  RenderedPrompt prompt = render_generation("an <image> of [IMG]");
  check(prompt.image_pads.empty(), "no place for a picture");
  const auto count = [](const Ids& ids, int64_t id) { return std::count(ids.begin(), ids.end(), id); };
  check_equal(count(blip3o_tokenizer().encode(prompt.spans), 151667), std::ptrdiff_t(0), "<image> by default");
  prompt.trust_all();
  check_equal(count(blip3o_tokenizer().encode(prompt.spans), 151667), std::ptrdiff_t(1),
              "<image> in the reference mode");
  check_equal(count(blip3o_tokenizer().encode(prompt.spans), 151665), std::ptrdiff_t(1), "[IMG] in the reference mode");
}

const Cases cases = {
    CASE(every_chat_renders_to_the_prompt_of_the_reference),
    CASE(every_chat_gets_the_ids_of_the_reference_in_the_reference_mode),
    CASE(chats_that_spell_no_added_token_get_the_same_ids_by_default),
    CASE(a_spelled_turn_stays_in_the_turn_of_the_user),
    CASE(every_generation_call_gets_the_prompt_and_ids_of_the_reference),
    CASE(the_negative_prompt_is_a_space_without_a_template),
    CASE(the_caption_of_the_specification_gets_its_ids),
    CASE(the_reconstruction_of_the_specification_gets_its_ids),
    CASE(example_a_of_the_specification_gets_its_ids),
    CASE(a_mark_typed_into_a_caption_is_text_unless_the_reference_mode_is_asked_for),
};

}  // namespace
