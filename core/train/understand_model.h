// The trained half of stage 1: the language model, its queries, and the heads that the layout task throws away.
// R rows, L tokens of a row, W hidden width, D drawings, Q queries.
#pragma once

#include <ATen/core/Tensor.h>

#include <functional>
#include <vector>

#include "core/models/qwen_text.h"
#include "core/train/tally.h"
#include "core/train/understand_batch.h"
#include "core/world/scene.h"

namespace b3o::train {

struct Language {
  QwenText text;
  at::Tensor queries;  // [1, Q, W]

  Language(const Scope& root, const QwenTextConfig& config, int64_t queries);

  // picture_rows: [pictures * rows, W]. Hidden states of all tokens of the batch: [R L, W]. before_layer, if given, is
  // called with the number of each layer and what goes into it: [R, L, W].
  using BeforeLayer = std::function<void(size_t, const at::Tensor& x, const TextRotation& turn)>;
  at::Tensor states(const ReadingBatch& batch, const at::Tensor& picture_rows,
                    const BeforeLayer& before_layer = {}) const;
};

// How far the attention of a layer is from where it is to look: cross-entropy of the shares, of the first head of every
// group that shares its keys; weighted mean over looks. x [R, L, W] goes into the layer; mask as of the batch.
at::Tensor look_loss(const TextLayer& layer, const at::Tensor& x, const TextRotation& turn, const at::Tensor& mask,
                     const Looks& looks);

// How many there are and where one lies from another, told from the token before the answer. Yes and no to "are there
// three?" and "is it left of the star?" give no direction to learn these by as long as they are not known; naming them
// does.
struct FactHeads {
  std::vector<Linear> of;  // each fact
  FactHeads(const Scope& s, int64_t width);
};

// states [R L, W]. Mean cross-entropy of each fact over the tokens that are to know it, summed over the facts.
at::Tensor fact_loss(const FactHeads& heads, const at::Tensor& states, const AskedFacts& facts, Tally& tally);

// Cross-entropy of every learnt token: [A].
at::Tensor answer_losses(const QwenText& text, const at::Tensor& states, const ReadingBatch& batch);
// Whether all learnt tokens of a reading are the likeliest ones, which is whether greedy decoding gives the answer:
// [readings] bool, false for those that learn nothing.
std::vector<bool> answers_right(const QwenText& text, const at::Tensor& states, const ReadingBatch& batch);

// Object, colour, row and column of the object in each cell, and the CLIP feature there.
struct LayoutHeads {
  Linear object, color, row, column, features;
  LayoutHeads(const Scope& s, int64_t width, int64_t feature_width);
};

struct LayoutWeights {
  double empty = 0.2;          // of cells without an object, in every cross-entropy
  double axes = 0.1;           // of row and of column
  double features = 1;         // of the mean squared distance to the CLIP features
  double object_features = 3;  // of cells with an object in it
  double changed = 2;          // of cells where an edit puts or removes something, in every loss
};

// queries [D, Q, W], the scenes they have to show, and their CLIP features [D, Q, F]. before: the scenes that were
// changed into these; empty for captions.
at::Tensor layout_loss(const LayoutHeads& heads, const at::Tensor& queries, const std::vector<world::Scene>& scenes,
                       const std::vector<world::Scene>& before, const at::Tensor& features,
                       const LayoutWeights& weights, const std::string& name, Tally& tally);

// Per drawing whether object and colour of all 64 cells are right.
struct LayoutScore {
  std::vector<bool> all;
  std::vector<int> wrong;  // cells
};
LayoutScore layout_score(const LayoutHeads& heads, const at::Tensor& queries, const std::vector<world::Scene>& scenes);

}  // namespace b3o::train
