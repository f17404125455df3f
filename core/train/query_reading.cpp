#include "core/train/query_reading.h"

#include <ATen/ATen.h>

#include <algorithm>

#include "core/base/error.h"
#include "core/models/qwen_positions.h"

namespace b3o::train {
namespace {

constexpr int64_t kUnlabelled = -100;
constexpr char kAssistant[] = "<|im_start|>assistant\n", kTurnEnd[] = "<|im_end|>\n";

int64_t id_of(const Tokenizer& tokenizer, const char* token) {
  if (const auto id = tokenizer.id_of(token)) return *id;
  throw LoadError(cat("the tokenizer has no token ", token, ", which this training needs"));
}

}  // namespace

QueryTokens QueryTokens::from(const Tokenizer& tokenizer, int64_t padding, int64_t queries, int64_t longest) {
  if (longest < queries + 2)
    throw RequestError(cat("A sequence of ", longest, " tokens has no room for ", queries, " queries and a text."));
  return {id_of(tokenizer, "[IMG]"), id_of(tokenizer, "<image>"), padding, queries, longest};
}

QuerySequence query_sequence(const RenderedPrompt& rendered, PromptForm form, const Tokenizer& tokenizer,
                             const QueryTokens& tokens) {
  RenderedPrompt prompt = rendered;
  if (form == PromptForm::training) prompt.spans.push_back({kTurnEnd, true});
  QuerySequence out;
  out.ids = tokenizer.encode(prompt.spans);
  const auto turn = int64_t(tokenizer.encode(kAssistant, true).size()) +
                    (form == PromptForm::training ? int64_t(tokenizer.encode(kTurnEnd, true).size()) : 0);
  const auto answer = std::max<int64_t>(0, int64_t(out.ids.size()) - turn);  // where the assistant's turn starts
  const int64_t room = tokens.longest - 1 - tokens.count;
  if (int64_t(out.ids.size()) > room) out.ids.resize(size_t(room));
  out.labels.assign(out.ids.size(), kUnlabelled);
  for (size_t i = size_t(answer); i < out.ids.size(); ++i) out.labels[i] = out.ids[i];
  out.ids.push_back(tokens.start);
  out.labels.push_back(tokens.start);
  out.query_start = int64_t(out.ids.size());
  out.ids.insert(out.ids.end(), size_t(tokens.count), tokens.placeholder);
  out.labels.insert(out.labels.end(), size_t(tokens.count), kUnlabelled);
  return out;
}

QueryBatch batch_of(const std::vector<QuerySequence>& sequences, const QueryTokens& tokens) {
  size_t longest = 0;
  for (const QuerySequence& s : sequences) longest = std::max(longest, s.ids.size());
  const auto rows = int64_t(sequences.size()), columns = int64_t(longest);
  QueryBatch b{at::full({rows, columns}, tokens.padding, at::kLong), at::full({rows, columns}, kUnlabelled, at::kLong),
               at::zeros({rows, columns}, at::kBool), at::empty({rows}, at::kLong)};
  for (int64_t i = 0; i < rows; ++i) {
    const QuerySequence& s = sequences[size_t(i)];
    std::copy(s.ids.begin(), s.ids.end(), b.ids.mutable_data_ptr<int64_t>() + i * columns);
    std::copy(s.labels.begin(), s.labels.end(), b.labels.mutable_data_ptr<int64_t>() + i * columns);
    b.key_mask[i].narrow(0, 0, int64_t(s.ids.size())).fill_(true);
    b.query_start[i] = s.query_start;
  }
  return b;
}

at::Tensor read_batch(const QwenText& text, const at::Tensor& queries, const QueryBatch& batch,
                      const QueryTokens& tokens, int64_t image_pad, const at::Tensor& picture_rows) {
  const int64_t rows = batch.ids.size(0), columns = batch.ids.size(1);
  at::Tensor embeds = text.embed(batch.ids);  // [B, S, H]
  if (picture_rows.defined()) embeds = place_rows(embeds, batch.ids, image_pad, picture_rows);
  embeds = place_rows(embeds, batch.ids, tokens.placeholder,
                      queries.expand({rows, tokens.count, queries.size(2)}).flatten(0, 1));
  // Padding stands behind everything, so the causal mask hides it already.
  const at::Tensor positions = plain_positions(0, columns).unsqueeze(1).expand({3, rows, columns});
  return text(embeds, positions.to(embeds.device()), nullptr);
}

at::Tensor query_states(const at::Tensor& hidden, const QueryBatch& batch, int64_t queries) {
  std::vector<at::Tensor> out;
  for (int64_t i = 0; i < hidden.size(0); ++i)
    out.push_back(hidden[i].narrow(0, batch.query_start[i].item<int64_t>(), queries));
  return at::stack(out);
}

}  // namespace b3o::train
