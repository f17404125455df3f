// The ChatML prompts of Qwen2.5-VL and BLIP3-o (understanding.md 3, generation.md 2.2). A folder's chat_template.json
// is not executed: every model this program loads uses these strings.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/text/tokenizer.h"

namespace b3o {

struct TemplatePart {
  enum class Kind { text, image } kind;
  std::string text;  // of a text part
};

struct TemplateMessage {
  std::string role;
  std::vector<TemplatePart> parts;
};

// A prompt in spans: the template's own text is trusted, roles and contents are not.
struct RenderedPrompt {
  std::vector<TextSpan> spans;
  std::vector<size_t> image_pads;  // [pictures] index in spans of each picture's <|image_pad|>

  std::string text() const;
  // The reference's behaviour: added tokens that the user spells out count too. Call it before repeat_image_pads().
  void trust_all();
  // Makes the k-th picture's <|image_pad|> stand there copies[k] times. RequestError when the number of pictures
  // differs, or when trusted text spells further <|image_pad|> tokens beside those of the pictures.
  void repeat_image_pads(std::span<const int64_t> copies);
};

// add_vision_id: "Picture k: " before the k-th picture of the conversation.
RenderedPrompt render_chat(std::span<const TemplateMessage> messages, bool generation_prompt, bool add_vision_id);

// Text to image: the instruction that the generation models were trained with, then the caption.
RenderedPrompt render_generation(std::string_view caption);
// Text and pictures to image: a user turn of exactly these parts.
RenderedPrompt render_generation(std::span<const TemplatePart> parts);
// What the pixel decoder is guided away from: a space, no template.
RenderedPrompt render_negative();

// Text in which "<image>" marks the place of a picture, for callers that mean it so.
std::vector<TemplatePart> parts_of_marked_text(std::string_view text);

}  // namespace b3o
