#include "core/train/world_examples.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/train/corpus_lessons.h"
#include "core/world/renderer.h"
#include "core/world/sampler.h"
#include "core/world/scene_json.h"

namespace b3o::train {
namespace {

constexpr int64_t kShard = 4096, kPlaced = int64_t(1) << 40;
constexpr int kQuestions = 3;
constexpr int kTries = 50;

}  // namespace

WorldExamples::WorldExamples(const Fields& f) {
  level_ = world::level_named(f.string("level", "S"));
  seed_ = f.has("seed") ? uint64_t(f.integer_in("seed", 0, kPlaced)) : 0;
  stream_ = f.has("stream") ? uint64_t(f.integer_in("stream", 0, int64_t(world::kTrainStreams) - 1)) : 90;
  const double freedom = f.number("layout_freedom", 1);
  if (!(freedom >= 0 && freedom <= 1)) throw LoadError(cat(f.where(), ": layout_freedom must be from 0 to 1"));
  layout_freedom_ = float(freedom);
  const char* names[] = {"draw", "reconstruct", "edit", "chat"};
  const bool given = std::any_of(std::begin(names), std::end(names), [&](const char* name) { return f.has(name); });
  double total = 0;
  for (int i = 0; i < 4; ++i) total += shares_[i] = f.number(names[i], given || i > 0 ? 0.0 : 1.0);
  for (const double share : shares_)
    if (!(share >= 0 && share <= 1e6 && total > 0))
      throw LoadError(
          cat(f.where(), ": the shares of draw, reconstruct, edit and chat must be 0 or more, one above 0"));
  const int64_t examples = f.has("examples") ? f.integer_in("examples", 1, kPlaced) : 1 << 20;
  for (int64_t left = examples; left > 0; left -= kShard) sizes_.push_back(std::min(left, kShard));
}

Example WorldExamples::made(int64_t shard, int64_t index, bool with_pictures) const {
  world::Rng rng = world::scene_rng(seed_, stream_, uint64_t(shard * kShard + index));
  const world::Speaker speaker{level_};
  const world::Sampler sampler{level_, layout_freedom_};
  const auto picture = [&](const world::Scene& scene) {
    return with_pictures ? world::Renderer().draw(scene) : Image();
  };
  Example out;
  double left = rng.uniform() * (shares_[0] + shares_[1] + shares_[2] + shares_[3]);
  int kind = 0;
  while (kind < 3 && left >= shares_[kind]) left -= shares_[kind++];
  out.kind = Example::Kind(kind);
  out.id = cat("world-", world::name(level_), "-", seed_, "-", stream_, "-", kind, "-", shard * kShard + index);
  for (int i = 0; i < kTries; ++i) {
    const world::Scene scene =
        sampler.scene(world::draw_task(world::task_mix(level_, 1), rng), world::Split::train, rng);
    switch (out.kind) {
      case Example::Kind::draw:
        out.text = speaker.prompt(scene, rng);
        out.target = picture(scene);
        return out;
      case Example::Kind::reconstruct:
        out.text = kReconstruct;
        out.source = out.target = picture(scene);
        return out;
      case Example::Kind::edit:
        if (const auto edit = speaker.edit(scene, world::EditKind(rng.below(world::kEditKinds)), rng)) {
          out.text = edit->instruction;
          out.source = picture(scene);
          out.target = picture(edit->target);
          return out;
        }
        break;
      case Example::Kind::chat:
        for (const world::QA& qa : speaker.questions(scene, kQuestions, rng)) {
          if (!qa.earlier_question.empty()) continue;
          out.turns.push_back({"user", (out.turns.empty() ? "<image>" : "") + qa.question});
          out.turns.push_back({"assistant", qa.answer});
        }
        if (out.turns.empty()) break;
        out.pictures = {picture(scene)};
        return out;
    }
  }
  throw LoadError("the drawn world has no such example");
}

}  // namespace b3o::train
