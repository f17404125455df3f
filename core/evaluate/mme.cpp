#include "core/evaluate/mme.h"

#include <algorithm>
#include <array>
#include <map>

#include "core/base/error.h"

namespace b3o::evaluate {
namespace {

constexpr std::array kPerception = {"existence", "count", "position", "color",   "posters",
                                    "celebrity", "scene", "landmark", "artwork", "OCR"};

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

std::string plain(const std::string& text) {
  size_t from = 0, to = text.size();
  while (from < to && is_space(text[from])) ++from;
  while (to > from && is_space(text[to - 1])) --to;
  std::string out;
  for (size_t i = from; i < to; ++i)
    if (text[i] != '.') out += text[i] >= 'A' && text[i] <= 'Z' ? char(text[i] + 32) : text[i];
  return out;
}

}  // namespace

YesNo parse_yes_no(const std::string& text) {
  const std::string said = plain(text);
  if (said.size() == 1) return said == "y" ? YesNo::yes : said == "n" ? YesNo::no : YesNo::other;
  const std::string start = said.substr(0, 4);
  if (start.find("yes") != std::string::npos) return YesNo::yes;
  return start.find("no") != std::string::npos ? YesNo::no : YesNo::other;
}

MmeScores mme_scores(const std::vector<MmeRow>& rows) {
  MmeScores out;
  std::map<std::pair<std::string, std::string>, std::vector<bool>> pictures;
  const auto category = [&](const std::string& name) {
    return std::find_if(out.categories.begin(), out.categories.end(), [&](const auto& c) { return c.name == name; });
  };
  for (const MmeRow& row : rows) {
    const YesNo said = parse_yes_no(row.answer);
    const std::string truth = plain(row.truth);
    out.right.push_back((said == YesNo::yes && truth == "yes") || (said == YesNo::no && truth == "no"));
    pictures[{row.category, row.picture}].push_back(out.right.back());
    if (category(row.category) == out.categories.end()) out.categories.push_back({row.category, {}});
  }
  for (const auto& [key, right] : pictures) {
    if (right.size() != 2)
      throw RequestError(cat("The picture '", key.second, "' of the category '", key.first, "' has ", right.size(),
                             " questions, expected 2."));
    MmeCategory& c = *category(key.first);
    const double accuracy = 50.0 * (right[0] + right[1]), both = right[0] && right[1] ? 100 : 0;
    c.accuracy += accuracy, c.both += both;
    c.pictures.push_back(accuracy + both);
  }
  for (MmeCategory& c : out.categories) {
    c.accuracy /= double(c.pictures.size()), c.both /= double(c.pictures.size());
    const bool perceived = std::find(kPerception.begin(), kPerception.end(), c.name) != kPerception.end();
    auto& sum = perceived ? out.perception : out.cognition;
    sum = sum.value_or(0) + c.score();
  }
  return out;
}

}  // namespace b3o::evaluate
