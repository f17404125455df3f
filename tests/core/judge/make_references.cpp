// Writes core/judge/references.inc. Run it twice after a change of the backgrounds, building in between: the
// silhouettes are cut out with the stored tones.
#include <iostream>

#include "core/base/file.h"
#include "tests/core/judge/drawn_references.h"

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: make_judge_references FILE\n";
    return 2;
  }
  b3o::write_file(argv[1], b3o::test::drawn_references());
  return 0;
}
