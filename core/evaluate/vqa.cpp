#include "core/evaluate/vqa.h"

#include <algorithm>
#include <functional>
#include <map>

#include "core/base/utf8.h"

namespace b3o::evaluate {
namespace {

constexpr char kPunctuation[] = ";/[]\"{}()=+\\_-><@`,?!";
constexpr int kMostDots = 32;  // the reference passes a flag where the number of replacements belongs

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string stripped(const std::string& text) {
  size_t from = 0, to = text.size();
  while (from < to && is_space(text[from])) ++from;
  while (to > from && is_space(text[to - 1])) --to;
  return text.substr(from, to - from);
}

// Latin, Greek and Cyrillic capitals become small; other scripts of answers have none.
char32_t lower(char32_t c) {
  const bool latin1 = c >= 0xC0 && c <= 0xDE && c != 0xD7, greek = c >= 0x391 && c <= 0x3A9;
  if ((c >= 'A' && c <= 'Z') || latin1 || greek || (c >= 0x410 && c <= 0x42F)) return c + 32;
  if (c >= 0x400 && c <= 0x40F) return c + 80;
  if (c >= 0x100 && c <= 0x137 && c != 0x130 && c % 2 == 0) return c + 1;
  return c;
}

std::string lower(const std::string& text) {
  std::string out;
  for (size_t at = 0; at < text.size();) append_utf8(out, lower(next_code_point(text, at)));
  return out;
}

std::string spaces_for_breaks(std::string text) {
  std::replace_if(text.begin(), text.end(), [](char c) { return c == '\n' || c == '\t'; }, ' ');
  return stripped(text);
}

std::string first_step(const std::string& text) {
  std::string out;
  for (const char c : lower(text))
    if (c != ',' && c != '?') out += c;
  for (size_t at = 0; (at = out.find("'s", at)) != std::string::npos; at += 3) out.insert(at, 1, ' ');
  return spaces_for_breaks(stripped(out));
}

bool has_comma_between_digits(const std::string& text) {
  for (size_t i = 1; i + 1 < text.size(); ++i) {
    if (text[i] != ',' || !is_digit(text[i - 1])) continue;
    size_t next = i;
    while (next < text.size() && text[next] == ',') ++next;
    if (next < text.size() && is_digit(text[next])) return true;
  }
  return false;
}

std::string without_punctuation(const std::string& text) {
  const bool comma = has_comma_between_digits(text);
  std::string out = text;
  for (const char p : std::string(kPunctuation)) {
    const bool beside_space =
        text.find(std::string{p, ' '}) != std::string::npos || text.find(std::string{' ', p}) != std::string::npos;
    if (beside_space || comma)
      std::erase(out, p);
    else
      std::replace(out.begin(), out.end(), p, ' ');
  }
  std::string dotless;
  int dots = 0;
  for (size_t i = 0; i < out.size(); ++i) {
    const bool before_digit = i + 1 < out.size() && is_digit(out[i + 1]);
    if (out[i] == '.' && !before_digit && dots < kMostDots)
      ++dots;
    else
      dotless += out[i];
  }
  return dotless;
}

std::string with_plain_words(const std::string& text) {
  static const std::map<std::string, std::string> contractions = {
#include "core/evaluate/contractions.inc"
  };
  static const std::map<std::string, std::string> numbers = {
      {"none", "0"}, {"zero", "0"}, {"one", "1"},   {"two", "2"},   {"three", "3"}, {"four", "4"},
      {"five", "5"}, {"six", "6"},  {"seven", "7"}, {"eight", "8"}, {"nine", "9"},  {"ten", "10"}};
  std::string out, word;
  const auto end_word = [&] {
    if (const auto it = numbers.find(word); it != numbers.end()) word = it->second;
    if (const auto it = contractions.find(word); it != contractions.end()) word = it->second;
    if (!word.empty() && word != "a" && word != "an" && word != "the") out += (out.empty() ? "" : " ") + word;
    word.clear();
  };
  for (const char c : lower(text))
    if (is_space(c))
      end_word();
    else
      word += c;
  end_word();
  return out;
}

}  // namespace

std::string normalised_answer(const std::string& text) { return with_plain_words(without_punctuation(text)); }
std::string normalised_prediction(const std::string& text) { return normalised_answer(first_step(text)); }

VqaVerdict vqa_verdict(const std::string& prediction, std::vector<std::string> answers) {
  VqaVerdict out{0, normalised_prediction(prediction)};
  for (std::string& a : answers) a = spaces_for_breaks(a);
  const bool differ = std::adjacent_find(answers.begin(), answers.end(), std::not_equal_to<>()) != answers.end();
  if (differ) {
    for (std::string& a : answers) a = normalised_answer(a);
    out.submitted = normalised_answer(out.submitted);
  }
  if (answers.empty()) return out;
  const auto matches = std::count(answers.begin(), answers.end(), out.submitted);
  for (const std::string& a : answers)
    out.accuracy += std::min(1.0, double(matches - (a == out.submitted)) / 3) / double(answers.size());
  return out;
}

bool is_never_matched(const std::string& answer) { return normalised_prediction(answer) != spaces_for_breaks(answer); }

}  // namespace b3o::evaluate
