#include "core/models/sdxl_unet.h"

#include <ATen/ATen.h>

#include <algorithm>

#include "core/base/error.h"

namespace b3o {
namespace {

constexpr int64_t kSizeNumbers = 6;
constexpr double kTransformerEps = 1e-6;  // GroupNorm before the attention; the residual blocks use norm_eps
constexpr double kLayerNormEps = 1e-5;

at::Tensor to_tokens(const at::Tensor& x) { return x.flatten(2).transpose(1, 2).contiguous(); }  // [B, N, C]

at::Tensor transform(const UnetTransformer& u, const at::Tensor& x, const SdxlUnet::Condition& c, const Trace& trace) {
  at::Tensor h = u.proj_in(to_tokens(u.norm(x)));  // [B, N, C]
  for (size_t i = 0; i < u.transformer_blocks.size(); ++i) {
    const auto& block = u.transformer_blocks[i];
    h = block(std::move(h), c.tokens[block.place], trace / "transformer_blocks" / int64_t(i));
  }
  h = u.proj_out(h).transpose(1, 2).view(x.sizes());  // [B, C, h, w]
  h = x + h;
  trace(h);
  return h;
}

at::Tensor one_layer(const UnetStage& s, size_t i, const at::Tensor& x, const at::Tensor& time,
                     const SdxlUnet::Condition& c, const Trace& trace) {
  at::Tensor h = s.resnets[i](x, time, trace / "resnets" / int64_t(i));
  if (i < s.attentions.size()) h = transform(s.attentions[i], h, c, trace / "attentions" / int64_t(i));
  return h;
}

// Builds the stages and counts the cross-attentions in the order of the computation.
struct Builder {
  const UnetConfig& c;
  size_t cross_attentions = 0;

  Resnet resnet(const Scope& s, int64_t in, int64_t out) const { return {s, in, out, {c.groups, c.eps, c.time_width}}; }

  UnetTransformer transformer(const Scope& s, int64_t width, int64_t heads, int64_t depth) {
    UnetTransformer u{GroupNorm(s / "norm", width, c.groups, kTransformerEps),
                      ChannelProjection(s / "proj_in", width, c.linear_projection),
                      {},
                      ChannelProjection(s / "proj_out", width, c.linear_projection)};
    for (int64_t i = 0; i < depth; ++i)
      u.transformer_blocks.emplace_back(s / "transformer_blocks" / i, width, heads, c.token_width, cross_attentions++);
    return u;
  }

  void layer(UnetStage& stage, const Scope& s, int64_t in, int64_t out, int64_t heads, int64_t depth) {
    const auto i = int64_t(stage.resnets.size());
    stage.resnets.push_back(resnet(s / "resnets" / i, in, out));
    if (depth > 0) stage.attentions.push_back(transformer(s / "attentions" / i, out, heads, depth));
  }

  std::vector<UnetStage> down(const Scope& s) {
    std::vector<UnetStage> stages;
    int64_t in = c.levels[0].channels;
    for (size_t i = 0; i < c.levels.size(); ++i) {
      const auto& level = c.levels[i];
      const Scope here = s / int64_t(i);
      UnetStage& stage = stages.emplace_back();
      for (int64_t j = 0; j < level.resnets; ++j) {
        layer(stage, here, in, level.channels, level.heads, level.down_transformers);
        in = level.channels;
      }
      if (i + 1 < c.levels.size()) stage.sampler.emplace(here / "downsamplers" / 0 / "conv", in, in, 3, 2, 1);
    }
    return stages;
  }

  UnetStage mid(const Scope& s) {
    UnetStage stage;
    const int64_t width = c.levels.back().channels;
    layer(stage, s, width, width, c.mid_heads, c.mid_transformers);
    layer(stage, s, width, width, c.mid_heads, 0);
    return stage;
  }

  // Channels of the maps that the down blocks leave for the up blocks, in the order in which they are made.
  std::vector<int64_t> skips() const {
    std::vector<int64_t> channels = {c.levels[0].channels};
    for (size_t i = 0; i < c.levels.size(); ++i)
      channels.insert(channels.end(), size_t(c.levels[i].resnets) + (i + 1 < c.levels.size()), c.levels[i].channels);
    return channels;
  }

