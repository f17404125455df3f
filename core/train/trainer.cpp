#include "core/train/trainer.h"

#include "core/base/error.h"
#include "core/train/checkpoint.h"
#include "core/train/stages.h"

namespace b3o::train {
namespace {

const StageEntry& stage_named(const std::string& name) {
  std::string known;
  for (const StageEntry& entry : kStages) {
    if (name == entry.name) return entry;
    known += cat(known.empty() ? "" : ", ", entry.name);
  }
  throw RequestError(cat("There is no stage '", name, "' to train; the stages are ", known, "."));
}

}  // namespace

Ended train(const TrainRequest& request, Group& group) {
  const StageEntry& entry = stage_named(request.stage);
  RunOptions options = RunOptions::from_json(request.recipe, request.where);
  options.folder = request.folder;
  options.allow_config_change = request.allow_config_change;
  options.stop = request.stop;
  options.show = request.show;
  options.say = request.say;
  const bool fresh = !CheckpointFolder(request.folder).newest();
  Stage stage = entry.make({request.recipe, request.where, request.device, fresh, group.rank(), request.say});
  return run(stage, options, group);
}

}  // namespace b3o::train
