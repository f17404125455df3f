#include "core/train/drawing_mix.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/train/corpus_lessons.h"
#include "core/train/random.h"
#include "core/train/shares.h"
#include "core/world/scene_json.h"
#include "core/world/words.h"

namespace b3o::train {
namespace {

using world::EditKind, world::Rng, world::Sampler, world::Scene, world::Speaker, world::Split, world::Style,
    world::Task, world::Wording;

constexpr int kTries = 60;

Scene told_scene(world::Level level, Task task, Split split, double night, Rng& rng) {
  const bool dark = rng.uniform() < night;
  Scene scene = Sampler{level, 0}.scene(task, split, rng);
  for (int i = 0; dark && scene.bg != world::Bg::night && i < kTries; ++i)
    scene = Sampler{level, 0}.scene(task, split, rng);
  return scene;
}

std::string told(const DrawingMix& mix, const Speaker& speaker, const Scene& scene, Rng& rng) {
  const float way = rng.uniform();
  if (scene.task == Task::single && rng.uniform() < mix.colorless) {
    std::string thing = world::with_article(word(scene.items.front().obj));
    if (rng.chance(0.5f)) thing += std::string(" ") + phrase(scene.bg);
    return speaker.wrapped(thing, rng);
  }
  if (way < mix.story) return speaker.caption(scene, Style::story, rng);
  if (way < mix.story + mix.full) return speaker.wrapped(speaker.caption(scene, Style::full, rng), rng);
  return speaker.prompt(scene, rng);
}

DrawingPrompt changed(const Scene& source, const world::Edit& edit) {
  return {edit.instruction, source, edit.target, cat("edit_", name(edit.kind))};
}

DrawingPrompt redrawn(const Scene& source) { return {kReconstruct, source, source, "reconstruct"}; }

}  // namespace

DrawingMix DrawingMix::from_json(const Fields& recipe, world::Level level) {
  DrawingMix mix;
  mix.level = level;
  if (!recipe.has("drawings")) return mix;
  const Fields f = recipe.object("drawings");
  const auto part = [&](const char* key, double& value) { read_share(f, key, value); };
  part("edits", mix.edits), part("reconstruct", mix.reconstruct), part("crowd", mix.crowd), part("night", mix.night);
  part("full", mix.full), part("story", mix.story), part("colorless", mix.colorless);
  if (mix.edits + mix.reconstruct > 1 || mix.full + mix.story > 1)
    throw LoadError(cat(f.where(),
                        ": 'edits' and 'reconstruct', and 'full' and 'story', may not be more than 1 "
                        "together"));
  const auto weights = [&](const char* key, auto& values, auto name_of) {
    if (f.has(key)) values.fill(0);  // what is not named is not drawn
    read_weights(f, key, values, name_of);
  };
  weights("tasks", mix.tasks, [](size_t i) { return std::string(world::name(Task(i))); });
  weights("kinds", mix.kinds, [](size_t i) { return std::string(world::name(EditKind(i))); });
  return mix;
}

DrawingPrompt drawing_prompt(const DrawingMix& mix, uint64_t seed, int64_t index) {
  const Speaker speaker{mix.level, Wording::trained, true};
  Rng rng = generator(seed, Use::text, 1, index);
  const double way = rng.uniform();
  if (way >= mix.edits + mix.reconstruct) {
    const Scene scene = told_scene(mix.level, world::draw_task(mix.tasks, rng), Split::train, mix.night, rng);
    return {told(mix, speaker, scene, rng), {}, scene, world::name(scene.task)};
  }
  const auto kind = EditKind(rng.weighted(mix.kinds));
  for (int i = 0;; ++i) {
    const Task task = rng.uniform() < mix.crowd ? Task::crowd : world::draw_task(world::task_mix(mix.level, 1), rng);
    const Scene source = Sampler{mix.level, 1}.scene(task, Split::train, rng);
    if (way < mix.reconstruct || i == kTries) return redrawn(source);
    if (const auto edit = speaker.edit(source, kind, rng)) return changed(source, *edit);
  }
}

DrawingPrompt checked_caption(world::Level level, Task task, Split split, Rng& rng) {
  const Speaker speaker{level, Wording::trained, split != Split::unseen_pairs};
  const Scene scene = Sampler{level, 0}.scene(task, split, rng);
  return {speaker.wrapped(speaker.caption(scene, Style::full, rng), rng), {}, scene, world::name(task)};
}

std::optional<DrawingPrompt> checked_change(world::Level level, int kind, Rng& rng) {
  const Speaker speaker{level, Wording::trained, true};
  const Task task = world::draw_task(world::task_mix(level, 1), rng);
  const Scene source = Sampler{level, 1}.scene(task, Split::validation, rng);
  if (kind == world::kEditKinds) return redrawn(source);
  const auto edit = speaker.edit(source, EditKind(kind), rng);
  if (!edit) return std::nullopt;
  return changed(source, *edit);
}

}  // namespace b3o::train
