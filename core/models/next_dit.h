// Next-DiT with cross attention: predicts the flow's velocity of a grid of image features under the language model's
// hidden states (generation.md 4). Names of members and keys are those of the checkpoint and of `dit_config`.
// B batch rows, N = Hg/p * Wg/p tokens, W dim, h heads, g key heads, D head width, Q condition tokens, Z their width,
// T modulation width, S time steps of a schedule.
#pragma once

#include <ATen/core/Tensor.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "core/base/json.h"
#include "core/nn/layers.h"
#include "core/nn/probe.h"

namespace b3o {

struct NextDitConfig {
  int64_t input_size, patch_size, in_channels;  // the native grid, p, C
  int64_t dim, n_layers, n_heads, n_kv_heads;   // W, layers, h, g
  int64_t multiple_of;
  std::optional<double> ffn_dim_multiplier;
  double norm_eps;
  int64_t latent_embedding_size;  // Z
  int64_t time_embed_dim_cap;

  int64_t head_width() const { return dim / n_heads; }
  int64_t kv_width() const { return n_kv_heads * head_width(); }
  int64_t patch_values() const { return in_channels * patch_size * patch_size; }
  int64_t modulation_width() const { return std::min(dim, time_embed_dim_cap); }
  int64_t ffn_width() const;  // generation.md 4.1

  // The object `dit_config`; LoadError for a missing key or a value this network cannot have.
  static NextDitConfig from_json(const Fields& dit_config);
  // The released models, whose folders carry no dit_config.
  static NextDitConfig official(int64_t condition_width);
};

struct DitAttention {
  int64_t heads, kv_heads;
  Linear to_q, to_k, to_v;
  LayerNorm norm_q, norm_k;  // over all heads together
  DitAttention(const Scope& s, const NextDitConfig& c);
};

struct DitFeedForward {
  Linear linear_1, linear_2, linear_3;
  DitFeedForward(const Scope& s, const NextDitConfig& c);
  at::Tensor operator()(const at::Tensor& x) const;  // [B, N, W]
};

struct DitLayer {
  at::Tensor gate;  // [h]
  DitAttention attn1, attn2;
  Linear to_out;  // attn2.to_out.0, for the sum of both attentions
  DitFeedForward feed_forward;
  Linear norm1_linear;
  RmsNorm norm1, norm2, ffn_norm1, ffn_norm2, norm1_context;
  DitLayer(const Scope& s, const NextDitConfig& c);
};

struct NextDit {
  // All that depends on z only; computed once per picture, or per step while training.
  struct Condition {
    int64_t null_rows = 0;                 // leading batch rows with z = 0, whose cross attention is a constant
    at::Tensor caption;                    // [B - null_rows, Q, W]
    at::Tensor pooled;                     // [B, T]
    std::vector<at::Tensor> keys, values;  // per layer [B - null_rows, g, Q, D]
    std::vector<at::Tensor> null_values;   // per layer [1, h, 1, D]; empty without null rows
    int64_t batch() const { return pooled.size(0); }
  };
  // All that depends on time and condition only, for every step of a schedule.
  struct Modulation {
    struct Layer {
      at::Tensor scale_a, gate_a, scale_f, gate_f;  // [S, B, 1, W]: 1 + scale, tanh(gate)
    };
    at::Tensor temb;  // [S, B, T]
    std::vector<Layer> layers;
    at::Tensor scale_out;  // [S, B, 1, W]
  };

  NextDitConfig config;
  Linear caption_linear_1, caption_linear_2, patch_embedder;
  Linear timestep_linear_1, timestep_linear_2;
  LayerNorm caption_norm;
  Linear caption_embedder;
  std::vector<DitLayer> layers;
  Linear norm_out_linear_1, norm_out_linear_2;

  NextDit(const Scope& s, const NextDitConfig& c);  // s: model.dit.model

  Condition condition(const at::Tensor& z) const;  // [B, Q, Z]
  // The 2B rows of classifier-free guidance: B rows with z = 0, then the rows of z. Equals condition() of the two
  // concatenated; all keys of a null row are the same, so its attention needs no queries.
  Condition guided_condition(const at::Tensor& z) const;  // [B, Q, Z]
  // times [S] on the scale 0..1000, whole or fractional. Holds 4 W * layers * S * B numbers.
  Modulation modulation(const at::Tensor& times, const Condition& condition) const;

  // The velocity [B, C, Hg, Wg] for x [B, C, Hg, Wg] in any number type; computed and returned in the network's.
  // Probes: patch_embedder, timestep_embedder, temb, layers.I.{norm1_modulated,attn1,attn2.to_q,attn2,feed_forward},
  // layers.I. attn2.to_q: normalised and rotated queries of the rows with a condition [B, h, N, D].
  at::Tensor operator()(const at::Tensor& x, const at::Tensor& t, const Condition& condition,
                        const Probe& probe = {}) const;  // t [B]
  at::Tensor operator()(const at::Tensor& x, const Modulation& modulation, int64_t step, const Condition& condition,
                        const Probe& probe = {}) const;

 private:
  at::ScalarType type() const { return caption_norm.weight.scalar_type(); }
  at::Tensor embed_times(const at::Tensor& times) const;  // [n] -> [n, T]
  Modulation modulate(const at::Tensor& temb) const;      // [S, B, T]
};

}  // namespace b3o
