// Shares and weights that a recipe gives by name.
#pragma once

#include <functional>
#include <span>
#include <string>

#include "core/base/json.h"

namespace b3o::train {

// A number from 0 to 1; without the key the value stays. LoadError.
void read_share(const Fields& fields, const char* key, double& value);

// The object under the key: weights from 0 to 100 by name. What it does not name keeps its weight. LoadError for a name
// that is none of `name_of(0)` ..., for other numbers, and when all are 0.
void read_weights(const Fields& fields, const char* key, std::span<float> weights,
                  const std::function<std::string(size_t)>& name_of);

}  // namespace b3o::train
