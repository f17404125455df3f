// What stages 2 and 3 are judged by on the way: the flow's loss, and what its plans show.
#pragma once

#include <ATen/core/Tensor.h>

#include <vector>

#include "core/train/drawing_half.h"
#include "core/train/drawing_mix.h"
#include "core/train/feature_probes.h"
#include "core/train/flow_objective.h"
#include "core/train/frozen_language.h"
#include "core/train/frozen_parts.h"
#include "core/train/painting.h"

namespace b3o::train {

class DrawingChecks {
 public:
  DrawingChecks(world::Level level, const PlanWay& way, const FrozenLanguage& language, const EvaClip& clip,
                at::Device device);

  // Adds the flow's loss of captions as it is, on cells with an object, and on those under another caption's states:
  //   flow, flow_objects, flow_shuffled
  // and, each 0 ... 1, which part of the plans has at most one wrong cell by probes on true features:
  //   seen_<task>, seen, unseen_<task>, unseen (held-out pairs), edit_<kind>, edit (mean of the kinds), reconstruct,
  //   true_features, said_seen, said_unseen, said_edit: the same of the scenes' own features, and of what the states
  //   say by the heads of stage 1: ceilings
  // The flow's loss is left out for other ways than clip_flow.
  void score(const DrawingHalf& half, const FeatureProbes& probes, const TimeDensity& density, Tally& tally) const;
  // The same of the features of finished pictures, painted from the plans or decoded: painted_seen, painted_unseen,
  // painted_edit.
  void score_pictures(const DrawingHalf& half, const Painter& painter, const FeatureProbes& probes, Tally& tally) const;

  // For sheets: `count` captions of seen pairs, of unseen ones, and changes, with what is planned for each.
  struct Shown {
    std::vector<DrawingPrompt> prompts;
    at::Tensor meant, planned;  // features [B, N, W], plans [B, C, s, s]
  };
  Shown show(const DrawingHalf& half, int64_t count) const;

 private:
  struct Set {
    std::vector<DrawingPrompt> prompts;
    at::Tensor states, features;  // [B, Q, H], [B, N, C]
    int64_t size() const { return int64_t(prompts.size()); }
  };
  Set set(std::vector<DrawingPrompt> prompts) const;
  at::Tensor plans(const DrawingHalf& half, const Set& set, int64_t count) const;  // [B, C, s, s]
  void add_flow(const NextDit& dit, const TimeDensity& density, Tally& tally) const;

  PlanWay way_;
  const FrozenLanguage& language_;
  const EvaClip& clip_;
  at::Device device_;
  Set seen_, unseen_, changed_;
};

// 1 where a cell has an object in it, [B, 64].
at::Tensor object_cells(const std::vector<world::Scene>& scenes);

}  // namespace b3o::train
