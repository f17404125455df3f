// Everything the drawn world's language can say, as texts: what the tokenizer is learnt on.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/world/scene.h"

namespace b3o::train {

// `count` texts as they stand in prompts, the template's own words among them, without special tokens.
std::vector<std::string> language_corpus(world::Level level, uint64_t seed, int64_t count);

}  // namespace b3o::train