  std::vector<UnetStage> up(const Scope& s) {
    std::vector<UnetStage> stages;
    std::vector<int64_t> skip = skips();
    int64_t in = c.levels.back().channels;
    for (size_t i = 0; i < c.levels.size(); ++i) {
      const auto& level = c.levels[c.levels.size() - 1 - i];
      const Scope here = s / int64_t(i);
      UnetStage& stage = stages.emplace_back();
      for (int64_t j = 0; j <= level.resnets; ++j) {
        layer(stage, here, in + skip.back(), level.channels, level.heads, level.up_transformers);
        skip.pop_back();
        in = level.channels;
      }
      if (i + 1 < c.levels.size()) stage.sampler.emplace(here / "upsamplers" / 0 / "conv", in, in, 3, 1, 1);
    }
    return stages;
  }
};

}  // namespace

TimestepEmbedding::TimestepEmbedding(const Scope& s, int64_t in, int64_t width)
    : linear_1(s / "linear_1", in, width), linear_2(s / "linear_2", width, width) {}

at::Tensor TimestepEmbedding::operator()(const at::Tensor& x) const { return linear_2(activate(linear_1(x))); }

UnetAttention::UnetAttention(const Scope& s, int64_t width, int64_t context_width, int64_t heads)
    : heads(heads),
      to_q(s / "to_q", width, width, Bias::no),
      to_k(s / "to_k", context_width, width, Bias::no),
      to_v(s / "to_v", context_width, width, Bias::no),
      to_out(s / "to_out" / 0, width, width) {}

UnetAttention::KeysValues UnetAttention::keys_values(const at::Tensor& context) const {
  return {split_heads(to_k(context), heads), split_heads(to_v(context), heads)};
}

at::Tensor UnetAttention::operator()(const at::Tensor& x, const KeysValues& kv, const Trace& trace) const {
  const at::Tensor q = split_heads(to_q(x), heads);  // [B, heads, N, C / heads]
  (trace / "to_q")(q);
  return to_out(merge_heads(attend(q, kv.k, kv.v)));  // [B, N, C]
}

GegluFeedForward::GegluFeedForward(const Scope& s, int64_t width)
    : proj(s / "net" / 0 / "proj", width, 8 * width), out(s / "net" / 2, 4 * width, width) {}

at::Tensor GegluFeedForward::operator()(const at::Tensor& x) const {
  const at::Tensor h = proj(x);  // [B, N, 8C]
  const int64_t half = h.size(2) / 2;
  return out(h.narrow(2, 0, half) * at::gelu(h.narrow(2, half, half)));
}

UnetTransformerBlock::UnetTransformerBlock(const Scope& s, int64_t width, int64_t heads, int64_t token_width,
                                           size_t place)
    : norm1(s / "norm1", width, kLayerNormEps),
      norm2(s / "norm2", width, kLayerNormEps),
      norm3(s / "norm3", width, kLayerNormEps),
      attn1(s / "attn1", width, width, heads),
      attn2(s / "attn2", width, token_width, heads),
      ff(s / "ff", width),
      place(place) {}

at::Tensor UnetTransformerBlock::operator()(at::Tensor x, const UnetAttention::KeysValues& tokens,
                                            const Trace& trace) const {
  const at::Tensor y = norm1(x);
  x = x + attn1(y, attn1.keys_values(y), trace / "attn1");
  x = x + attn2(norm2(x), tokens, trace / "attn2");
  x = x + ff(norm3(x));
  trace(x);
  return x;
}

ChannelProjection::ChannelProjection(const Scope& s, int64_t width, bool linear)
    : weight(linear ? s.take_matrix("weight", {width, width}) : s.take_matrix("weight", {width, width, 1, 1})),
      bias(s.take("bias", {width})) {}

at::Tensor ChannelProjection::operator()(const at::Tensor& x) const { return apply_linear(x, weight.flatten(1), bias); }

SdxlUnet::SdxlUnet(const Scope& s, const UnetConfig& c)
    : config(c),
      conv_in(s / "conv_in", c.in_channels, c.levels[0].channels, c.conv_in_kernel, 1, c.conv_in_kernel / 2),
      time_embedding(s / "time_embedding", c.levels[0].channels, c.time_width),
      add_embedding(s / "add_embedding", c.pooled_width + kSizeNumbers * c.id_width, c.time_width),
      conv_norm_out(s / "conv_norm_out", c.levels[0].channels, c.groups, c.eps),
      conv_out(s / "conv_out", c.levels[0].channels, c.out_channels, c.conv_out_kernel, 1, c.conv_out_kernel / 2) {
  Builder build{c};
  down_blocks = build.down(s / "down_blocks");
  mid_block = build.mid(s / "mid_block");
  up_blocks = build.up(s / "up_blocks");
}

SdxlUnet::Condition SdxlUnet::condition(const at::Tensor& tokens, const at::Tensor& pooled,
                                        const at::Tensor& time_ids) const {
  ensure(tokens.dim() == 3 && tokens.size(2) == config.token_width, "the condition is [B, n, token width]");
  ensure(pooled.dim() == 2 && pooled.size(0) == tokens.size(0) && pooled.size(1) == config.pooled_width,
         "the pooled condition is [B, pooled width]");
  ensure(time_ids.dim() == 2 && time_ids.size(0) == tokens.size(0) && time_ids.size(1) == kSizeNumbers,
         "the size numbers are [B, 6]");
  const at::ScalarType type = conv_out.bias.scalar_type();
  const at::Tensor ids = sinusoid(time_ids.to(pooled.device()).flatten(), config.id_width);  // [6B, id width]
  const at::Tensor both = at::cat({pooled.to(at::kFloat), ids.view({time_ids.size(0), -1})}, 1).to(type);
  Condition c{add_embedding(both), {}};
  const at::Tensor context = tokens.to(type);
  const auto take = [&](const UnetStage& stage) {
    for (const auto& attention : stage.attentions)
      for (const auto& block : attention.transformer_blocks) c.tokens.push_back(block.attn2.keys_values(context));
  };
  for (const auto& stage : down_blocks) take(stage);
  take(mid_block);
  for (const auto& stage : up_blocks) take(stage);
  return c;
}

at::Tensor SdxlUnet::operator()(const at::Tensor& x, const at::Tensor& t, const Condition& c,
                                const Probe& probe) const {
  ensure(x.dim() == 4 && x.size(1) == config.in_channels, "the latent is [B, in_channels, h, w]");
  ensure(t.dim() == 1 && t.size(0) == x.size(0) && c.added.size(0) == x.size(0),
         "every row has a timestep and a condition");
  const at::ScalarType type = conv_out.bias.scalar_type();
  const Trace trace{probe, ""};
  const at::Tensor steps = time_embedding(sinusoid(t.to(x.device()), config.levels[0].channels).to(type));  // [B, T]
  (trace / "time_embedding")(steps);
  (trace / "add_embedding")(c.added);
  const at::Tensor time = activate(steps + c.added);  // [B, T]; every residual block starts with the silu

  at::Tensor h = conv_in(x.to(type));
  (trace / "conv_in")(h);
  std::vector<at::Tensor> skips = {h};
  for (size_t i = 0; i < down_blocks.size(); ++i) {
    const UnetStage& stage = down_blocks[i];
    const Trace here = trace / "down_blocks" / int64_t(i);
    for (size_t j = 0; j < stage.resnets.size(); ++j) skips.push_back(h = one_layer(stage, j, h, time, c, here));
    if (stage.sampler) skips.push_back(h = (*stage.sampler)(h));
    here(h);
  }
  for (size_t j = 0; j < mid_block.resnets.size(); ++j) h = one_layer(mid_block, j, h, time, c, trace / "mid_block");
  (trace / "mid_block")(h);
  for (size_t i = 0; i < up_blocks.size(); ++i) {
    const UnetStage& stage = up_blocks[i];
    const Trace here = trace / "up_blocks" / int64_t(i);
    for (size_t j = 0; j < stage.resnets.size(); ++j) {
      h = at::cat({h, skips.back()}, 1);
      skips.pop_back();
      h = one_layer(stage, j, h, time, c, here);
    }
    if (stage.sampler) h = (*stage.sampler)(upsample_nearest(h, skips.back().size(2), skips.back().size(3)));
    here(h);
  }
  return conv_out(activate(conv_norm_out(h))).to(x.scalar_type());
}

}  // namespace b3o
