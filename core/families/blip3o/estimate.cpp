#include "core/families/blip3o/estimate.h"

#include <c10/core/ScalarType.h>

#include <algorithm>

namespace b3o {
namespace {

constexpr int kUsualContext = 4096;
// What the maths library keeps for itself once it computes: buffers of its threads, kernels made at run time. Measured
// with a model of almost no weights.
constexpr uint64_t kLibrary = 8'000'000;

}  // namespace

uint64_t cache_bytes_per_token(const FolderConfig& config, at::ScalarType type) {
  return uint64_t(2 * config.text.layers * config.text.kv_heads * config.text.head_width()) * c10::elementSize(type);
}

int usual_context(const FolderConfig& config) { return std::min(kUsualContext, config.can.max_context); }

uint64_t scratch_bytes(const FolderConfig& config, at::ScalarType type, int width, int height) {
  if (!config.draw) return kLibrary;
  const auto size = uint64_t(c10::elementSize(type));
  const auto& unet = config.draw->unet;
  const auto& vae = config.draw->vae;
  const auto pixels =
      uint64_t(width > 0 ? width : config.can.native_width) * uint64_t(height > 0 ? height : config.can.native_height);
  // Factors fitted to decoder.md 8.1: about 16 maps of the first level for two UNet rows, three maps of the VAE's
  // second width at full size. The VAE never computes in fp16.
  const auto factor = uint64_t(vae.factor());
  const uint64_t painting = 16 * 2 * uint64_t(unet.levels.front().channels) * pixels / (factor * factor) * size;
  const auto widest = uint64_t(vae.channels[std::min<size_t>(1, vae.channels.size() - 1)]);
  const uint64_t decoding = 3 * widest * pixels * (type == at::kHalf ? 4 : size);
  return kLibrary + std::max(painting, decoding);
}

uint64_t request_bytes(const FolderConfig& config, at::ScalarType type, const Request& request) {
  const uint64_t cache = cache_bytes_per_token(config, type);
  if (std::holds_alternative<ChatRequest>(request))
    return uint64_t(usual_context(config)) * cache + scratch_bytes(config, type, 1, 1);
  const Recipe* recipe = nullptr;
  if (const auto* r = std::get_if<GenerateRequest>(&request)) recipe = &r->recipe;
  if (const auto* r = std::get_if<EditRequest>(&request)) recipe = &r->recipe;
  if (const auto* r = std::get_if<ReconstructRequest>(&request)) recipe = &r->recipe;
  if (const auto* r = std::get_if<DecodeRequest>(&request)) recipe = &r->recipe;
  return recipe ? scratch_bytes(config, type, recipe->paint.width, recipe->paint.height) : scratch_bytes(config, type);
}

}  // namespace b3o
