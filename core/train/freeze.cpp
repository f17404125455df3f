#include "core/train/freeze.h"

#include "core/base/error.h"
#include "core/train/pattern.h"

namespace b3o::train {

Freezer::Freezer(const Fields& recipe, std::vector<std::string> always)
    : patterns_(std::move(always)), always_(patterns_.size()) {
  if (recipe.has("freeze"))
    for (const std::string& pattern : recipe.strings("freeze")) patterns_.push_back(pattern);
  matched_.assign(patterns_.size(), false);
}

bool Freezer::trains(const std::string& name) {
  bool trained = true;
  for (size_t i = 0; i < patterns_.size(); ++i)
    if (matches_pattern(name, patterns_[i])) {
      matched_[i] = true;
      trained = false;
    }
  return trained;
}

void Freezer::check() const {
  for (size_t i = always_; i < patterns_.size(); ++i)
    if (!matched_[i])
      throw RequestError(cat("The pattern '", patterns_[i], "' of --freeze matches no tensor of this stage."));
}

}  // namespace b3o::train
