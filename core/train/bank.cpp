#include "core/train/bank.h"

#include <ATen/ATen.h>

#include "core/base/error.h"

namespace b3o::train {
namespace {

constexpr int64_t kAlign = 16;  // floats: one line of the cache

}  // namespace

Bank::Bank(const Named& parameters) : parameters_(parameters) {
  ensure(!parameters.empty(), "a run trains at least one tensor");
  int64_t total = 0;
  for (const auto& [name, tensor] : parameters) {
    ensure(tensor.is_leaf() && tensor.requires_grad() && tensor.scalar_type() == at::kFloat,
           "a trained tensor is an fp32 leaf");
    slots_.push_back({name, tensor.sizes().vec(), total, tensor.numel()});
    total += (tensor.numel() + kAlign - 1) / kAlign * kAlign;
  }
  const auto options = at::TensorOptions().dtype(at::kFloat).device(parameters.front().second.device());
  values = at::zeros({total}, options);
  gradients = at::zeros({total}, options);
  for (size_t i = 0; i < slots_.size(); ++i) {
    at::Tensor tensor = parameters[i].second;
    at::Tensor place = view(values, slots_[i]);
    place.copy_(tensor.detach());
    tensor.set_data(place);
    tensor.mutable_grad() = view(gradients, slots_[i]);
  }
}

at::Tensor Bank::zeros() const { return at::zeros_like(values); }

at::Tensor Bank::view(const at::Tensor& flat, const Slot& slot) {
  return flat.narrow(0, slot.offset, slot.count).view(slot.shape);
}

Named Bank::named(const at::Tensor& flat, const std::string& suffix) const {
  Named out;
  for (const Slot& slot : slots_) out.emplace_back(slot.name + suffix, view(flat, slot));
  return out;
}

}  // namespace b3o::train
