// A full disk for a test.
#pragma once

#include <sys/resource.h>

#include <csignal>

#include "tests/support/case.h"

namespace b3o::test {

// No file may grow beyond `bytes` while this lives, as on a full disk.
class SmallDisk {
 public:
  explicit SmallDisk(rlim_t bytes) : old_handler_(std::signal(SIGXFSZ, SIG_IGN)) {
    ::getrlimit(RLIMIT_FSIZE, &old_);
    const rlimit tight{bytes, old_.rlim_max};
    if (::setrlimit(RLIMIT_FSIZE, &tight) != 0) throw CheckFailed("cannot limit the size of files");
  }
  ~SmallDisk() {
    ::setrlimit(RLIMIT_FSIZE, &old_);
    std::signal(SIGXFSZ, old_handler_);
  }

 private:
  rlimit old_{};
  void (*old_handler_)(int);
};

}  // namespace b3o::test
