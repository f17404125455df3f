#include "core/train/chat_reading.h"

#include <ATen/ATen.h>

#include <algorithm>

#include "core/base/error.h"
#include "core/families/blip3o/pictures.h"
#include "core/models/qwen_positions.h"
#include "core/text/chat_template.h"

namespace b3o::train {
namespace {

constexpr int64_t kUnlabelled = -100;

int64_t token(const Tokenizer& tokenizer, const char* text) {
  if (const auto id = tokenizer.id_of(text)) return *id;
  throw LoadError(cat("the tokenizer has no token ", text, ", which chats need"));
}

// Everything between an assistant's header and the end of its turn, the end included.
std::vector<int64_t> answer_labels(const std::vector<int64_t>& ids, const Tokenizer& tokenizer) {
  std::vector<int64_t> out(ids.size(), kUnlabelled);
  const std::vector<int64_t> header = tokenizer.encode("<|im_start|>assistant\n", true);
  const int64_t end = token(tokenizer, "<|im_end|>");
  for (size_t i = 0; i + header.size() <= ids.size(); ++i) {
    if (!std::equal(header.begin(), header.end(), ids.begin() + int64_t(i))) continue;
    for (size_t k = i + header.size(); k < ids.size(); ++k) {
      out[k] = ids[k];
      if (ids[k] == end) break;
    }
  }
  return out;
}

}  // namespace

ChatSequence chat_sequence(const FolderModel& model, const Example& example, int64_t longest, int64_t max_pixels) {
  QwenImageConfig image_config = model.config.image;
  image_config.max_pixels = std::min(image_config.max_pixels, max_pixels);
  image_config.min_pixels = std::min(image_config.min_pixels, image_config.max_pixels);
  std::vector<TemplateMessage> messages;
  for (const auto& turn : example.turns)
    messages.push_back({turn.role, turn.role == "user"
                                       ? parts_of_marked_text(turn.text)
                                       : std::vector<TemplatePart>{{TemplatePart::Kind::text, turn.text}}});
  RenderedPrompt prompt = render_chat(messages, false, false);
  std::vector<int64_t> pads;
  std::vector<VisionGrid> grids;
  std::vector<at::Tensor> rows;
  for (const Image& picture : example.pictures) {
    const VisionInput input = vision_input(picture, image_config);
    const at::Tensor& like = model.vision.patch_embed;
    rows.push_back(model.vision(input.pixels.to(like.device(), like.scalar_type()), {input.grid}));
    grids.push_back(input.grid);
    pads.push_back(rows.back().size(0));
  }
  prompt.repeat_image_pads(pads);
  ChatSequence out;
  out.ids = model.tokenizer.encode(prompt.spans);
  if (int64_t(out.ids.size()) > longest)
    throw RequestError(
        cat("The conversation '", example.id, "' has ", out.ids.size(), " tokens, the limit is ", longest));
  out.labels = answer_labels(out.ids, model.tokenizer);
  ChatPositions at;
  out.positions = chat_positions(
      out.ids, grids, {model.config.ids.vision_start, model.config.ids.image_pad, model.config.image.merge}, at);
  if (!rows.empty()) out.rows = at::cat(rows);
  return out;
}

at::Tensor answer_losses(const FolderModel& model, const std::vector<ChatSequence>& sequences, int64_t padding) {
  int64_t longest = 0;
  for (const auto& s : sequences) longest = std::max(longest, int64_t(s.ids.size()));
  std::vector<at::Tensor> ids, labels, positions, rows;
  for (const auto& s : sequences) {
    const int64_t pad = longest - int64_t(s.ids.size());  // on the right: hidden by the causal mask
    ids.push_back(at::constant_pad_nd(at::tensor(s.ids, at::kLong), {0, pad}, padding));
    labels.push_back(at::constant_pad_nd(at::tensor(s.labels, at::kLong), {0, pad}, kUnlabelled));
    positions.push_back(at::constant_pad_nd(s.positions, {0, pad}));
    if (s.rows.defined()) rows.push_back(s.rows);
  }
  const at::Tensor batch = at::stack(ids), wanted = at::stack(labels);  // [B, S]
  at::Tensor embeds = model.text.embed(batch);
  if (!rows.empty()) embeds = place_rows(embeds, batch, model.config.ids.image_pad, at::cat(rows));
  const at::Tensor hidden = model.text(embeds, at::stack(positions, 1).to(embeds.device()), nullptr);
  const int64_t n = longest - 1;
  const at::Tensor next = wanted.narrow(1, 1, n).to(hidden.device());  // [B, S - 1]
  const at::Tensor logits = model.text.logits(hidden.narrow(1, 0, n)).to(at::kFloat);
  const at::Tensor each =
      at::cross_entropy_loss(logits.flatten(0, 1), next.flatten(), {}, at::Reduction::None, kUnlabelled).view_as(next);
  return each.sum(1) / next.ne(kUnlabelled).sum(1).clamp_min(1);
}

}  // namespace b3o::train
