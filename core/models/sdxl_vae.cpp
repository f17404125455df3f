#include "core/models/sdxl_vae.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include <cmath>

#include "core/base/error.h"

namespace b3o {
namespace {

constexpr double kEps = 1e-6;

Resnet resnet(const Scope& s, int64_t in, int64_t out, const VaeConfig& c) {
  return {s, in, out, {c.groups, kEps, std::nullopt}};
}

at::Tensor run(const VaeStage& stage, at::Tensor h, const Trace& trace) {
  for (size_t i = 0; i < stage.resnets.size(); ++i) h = stage.resnets[i](h, {}, trace / "resnets" / int64_t(i));
  return h;
}

std::vector<int64_t> listed(const Fields& f, std::string_view key, int64_t fallback, size_t levels, int64_t high) {
  return f.has(key) ? per_level(f, key, levels, 1, high) : std::vector<int64_t>(levels, fallback);
}

void supports_only_blocks(const Fields& f, std::string_view key, size_t levels, const std::string& name) {
  const auto names = f.strings(key);
  if (names.size() != levels)
    throw LoadError(cat(f.where(), ": key '", key, "' has ", names.size(), " entries, expected ", levels));
  supports_only(f, key, name);
}

// In the compute type. Channels innermost: 4 to 12 % faster on CPUs with and without AVX-512, fp32 and bf16; the UNet,
// whose maps are small and weights large, gets slower by it.
at::Tensor prepared(const at::Tensor& x, at::ScalarType type) {
  const at::Tensor h = x.to(type);
  return c10::GradMode::is_enabled() ? h : h.contiguous(at::MemoryFormat::ChannelsLast);
}

at::Tensor finished(const at::Tensor& y, const at::Tensor& input) { return y.to(input.scalar_type()).contiguous(); }

}  // namespace

VaeConfig VaeConfig::from_json(const Fields& f) {
  supports_only(f, "act_fn", "silu");
  supports_only(f, "latents_mean", nullptr);
  supports_only(f, "latents_std", nullptr);
  VaeConfig c;
  c.channels = f.integers("block_out_channels");
  const size_t n = c.channels.size();
  if (n < 1 || n > size_t(kMaxLevels))
    throw LoadError(cat(f.where(), ": key 'block_out_channels' has ", n, " entries, expected 1 to ", kMaxLevels));
  c.groups = f.has("norm_num_groups") ? f.integer_in("norm_num_groups", 1, kMaxWidth) : 32;
  for (const int64_t channels : c.channels)
    if (channels < 1 || channels > kMaxWidth || channels % c.groups != 0)
      throw LoadError(cat(f.where(), ": key 'block_out_channels' holds ", channels,
                          ", expected multiples of norm_num_groups (", c.groups, ") up to ", kMaxWidth));
  supports_only_blocks(f, "down_block_types", n, "DownEncoderBlock2D");
  supports_only_blocks(f, "up_block_types", n, "UpDecoderBlock2D");
  c.resnets = listed(f, "layers_per_block", 1, n, 16);
  c.in_channels = f.integer_in("in_channels", 1, kMaxWidth);
  c.out_channels = f.integer_in("out_channels", 1, kMaxWidth);
  c.latent_channels = f.integer_in("latent_channels", 1, kMaxWidth);
  c.sample_size = f.has("sample_size") ? f.integer_in("sample_size", 1, kMaxWidth) : 32;
  c.mid_attention = f.boolean("mid_block_add_attention", true);
  c.quant_conv = f.boolean("use_quant_conv", true);
  c.post_quant_conv = f.boolean("use_post_quant_conv", true);
  c.scaling_factor = f.number("scaling_factor", 0.18215);
  c.shift_factor = f.number("shift_factor", 0.0);
  if (!(std::isfinite(1.0 / c.scaling_factor) && c.scaling_factor > 0))
    throw LoadError(cat(f.where(), ": key 'scaling_factor' is ", c.scaling_factor, ", expected a positive number"));
  return c;
}

at::Tensor VaeConfig::to_latent(const at::Tensor& z) const { return (z - shift_factor) * scaling_factor; }

// The reciprocal first, as the reference does.
at::Tensor VaeConfig::from_latent(const at::Tensor& latent) const {
  return latent * (1.0 / scaling_factor) + shift_factor;
}

VaeAttention::VaeAttention(const Scope& s, int64_t width, int64_t groups)
    : group_norm(s / "group_norm", width, groups, kEps),
      to_q(s / "to_q", width, width),
      to_k(s / "to_k", width, width),
      to_v(s / "to_v", width, width),
      to_out(s / "to_out" / 0, width, width) {}

at::Tensor VaeAttention::operator()(const at::Tensor& x, const Trace& trace) const {
  const at::Tensor tokens = group_norm(x).flatten(2).transpose(1, 2).contiguous();  // [B, hw, C]
  const at::Tensor q = split_heads(to_q(tokens), 1), k = split_heads(to_k(tokens), 1), v = split_heads(to_v(tokens), 1);
  at::Tensor h = to_out(merge_heads(attend(q, k, v))).transpose(1, 2).view(x.sizes());
  h = x + h;
  trace(h);
  return h;
}

VaeMiddle::VaeMiddle(const Scope& s, int64_t width, const VaeConfig& c)
    : first(resnet(s / "resnets" / 0, width, width, c)), second(resnet(s / "resnets" / 1, width, width, c)) {
  if (c.mid_attention) attention.emplace(s / "attentions" / 0, width, c.groups);
}

at::Tensor VaeMiddle::operator()(const at::Tensor& x, const Trace& trace) const {
  at::Tensor h = first(x, {}, trace / "resnets" / 0);
  if (attention) h = (*attention)(h, trace / "attentions" / 0);
  h = second(h, {}, trace / "resnets" / 1);
  trace(h);
  return h;
}

VaeEncoder::VaeEncoder(const Scope& s, const VaeConfig& c)
    : conv_in(s / "conv_in", c.in_channels, c.channels[0], 3, 1, 1),
      mid_block(s / "mid_block", c.channels.back(), c),
      conv_norm_out(s / "conv_norm_out", c.channels.back(), c.groups, kEps),
      conv_out(s / "conv_out", c.channels.back(), 2 * c.latent_channels, 3, 1, 1) {
  int64_t in = c.channels[0];
  for (size_t i = 0; i < c.channels.size(); ++i) {
    const Scope here = s / "down_blocks" / int64_t(i);
    VaeStage& stage = down_blocks.emplace_back();
    for (int64_t j = 0; j < c.resnets[i]; ++j, in = c.channels[i])
      stage.resnets.push_back(resnet(here / "resnets" / j, in, c.channels[i], c));
    if (i + 1 < c.channels.size()) stage.sampler.emplace(here / "downsamplers" / 0 / "conv", in, in, 3, 2, 0);
  }
}

at::Tensor VaeEncoder::operator()(const at::Tensor& image, const Trace& trace) const {
  at::Tensor h = conv_in(image);
  (trace / "conv_in")(h);
  for (size_t i = 0; i < down_blocks.size(); ++i) {
    const Trace here = trace / "down_blocks" / int64_t(i);
    h = run(down_blocks[i], h, here);
    // one zero column on the right, one zero row below: not symmetric as in the UNet
    if (down_blocks[i].sampler) h = (*down_blocks[i].sampler)(at::constant_pad_nd(h, {0, 1, 0, 1}));
    here(h);
  }
  return conv_out(activate(conv_norm_out(mid_block(h, trace / "mid_block"))));
}

VaeDecoder::VaeDecoder(const Scope& s, const VaeConfig& c)
    : conv_in(s / "conv_in", c.latent_channels, c.channels.back(), 3, 1, 1),
      mid_block(s / "mid_block", c.channels.back(), c),
      conv_norm_out(s / "conv_norm_out", c.channels[0], c.groups, kEps),
      conv_out(s / "conv_out", c.channels[0], c.out_channels, 3, 1, 1) {
  int64_t in = c.channels.back();
  for (size_t i = 0; i < c.channels.size(); ++i) {
    const size_t level = c.channels.size() - 1 - i;
    const Scope here = s / "up_blocks" / int64_t(i);
    VaeStage& stage = up_blocks.emplace_back();
    for (int64_t j = 0; j <= c.resnets[level]; ++j, in = c.channels[level])
      stage.resnets.push_back(resnet(here / "resnets" / j, in, c.channels[level], c));
    if (level > 0) stage.sampler.emplace(here / "upsamplers" / 0 / "conv", in, in, 3, 1, 1);
  }
}

at::Tensor VaeDecoder::operator()(const at::Tensor& z, const Trace& trace) const {
  at::Tensor h = conv_in(z);
  (trace / "conv_in")(h);
  h = mid_block(h, trace / "mid_block");
  for (size_t i = 0; i < up_blocks.size(); ++i) {
    const Trace here = trace / "up_blocks" / int64_t(i);
    h = run(up_blocks[i], h, here);
    if (up_blocks[i].sampler) h = (*up_blocks[i].sampler)(upsample_nearest(h, 2 * h.size(2), 2 * h.size(3)));
    here(h);
  }
  return conv_out(activate(conv_norm_out(h)));
}

SdxlVae::SdxlVae(const Scope& s, const VaeConfig& c, VaeParts parts) : config(c), decoder(s / "decoder", c) {
  const int64_t moments = 2 * c.latent_channels;
  if (c.post_quant_conv) post_quant_conv.emplace(s / "post_quant_conv", c.latent_channels, c.latent_channels, 1);
  if (parts == VaeParts::decoder) return;
  encoder.emplace(s / "encoder", c);
  if (c.quant_conv) quant_conv.emplace(s / "quant_conv", moments, moments, 1);
}

at::Tensor SdxlVae::decode(const at::Tensor& z, const Probe& probe) const {
  ensure(z.dim() == 4 && z.size(1) == config.latent_channels, "the latent is [B, latent channels, h, w]");
  const at::Tensor h = prepared(z, decoder.conv_out.bias.scalar_type());
  return finished(decoder(post_quant_conv ? (*post_quant_conv)(h) : h, Trace{probe, "decoder"}), z);
}

namespace {

at::Tensor moments_of(const SdxlVae& vae, const at::Tensor& image, const Probe& probe) {
  const at::Tensor x = prepared(image, vae.decoder.conv_out.bias.scalar_type());
  const at::Tensor h = (*vae.encoder)(x, Trace{probe, "encoder"});
  return finished(vae.quant_conv ? (*vae.quant_conv)(h) : h, image);  // [B, 2L, h, w]
}

SdxlVae::Moments split(const at::Tensor& moments) {
  const auto halves = moments.chunk(2, 1);
  return {halves[0], halves[1].clamp(-30.0, 20.0)};
}

void check_image(const SdxlVae& vae, const at::Tensor& image) {
  ensure(vae.encoder.has_value(), "the VAE's encoder is loaded");
  ensure(image.dim() == 4 && image.size(1) == vae.config.in_channels, "the picture is [B, channels, H, W]");
  const int64_t factor = vae.config.factor();
  if (image.size(2) < factor || image.size(3) < factor || image.size(2) % factor || image.size(3) % factor)
    throw RequestError(cat("the picture to encode is ", image.size(3), "x", image.size(2),
                           " pixels, expected sides that are multiples of ", factor));
}

// b with its first `extent` rows (or columns) mixed into a's last ones: from all a to all b.
at::Tensor blend(const at::Tensor& a, const at::Tensor& b, int64_t dim, int64_t extent) {
  extent = std::min({extent, a.size(dim), b.size(dim)});
  if (extent == 0) return b;
  std::vector<int64_t> along(size_t(b.dim()), 1);
  along[size_t(dim)] = extent;
  const at::Tensor w = (at::arange(extent, b.options()) / double(extent)).view(along);
  const at::Tensor mixed = a.narrow(dim, a.size(dim) - extent, extent) * (1 - w) + b.narrow(dim, 0, extent) * w;
  return at::cat({mixed, b.narrow(dim, extent, b.size(dim) - extent)}, dim);
}

// Tiles of `tile` that start every `stride` of x, each through f; of every result `keep` is used, `mixed` blended.
template <class F>
at::Tensor tile_by_tile(const at::Tensor& x, int64_t tile, int64_t stride, int64_t keep, int64_t mixed, F f) {
  std::vector<at::Tensor> above, rows;
  for (int64_t top = 0; top < x.size(2); top += stride) {
    std::vector<at::Tensor> tiles, kept;
    for (int64_t left = 0; left < x.size(3); left += stride) {
      const at::Tensor part = x.narrow(2, top, std::min(tile, x.size(2) - top));
      at::Tensor y = f(part.narrow(3, left, std::min(tile, x.size(3) - left)));
      // the neighbours are the already blended tiles
      if (!above.empty()) y = blend(above[tiles.size()], y, 2, mixed);
      if (!tiles.empty()) y = blend(tiles.back(), y, 3, mixed);
      tiles.push_back(y);
      kept.push_back(y.narrow(2, 0, std::min(keep, y.size(2))).narrow(3, 0, std::min(keep, y.size(3))));
    }
    rows.push_back(at::cat(kept, 3));
    above = std::move(tiles);
  }
  return at::cat(rows, 2);
}

struct Steps {
  int64_t stride_latent, stride_px, blend_latent, blend_px;
};

Steps steps_of(const Tiling& t, int64_t factor) {
  const double exact = double(t.tile_latent) * (1.0 - t.overlap), stride = std::nearbyint(exact);
  const bool whole = std::abs(exact - stride) < 1e-6 && stride >= 1.0;  // false for what is not a number
  if (t.tile_latent < 1 || t.tile_latent > kMaxWidth || t.tile_px != t.tile_latent * factor || !whole || t.overlap < 0)
    throw RequestError(cat("tiles of ", t.tile_px, " pixels and ", t.tile_latent, " latents with overlap ", t.overlap,
                           " do not fit together: pixels must be ", factor,
                           " times the latents, and the overlap a whole number of latents below the tile"));
  const auto step = int64_t(stride);
  return {step, step * factor, t.tile_latent - step, t.tile_px - step * factor};
}

}  // namespace

SdxlVae::Moments SdxlVae::encode(const at::Tensor& image, const Probe& probe) const {
  check_image(*this, image);
  return split(moments_of(*this, image, probe));
}

at::Tensor SdxlVae::decode_tiled(const at::Tensor& z, const Tiling& t, const Probe& probe) const {
  const Steps s = steps_of(t, config.factor());
  if (z.size(2) <= t.tile_latent && z.size(3) <= t.tile_latent) return decode(z, probe);
  return tile_by_tile(z, t.tile_latent, s.stride_latent, s.stride_px, s.blend_px, [&](const at::Tensor& part) {
    at::Tensor y = decode(part, probe);
    probe("decoder.tile", y);
    return y;
  });
}

SdxlVae::Moments SdxlVae::encode_tiled(const at::Tensor& image, const Tiling& t, const Probe& probe) const {
  check_image(*this, image);
  const Steps s = steps_of(t, config.factor());
  if (image.size(2) <= t.tile_px && image.size(3) <= t.tile_px) return encode(image, probe);
  return split(
      tile_by_tile(image, t.tile_px, s.stride_px, s.stride_latent, s.blend_latent, [&](const at::Tensor& part) {
        at::Tensor y = moments_of(*this, part, probe);
        probe("encoder.tile", y);
        return y;
      }));
}

void check_finite(const at::Tensor& image) {
  if (!at::isfinite(image).all().item<bool>())
    throw Error(
        "the VAE's picture has values that are infinite or not a number; run the VAE in fp32 (bf16 if it must be "
        "small, never fp16)");
}

at::Tensor to_bytes(const at::Tensor& image) {
  const at::Tensor unit = at::clamp(image.to(at::kFloat) / 2 + 0.5, 0, 1);
  return at::round(unit * 255).to(at::kByte).permute({0, 2, 3, 1}).contiguous();
}

at::Tensor from_bytes(const at::Tensor& bytes) {
  return bytes.permute({0, 3, 1, 2}).to(at::kFloat).contiguous() / 255 * 2 - 1;
}

}  // namespace b3o
