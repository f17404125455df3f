// Positions of the language model's tokens: three numbers a token (time, row, column) in chats, one number three times
// in the calls that draw (understanding.md 6.5, 6.7).
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <span>

#include "core/models/vision_grid.h"

namespace b3o {

// Where the count stands behind the tokens scanned so far. A generated token has position `next` on all axes.
struct ChatPositions {
  int64_t length = 0;  // tokens
  int64_t next = 0;    // 1 + the largest position used
  int64_t rope_delta() const { return next - length; }
};

struct PictureTokens {
  int64_t vision_start, image_pad;  // ids
  int64_t merge;                    // patches a side that become one token
};

// Positions [3, S] (int64) of ids that continue the chat at `at`, which moves behind them. A vision_start directly
// followed by an image_pad begins the next picture of `grids`; without grids every id is text. RequestError when
// pictures and grids do not fit. A picture may not be cut in two by the end of ids.
at::Tensor chat_positions(std::span<const int64_t> ids, std::span<const VisionGrid> grids, const PictureTokens& tokens,
                          ChatPositions& at);

// begin, begin + 1, ... on all three axes: [3, count] (int64).
at::Tensor plain_positions(int64_t begin, int64_t count);

}  // namespace b3o
