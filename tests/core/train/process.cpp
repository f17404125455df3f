// One of several processes that train the toy stage together: what the tests of process groups start.
// Arguments: folder, samples a process, steps, the step after which this process vanishes (-1: never).
#include <unistd.h>

#include <cstdlib>
#include <iostream>

#include "tests/core/train/toy.h"

int main(int argc, char** argv) {
  if (argc != 5) return 64;
  try {
    c10::Device device = c10::kCPU;
    const auto group = b3o::train::join_group(device);
    b3o::test::Toy toy;
    auto options = b3o::test::toy_options(argv[1], std::atoll(argv[3]));
    options.optimiser.muon = false;  // tolerances: Muon enlarges what rounding leaves
    options.batch = std::atoll(argv[2]);
    const int64_t last = std::atoll(argv[4]);
    options.stop = [last, n = int64_t(0)]() mutable {
      if (++n == last) ::_exit(9);
      return false;
    };
    run(toy.stage, options, *group);
    return 0;
  } catch (const std::exception& e) {
    std::cerr << e.what() << std::endl;
    return 1;
  }
}
