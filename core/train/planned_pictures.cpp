#include "core/train/planned_pictures.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include "core/train/pictures.h"
#include "core/train/random.h"

namespace b3o::train {
namespace {

constexpr int kWrongCells = 2;  // that a plan may have and still be the meant scene

}  // namespace

PlannedPictures::PlannedPictures(const Fields& recipe, world::Level level, const EvaClip& clip, at::Device device)
    : mix_(DrawingMix::from_json(recipe, level)),
      way_(PlanWay::from_json(recipe)),
      clip_(clip),
      device_(device),
      language_(input_folder(recipe, "understand"), device),
      dit_(load_dit(input_folder(recipe, "generate"), device)),
      probes_(input_folder(recipe, "clip"), clip.config.width, device) {}

// The scene before the background that the features [N, W] come closest to.
world::Scene PlannedPictures::with_background(const world::Scene& scene, const at::Tensor& features) const {
  std::vector<world::Scene> candidates;
  for (const world::Bg bg : world::backgrounds_of(mix_.level))
    for (int variant = 0; variant < world::kVariants; ++variant) {
      candidates.push_back(scene);
      candidates.back().bg = bg, candidates.back().bg_seed = uint32_t(variant);
      if (!world::valid(candidates.back())) candidates.pop_back();
    }
  if (candidates.empty()) return scene;
  const at::Tensor all = clip_.tokens(clip_pixels(draw(candidates)).to(device_));
  const auto nearest = (all - features).square().mean(at::IntArrayRef{1, 2}).argmin().item<int64_t>();
  return candidates[size_t(nearest)];
}

PlannedPictures::Plan PlannedPictures::plan(const std::vector<DrawingPrompt>& prompts, uint64_t seed,
                                            int64_t number) const {
  const c10::AutoGradMode no_gradients(false);
  const auto count = int64_t(prompts.size());
  const NextDitConfig& c = dit_.config;
  const at::Tensor noise = normal(seed, Use::latent, number, 0, count, {c.in_channels, c.input_size, c.input_size});
  Plan out{planned(dit_, language_.states(prompts), noise.to(device_), way_), {}};
  for (const DrawingPrompt& p : prompts) out.scenes.push_back(p.target);
  const std::vector<int> wrong = probes_.wrong_cells(out.features, out.scenes);
  for (int64_t i = 0; i < count; ++i) {
    world::Scene& scene = out.scenes[size_t(i)];
    if (wrong[size_t(i)] > kWrongCells)
      out.features[i].copy_(clip_.tokens(clip_pixels(draw({scene})).to(device_))[0]);
    else
      scene = with_background(scene, out.features[i]);
  }
  return out;
}

PlannedPictures::Plan PlannedPictures::of_mix(int64_t count, uint64_t seed, int64_t number) const {
  std::vector<DrawingPrompt> prompts;
  for (int64_t i = 0; i < count; ++i) prompts.push_back(drawing_prompt(mix_, seed, number * count + i));
  return plan(prompts, seed, number);
}

}  // namespace b3o::train
