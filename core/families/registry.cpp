#include "core/families/blip3o/blip3o.h"

namespace b3o {

// One family so far. A second one adds its row here and is chosen by config.json's model_type.
std::unique_ptr<Family> open_family(const LoadModel& request, JobContext& job) { return open_blip3o(request, job); }

}  // namespace b3o
