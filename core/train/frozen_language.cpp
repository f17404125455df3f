#include "core/train/frozen_language.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include "core/train/pictures.h"
#include "core/train/result.h"
#include "core/train/vit_pictures.h"

namespace b3o::train {
namespace {

constexpr size_t kTogether = 3;  // prompts without a picture that stand in one row

LayoutHeads load_heads(const std::filesystem::path& result, int64_t width, at::Device device) {
  FolderSource source = open_part(result, "layout-heads.safetensors", device);
  const auto features = source.shape("heads.features.weight");
  return LayoutHeads(Scope(source) / "heads", width, features && !features->empty() ? features->front() : 0);
}

}  // namespace

FrozenLanguage::FrozenLanguage(const std::filesystem::path& result, at::Device device)
    : config_(read_config(result, "config.json")),
      where_((result / "config.json").string()),
      tokenizer_(Tokenizer::load(result)),
      files_(open_part(result, "model.safetensors", device)),
      parameters_(files_, [](const std::string&) { return false; }),
      language_(Scope(parameters_), QwenTextConfig::from_json(Fields(config_, where_)),
                Fields(config_, where_).integer_in("n_query", 1, 4096)),
      vision_(Scope(parameters_) / kVisionPrefix,
              QwenVisionConfig::from_json(Fields(config_, where_).object("vision_config"))),
      reader_(tokenizer_, vision_grid(world::kCanvas, world::kCanvas, vision_.config),
              vision_.config.spatial_merge_size, language_.queries.size(1)),
      heads_(load_heads(result, width(), device)) {}

std::vector<int> FrozenLanguage::wrong_cells(const at::Tensor& states, const std::vector<world::Scene>& scenes) const {
  return layout_score(heads_, states, scenes).wrong;
}

at::Tensor FrozenLanguage::states(const std::vector<DrawingPrompt>& prompts) const {
  const c10::AutoGradMode no_gradients(false);
  std::vector<world::Scene> sources;
  std::vector<std::vector<Reading>> groups;
  bool open = false;  // the last group takes another prompt without a picture
  for (size_t i = 0; i < prompts.size(); ++i) {
    const auto number = int64_t(i);
    if (prompts[i].source) {
      groups.push_back({reader_.instruction(prompts[i].text, int64_t(sources.size()), number)});
      sources.push_back(*prompts[i].source);
      open = false;
      continue;
    }
    if (!open || groups.back().size() == kTogether) groups.emplace_back();
    groups.back().push_back(reader_.caption(prompts[i].text, number));
    open = true;
  }
  const at::Tensor rows = sources.empty() ? at::Tensor() : picture_tokens(vision_, draw(sources)).flatten(0, 1);
  const ReadingBatch batch = packed(groups, reader_);
  const at::Tensor states = language_.states(batch, rows);
  return states.index_select(0, batch.query_tokens.to(states.device()))
      .view({int64_t(prompts.size()), queries(), width()});
}

}  // namespace b3o::train
