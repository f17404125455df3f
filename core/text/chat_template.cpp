#include "core/text/chat_template.h"

#include "core/base/error.h"

namespace b3o {
namespace {

constexpr std::string_view kImagePad = "<|image_pad|>", kImageMark = "<image>";
constexpr std::string_view kGenerationInstruction = "Please generate image based on the following caption: ";
constexpr int64_t kMaxPads = int64_t(1) << 20;

class Writer {
 public:
  void trusted(std::string_view text) { out_.spans.push_back({std::string(text), true}); }
  void untrusted(std::string_view text) { out_.spans.push_back({std::string(text), false}); }
  void open_turn(std::string_view role) {
    trusted("<|im_start|>");
    untrusted(role);
    trusted("\n");
  }
  void close_turn() { trusted("<|im_end|>\n"); }
  void default_system() { trusted("<|im_start|>system\nYou are a helpful assistant.<|im_end|>\n"); }
  void open_answer() { trusted("<|im_start|>assistant\n"); }
  void image(bool numbered) {
    if (numbered) trusted(cat("Picture ", out_.image_pads.size() + 1, ": "));
    trusted("<|vision_start|>");
    out_.image_pads.push_back(out_.spans.size());
    trusted(kImagePad);
    trusted("<|vision_end|>");
  }
  void parts(std::span<const TemplatePart> parts, bool numbered) {
    for (const TemplatePart& part : parts) {
      if (part.kind == TemplatePart::Kind::image)
        image(numbered);
      else
        untrusted(part.text);
    }
  }
  RenderedPrompt take() { return std::move(out_); }

 private:
  RenderedPrompt out_;
};

// How often the pad stands in text that may become added tokens.
int64_t count_pads(std::span<const TextSpan> spans) {
  int64_t count = 0;
  for (size_t i = 0; i < spans.size();) {
    std::string run;
    for (; i < spans.size() && spans[i].trusted; ++i) run += spans[i].text;
    for (size_t at = run.find(kImagePad); at != run.npos; at = run.find(kImagePad, at + kImagePad.size())) ++count;
    while (i < spans.size() && !spans[i].trusted) ++i;
  }
  return count;
}

}  // namespace

std::string RenderedPrompt::text() const {
  std::string out;
  for (const TextSpan& span : spans) out += span.text;
  return out;
}

void RenderedPrompt::trust_all() {
  for (TextSpan& span : spans) span.trusted = true;
}

void RenderedPrompt::repeat_image_pads(std::span<const int64_t> copies) {
  if (copies.size() != image_pads.size())
    throw RequestError(cat("The prompt has places for ", image_pads.size(), " pictures, but ", copies.size(),
                           " are given; every picture needs one place."));
  int64_t total = 0;
  for (size_t k = 0; k < copies.size(); ++k) {
    if (copies[k] < 0 || copies[k] > kMaxPads - total)
      throw RequestError(
          cat("Picture ", k + 1, " asks for ", copies[k], " tokens; all pictures together may have ", kMaxPads, "."));
    total += copies[k];
    std::string& pads = spans[image_pads[k]].text;
    pads.clear();
    for (int64_t i = 0; i < copies[k]; ++i) pads += kImagePad;
  }
  if (!copies.empty() && count_pads(spans) != total)
    throw RequestError(
        cat("The text itself spells ", kImagePad, ", which marks the place of a picture here; remove it."));
}

RenderedPrompt render_chat(std::span<const TemplateMessage> messages, bool generation_prompt, bool add_vision_id) {
  Writer out;
  if (!messages.empty() && messages[0].role != "system") out.default_system();
  for (const TemplateMessage& message : messages) {
    out.open_turn(message.role);
    out.parts(message.parts, add_vision_id);
    out.close_turn();
  }
  if (generation_prompt) out.open_answer();
  return out.take();
}

RenderedPrompt render_generation(std::string_view caption) {
  Writer out;
  out.default_system();
  out.open_turn("user");
  out.trusted(kGenerationInstruction);
  out.untrusted(caption);
  out.close_turn();
  out.open_answer();
  return out.take();
}

RenderedPrompt render_generation(std::span<const TemplatePart> parts) {
  const TemplateMessage message{"user", {parts.begin(), parts.end()}};
  return render_chat({&message, 1}, true, false);
}

RenderedPrompt render_negative() {
  Writer out;
  out.trusted(" ");
  return out.take();
}

std::vector<TemplatePart> parts_of_marked_text(std::string_view text) {
  std::vector<TemplatePart> out;
  const auto add_text = [&](std::string_view part) {
    if (!part.empty()) out.push_back({TemplatePart::Kind::text, std::string(part)});
  };
  for (size_t mark; (mark = text.find(kImageMark)) != text.npos; text.remove_prefix(mark + kImageMark.size())) {
    add_text(text.substr(0, mark));
    out.push_back({TemplatePart::Kind::image, {}});
  }
  add_text(text);
  return out;
}

}  // namespace b3o
