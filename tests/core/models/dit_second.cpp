#include "tests/core/models/dit_support.h"

namespace b3o::test {
namespace {

using at::indexing::Slice;

struct Second {
  const NextDitConfig& c;
  std::string prefix;
  Slip slip;

  at::Tensor weight(const std::string& name, at::IntArrayRef shape) const {
    at::Tensor values = at::empty(shape, at::kFloat);
    fill_by_name_decoder(prefix + "." + name, values);
    return values.to(at::kDouble);
  }
  at::Tensor linear(const at::Tensor& x, const std::string& name, int64_t out, bool bias) const {
    const at::Tensor y = at::matmul(x, weight(name + ".weight", {out, x.size(-1)}).t());
    return bias ? y + weight(name + ".bias", {out}) : y;
  }
  at::Tensor rms(const at::Tensor& x, const std::string& name) const {
    return x / (x.square().mean(-1, true) + c.norm_eps).sqrt() * weight(name + ".weight", {x.size(-1)});
  }
  static at::Tensor centred(const at::Tensor& x, double eps) {
    const at::Tensor d = x - x.mean(-1, true);
    return d / (d.square().mean(-1, true) + eps).sqrt();
  }
  at::Tensor layer_norm(const at::Tensor& x, const std::string& name, int64_t parts = 1) const {
    const at::Tensor y = centred(x.reshape({x.size(0), x.size(1), parts, -1}), 1e-5).reshape(x.sizes());
    return y * weight(name + ".weight", {x.size(-1)}) + weight(name + ".bias", {x.size(-1)});
  }

  at::Tensor time_vector(const at::Tensor& t) const {  // [B] -> [B, 256]
    const at::Tensor frequency = at::exp(at::arange(128, at::kDouble) * (-std::log(10000.0) / 128.0));
    const at::Tensor angle = t.to(at::kDouble).view({-1, 1}) * frequency;
    return slip == Slip::sine_first ? at::cat({angle.sin(), angle.cos()}, 1) : at::cat({angle.cos(), angle.sin()}, 1);
  }

  // [B, N, heads*D] -> [B, N, heads, D], turned by the position of each token in the grid of width w.
  at::Tensor rotated(const at::Tensor& x, int64_t heads, int64_t w) const {
    const int64_t width = x.size(2) / heads, half = width / 2;
    at::Tensor y = x.reshape({x.size(0), x.size(1), heads, width}).clone();
    for (int64_t n = 0; n < x.size(1); ++n)
      for (int64_t k = 0; k < half; ++k) {
        bool by_row = k % 2 == 0;
        int64_t m = k / 2;
        if (slip == Slip::rows_and_columns_swapped) by_row = !by_row;
        if (slip == Slip::rows_then_columns) {
          by_row = k < half / 2;
          m = k % (half / 2);
        }
        const double angle = double(by_row ? n / w : n % w) * std::pow(10000.0, -2.0 * double(m) / double(half));
        const at::Tensor a = y.index({Slice(), n, Slice(), 2 * k}).clone();
        const at::Tensor b = y.index({Slice(), n, Slice(), 2 * k + 1}).clone();
        y.index_put_({Slice(), n, Slice(), 2 * k}, a * std::cos(angle) - b * std::sin(angle));
        y.index_put_({Slice(), n, Slice(), 2 * k + 1}, a * std::sin(angle) + b * std::cos(angle));
      }
    return y;
  }

  // q [B, N, h, D], k and v [B, S, g, D] -> [B, N, h, D]
  at::Tensor attention(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v) const {
    at::Tensor out = at::empty_like(q);
    const int64_t group = c.n_heads / c.n_kv_heads;
    for (int64_t h = 0; h < c.n_heads; ++h) {
      const int64_t g = slip == Slip::kv_heads_tiled ? h % c.n_kv_heads : h / group;
      const at::Tensor scores =
          at::matmul(q.select(2, h), k.select(2, g).transpose(1, 2)) / std::sqrt(double(c.head_width()));
      out.select(2, h).copy_(at::matmul(at::softmax(scores, -1), v.select(2, g)));
    }
    return out;
  }

