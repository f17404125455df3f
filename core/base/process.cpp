#include "core/base/process.h"

#include <unistd.h>

#include <cstdlib>

namespace b3o {

void start_with_sleeping_threads(char** argv) {
  if (std::getenv("OMP_WAIT_POLICY")) return;
  ::setenv("OMP_WAIT_POLICY", "passive", 1);
  ::execv("/proc/self/exe", argv);  // on failure: go on as we are
}

}  // namespace b3o
