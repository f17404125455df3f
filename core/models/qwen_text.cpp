#include "core/models/qwen_text.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include <limits>
#include <string>
#include <tuple>

#include "core/base/error.h"
#include "core/nn/parts.h"
#include "core/nn/rotary.h"

namespace b3o {
namespace {

constexpr int64_t kPartRows = 512;     // on the CPU about half a second of work
constexpr int64_t kLargest = 1 << 20;  // of any width, so that products of two stay far from overflow

void require(bool holds, const Fields& f, const std::string& claim) {
  if (!holds) throw LoadError(cat(f.where(), ": ", claim));
}

// rope_scaling, or rope_parameters as the newest files call it; with either key the type is "mrope" or "default".
void read_rope(const Fields& f, QwenTextConfig& c) {
  const char* key = f.has("rope_scaling") || !f.has("rope_parameters") ? "rope_scaling" : "rope_parameters";
  const Fields rope = f.object(key);
  for (const char* kind : {"type", "rope_type"}) {
    const std::string value = rope.string(kind, "default");
    require(value == "mrope" || value == "default", rope,
            cat("key '", kind, "' is '", value, "', expected mrope or default"));
  }
  c.mrope_section = rope.integers("mrope_section");
  c.rope_theta = rope.has("rope_theta") ? rope.number("rope_theta") : f.number("rope_theta");
  require(c.rope_theta > 0, f, cat("key 'rope_theta' is ", c.rope_theta, ", expected a number above 0"));
  const int64_t half = c.head_width() / 2;
  bool good = c.mrope_section.size() == 3;
  int64_t left = half;
  for (const int64_t pairs : c.mrope_section) {
    good = good && pairs >= 0 && pairs <= left;
    left -= good ? pairs : 0;
  }
  require(good && left == 0, rope, cat("key 'mrope_section' must hold three numbers with the sum ", half));
}

int64_t embedding_rows(const Scope& root, int64_t fallback) {
  const auto shape = root.shape("model.embed_tokens.weight");
  return shape && shape->size() == 2 ? shape->front() : fallback;
}

// [B, 1, S, P + S]: query s sees the keys up to P + s that are not hidden. A hidden token sees itself all the same: a
// row without any key would be undefined, and that would spread through its value to the others.
at::Tensor padded_causal_mask(const at::Tensor& key_mask, int64_t tokens) {
  const int64_t keys = key_mask.size(1);
  const auto index = at::TensorOptions().dtype(at::kLong).device(key_mask.device());
  const at::Tensor query = at::arange(keys - tokens, keys, index).unsqueeze(1);  // [S, 1]
  const at::Tensor key = at::arange(keys, index).unsqueeze(0);                   // [1, P + S]
  const at::Tensor seen = at::logical_and(key_mask.view({-1, 1, 1, keys}), key <= query);
  return at::logical_or(seen, key == query);
}

// The sum of the residual stream and what a sub-layer just made.
at::Tensor joined(const at::Tensor& x, at::Tensor made) {
  return c10::GradMode::is_enabled() ? x + made : made.add_(x);
}

}  // namespace

QwenTextConfig QwenTextConfig::from_json(const Fields& config) {
  const Fields f = config.has("text_config") ? config.object("text_config") : config;
  QwenTextConfig c;
  c.hidden = f.integer_in("hidden_size", 1, kLargest);
  c.layers = f.integer_in("num_hidden_layers", 1, 1024);
  c.heads = f.integer_in("num_attention_heads", 1, kLargest);
  c.kv_heads = f.integer_in("num_key_value_heads", 1, kLargest);
  c.intermediate = f.integer_in("intermediate_size", 1, kLargest);
  c.vocab = f.integer_in("vocab_size", 1, 1 << 24);
  c.max_positions = f.has("max_position_embeddings") ? f.integer_in("max_position_embeddings", 1, 1 << 30) : 32768;
  c.rms_norm_eps = f.number("rms_norm_eps");
  c.tie = config.boolean("tie_word_embeddings", f.boolean("tie_word_embeddings", false));
  require(c.hidden % c.heads == 0 && c.head_width() % 2 == 0, f,
          cat("hidden_size ", c.hidden, " over num_attention_heads ", c.heads, " must be an even number"));
  require(c.heads % c.kv_heads == 0, f,
          cat("num_attention_heads ", c.heads, " must be a multiple of num_key_value_heads ", c.kv_heads));
  require(f.string("hidden_act", "silu") == "silu", f,
          cat("key 'hidden_act' is '", f.string("hidden_act", ""), "', expected silu"));
  require(!f.boolean("use_sliding_window", false), f, "key 'use_sliding_window' is true, expected false");
  read_rope(f, c);
  return c;
}

TextAttention::TextAttention(const Scope& s, const QwenTextConfig& c)
    : heads(c.heads),
      kv_heads(c.kv_heads),
      q_proj(s / "q_proj", c.hidden, c.hidden),
      k_proj(s / "k_proj", c.hidden, c.kv_heads * c.head_width()),
      v_proj(s / "v_proj", c.hidden, c.kv_heads * c.head_width()),
      o_proj(s / "o_proj", c.hidden, c.hidden, Bias::no) {}

at::Tensor TextAttention::operator()(const at::Tensor& x, const TextRotation& turn, const at::Tensor& mask,
                                     KvCache* cache, int64_t layer) const {
  const auto turned = [&](const at::Tensor& t, int64_t count) {  // [B, S, count D] -> [B, count, S, D]
    return rotate(t.view({t.size(0), t.size(1), count, -1}), turn.cos, turn.sin).transpose(1, 2);
  };
  const at::Tensor q = turned(q_proj(x), heads);           // [B, H, S, D]
  at::Tensor k = turned(k_proj(x), kv_heads);              // [B, K, S, D]
  at::Tensor v = split_heads(v_proj(x), kv_heads);         // [B, K, S, D]
  if (cache) std::tie(k, v) = cache->append(layer, k, v);  // [B, K, P + S, D]
  return o_proj(merge_heads(attend(q, k, v, !mask.defined(), mask)));
}

TextLayer::TextLayer(const Scope& s, const QwenTextConfig& c)
    : input_layernorm(s / "input_layernorm", c.hidden, c.rms_norm_eps),
      post_attention_layernorm(s / "post_attention_layernorm", c.hidden, c.rms_norm_eps),
      self_attn(s / "self_attn", c),
      mlp(s / "mlp", c.hidden, c.intermediate, Bias::no) {}

at::Tensor TextLayer::operator()(const at::Tensor& x, const TextRotation& turn, const at::Tensor& mask, KvCache* cache,
                                 int64_t layer, int64_t rows, const Probe& probe) const {
  const at::Tensor y = joined(x, self_attn(input_layernorm(x), turn, mask, cache, layer));
  return in_parts(y.size(1), rows, 1, probe, [&](int64_t begin, int64_t n) {
    const at::Tensor part = y.narrow(1, begin, n);
    return joined(part, mlp(post_attention_layernorm(part)));
  });
}

QwenText::QwenText(const Scope& root, const QwenTextConfig& c, Head head)
    : config([&] {
        QwenTextConfig of_file = c;
        of_file.vocab = embedding_rows(root, c.vocab);
        return of_file;
      }()),
      embed_tokens(root / "model" / "embed_tokens", config.vocab, config.hidden),
      layers([&] {
        std::vector<TextLayer> out;
        for (int64_t i = 0; i < c.layers; ++i) out.emplace_back(root / "model" / "layers" / i, c);
        return out;
      }()),
      norm(root / "model" / "norm", config.hidden, config.rms_norm_eps),
      lm_head(c.tie || head == Head::no
                  ? std::nullopt
                  : std::optional<Linear>(std::in_place, root / "lm_head", config.hidden, config.vocab, Bias::no)),
      frequencies(rotary_frequencies(config.rope_theta, config.head_width()).to(norm.weight.device())),
      part_rows(frequencies.is_cpu() ? kPartRows : std::numeric_limits<int64_t>::max()) {}

at::Tensor QwenText::embed(const at::Tensor& ids) const {
  if (ids.is_cpu() && ids.numel() > 0) {
    const at::Tensor wrong = at::logical_or(ids < 0, ids >= config.vocab);
    if (wrong.any().item<bool>())
      throw RequestError(cat("token id ", ids.masked_select(wrong)[0].item<int64_t>(),
                             " has no row in the model's embedding of ", config.vocab));
  }
  return embed_tokens(ids.to(embed_tokens.weight.device()), norm.weight.scalar_type());
}

at::Tensor QwenText::operator()(const at::Tensor& embeds, const at::Tensor& positions, KvCache* cache,
                                const Probe& probe, const at::Tensor& key_mask) const {
  const int64_t batch = embeds.size(0), tokens = embeds.size(1), past = cache ? cache->length() : 0;
  ensure(positions.dim() == 3 && positions.size(0) == 3 && positions.size(1) == batch && positions.size(2) == tokens,
         "three positions for every token");
  ensure(!key_mask.defined() || (key_mask.size(0) == batch && key_mask.size(1) == past + tokens),
         "a mask over all tokens, those of the cache included");

  const at::Tensor where = positions.to(frequencies.device(), at::kFloat).unsqueeze(3);  // [3, B, S, 1]
  std::vector<at::Tensor> parts;
  int64_t begin = 0;
  for (int64_t axis = 0; axis < 3; begin += config.mrope_section[size_t(axis++)])
    parts.push_back(where[axis] * frequencies.narrow(0, begin, config.mrope_section[size_t(axis)]));
  const at::Tensor angles = at::cat(parts, 2).unsqueeze(2);  // [B, S, 1, D/2]
  const TextRotation turn{at::cos(angles).to(embeds.scalar_type()), at::sin(angles).to(embeds.scalar_type())};
  const at::Tensor mask =
      key_mask.defined() ? padded_causal_mask(key_mask.to(frequencies.device()), tokens) : at::Tensor();

  at::Tensor x = embeds;
  for (size_t i = 0; i < layers.size(); ++i) {
    x = layers[i](x, turn, mask, cache, int64_t(i), part_rows, probe);
    probe("layers." + std::to_string(i), x);
  }
  x = norm(x);
  probe("norm", x);
  if (cache) cache->commit(tokens);
  return x;
}

at::Tensor QwenText::logits(const at::Tensor& hidden) const {
  ensure(config.tie || lm_head, "a language model that was loaded with its head");
  return apply_linear(hidden, config.tie ? embed_tokens.weight : lm_head->weight, {});
}

at::Tensor place_rows(const at::Tensor& embeds, const at::Tensor& ids, int64_t image_pad, const at::Tensor& rows) {
  const at::Tensor here = (ids == image_pad).to(embeds.device());  // [B, S]
  const int64_t wanted = here.sum().item<int64_t>();
  if (wanted != rows.size(0))
    throw RequestError(cat("the prompt has ", wanted, " image tokens, but the pictures give ", rows.size(0), " rows"));
  return embeds.masked_scatter(here.unsqueeze(2), rows.to(embeds.device(), embeds.scalar_type()));
}

}  // namespace b3o
