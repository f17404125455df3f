#include "core/models/taesd.h"

#include <ATen/ATen.h>

#include <algorithm>

#include "core/base/error.h"

namespace b3o {
namespace {

constexpr int64_t kPictureChannels = 3;
constexpr int64_t kMaxWidth = 4096;

at::Tensor bare_conv(const at::Tensor& x, const at::Tensor& weight, int64_t stride) {
  return at::conv2d(x, weight.to(x.scalar_type()), {}, stride, 1);
}

std::vector<int64_t> counts(const Fields& f, std::string_view key, std::vector<int64_t> published) {
  if (!f.has(key)) return published;
  const std::vector<int64_t> values = f.integers(key);
  const bool sane = !values.empty() && values.size() <= 8 &&
                    std::all_of(values.begin(), values.end(), [](int64_t v) { return v >= 0 && v <= 64; });
  if (!sane) throw LoadError(cat(f.where(), ": key '", key, "' must be a list of 1 to 8 integers from 0 to 64"));
  return values;
}

// Layers are numbered through; a relu and the doubling of the decoder have numbers of their own.
TaesdHalf build_encoder(const Scope& s, const TaesdConfig& c) {
  int64_t at = 1;
  std::vector<TaesdStage> stages;
  for (const int64_t blocks : c.encoder_blocks) {
    TaesdStage& stage = stages.emplace_back();
    if (stages.size() > 1) stage.resample = (s / at++).take_matrix("weight", {c.width, c.width, 3, 3});
    for (int64_t i = 0; i < blocks; ++i) stage.blocks.emplace_back(s / at++, c.width);
  }
  return {Conv2d(s / 0, kPictureChannels, c.width, 3, 1, 1), Conv2d(s / at, c.width, c.latent_channels, 3, 1, 1),
          std::move(stages)};
}

TaesdHalf build_decoder(const Scope& s, const TaesdConfig& c) {
  int64_t at = 2;
  std::vector<TaesdStage> stages;
  for (const int64_t blocks : c.decoder_blocks) {
    TaesdStage& stage = stages.emplace_back();
    if (stages.size() > 1) {
      stage.resample = (s / (at + 1)).take_matrix("weight", {c.width, c.width, 3, 3});
      at += 2;
    }
    for (int64_t i = 0; i < blocks; ++i) stage.blocks.emplace_back(s / at++, c.width);
  }
  return {Conv2d(s / 0, c.latent_channels, c.width, 3, 1, 1), Conv2d(s / at, c.width, kPictureChannels, 3, 1, 1),
          std::move(stages)};
}

at::Tensor through(const TaesdStage& stage, at::Tensor h, const Probe& probe, std::string_view name) {
  for (const TaesdBlock& block : stage.blocks) {
    h = block(h);
    probe(name, h);
  }
  return h;
}

}  // namespace

TaesdConfig TaesdConfig::from_json(const Fields& f) {
  TaesdConfig c;
  c.encoder_blocks = counts(f, "num_encoder_blocks", {1, 3, 3, 3});
  c.decoder_blocks = counts(f, "num_decoder_blocks", {3, 3, 3, 1});
  c.width = 64;
  bool first = true;
  for (const char* key : {"encoder_block_out_channels", "decoder_block_out_channels"}) {
    if (!f.has(key)) continue;
    for (const int64_t width : f.integers(key)) {
      if (width < 1 || width > kMaxWidth || (!first && width != c.width))
        throw LoadError(cat(f.where(), ": key '", key, "' holds ", width, ", expected one width from 1 to ", kMaxWidth,
                            " everywhere"));
      c.width = width;
      first = false;
    }
  }
  c.latent_channels = f.has("latent_channels") ? f.integer_in("latent_channels", 1, kMaxWidth) : 4;
  if (f.string("act_fn", "relu") != "relu")
    throw LoadError(cat(f.where(), ": key 'act_fn' is \"", f.string("act_fn"), "\", only \"relu\" is supported"));
  return c;
}

TaesdBlock::TaesdBlock(const Scope& s, int64_t width)
    : conv_0(s / "conv" / 0, width, width, 3, 1, 1),
      conv_2(s / "conv" / 2, width, width, 3, 1, 1),
      conv_4(s / "conv" / 4, width, width, 3, 1, 1) {}

at::Tensor TaesdBlock::operator()(const at::Tensor& x) const {
  return at::relu(conv_4(at::relu(conv_2(at::relu(conv_0(x))))) + x);
}

Taesd::Taesd(const Scope& s, const TaesdConfig& c, bool with_encoder)
    : decoder(build_decoder(s / "decoder" / "layers", c)) {
  if (with_encoder) encoder.emplace(build_encoder(s / "encoder" / "layers", c));
}

at::Tensor Taesd::decode(const at::Tensor& latent, const Probe& probe) const {
  const at::Tensor bounded = at::tanh(latent.to(decoder.last.bias.scalar_type()) / 3) * 3;
  at::Tensor h = at::relu(decoder.first(bounded));
  for (const TaesdStage& stage : decoder.stages) {
    if (stage.resample.defined())
      h = bare_conv(at::upsample_nearest2d(h, {2 * h.size(2), 2 * h.size(3)}), stage.resample, 1);
    h = through(stage, h, probe, "decoder.block");
  }
  return (decoder.last(h) * 2 - 1).to(latent.scalar_type());
}

at::Tensor Taesd::encode(const at::Tensor& image, const Probe& probe) const {
  ensure(encoder.has_value(), "the tiny autoencoder's encoder is loaded");
  at::Tensor h = encoder->first((image.to(decoder.last.bias.scalar_type()) + 1) / 2);
  for (const TaesdStage& stage : encoder->stages) {
    if (stage.resample.defined()) h = bare_conv(h, stage.resample, 2);
    h = through(stage, h, probe, "encoder.block");
  }
  return encoder->last(h).to(image.scalar_type());
}

}  // namespace b3o
