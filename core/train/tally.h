// Means by name, collected over micro-batches, steps and processes.
#pragma once

#include <map>
#include <string>

#include "core/base/json.h"

namespace b3o::train {

class Tally {
 public:
  struct Sum {
    double sum = 0, weight = 0;
  };
  void add(const std::string& name, double value, double weight = 1) {
    Sum& s = sums_[name];
    s.sum += value * weight, s.weight += weight;
  }
  bool has(const std::string& name) const { return sums_.contains(name) && sums_.at(name).weight > 0; }
  double mean(const std::string& name) const {
    const auto at = sums_.find(name);
    return at == sums_.end() || at->second.weight == 0 ? 0 : at->second.sum / at->second.weight;
  }
  std::map<std::string, Sum>& sums() { return sums_; }
  void clear() { sums_.clear(); }
  // Six digits of every mean; names that start with `prefix` get none of it.
  void write(Json& out) const {
    for (const auto& [name, s] : sums_)
      if (s.weight > 0) out[name] = s.sum / s.weight;
  }

 private:
  std::map<std::string, Sum> sums_;
};

}  // namespace b3o::train
