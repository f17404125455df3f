#include "core/models/eva_clip.h"

#include <ATen/ATen.h>

#include <charconv>
#include <cmath>
#include <limits>

#include "core/base/error.h"
#include "core/nn/parts.h"

namespace b3o {
namespace {

constexpr double kEps = 1e-6;
constexpr int64_t kColours = 3;
constexpr int64_t kPartRows = 256;
constexpr int64_t kMaxWidth = 1 << 16;

void check(bool holds, const std::string& where, const std::string& sentence) {
  if (!holds) throw LoadError(cat(where, ": ", sentence));
}

at::Tensor qkv_bias_of(const Scope& s, int64_t width) {
  if (!s.has("q_bias") && !s.has("v_bias")) return s.take("qkv.bias", {3 * width});
  const at::Tensor q = s.take("q_bias", {width}), v = s.take("v_bias", {width});
  return at::cat({q, at::zeros_like(q), v});
}

}  // namespace

EvaConfig EvaConfig::from_json(const Fields& f) {
  EvaConfig c{.image_size = f.integer_in("image_size", 1, 1 << 14),
              .patch_size = f.integer_in("patch_size", 1, 1 << 10),
              .width = f.integer_in("width", 1, kMaxWidth),
              .head_width = f.integer_in("head_width", 1, kMaxWidth),
              .layers = f.integer_in("layers", 1, 1024),
              .mlp_ratio = f.number("mlp_ratio")};
  check(c.image_size % c.patch_size == 0, f.where(),
        cat("image_size must be a multiple of patch_size, got ", c.image_size, " and ", c.patch_size));
  check(c.width % c.head_width == 0, f.where(),
        cat("width must be a multiple of head_width, got ", c.width, " and ", c.head_width));
  check(c.mlp_ratio > 0 && c.mlp_ratio <= 64 && c.mlp_width() > 0, f.where(),
        cat("mlp_ratio must be in (0, 64] and leave a width, got ", c.mlp_ratio));
  check(f.boolean("qkv_bias", true), f.where(), "qkv_bias false is not supported, expected true");
  check(f.boolean("postnorm", true), f.where(), "postnorm false is not supported, expected true");
  return c;
}

EvaConfig EvaConfig::official() {
  return {.image_size = 448,
          .patch_size = 14,
          .width = 1792,
          .head_width = 112,
          .layers = 64,
          .mlp_ratio = 8.571428571428571};
}

EvaAttention::EvaAttention(const Scope& s, const EvaConfig& c)
    : heads(c.heads()),
      qkv_weight(s.take_matrix("qkv.weight", {3 * c.width, c.width})),
      qkv_bias(qkv_bias_of(s, c.width)),
      proj(s / "proj", c.width, c.width) {}

at::Tensor EvaAttention::operator()(const at::Tensor& x) const {
  const auto qkv = apply_linear(x, qkv_weight, qkv_bias).chunk(3, -1);  // 3 of [B, 1 + n, W]
  return proj(merge_heads(attend(split_heads(qkv[0], heads), split_heads(qkv[1], heads), split_heads(qkv[2], heads))));
}

EvaBlock::EvaBlock(const Scope& s, const EvaConfig& c)
    : attn(s / "attn", c),
      norm1(s / "norm1", c.width, kEps),
      norm2(s / "norm2", c.width, kEps),
      fc1(s / "mlp" / "fc1", c.width, c.mlp_width()),
      fc2(s / "mlp" / "fc2", c.mlp_width(), c.width) {}

at::Tensor EvaBlock::operator()(const at::Tensor& x, int64_t part_rows, const Probe& probe) const {
  const at::Tensor y = (x + norm1(attn(x))).flatten(0, 1);  // [B (1 + n), W]
  probe("attn", y);
  return in_parts(y.size(0), part_rows, 0, probe,
                  [&](int64_t begin, int64_t n) {
                    const at::Tensor part = y.narrow(0, begin, n);
                    return part + norm2(fc2(at::gelu(fc1(part))));
                  })
      .view(x.sizes());
}

EvaClip::EvaClip(const Scope& s, const EvaConfig& c)
    : config(c),
      cls_token(s.take("cls_token", {1, 1, c.width})),
      pos_embed(s.take("pos_embed", {1, 1 + c.side() * c.side(), c.width})),
      patch_embed(s / "patch_embed" / "proj", kColours, c.width, c.patch_size, c.patch_size),
      part_rows(pos_embed.is_cpu() ? kPartRows : std::numeric_limits<int64_t>::max()) {
  blocks.reserve(size_t(c.layers));
  for (int64_t i = 0; i < c.layers; ++i) blocks.emplace_back(s / "blocks" / i, c);
}

at::Tensor EvaClip::tokens(const at::Tensor& pixels, const Probe& probe) const {
  const int64_t size = config.image_size;
  ensure(pixels.dim() == 4 && pixels.sizes().slice(1) == at::IntArrayRef({kColours, size, size}),
         "the pictures are [B, 3, image_size, image_size]");
  const at::Tensor patches = patch_embed(pixels.to(pos_embed.scalar_type()));  // [B, W, side, side]
  probe("patch_embed", patches);
  const at::Tensor cls = cls_token.expand({pixels.size(0), 1, config.width});
  at::Tensor x = at::cat({cls, grid_to_tokens(patches)}, 1) + pos_embed;  // [B, 1 + n, W]
  for (size_t i = 0; i < blocks.size(); ++i) {
    x = blocks[i](x, part_rows, probe);
    probe("blocks." + std::to_string(i), x);
  }
  return x.narrow(1, 1, x.size(1) - 1);  // [B, n, W]
}

at::Tensor pool_tokens(const at::Tensor& tokens, int64_t stride) {
  const int64_t n = int64_t(std::llround(std::sqrt(double(tokens.size(1)))));
  ensure(n * n == tokens.size(1), "pooled tokens form a square");
  if (stride < 1 || n % stride != 0)
    throw LoadError(cat("gen_pooling: the stride ", stride, " does not divide the ", n, " tokens of a side"));
  return at::avg_pool2d(tokens_to_grid(tokens, n, n), stride);
}

int64_t pooling_stride(const std::string& gen_pooling) {
  const size_t underscore = gen_pooling.rfind('_');
  int64_t stride = 0;
  if (gen_pooling.starts_with("early") && underscore != std::string::npos) {
    const char *first = gen_pooling.data() + underscore + 1, *last = gen_pooling.data() + gen_pooling.size();
    const auto [end, error] = std::from_chars(first, last, stride);
    if (error != std::errc() || end != last) stride = 0;
  }
  if (stride < 1 || stride > 1024)
    throw LoadError(cat("gen_pooling is '", gen_pooling, "', expected a form like 'early_pool2d_4'"));
  return stride;
}

at::Tensor grid_to_tokens(const at::Tensor& grid) { return grid.flatten(2).transpose(1, 2); }

at::Tensor tokens_to_grid(const at::Tensor& tokens, int64_t h, int64_t w) {
  return tokens.transpose(1, 2).reshape({tokens.size(0), tokens.size(2), h, w});
}

}  // namespace b3o
