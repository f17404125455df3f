#include "core/sampling/next_token.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

#include "core/base/error.h"
#include "core/base/hash.h"

namespace b3o {
namespace {

constexpr float kRemoved = -std::numeric_limits<float>::infinity();
constexpr double kGreedyTemperature = 1e-5;
constexpr uint64_t kGolden = 0x9e3779b97f4a7c15u;

using Candidates = std::vector<NextToken::Candidate>;

// The k-th largest score. Most scores are only compared with the smallest of the k best so far.
float kth_largest(const std::vector<float>& scores, int64_t k) {
  std::vector<float> best(scores.begin(), scores.begin() + k);  // the smallest in front
  std::make_heap(best.begin(), best.end(), std::greater<>());
  for (size_t i = size_t(k); i < scores.size(); ++i) {
    if (scores[i] <= best.front()) continue;
    std::pop_heap(best.begin(), best.end(), std::greater<>());
    best.back() = scores[i];
    std::push_heap(best.begin(), best.end(), std::greater<>());
  }
  return best.front();
}

// Makes scores probabilities: exp(s - largest) / sum. The largest is finite.
void softmax(Candidates& all) {
  double largest = kRemoved, sum = 0;
  for (const auto& c : all) largest = std::max(largest, c.probability);
  for (auto& c : all) sum += c.probability = std::exp(c.probability - largest);
  for (auto& c : all) c.probability /= sum;
}

// Removes, from the least likely on, every token whose sum with the less likely ones stays within 1 - p; of equally
// likely tokens the lower id goes first, and the likeliest always stays.
void keep_likeliest(Candidates& all, double p) {
  if (p >= 1) return;
  std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.probability < b.probability; });
  double below = 0, left = 1;
  size_t removed = 0;
  for (; removed + 1 < all.size(); ++removed) {
    below += all[removed].probability;
    if (below > 1 - p) break;
    left -= all[removed].probability;
  }
  all.erase(all.begin(), all.begin() + int64_t(removed));
  for (auto& c : all) c.probability /= left;
  std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
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

std::vector<NextToken::Candidate> NextToken::candidates(std::vector<float> scores) const {
  for (float& s : scores) s /= float(settings_.temperature);
  const bool cut = settings_.top_k > 0 && settings_.top_k < int64_t(scores.size());
  const float least = cut ? kth_largest(scores, settings_.top_k) : kRemoved;
  Candidates out;
  for (size_t i = 0; i < scores.size(); ++i)
    if (scores[i] >= least && scores[i] > kRemoved) out.push_back({int64_t(i), scores[i]});
  softmax(out);
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
    const Candidates all = candidates(std::move(s));
    const double draw = token_draw(settings_.seed, chosen_);
    double below = 0;
    for (size_t i = 0; i < all.size() && below <= draw; ++i) {
      best = size_t(all[i].id);
      below += all[i].probability;
    }
  }
  ++chosen_;
  seen_.insert(int64_t(best));
  return int64_t(best);
}

}  // namespace b3o
