#include "core/weights/parameters.h"

#include <ATen/ATen.h>

#include "core/base/error.h"

namespace b3o {

at::Tensor ParameterSource::take(const std::string& name, at::IntArrayRef shape, bool) {
  const auto [slot, fresh] = index_.emplace(name, parameters_.size());
  if (!fresh) {
    const at::Tensor& known = parameters_[slot->second].second;
    ensure(known.sizes() == shape, "a parameter that is taken twice has one shape");
    return known;
  }
  at::Tensor values;
  try {
    values =
        inner_.take(name, shape, false).detach().to(at::kFloat, /*non_blocking=*/false, /*copy=*/true).contiguous();
  } catch (...) {
    index_.erase(slot);
    throw;
  }
  values.set_requires_grad(!trainable_ || trainable_(name));
  parameters_.emplace_back(name, values);
  return values;
}

}  // namespace b3o