  at::Tensor layer(const at::Tensor& hidden, const at::Tensor& caption, const at::Tensor& temb, int64_t i,
                   int64_t w) const {
    const std::string name = "layers." + std::to_string(i), self = name + ".attn1", cross = name + ".attn2";
    const int64_t q_parts = slip == Slip::query_norm_per_head ? c.n_heads : 1;
    auto m = linear(at::silu(temb), name + ".norm1.linear", 4 * c.dim, true).unsqueeze(1).chunk(4, -1);
    if (slip == Slip::scale_a_and_gate_a_swapped) std::swap(m[0], m[1]);
    const at::Tensor gate_a = slip == Slip::no_tanh_on_gate_a ? m[1] : m[1].tanh();

    const auto by_heads = [](const at::Tensor& x, int64_t heads) {
      return x.reshape({x.size(0), x.size(1), heads, -1});
    };
    const at::Tensor n = rms(hidden, name + ".norm1.norm") * (1 + m[0]);
    const at::Tensor q1 = layer_norm(linear(n, self + ".to_q", c.dim, false), self + ".norm_q", q_parts);
    const at::Tensor k1 = layer_norm(linear(n, self + ".to_k", c.kv_width(), false), self + ".norm_k");
    const at::Tensor v1 = linear(n, self + ".to_v", c.kv_width(), false);
    const at::Tensor a1 =
        attention(rotated(q1, c.n_heads, w), rotated(k1, c.n_kv_heads, w), by_heads(v1, c.n_kv_heads));
    const at::Tensor context = rms(caption, name + ".norm1_context");
    const at::Tensor q2 = layer_norm(linear(n, cross + ".to_q", c.dim, false), cross + ".norm_q", q_parts);
    const at::Tensor k2 = layer_norm(linear(context, cross + ".to_k", c.kv_width(), false), cross + ".norm_k");
    const at::Tensor v2 = linear(context, cross + ".to_v", c.kv_width(), false);
    const bool turned = slip != Slip::cross_queries_not_rotated;
    const at::Tensor a2 = attention(turned ? rotated(q2, c.n_heads, w) : by_heads(q2, c.n_heads),
                                    by_heads(k2, c.n_kv_heads), by_heads(v2, c.n_kv_heads));
    const at::Tensor both = a1 + weight(name + ".gate", {c.n_heads}).tanh().view({1, 1, -1, 1}) * a2;
    const at::Tensor o = linear(both.reshape(hidden.sizes()), cross + ".to_out.0", c.dim, false);
    const at::Tensor between = hidden + gate_a * rms(o, name + ".norm2");

    const std::string ff = name + ".feed_forward";
    const at::Tensor y = rms(between, name + ".ffn_norm1") * (1 + m[2]);
    const at::Tensor one = linear(y, ff + ".linear_1", c.ffn_width(), false);
    const at::Tensor three = linear(y, ff + ".linear_3", c.ffn_width(), false);
    const at::Tensor product = slip == Slip::silu_on_linear_3 ? one * at::silu(three) : at::silu(one) * three;
    return between + m[3].tanh() * rms(linear(product, ff + ".linear_2", c.dim, false), name + ".ffn_norm2");
  }

  at::Tensor operator()(const at::Tensor& x, const at::Tensor& t, const at::Tensor& z) const {
    const int64_t p = c.patch_size, h = x.size(2) / p, w = x.size(3) / p, batch = x.size(0);
    const std::string embed = "time_caption_embed.";
    const at::Tensor first = linear(z.to(at::kDouble), "caption_projection.linear_1", c.dim, true);
    const at::Tensor active = at::gelu(first, slip == Slip::erf_in_caption_projection ? "none" : "tanh");
    const at::Tensor caption = linear(active, "caption_projection.linear_2", c.dim, true);
    const at::Tensor pooled = layer_norm(caption.mean(1, true), embed + "caption_embedder.0").squeeze(1);
    const int64_t width = c.modulation_width();
    const at::Tensor te = linear(at::silu(linear(time_vector(t), embed + "timestep_embedder.linear_1", width, true)),
                                 embed + "timestep_embedder.linear_2", width, true);
    const at::Tensor temb = te + linear(pooled, embed + "caption_embedder.1", width, true);

    at::Tensor tokens = at::empty({batch, h * w, c.patch_values()}, at::kDouble);
    for (int64_t i = 0; i < h; ++i)
      for (int64_t j = 0; j < w; ++j)
        tokens.select(1, i * w + j)
            .copy_(x.index({Slice(), Slice(), Slice(i * p, i * p + p), Slice(j * p, j * p + p)}).reshape({batch, -1}));
    at::Tensor hidden = linear(tokens, "patch_embedder.proj", c.dim, true);
    for (int64_t i = 0; i < c.n_layers; ++i) hidden = layer(hidden, caption, temb, i, w);
    const at::Tensor scale = linear(at::silu(temb), "norm_out.linear_1", c.dim, true).unsqueeze(1);
    const at::Tensor out = linear(centred(hidden, 1e-6) * (1 + scale), "norm_out.linear_2", c.patch_values(), true);
    at::Tensor v = at::empty(x.sizes(), at::kDouble);
    for (int64_t i = 0; i < h; ++i)
      for (int64_t j = 0; j < w; ++j)
        v.index({Slice(), Slice(), Slice(i * p, i * p + p), Slice(j * p, j * p + p)})
            .copy_(out.select(1, i * w + j).reshape({batch, p, p, c.in_channels}).permute({0, 3, 1, 2}));
    return v;
  }
};

}  // namespace

at::Tensor second_dit(const NextDitConfig& config, const std::string& prefix, const at::Tensor& x, const at::Tensor& t,
                      const at::Tensor& z, Slip slip) {
  return Second{config, prefix, slip}(x, t, z);
}

}  // namespace b3o::test
