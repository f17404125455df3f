#include "core/families/family.h"

namespace b3o {

std::unique_ptr<Family> open_family(const LoadModel& request, JobContext&) {
  throw LoadError(request.folder.string() + ": no family reads this folder");
}

}  // namespace b3o
