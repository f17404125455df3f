#include "core/train/understand_readings.h"

#include <ATen/ATen.h>

#include "core/base/error.h"
#include "core/text/chat_template.h"

namespace b3o::train {
namespace {

int64_t id_of(const Tokenizer& tokenizer, const char* text) {
  if (const auto id = tokenizer.id_of(text)) return *id;
  throw LoadError(cat("the tokenizer has no token ", text));
}

}  // namespace

Reader::Reader(const Tokenizer& tokenizer, VisionGrid grid, int64_t merge, int64_t queries)
    : tokenizer_(tokenizer),
      grid_(grid),
      picture_{id_of(tokenizer, "<|vision_start|>"), id_of(tokenizer, "<|image_pad|>"), merge},
      queries_(queries),
      start_of_image_(id_of(tokenizer, "[IMG]")),
      end_of_turn_(id_of(tokenizer, "<|im_end|>")) {}

Reading Reader::chat(const std::vector<world::Turn>& turns, int64_t picture) const {
  std::vector<TemplateMessage> messages;
  for (size_t i = 0; i < turns.size(); ++i) {
    TemplateMessage user{"user", {}};
    if (i == 0 && picture >= 0) user.parts.push_back({TemplatePart::Kind::image, ""});
    user.parts.push_back({TemplatePart::Kind::text, turns[i].user});
    messages.push_back(std::move(user));
    if (i + 1 < turns.size()) messages.push_back({"assistant", {{TemplatePart::Kind::text, turns[i].assistant}}});
  }
  RenderedPrompt prompt = render_chat(messages, true, false);
  std::vector<VisionGrid> grids;
  if (picture >= 0) {
    const int64_t copies[] = {rows()};
    prompt.repeat_image_pads(copies);
    grids.push_back(grid_);
  }
  Reading out;
  out.picture = picture;
  out.ids = tokenizer_.encode(prompt.spans);
  out.learnt = int64_t(out.ids.size());
  const auto answer = tokenizer_.encode(turns.back().assistant, false);
  out.ids.insert(out.ids.end(), answer.begin(), answer.end());
  out.ids.push_back(end_of_turn_);
  ChatPositions at;
  const at::Tensor positions = chat_positions(out.ids, grids, picture_, at);  // [3, S]
  const auto values = positions.accessor<int64_t, 2>();
  for (int64_t i = 0; i < positions.size(1); ++i) out.positions.push_back({values[0][i], values[1][i], values[2][i]});
  return out;
}

Reading Reader::caption(const std::string& text, int64_t drawing) const {
  return drawn(tokenizer_.encode(render_generation(text).spans), -1, drawing);
}

Reading Reader::instruction(const std::string& text, int64_t picture, int64_t drawing) const {
  RenderedPrompt prompt = render_generation(parts_of_marked_text("<image>\n" + text));
  const int64_t copies[] = {rows()};
  prompt.repeat_image_pads(copies);
  return drawn(tokenizer_.encode(prompt.spans), picture, drawing);
}

Reading Reader::drawn(std::vector<int64_t> ids, int64_t picture, int64_t drawing) const {
  Reading out;
  out.ids = std::move(ids);
  out.ids.push_back(start_of_image_);
  out.picture = picture, out.drawing = drawing;
  const auto count = int64_t(out.ids.size()) + queries_;
  for (int64_t i = 0; i < count; ++i) out.positions.push_back({i, i, i});
  return out;
}

}  // namespace b3o::train
