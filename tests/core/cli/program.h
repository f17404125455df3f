// Runs the program blip3o the way a person or a script does.
#pragma once

#include <string>
#include <vector>

#include "core/base/json.h"
#include "tests/support/case.h"

namespace b3o::test {

struct Ran {
  int status = -1;
  std::string out, err;
  Json json() const { return parse_json(out, "stdout"); }
};

// input goes to its stdin. Fails when the program died of a signal.
Ran run_program(const std::vector<std::string>& arguments, const std::string& input = "");

}  // namespace b3o::test
