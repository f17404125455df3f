#include "core/train/drawing_scores.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include <algorithm>

#include "core/train/pictures.h"
#include "core/train/random.h"
#include "core/world/labels.h"

namespace b3o::train {
namespace {

using world::Split, world::Task;

constexpr Task kTasks[] = {Task::single, Task::placed, Task::relation, Task::two, Task::count};
constexpr int64_t kSeen = 80, kUnseen = 60, kOfEachKind = 10, kTogether = 32;
constexpr int64_t kTimesEach = 4;  // of a caption in the flow's loss
constexpr int kTextureKind = int(world::EditKind::texture);

std::vector<DrawingPrompt> captions(world::Level level, Split split, int64_t count, uint64_t part) {
  world::Rng rng = world::scene_rng(11, world::kValidationStream, part);
  std::vector<DrawingPrompt> out;
  for (int64_t i = 0; i < count; ++i)
    out.push_back(checked_caption(level, kTasks[size_t(i) % std::size(kTasks)], split, rng));
  return out;
}

// One after the other a change of every kind that the level has.
std::vector<DrawingPrompt> changes(world::Level level) {
  world::Rng rng = world::scene_rng(11, world::kValidationStream, 2);
  std::vector<DrawingPrompt> out;
  for (int64_t i = 0; i < kOfEachKind; ++i)
    for (int kind = 0; kind <= world::kEditKinds; ++kind) {
      if (kind == kTextureKind && level != world::Level::L) continue;
      std::optional<DrawingPrompt> one;
      while (!one) one = checked_change(level, kind, rng);
      out.push_back(*one);
    }
  return out;
}

std::vector<world::Scene> targets(const std::vector<DrawingPrompt>& prompts) {
  std::vector<world::Scene> out;
  for (const DrawingPrompt& p : prompts) out.push_back(p.target);
  return out;
}

}  // namespace

at::Tensor object_cells(const std::vector<world::Scene>& scenes) {
  return labels_of(scenes).object.ne(world::CellLabels::kObjClasses - 1).to(at::kFloat);
}

DrawingChecks::DrawingChecks(world::Level level, const PlanWay& way, const FrozenLanguage& language,
                             const EvaClip& clip, at::Device device)
    : way_(way),
      language_(language),
      clip_(clip),
      device_(device),
      seen_(set(captions(level, Split::validation, kSeen, 0))),
      unseen_(set(captions(level, Split::unseen_pairs, kUnseen, 1))),
      changed_(set(changes(level))) {}

DrawingChecks::Set DrawingChecks::set(std::vector<DrawingPrompt> prompts) const {
  const c10::AutoGradMode no_gradients(false);
  std::vector<at::Tensor> states, features;
  for (size_t from = 0; from < prompts.size(); from += size_t(kTogether)) {
    const auto to = std::min(prompts.size(), from + size_t(kTogether));
    const std::vector<DrawingPrompt> some(prompts.begin() + int64_t(from), prompts.begin() + int64_t(to));
    states.push_back(language_.states(some));
    features.push_back(clip_.tokens(clip_pixels(draw(targets(some))).to(device_)));
  }
  return {std::move(prompts), at::cat(states), at::cat(features)};
}

at::Tensor DrawingChecks::plans(const DrawingHalf& half, const Set& set, int64_t count) const {
  const NextDitConfig& c = half.config;
  std::vector<at::Tensor> out;
  for (int64_t from = 0; from < count; from += kTogether) {
    const int64_t n = std::min(kTogether, count - from);
    const at::Tensor noise = normal(0, Use::latent, 0, from, n, {c.in_channels, c.input_size, c.input_size});
    out.push_back(half.plan(set.states.narrow(0, from, n), noise.to(device_), way_));
  }
  return at::cat(out);
}

void DrawingChecks::add_flow(const NextDit& dit, const TimeDensity& density, Tally& tally) const {
  const int64_t side = dit.config.input_size;
  const at::Tensor objects = object_cells(targets(seen_.prompts)).to(device_);
  const at::Tensor other = at::roll(seen_.states, 1, 0);
  for (int64_t k = 0; k < kTimesEach; ++k) {
    const at::Tensor position =
        density.position(uniform(0, Use::timestep, k, 0, kSeen), normal(0, Use::timestep, k, 0, kSeen, {}));
    const at::Tensor times = flow_times(position).to(device_);
    const at::Tensor data = tokens_to_grid(seen_.features, side, side);
    const at::Tensor noise = normal(0, Use::noise, k, 0, kSeen, data.sizes().slice(1)).to(device_);
    const FlowSample sample = flow_sample(data, noise, times);
    const at::Tensor weight = objects.view({kSeen, 1, side, side});
    const at::Tensor answer = flow_answer(dit, sample, times, seen_.states);
    tally.add("flow", flow_errors(answer, sample).mean().item<double>());
    tally.add("flow_objects", flow_errors(answer, sample, weight).mean().item<double>());
    const at::Tensor astray = flow_answer(dit, sample, times, other);
    tally.add("flow_shuffled", flow_errors(astray, sample, weight).mean().item<double>());
  }
}

void DrawingChecks::score(const DrawingHalf& half, const FeatureProbes& probes, const TimeDensity& density,
                          Tally& tally) const {
  if (half.way == DrawingWay::clip_flow) add_flow(*half.dit, density, tally);
  const auto good = [&](const at::Tensor& features, const Set& set) {
    std::vector<bool> out;
    for (const int wrong : probes.wrong_cells(features, targets(set.prompts))) out.push_back(wrong <= 1);
    return out;
  };
  for (const bool right : good(seen_.features, seen_)) tally.add("true_features", right);
  for (const auto& [set, name] : {std::pair(&seen_, "said_seen"), std::pair(&unseen_, "said_unseen")})
    for (const int wrong : language_.wrong_cells(set->states, targets(set->prompts))) tally.add(name, wrong <= 1);
  const auto said = language_.wrong_cells(changed_.states, targets(changed_.prompts));
  for (size_t i = 0; i < said.size(); ++i)
    if (changed_.prompts[i].kind != "reconstruct") tally.add("said_edit", said[i] <= 1);
  const auto captions = [&](const Set& set, const std::string& name) {
    const auto right = good(half.features(plans(half, set, set.size())), set);
    for (size_t i = 0; i < right.size(); ++i) {
      tally.add(cat(name, "_", set.prompts[i].kind), right[i]);
      tally.add(name, right[i]);
    }
  };
  captions(seen_, "seen");
  captions(unseen_, "unseen");
  const auto right = good(half.features(plans(half, changed_, changed_.size())), changed_);
  for (size_t i = 0; i < right.size(); ++i) {
    const std::string& kind = changed_.prompts[i].kind;
    tally.add(kind, right[i]);
    if (kind != "reconstruct") tally.add("edit", right[i]);
  }
}

void DrawingChecks::score_pictures(const DrawingHalf& half, const Painter& painter, const FeatureProbes& probes,
                                   Tally& tally) const {
  const c10::AutoGradMode no_gradients(false);
  const auto seen_again = [&](const at::Tensor& plans) {
    if (half.vae) return half.features(plans);
    return clip_.tokens(clip_pixels((painter(grid_to_tokens(plans)).clamp(0, 1) * 255).round().to(at::kByte)));
  };
  for (const auto& [set, name] :
       {std::pair(&seen_, "painted_seen"), {&unseen_, "painted_unseen"}, {&changed_, "painted_edit"}}) {
    std::vector<at::Tensor> features;
    const at::Tensor all = plans(half, *set, set->size());
    for (int64_t from = 0; from < set->size(); from += kTogether)
      features.push_back(seen_again(all.narrow(0, from, std::min(kTogether, set->size() - from))));
    const auto wrong = probes.wrong_cells(at::cat(features), targets(set->prompts));
    for (size_t i = 0; i < wrong.size(); ++i)
      if (set->prompts[i].kind != "reconstruct") tally.add(name, wrong[i] <= 1);
  }
}

DrawingChecks::Shown DrawingChecks::show(const DrawingHalf& half, int64_t count) const {
  Shown out;
  std::vector<at::Tensor> meant, planned;
  for (const Set* set : {&seen_, &unseen_, &changed_}) {
    out.prompts.insert(out.prompts.end(), set->prompts.begin(), set->prompts.begin() + count);
    meant.push_back(set->features.narrow(0, 0, count));
    planned.push_back(plans(half, *set, count));
  }
  out.meant = at::cat(meant), out.planned = at::cat(planned);
  return out;
}

}  // namespace b3o::train
