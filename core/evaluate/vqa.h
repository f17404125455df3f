// Scoring of short answers by the rules of VQAv2 (training.md 10.5), with the odd sides that published numbers contain.
#pragma once

#include <string>
#include <vector>

namespace b3o::evaluate {

// What the rules make of a prediction: lower case, punctuation, number words, articles, apostrophes.
std::string normalised_prediction(const std::string& text);
// Of an answer in the official file: the same without the first step.
std::string normalised_answer(const std::string& text);

struct VqaVerdict {
  double accuracy = 0;    // 0 .. 1
  std::string submitted;  // the prediction as it was compared
};
// The mean over the people who answered of min(1, others that agree with the prediction / 3). Answers that are all
// identical are compared as they are written, so "two" or "a dog" can then never be matched.
VqaVerdict vqa_verdict(const std::string& prediction, std::vector<std::string> answers);
// Whether that rule makes ten answers of this text impossible to match.
bool is_never_matched(const std::string& answer);

}  // namespace b3o::evaluate
