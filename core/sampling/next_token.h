// Choosing the next token from a language model's scores (understanding.md 7.2).
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <span>
#include <unordered_set>
#include <vector>

namespace b3o {

struct NextTokenSettings {
  bool sample = false;            // false: the largest score, and of equal ones the lowest id
  double repetition_penalty = 1;  // above 1 makes tokens of the prompt and the output less likely
  int64_t min_new_tokens = 0;     // no end token before this many are chosen
  std::vector<int64_t> end_ids = {};
  double temperature = 1;  // 1e-5 and below is the same as sample = false
  int64_t top_k = 0;       // keep the k largest scores and their equals; 0: all
  double top_p = 1;        // keep the likeliest tokens that together reach p; 1: all
  uint64_t seed = 0;
};

// A number in [0, 1) that depends on seed and step alone: the top 53 bits of mix64(mix64(seed + g) + (step + 1) g),
// g = 0x9e3779b97f4a7c15. The same seed gives the same text on every machine that computes the same scores.
double token_draw(uint64_t seed, uint64_t step);

class NextToken {
 public:
  // RequestError when a setting is out of range.
  NextToken(NextTokenSettings settings, std::span<const int64_t> prompt);

  // The next token for logits [V] of the last position, any number type and device; it counts as output from now on.
  // Error when a score is not a number.
  int64_t choose(const at::Tensor& logits);

  // The parts of choose(). scores: in fp32, after penalty and minimum length.
  std::vector<float> scores(const at::Tensor& logits) const;  // [V]
  // After temperature, top-k and top-p: what the draw follows, in the order of ids. The sum of probabilities is 1.
  struct Candidate {
    int64_t id;
    double probability;
  };
  std::vector<Candidate> candidates(std::vector<float> scores) const;

 private:
  NextTokenSettings settings_;
  std::unordered_set<int64_t> seen_;  // distinct ids of prompt and output
  uint64_t chosen_ = 0;               // tokens so far
};

}  // namespace b3o
