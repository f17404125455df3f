#include "core/train/feature_probes.h"

#include <ATen/ATen.h>

#include "core/train/layout_cells.h"
#include "core/train/pictures.h"
#include "core/train/result.h"
#include "core/world/labels.h"

namespace b3o::train {
namespace {

Linear head(const std::filesystem::path& result, const char* name, int64_t width, int64_t classes, at::Device device) {
  FolderSource source = open_part(result, "clip-heads.safetensors", device);
  return Linear(Scope(source) / "heads" / name, width, classes);
}

}  // namespace

FeatureProbes::FeatureProbes(const std::filesystem::path& result, int64_t width, at::Device device)
    : object_(head(result, "object", width, world::CellLabels::kObjClasses, device)),
      color_(head(result, "color", width, world::CellLabels::kColClasses, device)) {}

std::vector<int> FeatureProbes::wrong_cells(const at::Tensor& features, const std::vector<world::Scene>& scenes) const {
  const Labels labels = labels_of(scenes);
  const at::Tensor right = at::logical_and(cells_right(object_(features).cpu(), labels.object),
                                           cells_right(color_(features).cpu(), labels.color));
  const at::Tensor wrong = right.logical_not().sum(1);  // [B]
  std::vector<int> out;
  for (int64_t i = 0; i < wrong.size(0); ++i) out.push_back(int(wrong[i].item<int64_t>()));
  return out;
}

}  // namespace b3o::train
