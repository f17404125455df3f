#include "core/train/understand_model.h"

#include <ATen/ATen.h>

#include <cmath>

#include "core/base/error.h"
#include "core/nn/rotary.h"
#include "core/train/layout_cells.h"
#include "core/train/pictures.h"
#include "core/world/labels.h"

namespace b3o::train {
namespace {

using world::CellLabels;

TextRotation rotation_of(const QwenText& text, const at::Tensor& positions) {  // [3, R, L]
  const at::Tensor where = positions.to(text.frequencies.device(), at::kFloat).unsqueeze(3);
  std::vector<at::Tensor> parts;
  int64_t begin = 0;
  for (int64_t axis = 0; axis < 3; begin += text.config.mrope_section[size_t(axis++)])
    parts.push_back(where[axis] * text.frequencies.narrow(0, begin, text.config.mrope_section[size_t(axis)]));
  const at::Tensor angles = at::cat(parts, 2).unsqueeze(2);  // [R, L, 1, D/2]
  return {at::cos(angles), at::sin(angles)};
}

}  // namespace

Language::Language(const Scope& root, const QwenTextConfig& config, int64_t count)
    : text(root, config), queries((root / "model").take("latent_queries", {1, count, config.hidden})) {}

at::Tensor Language::states(const ReadingBatch& b, const at::Tensor& picture_rows,
                            const BeforeLayer& before_layer) const {
  const at::Device device = text.frequencies.device();
  const int64_t rows = b.ids.size(0), width = b.ids.size(1);
  at::Tensor x = text.embed(b.ids).flatten(0, 1);  // [R L, W]
  if (b.picture_tokens.numel() > 0)
    x = x.index_copy(0, b.picture_tokens.to(device), picture_rows.index_select(0, b.picture_rows.to(device)));
  if (b.query_tokens.numel() > 0) {
    const int64_t drawings = b.query_tokens.numel() / queries.size(1);
    x = x.index_copy(0, b.query_tokens.to(device), queries[0].repeat({drawings, 1}));
  }
  x = x.view({rows, width, -1});
  const TextRotation turn = rotation_of(text, b.positions);
  const at::Tensor mask = b.mask.to(device);
  for (size_t i = 0; i < text.layers.size(); ++i) {
    if (before_layer) before_layer(i, x, turn);
    x = text.layers[i](x, turn, mask, nullptr, int64_t(i), text.part_rows, {});
  }
  return text.norm(x).flatten(0, 1);
}

at::Tensor look_loss(const TextLayer& layer, const at::Tensor& x, const TextRotation& turn, const at::Tensor& mask,
                     const Looks& looks) {
  const TextAttention& a = layer.self_attn;
  const int64_t rows = x.size(0), width = x.size(1), groups = a.kv_heads, each = a.heads / a.kv_heads;
  const at::Tensor tokens = looks.tokens.to(x.device()), y = layer.input_layernorm(x);
  const auto turned = [&](const at::Tensor& heads) {  // [R, L, K, D] -> [R, K, L, D]
    return rotate(heads, turn.cos, turn.sin).transpose(1, 2).to(at::kFloat);
  };
  const at::Tensor q = turned(a.q_proj(y).view({rows, width, groups, each, -1}).select(3, 0));
  const at::Tensor k = turned(a.k_proj(y).view({rows, width, groups, -1}));
  const at::Tensor scores = at::matmul(q, k.transpose(2, 3)) / std::sqrt(double(q.size(3)));  // [R, K, L, L]
  const at::Tensor hidden = mask.logical_not().expand({rows, 1, width, width}).transpose(1, 2).flatten(0, 1);
  const at::Tensor mine = scores.transpose(1, 2).flatten(0, 1).index_select(0, tokens);  // [A, K, L]
  const at::Tensor log_shares = at::log_softmax(mine.masked_fill(hidden.index_select(0, tokens), -1e9), 2);
  const at::Tensor each_look = -(looks.shares.to(x.device()).unsqueeze(1) * log_shares).sum(2).mean(1);  // [A]
  const at::Tensor weights = looks.weights.to(x.device());
  return (weights * each_look).sum() / weights.sum();
}

FactHeads::FactHeads(const Scope& s, int64_t width) {
  for (int i = 0; i < kFacts; ++i) of.emplace_back(s / kFactNames[i], width, kFactClasses[i]);
}

at::Tensor fact_loss(const FactHeads& heads, const at::Tensor& states, const AskedFacts& facts, Tally& tally) {
  const at::Device device = states.device();
  at::Tensor rows = states.index_select(0, facts.tokens.to(device)).to(at::kFloat);
  rows = rows * at::rsqrt(rows.square().mean(1, true) + 1e-6);  // the residual stream has no length of its own
  at::Tensor total = at::zeros({}, rows.options());
  for (int i = 0; i < kFacts; ++i) {
    const at::Tensor wanted = facts.classes.select(1, i), known = wanted.ge(0).nonzero().flatten();
    if (known.numel() == 0) continue;
    const at::Tensor logits = heads.of[size_t(i)](rows.index_select(0, known.to(device)));
    const at::Tensor off = at::cross_entropy_loss(logits, wanted.index_select(0, known).to(device));
    tally.add(cat("fact_", kFactNames[i]), off.item<double>());
    total = total + off;
  }
  return total;
}

at::Tensor answer_losses(const QwenText& text, const at::Tensor& states, const ReadingBatch& b) {
  const at::Tensor logits = text.logits(states.index_select(0, b.before_answers.to(states.device())));  // [A, V]
  return at::cross_entropy_loss(logits.to(at::kFloat), b.answers.to(states.device()), {}, at::Reduction::None);
}

std::vector<bool> answers_right(const QwenText& text, const at::Tensor& states, const ReadingBatch& b) {
  const at::Tensor logits = text.logits(states.index_select(0, b.before_answers.to(states.device())));
  const at::Tensor right = logits.argmax(-1).cpu().eq(b.answers);
  std::vector<int> wrong(size_t(b.readings), 0), learnt(size_t(b.readings), 0);
  const auto of = b.reading.accessor<int64_t, 1>();
  const auto is = right.accessor<bool, 1>();
  for (int64_t i = 0; i < right.size(0); ++i) ++learnt[size_t(of[i])], wrong[size_t(of[i])] += is[i] ? 0 : 1;
  std::vector<bool> out;
  for (size_t i = 0; i < wrong.size(); ++i) out.push_back(learnt[i] > 0 && wrong[i] == 0);
  return out;
}

LayoutHeads::LayoutHeads(const Scope& s, int64_t width, int64_t feature_width)
    : object(s / "object", width, CellLabels::kObjClasses),
      color(s / "color", width, CellLabels::kColClasses),
      row(s / "row", width, CellLabels::kAxisClasses),
      column(s / "column", width, CellLabels::kAxisClasses),
      features(s / "features", width, feature_width) {}

at::Tensor layout_loss(const LayoutHeads& heads, const at::Tensor& queries, const std::vector<world::Scene>& scenes,
                       const std::vector<world::Scene>& before, const at::Tensor& features, const LayoutWeights& w,
                       const std::string& name, Tally& tally) {
  constexpr int64_t kNoObject = CellLabels::kObjClasses - 1;
  const at::Device device = queries.device();
  const Labels labels = labels_of(scenes);
  at::Tensor changed = at::zeros_like(labels.object, at::kFloat);  // [D, Q]
  if (!before.empty()) {
    const Labels old = labels_of(before);
    changed = old.object.ne(labels.object).logical_or(old.color.ne(labels.color)).to(at::kFloat);
  }
  at::Tensor total = at::zeros({}, queries.options().dtype(at::kFloat));
  const auto learn = [&](const char* what, const Linear& head, const at::Tensor& wanted, double weight, int64_t none) {
    const at::Tensor counts = cell_weights(wanted, none, w.empty);
    const at::Tensor weights = at::maximum(counts, w.changed * changed * counts.gt(0));
    const at::Tensor each = cell_loss(head(queries).to(at::kFloat), wanted.to(device), weights.to(device));
    tally.add(name + what, each.item<double>());
    total = total + weight * each;
  };
  learn("object", heads.object, labels.object, 1, kNoObject);
  learn("color", heads.color, labels.color, 1, CellLabels::kColClasses - 1);
  learn("row", heads.row, labels.row, w.axes, CellLabels::kAxisClasses - 1);
  learn("column", heads.column, labels.column, w.axes, CellLabels::kAxisClasses - 1);
  const at::Tensor extra = at::maximum((w.object_features - 1) * labels.object.ne(kNoObject).to(at::kFloat),
                                       (w.changed * w.object_features - 1) * changed);
  const at::Tensor off = feature_loss(heads.features(queries).to(at::kFloat), features, extra.to(device));
  tally.add(name + "features", off.item<double>());
  return total + w.features * off;
}

LayoutScore layout_score(const LayoutHeads& heads, const at::Tensor& queries, const std::vector<world::Scene>& scenes) {
  const Labels labels = labels_of(scenes);
  const at::Tensor right = at::logical_and(cells_right(heads.object(queries).cpu(), labels.object),
                                           cells_right(heads.color(queries).cpu(), labels.color));
  const at::Tensor wrong = right.logical_not().sum(1);
  LayoutScore out;
  for (int64_t i = 0; i < wrong.size(0); ++i) {
    out.wrong.push_back(int(wrong[i].item<int64_t>()));
    out.all.push_back(out.wrong.back() == 0);
  }
  return out;
}

}  // namespace b3o::train
