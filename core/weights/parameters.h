// The source a trainer puts between a network and its weights: fp32 leaf tensors, remembered by name.
#pragma once

#include <functional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/weights/scope.h"

namespace b3o {

class ParameterSource : public TensorSource {
 public:
  // trainable: which names get requires_grad; empty means all. The inner source must outlive this one.
  explicit ParameterSource(TensorSource& inner, std::function<bool(const std::string&)> trainable = {})
      : inner_(inner), trainable_(std::move(trainable)) {}
  std::optional<Shape> shape(const std::string& name) override { return inner_.shape(name); }
  // A copy of its own in fp32, on the inner source's device. A name that is taken twice is one parameter.
  at::Tensor take(const std::string& name, at::IntArrayRef shape, bool matrix) override;

  // In the order in which they were taken first; frozen ones too.
  const std::vector<std::pair<std::string, at::Tensor>>& parameters() const { return parameters_; }

 private:
  TensorSource& inner_;
  std::function<bool(const std::string&)> trainable_;
  std::vector<std::pair<std::string, at::Tensor>> parameters_;
  std::unordered_map<std::string, size_t> index_;
};

}  // namespace b3o
