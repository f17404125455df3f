// Packs many short sequences into few rows. Sequences that begin alike share their beginning: a picture is read once
// for all questions about it. Every token sees exactly what it would see alone.
// R rows, L tokens of a row.
#pragma once

#include <ATen/core/Tensor.h>

#include <vector>

#include "core/train/understand_readings.h"

namespace b3o::train {

// Where tokens are to look: indices into the R L tokens [A], how much each counts [A], and the shares of the tokens of
// their rows [A, L]. All queries of a drawing count as much as one question.
struct Looks {
  at::Tensor tokens, weights, shares;
};

// What the tokens before answers are to know: indices into the R L tokens [A], and the class of each fact
// [A, kFacts]; -1: not asked.
struct AskedFacts {
  at::Tensor tokens, classes;
};

struct ReadingBatch {
  at::Tensor ids, positions, mask;  // [R, L], [3, R, L], [R, 1, L, L]: true = may look
  // Indices into the R L tokens.
  at::Tensor picture_tokens, picture_rows;  // [K]: where rows of pictures stand, and which (picture * rows + row)
  at::Tensor query_tokens;                  // [D Q]: the queries of drawing 0, of drawing 1, ...
  at::Tensor before_answers, answers;       // [A]: the tokens that predict, and the ids they have to predict
  at::Tensor reading;                       // [A]: number of the reading, counted over all groups
  Looks first_looks, second_looks;
  AskedFacts facts;
  int64_t readings = 0, tokens = 0;  // tokens: without padding
};

// groups: readings that may share their beginning. The drawings of all readings are 0, 1, 2, ..., each once.
ReadingBatch packed(const std::vector<std::vector<Reading>>& groups, const Reader& reader);

}  // namespace b3o::train
