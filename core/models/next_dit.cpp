#include "core/models/next_dit.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>

#include "core/base/error.h"

namespace b3o {
namespace {

constexpr int64_t kTimeWidth = 256;      // of the sinusoidal time vector
constexpr double kCaptionEps = 1e-5;     // of the LayerNorm before caption_embedder
constexpr double kQueryKeyEps = 1e-5;    // of norm_q and norm_k
constexpr double kOutputEps = 1e-6;      // of the LayerNorm before norm_out.linear_2
constexpr double kRotationBase = 10000;  // of the two-dimensional rotary embedding

// Angles of the h x w grid: pair k of a head turns by row * f for even k and column * f for odd k, where both pairs
// 2m and 2m + 1 have f = base^(-4m/D).
struct Rotation {
  at::Tensor cosine, sine;  // [N, 1, D/2] fp32
};

Rotation grid_rotation(int64_t h, int64_t w, int64_t head_width, at::Device device) {
  const auto numbers = at::TensorOptions(at::kDouble).device(device);
  const at::Tensor m = at::arange(head_width / 4, numbers);
  const at::Tensor frequency = at::exp(m * (-4.0 * std::log(kRotationBase) / double(head_width)));
  const at::Tensor rows = at::arange(h, numbers).view({h, 1, 1}).expand({h, w, 1}) * frequency;     // [h, w, D/4]
  const at::Tensor columns = at::arange(w, numbers).view({1, w, 1}).expand({h, w, 1}) * frequency;  // [h, w, D/4]
  const at::Tensor angles = at::stack({rows, columns}, -1).view({h * w, 1, head_width / 2});
  return {at::cos(angles).to(at::kFloat), at::sin(angles).to(at::kFloat)};
}

// [B, N, h*D] -> [B, h, N, D]; neighbouring elements are turned as complex numbers, in fp32.
at::Tensor rotate(const at::Tensor& x, int64_t heads, const Rotation& by) {
  const int64_t batch = x.size(0), tokens = x.size(1), width = x.size(2) / heads;
  const at::Tensor pairs = x.to(at::kFloat).view({batch, tokens, heads, width / 2, 2});
  const at::Tensor a = pairs.select(-1, 0), b = pairs.select(-1, 1);  // [B, N, h, D/2]
  const at::Tensor turned = at::stack({a * by.cosine - b * by.sine, a * by.sine + b * by.cosine}, -1);
  return turned.view({batch, tokens, heads, width}).to(x.scalar_type()).transpose(1, 2);
}

// Token values in the order (C, row, column) of the patch.
at::Tensor patchify(const at::Tensor& x, int64_t p) {
  const int64_t batch = x.size(0), channels = x.size(1), h = x.size(2) / p, w = x.size(3) / p;
  return x.reshape({batch, channels, h, p, w, p}).permute({0, 2, 4, 1, 3, 5}).reshape({batch, h * w, channels * p * p});
}

// Token values in the order (row, column, C): not that of patchify.
at::Tensor unpatchify(const at::Tensor& tokens, int64_t p, int64_t h, int64_t w) {
  const int64_t batch = tokens.size(0), channels = tokens.size(2) / (p * p);
  return tokens.view({batch, h, w, p, p, channels})
      .permute({0, 5, 1, 3, 2, 4})
      .reshape({batch, channels, h * p, w * p});
}

void check(bool holds, const std::string& where, const std::string& sentence) {
  if (!holds) throw LoadError(cat(where, ": ", sentence));
}

}  // namespace

int64_t NextDitConfig::ffn_width() const {
  int64_t width = 2 * (4 * dim) / 3;
  if (ffn_dim_multiplier) width = int64_t(*ffn_dim_multiplier * double(width));
  return multiple_of * ((width + multiple_of - 1) / multiple_of);
}

NextDitConfig NextDitConfig::from_json(const Fields& f) {
  NextDitConfig c{
      .input_size = f.integer_in("input_size", 1, 1024),
      .patch_size = f.integer_in("patch_size", 1, 64),
      .in_channels = f.integer_in("in_channels", 1, 1 << 16),
      .dim = f.integer_in("dim", 4, 1 << 16),
      .n_layers = f.integer_in("n_layers", 1, 1024),
      .n_heads = f.integer_in("n_heads", 1, 1 << 12),
      .n_kv_heads = f.integer_in("n_kv_heads", 1, 1 << 12),
      .multiple_of = f.integer_in("multiple_of", 1, 1 << 16),
      .ffn_dim_multiplier = {},
      .norm_eps = f.number("norm_eps"),
      .latent_embedding_size = f.integer_in("latent_embedding_size", 1, 1 << 16),
      .time_embed_dim_cap = f.has("time_embed_dim_cap") ? f.integer_in("time_embed_dim_cap", 1, 1 << 16) : 1024};
  if (f.has("ffn_dim_multiplier")) {
    c.ffn_dim_multiplier = f.number("ffn_dim_multiplier");
    check(*c.ffn_dim_multiplier > 0 && *c.ffn_dim_multiplier <= 64, f.where(),
          cat("ffn_dim_multiplier must be in (0, 64], got ", *c.ffn_dim_multiplier));
  }
  check(c.norm_eps > 0 && c.norm_eps < 1, f.where(), cat("norm_eps must be in (0, 1), got ", c.norm_eps));
  check(c.dim % c.n_heads == 0 && c.head_width() % 4 == 0, f.where(),
        cat("dim must be n_heads times a multiple of 4, got dim ", c.dim, " and n_heads ", c.n_heads));
  check(c.n_heads % c.n_kv_heads == 0, f.where(),
        cat("n_heads must be a multiple of n_kv_heads, got ", c.n_heads, " and ", c.n_kv_heads));
  check(c.input_size % c.patch_size == 0, f.where(),
        cat("input_size must be a multiple of patch_size, got ", c.input_size, " and ", c.patch_size));
  check(c.ffn_width() > 0, f.where(), "ffn_dim_multiplier leaves no feed-forward width");
  check(f.boolean("qk_norm", true), f.where(), "qk_norm false is not supported, expected true");
  check(!f.boolean("learn_sigma", false), f.where(), "learn_sigma true is not supported, expected false");
  return c;
}

NextDitConfig NextDitConfig::official(int64_t condition_width) {
  return {.input_size = 8,
          .patch_size = 1,
          .in_channels = 1792,
          .dim = 1792,
          .n_layers = 24,
          .n_heads = 28,
          .n_kv_heads = 28,
          .multiple_of = 256,
          .ffn_dim_multiplier = {},
          .norm_eps = 1e-5,
          .latent_embedding_size = condition_width,
          .time_embed_dim_cap = 1024};
}

DitAttention::DitAttention(const Scope& s, const NextDitConfig& c)
    : heads(c.n_heads),
      kv_heads(c.n_kv_heads),
      to_q(s / "to_q", c.dim, c.dim, Bias::no),
      to_k(s / "to_k", c.dim, c.kv_width(), Bias::no),
      to_v(s / "to_v", c.dim, c.kv_width(), Bias::no),
      norm_q(s / "norm_q", c.dim, kQueryKeyEps),
      norm_k(s / "norm_k", c.kv_width(), kQueryKeyEps) {}

DitFeedForward::DitFeedForward(const Scope& s, const NextDitConfig& c)
    : linear_1(s / "linear_1", c.dim, c.ffn_width(), Bias::no),
      linear_2(s / "linear_2", c.ffn_width(), c.dim, Bias::no),
      linear_3(s / "linear_3", c.dim, c.ffn_width(), Bias::no) {}

at::Tensor DitFeedForward::operator()(const at::Tensor& x) const {
  return linear_2(at::silu(linear_1(x)) * linear_3(x));
}

DitLayer::DitLayer(const Scope& s, const NextDitConfig& c)
    : gate(s.take("gate", {c.n_heads})),
      attn1(s / "attn1", c),
      attn2(s / "attn2", c),
      to_out(s / "attn2" / "to_out" / 0, c.dim, c.dim, Bias::no),
      feed_forward(s / "feed_forward", c),
      norm1_linear(s / "norm1" / "linear", c.modulation_width(), 4 * c.dim),
      norm1(s / "norm1" / "norm", c.dim, c.norm_eps),
      norm2(s / "norm2", c.dim, c.norm_eps),
      ffn_norm1(s / "ffn_norm1", c.dim, c.norm_eps),
      ffn_norm2(s / "ffn_norm2", c.dim, c.norm_eps),
      norm1_context(s / "norm1_context", c.dim, c.norm_eps) {}

NextDit::NextDit(const Scope& s, const NextDitConfig& c)
    : config(c),
      caption_linear_1(s / "caption_projection" / "linear_1", c.latent_embedding_size, c.dim),
      caption_linear_2(s / "caption_projection" / "linear_2", c.dim, c.dim),
      patch_embedder(s / "patch_embedder" / "proj", c.patch_values(), c.dim),
      timestep_linear_1(s / "time_caption_embed" / "timestep_embedder" / "linear_1", kTimeWidth, c.modulation_width()),
      timestep_linear_2(s / "time_caption_embed" / "timestep_embedder" / "linear_2", c.modulation_width(),
                        c.modulation_width()),
      caption_norm(s / "time_caption_embed" / "caption_embedder" / 0, c.dim, kCaptionEps),
      caption_embedder(s / "time_caption_embed" / "caption_embedder" / 1, c.dim, c.modulation_width()),
      norm_out_linear_1(s / "norm_out" / "linear_1", c.modulation_width(), c.dim),
      norm_out_linear_2(s / "norm_out" / "linear_2", c.dim, c.patch_values()) {
  layers.reserve(size_t(c.n_layers));
  for (int64_t i = 0; i < c.n_layers; ++i) layers.emplace_back(s / "layers" / i, c);
}

NextDit::Condition NextDit::condition(const at::Tensor& z) const {
  ensure(z.dim() == 3 && z.size(2) == config.latent_embedding_size, "the condition is [B, Q, condition width]");
  Condition c;
  c.caption = caption_linear_2(at::gelu(caption_linear_1(z.to(type())), "tanh"));  // [B, Q, W]
  const at::Tensor mean = c.caption.to(at::kFloat).mean(1).to(type());             // [B, W]
  c.pooled = caption_embedder(caption_norm(mean));                                 // [B, T]
  for (const DitLayer& layer : layers) {
    const at::Tensor context = layer.norm1_context(c.caption);  // [B, Q, W]
    const DitAttention& a = layer.attn2;
    c.keys.push_back(split_heads(a.norm_k(a.to_k(context)), a.kv_heads));  // [B, g, Q, D]
    c.values.push_back(split_heads(a.to_v(context), a.kv_heads));          // [B, g, Q, D]
  }
  return c;
}

NextDit::Condition NextDit::guided_condition(const at::Tensor& z) const {
  Condition c = condition(z);
  const Condition null = condition(at::zeros({1, 1, z.size(2)}, z.options()));  // one token stands for all
  c.null_rows = z.size(0);
  c.pooled = at::cat({null.pooled.expand({c.null_rows, -1}), c.pooled});  // [2B, T]
  for (const at::Tensor& values : null.values)
    c.null_values.push_back(values.repeat_interleave(config.n_heads / config.n_kv_heads, 1));  // [1, h, 1, D]
  return c;
}

at::Tensor NextDit::embed_times(const at::Tensor& times) const {
  const at::Tensor vector = sinusoid(times.to(caption_norm.weight.device()), kTimeWidth).to(type());
  return timestep_linear_2(at::silu(timestep_linear_1(vector)));
}

NextDit::Modulation NextDit::modulate(const at::Tensor& temb) const {
  Modulation m;
  m.temb = temb;
  const at::Tensor active = at::silu(temb);
  for (const DitLayer& layer : layers) {
    const auto parts = layer.norm1_linear(active).unsqueeze(2).chunk(4, -1);  // 4 of [S, B, 1, W]
    m.layers.push_back({1 + parts[0], at::tanh(parts[1]), 1 + parts[2], at::tanh(parts[3])});
  }
  m.scale_out = 1 + norm_out_linear_1(active).unsqueeze(2);
  return m;
}

NextDit::Modulation NextDit::modulation(const at::Tensor& times, const Condition& condition) const {
  return modulate(embed_times(times).unsqueeze(1) + condition.pooled.unsqueeze(0));
}

at::Tensor NextDit::operator()(const at::Tensor& x, const at::Tensor& t, const Condition& condition,
                               const Probe& probe) const {
  const at::Tensor te = embed_times(t);  // [B, T]
  probe("timestep_embedder", te);
  const at::Tensor temb = te + condition.pooled;
  probe("temb", temb);
  return (*this)(x, modulate(temb.unsqueeze(0)), 0, condition, probe);
}

at::Tensor NextDit::operator()(const at::Tensor& x, const Modulation& modulation, int64_t step,
                               const Condition& condition, const Probe& probe) const {
  const int64_t p = config.patch_size;
  ensure(x.dim() == 4 && x.size(1) == config.in_channels && x.size(2) % p == 0 && x.size(3) % p == 0,
         "the features are [B, C, Hg, Wg] with sides that are multiples of the patch");
  ensure(x.size(0) == condition.batch(), "the features have one row for each row of the condition");
  const int64_t h = x.size(2) / p, w = x.size(3) / p;
  const Rotation rotation = grid_rotation(h, w, config.head_width(), x.device());
  at::Tensor hidden = patch_embedder(patchify(x.to(type()), p));  // [B, N, W]
  probe("patch_embedder", hidden);

  const int64_t null_rows = condition.null_rows, rows = x.size(0) - null_rows;
  for (size_t i = 0; i < layers.size(); ++i) {
    const DitLayer& layer = layers[i];
    const Modulation::Layer& m = modulation.layers[i];
    const std::string name = "layers." + std::to_string(i);

    const at::Tensor n = layer.norm1(hidden) * m.scale_a[step];  // [B, N, W]
    probe(name + ".norm1_modulated", n);
    const DitAttention &self = layer.attn1, &cross = layer.attn2;
    const at::Tensor a1 = attend(rotate(self.norm_q(self.to_q(n)), self.heads, rotation),
                                 rotate(self.norm_k(self.to_k(n)), self.kv_heads, rotation),
                                 split_heads(self.to_v(n), self.kv_heads));  // [B, h, N, D]
    probe(name + ".attn1", a1.transpose(1, 2));
    const at::Tensor queries =
        rotate(cross.norm_q(cross.to_q(n.narrow(0, null_rows, rows))), cross.heads, rotation);  // [B, h, N, D]
    probe(name + ".attn2.to_q", queries);
    at::Tensor a2 = attend(queries, condition.keys[i], condition.values[i]);
    if (null_rows > 0) {
      const at::Tensor constant = condition.null_values[i].expand({null_rows, cross.heads, h * w, -1});
      a2 = at::cat({constant, a2});  // [B, h, N, D]
    }
    probe(name + ".attn2", a2.transpose(1, 2));
    const at::Tensor both = a1 + at::tanh(layer.gate).view({1, -1, 1, 1}) * a2;
    hidden = hidden + m.gate_a[step] * layer.norm2(layer.to_out(merge_heads(both)));

    const at::Tensor y = layer.feed_forward(layer.ffn_norm1(hidden) * m.scale_f[step]);
    probe(name + ".feed_forward", y);
    hidden = hidden + m.gate_f[step] * layer.ffn_norm2(y);
    probe(name, hidden);
  }
  const at::Tensor y = at::layer_norm(hidden, {config.dim}, {}, {}, kOutputEps) * modulation.scale_out[step];
  return unpatchify(norm_out_linear_2(y), p, h, w);  // [B, C, Hg, Wg]
}

}  // namespace b3o
