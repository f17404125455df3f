// Which pictures are alike, by the tokens they were painted from.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/api/picture_file.h"

namespace b3o {

// The tokens in a few thousand bytes: averaged over the four quarters of their grid (over all of it where it cannot be
// halved), scaled to length 1, in 8 bits with one factor. [factor fp32, bytes...]
std::string compact_tokens(const PictureTokens& tokens);

// The cosine of every compact with the one at `of`, after the mean of all was taken away: what all pictures have in
// common says nothing. Compacts of another length than that one get -2.
std::vector<float> likeness(const std::vector<std::string_view>& compacts, size_t of);

}  // namespace b3o
