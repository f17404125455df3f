// Training of a whole folder of the official layout: answers, drawing, or both at once (training.md 8).
#pragma once

#include <string>

#include "core/train/stages.h"

namespace b3o::train {

// name: understand (the language model and the vision tower learn to answer), generate or tune (queries and flow learn
// to draw behind the frozen rest), joint (everything but the CLIP tower). --freeze narrows it further. The recipe names
// the "model" folder and the "data"; the result is a folder like the model.
Stage folder_stage(const StageInput& input, const std::string& name);

}  // namespace b3o::train
