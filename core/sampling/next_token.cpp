#include "core/sampling/next_token.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "core/base/error.h"
#include "core/base/hash.h"

namespace b3o {
namespace {

constexpr float kRemoved = -std::numeric_limits<float>::infinity();
constexpr double kGreedyTemperature = 1e-5;
constexpr uint64_t kGolden = 0x9e3779b97f4a7c15u;

void keep_largest(std::vector<float>& scores, int64_t k) {
  if (k <= 0 || k >= int64_t(scores.size())) return;
  std::vector<float> sorted = scores;
  std::nth_element(sorted.begin(), sorted.begin() + (k - 1), sorted.end(), std::greater<>());
  const float smallest = sorted[size_t(k - 1)];
  for (float& s : scores) s = s < smallest ? kRemoved : s;
}

// exp(s - largest) / sum; the largest is finite.
std::vector<double> softmax(const std::vector<float>& scores) {
  const double largest = *std::max_element(scores.begin(), scores.end());
  std::vector<double> out(scores.size());
  std::transform(scores.begin(), scores.end(), out.begin(), [&](float s) { return std::exp(double(s) - largest); });
  const double sum = std::accumulate(out.begin(), out.end(), 0.0);
  for (double& p : out) p /= sum;
  return out;
}

// Removes, from the least likely on, every token whose sum with the less likely ones stays within 1 - p; of equally
// likely tokens the lower id goes first, and the likeliest always stays.
void keep_likeliest(std::vector<double>& probabilities, double p) {
  if (p >= 1) return;
  std::vector<size_t> order;
  for (size_t i = 0; i < probabilities.size(); ++i)
    if (probabilities[i] > 0) order.push_back(i);
  std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) { return probabilities[a] < probabilities[b]; });
  double below = 0;
  for (size_t i = 0; i + 1 < order.size(); ++i) {
    below += probabilities[order[i]];
    if (below > 1 - p) break;
    probabilities[order[i]] = 0;
  }
  const double left = std::accumulate(probabilities.begin(), probabilities.end(), 0.0);
  for (double& q : probabilities) q /= left;
}

void require(bool holds, const char* name, double got, const char* wanted) {
  if (!holds) throw RequestError(cat(name, " is ", got, ", expected ", wanted));
}

}  // namespace

double token_draw(uint64_t seed, uint64_t step) {
  return double(mix64(mix64(seed + kGolden) + (step + 1) * kGolden) >> 11) * 0x1p-53;
}

NextToken::NextToken(NextTokenSettings settings, std::span<const int64_t> prompt)
    : settings_(std::move(settings)), seen_(prompt.begin(), prompt.end()) {
  const NextTokenSettings& s = settings_;
  require(s.repetition_penalty > 0 && std::isfinite(s.repetition_penalty), "the repetition penalty",
          s.repetition_penalty, "a number above 0");
  require(s.temperature >= 0 && std::isfinite(s.temperature), "the temperature", s.temperature, "a number from 0");
  require(s.top_k >= 0, "top-k", double(s.top_k), "a number from 0 (off)");
  require(s.top_p >= 0 && s.top_p <= 1, "top-p", s.top_p, "a number from 0 to 1");
}

std::vector<float> NextToken::scores(const at::Tensor& logits) const {
  ensure(logits.dim() == 1 && logits.size(0) > 0, "the scores of one position");
  const at::Tensor wide = logits.detach().to(at::kCPU, at::kFloat).contiguous();
  const float* begin = wide.const_data_ptr<float>();
  std::vector<float> out(begin, begin + wide.size(0));
  const auto count = int64_t(out.size());
  if (settings_.repetition_penalty != 1)
    for (const int64_t id : seen_) {
      if (id < 0 || id >= count) continue;
      float& s = out[size_t(id)];
      s = s < 0 ? s * float(settings_.repetition_penalty) : s / float(settings_.repetition_penalty);
    }
  if (int64_t(chosen_) < settings_.min_new_tokens)
    for (const int64_t id : settings_.end_ids)
      if (id >= 0 && id < count) out[size_t(id)] = kRemoved;
  return out;
}

std::vector<double> NextToken::probabilities(std::vector<float> scores) const {
  for (float& s : scores) s /= float(settings_.temperature);
  keep_largest(scores, settings_.top_k);
  std::vector<double> out = softmax(scores);
  keep_likeliest(out, settings_.top_p);
  return out;
}

int64_t NextToken::choose(const at::Tensor& logits) {
  std::vector<float> s = scores(logits);
  size_t best = 0;
  bool broken = false;
  for (size_t i = 0; i < s.size(); ++i) {
    broken = broken || !(s[i] < std::numeric_limits<float>::infinity());  // also true for what is not a number
    if (s[i] > s[best]) best = i;
  }
  if (broken || s[best] == kRemoved)
    throw Error("the language model's scores are not finite numbers; load it with another number type (bf16 or fp32)");
  if (settings_.sample && settings_.temperature > kGreedyTemperature) {
    const std::vector<double> p = probabilities(std::move(s));
    const double draw = token_draw(settings_.seed, chosen_);
    double below = 0;
    for (size_t i = 0; i < p.size() && below <= draw; ++i) {
      if (p[i] > 0) best = i;
      below += p[i];
    }
  }
  ++chosen_;
  seen_.insert(int64_t(best));
  return int64_t(best);
}

}  // namespace b3o
