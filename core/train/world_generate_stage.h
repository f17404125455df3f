// Stages 2 and 3 on the drawn world, from the results of earlier stages.
#pragma once

#include "core/train/stages.h"

namespace b3o::train {

// name: generate or tune.
Stage world_generate_stage(const StageInput& input, const char* name);

}  // namespace b3o::train
