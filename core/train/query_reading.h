// Prompts with learned queries behind them, as the language model reads them while it is trained (training.md 3).
// B prompts, S the longest of them with its queries, n queries, H hidden.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <string>
#include <vector>

#include "core/models/qwen_text.h"
#include "core/text/chat_template.h"
#include "core/text/tokenizer.h"

namespace b3o::train {

// The official training closes the empty assistant turn before [IMG], inference does not (training.md 12 T1). Our own
// training uses the form of inference.
enum class PromptForm { inference, training };

struct QueryTokens {
  int64_t start;        // [IMG]
  int64_t placeholder;  // <image>: stands where the queries are put
  int64_t padding;
  int64_t count;    // of the queries
  int64_t longest;  // tokens of a sequence; text is cut, never the queries
  // From the tokenizer's added tokens. LoadError when one is missing.
  static QueryTokens from(const Tokenizer& tokenizer, int64_t padding, int64_t queries, int64_t longest);
};

struct QuerySequence {
  std::vector<int64_t> ids;     // text, [IMG], n placeholders
  std::vector<int64_t> labels;  // -100 but for the assistant's turn and [IMG]
  int64_t query_start = 0;
};
// rendered: the turns up to the open assistant turn.
QuerySequence query_sequence(const RenderedPrompt& rendered, PromptForm form, const Tokenizer& tokenizer,
                             const QueryTokens& tokens);

struct QueryBatch {
  at::Tensor ids, labels;  // [B, S] int64, padded on the right
  at::Tensor key_mask;     // [B, S] bool: false is padding
  at::Tensor query_start;  // [B] int64
};
QueryBatch batch_of(const std::vector<QuerySequence>& sequences, const QueryTokens& tokens);

// The hidden states of the whole batch, [B, S, H]; the queries [1, n, H] stand at their places, picture_rows [R, H] of
// the vision tower (undefined: there are none) at the ids `image_pad`, in order. Gradients pass through the model to
// the queries.
at::Tensor read_batch(const QwenText& text, const at::Tensor& queries, const QueryBatch& batch,
                      const QueryTokens& tokens, int64_t image_pad = -1, const at::Tensor& picture_rows = {});
// The states at the queries, [B, n, H].
at::Tensor query_states(const at::Tensor& hidden, const QueryBatch& batch, int64_t queries);

}  // namespace b3o::train
