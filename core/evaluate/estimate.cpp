#include "core/evaluate/estimate.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/world/rng.h"

namespace b3o::evaluate {
namespace {

constexpr uint64_t kSeed = 1, kStream = 95;

}  // namespace

double mean(const std::vector<double>& values) {
  return values.empty() ? 0 : std::accumulate(values.begin(), values.end(), 0.0) / double(values.size());
}

double percentile(std::vector<double> values, double share) {
  std::sort(values.begin(), values.end());
  const double at = share * double(values.size() - 1);
  const auto below = size_t(std::floor(at)), above = std::min(below + 1, values.size() - 1);
  return values[below] + (at - double(below)) * (values[above] - values[below]);
}

Estimate estimated(const std::vector<std::vector<double>>& groups, double weight) {
  Estimate out;
  for (const auto& group : groups) out.value += mean(group), out.items += int(group.size());
  out.value *= weight;
  world::Rng rng(kSeed, kStream);
  std::vector<double> sums;
  for (int i = 0; i < kResamples; ++i) {
    double sum = 0;
    for (const auto& group : groups) {
      double drawn = 0;
      for (size_t k = 0; k < group.size(); ++k) drawn += group[size_t(rng.below(int(group.size())))];
      if (!group.empty()) sum += drawn / double(group.size());
    }
    sums.push_back(weight * sum);
  }
  out.low = percentile(sums, 0.025), out.high = percentile(std::move(sums), 0.975);
  return out;
}

Estimate estimated(const std::vector<double>& values) { return estimated({values}, 1); }

Estimate estimated_mean(const std::vector<std::vector<double>>& groups) {
  const auto filled = std::count_if(groups.begin(), groups.end(), [](const auto& g) { return !g.empty(); });
  return estimated(groups, filled == 0 ? 1 : 1 / double(filled));
}

Json to_json(const Estimate& e) { return {{"value", e.value}, {"low", e.low}, {"high", e.high}, {"items", e.items}}; }

}  // namespace b3o::evaluate
