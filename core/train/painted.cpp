#include "core/train/painted.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include "core/train/pictures.h"

namespace b3o::train {

Painted painted(const std::vector<world::Scene>& scenes, const EvaClip& clip, const SdxlVae& vae, at::Device device) {
  const c10::AutoGradMode no_gradients(false);
  const at::Tensor bytes = draw(scenes);
  return {clip.tokens(clip_pixels(bytes).to(device)),
          vae.config.to_latent(vae.encode(unit_range(bytes).to(device)).mean),
          at::max_pool2d(object_masks(scenes), vae.config.factor()).to(device)};
}

}  // namespace b3o::train
