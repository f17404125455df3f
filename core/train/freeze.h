// Which tensors of a network are trained: recipes name the others by pattern ("freeze": ["visual.*", ...]).
#pragma once

#include <string>
#include <vector>

#include "core/base/json.h"

namespace b3o::train {

class Freezer {
 public:
  // Patterns of the recipe, and those that the stage freezes anyway.
  explicit Freezer(const Fields& recipe, std::vector<std::string> always = {});
  // For ParameterSource. Remembers which patterns were ever needed.
  bool trains(const std::string& name);
  // RequestError naming a pattern of the recipe that matched nothing: after the networks are built.
  void check() const;

 private:
  std::vector<std::string> patterns_;
  size_t always_;  // so many at the front need not match
  std::vector<bool> matched_;
};

}  // namespace b3o::train
