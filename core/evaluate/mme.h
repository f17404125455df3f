// Scoring of yes/no questions by the rules of MME (training.md 10.4).
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace b3o::evaluate {

enum class YesNo { yes, no, other };
// What an answer says: other when it is neither within its first four characters.
YesNo parse_yes_no(const std::string& text);

struct MmeRow {
  std::string category, picture;  // each picture has exactly two rows
  std::string truth, answer;
};

struct MmeCategory {
  std::string name;
  std::vector<double> pictures;  // acc + acc+ of each, 0 .. 200
  double accuracy = 0;           // mean acc, 0 .. 100
  double both = 0;               // mean acc+, 0 .. 100
  double score() const { return accuracy + both; }
};

struct MmeScores {
  std::vector<bool> right;                      // of each row
  std::vector<MmeCategory> categories;          // in order of first appearance
  std::optional<double> perception, cognition;  // sums over the categories of a kind; none without such a category
};
// RequestError when a picture does not have two rows.
MmeScores mme_scores(const std::vector<MmeRow>& rows);

}  // namespace b3o::evaluate
