#include "core/train/shares.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/base/utf8.h"

namespace b3o::train {

void read_share(const Fields& fields, const char* key, double& value) {
  value = fields.number(key, value);
  if (!(value >= 0 && value <= 1))
    throw LoadError(cat(fields.where(), ": key '", key, "' is ", value, ", expected 0 to 1"));
}

void read_weights(const Fields& fields, const char* key, std::span<float> weights,
                  const std::function<std::string(size_t)>& name_of) {
  if (!fields.has(key)) return;
  const Fields given = fields.object(key);
  for (const auto& [name, ignored] : given.json().items()) {
    size_t at = 0;
    while (at < weights.size() && name != name_of(at)) ++at;
    if (at == weights.size())
      throw LoadError(cat(given.where(), ": '", for_message(name, 40), "' is no name of its kind"));
    const double weight = given.number(name);
    if (!(weight >= 0 && weight <= 100))
      throw LoadError(cat(given.where(), ": key '", name, "' is ", weight, ", expected 0 to 100"));
    weights[at] = float(weight);
  }
  if (std::all_of(weights.begin(), weights.end(), [](float w) { return w == 0; }))
    throw LoadError(cat(given.where(), ": every weight is 0"));
}

}  // namespace b3o::train
