// The language model of Qwen2.5-VL (understanding.md 6): embeddings and positions in, hidden states or scores out.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <optional>
#include <vector>

#include "core/base/json.h"
#include "core/nn/gated_mlp.h"
#include "core/nn/kv_cache.h"
#include "core/nn/layers.h"
#include "core/nn/probe.h"

namespace b3o {

// Letters: B batch, S new tokens, P tokens before them in the cache, W hidden, H heads, K kv_heads, D = W / H, V vocab.
struct QwenTextConfig {
  int64_t hidden, layers, heads, kv_heads, intermediate;
  int64_t vocab;          // rows of the embedding, where no file says otherwise
  int64_t max_positions;  // the longest context the model was made for
  double rms_norm_eps, rope_theta;
  std::vector<int64_t> mrope_section;  // pairs of dimensions that follow time, row and column; their sum is D / 2
  bool tie;                            // the embedding is the head

  // The whole config.json: keys at the top (the published files) or under text_config (newer writers).
  static QwenTextConfig from_json(const Fields& config);
  int64_t head_width() const { return hidden / heads; }
};

// cos and sin of the turns of every token, in the compute type.
struct TextRotation {
  at::Tensor cos, sin;  // [B, S, 1, D/2]
};

struct TextAttention {
  int64_t heads, kv_heads;
  Linear q_proj, k_proj, v_proj, o_proj;
  TextAttention(const Scope& s, const QwenTextConfig& c);
  // mask: undefined (causal) or [B, 1, S, P + S] bool that already is causal.
  at::Tensor operator()(const at::Tensor& x, const TextRotation& turn, const at::Tensor& mask, KvCache* cache,
                        int64_t layer) const;  // [B, S, W]
};

struct TextLayer {
  RmsNorm input_layernorm, post_attention_layernorm;
  TextAttention self_attn;
  GatedMlp mlp;
  TextLayer(const Scope& s, const QwenTextConfig& c);
  at::Tensor operator()(const at::Tensor& x, const TextRotation& turn, const at::Tensor& mask, KvCache* cache,
                        int64_t layer, int64_t rows, const Probe& probe) const;  // [B, S, W]
};

// Drawing needs no scores: with no, an untied model does not load its head.
enum class Head : bool { no, yes };

struct QwenText {
  QwenTextConfig config;  // vocab is what the file has
  Embedding embed_tokens;
  std::vector<TextLayer> layers;
  RmsNorm norm;
  std::optional<Linear> lm_head;  // untied only
  at::Tensor frequencies;         // [D/2] fp32
  int64_t part_rows;              // tokens the widest part of a layer works on at once

  // root: names model.embed_tokens, model.layers.*, model.norm, lm_head.
  QwenText(const Scope& root, const QwenTextConfig& c, Head head = Head::yes);

  // ids [B, S] int64. RequestError for an id without a row (checked where ids are on the CPU).
  at::Tensor embed(const at::Tensor& ids) const;  // [B, S, W]
  // positions [3, B, S] int64: time, row and column. key_mask [B, P + S] bool: false hides a token from all others
  // (padding). cache: null, or what the S tokens follow; they are added to it when the call succeeds.
  // Probe: "layers.0", "layers.1", ... [B, S, W], then "norm"; also "part", any number of times, for pauses inside a
  // layer.
  at::Tensor operator()(const at::Tensor& embeds, const at::Tensor& positions, KvCache* cache, const Probe& probe = {},
                        const at::Tensor& key_mask = {}) const;  // [B, S, W], after norm
  at::Tensor logits(const at::Tensor& hidden) const;             // [..., W] -> [..., V]
};

// embeds [B, S, W] with the rows where ids [B, S] equal image_pad replaced, in order, by rows [R, W] of the vision
// tower. RequestError when their number is not R.
at::Tensor place_rows(const at::Tensor& embeds, const at::Tensor& ids, int64_t image_pad, const at::Tensor& rows);

}  // namespace b3o
