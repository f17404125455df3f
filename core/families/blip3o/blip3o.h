// The family of BLIP3-o folders (4B, 8B and models of the same architecture) and of plain Qwen2.5-VL folders, which
// chat but do not draw.
#pragma once

#include <memory>

#include "core/families/family.h"

namespace b3o {

// Throws LoadError or Stop.
std::unique_ptr<Family> open_blip3o(const LoadModel& request, JobContext& job);

}  // namespace b3o
