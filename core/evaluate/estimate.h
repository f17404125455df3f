// Means with a 95 % interval: percentile bootstrap over prompts, 2000 resamples, fixed seed (training.md 10.7).
#pragma once

#include <vector>

#include "core/base/json.h"

namespace b3o::evaluate {

inline constexpr int kResamples = 2000;

struct Estimate {
  double value = 0, low = 0, high = 0;
  int items = 0;
};

// weight times the sum of the groups' means; every group is resampled within itself. One value for each prompt: what
// belongs together (the pictures of a prompt, the two questions about a picture) is resampled together. Groups without
// values are left out.
Estimate estimated(const std::vector<std::vector<double>>& groups, double weight);
// The mean.
Estimate estimated(const std::vector<double>& values);
// The mean of the groups' means.
Estimate estimated_mean(const std::vector<std::vector<double>>& groups);

// The value below which this share of the sorted ones lies, between two of them in proportion. values: not empty.
double percentile(std::vector<double> values, double share);
double mean(const std::vector<double>& values);  // 0 of nothing

Json to_json(const Estimate& e);

}  // namespace b3o::evaluate
