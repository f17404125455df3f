#include "core/world/words.h"

namespace b3o::world {
namespace {

constexpr const char* kObjectWords[kObjects][2] = {
    {"circle", "circles"}, {"square", "squares"},     {"triangle", "triangles"}, {"star", "stars"},
    {"heart", "hearts"},   {"moon", "moons"},         {"fish", "fishes"},        {"house", "houses"},
    {"tree", "trees"},     {"flower", "flowers"},     {"sun", "suns"},           {"cloud", "clouds"},
    {"car", "cars"},       {"boat", "boats"},         {"cat", "cats"},           {"bird", "birds"},
    {"cup", "cups"},       {"umbrella", "umbrellas"}, {"mushroom", "mushrooms"}, {"balloon", "balloons"}};
constexpr const char* kColorWords[kColors] = {"red",    "orange", "yellow", "green", "blue",
                                              "purple", "pink",   "brown",  "black", "white"};
constexpr const char* kPlacePhrases[kPlaces] = {"in the top left corner",
                                                "at the top",
                                                "in the top right corner",
                                                "on the left",
                                                "in the center",
                                                "on the right",
                                                "in the bottom left corner",
                                                "at the bottom",
                                                "in the bottom right corner"};
constexpr const char* kBackgroundPhrases[kBackgrounds] = {
    "on a white background", "in a meadow", "at night", "by the sea", "at sunset", "in the snow"};
constexpr const char* kBackgroundNouns[kBackgrounds] = {"white", "a meadow", "night", "the sea", "sunset", "snow"};
constexpr const char* kNumbers[10] = {"zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"};

}  // namespace

const char* word(Obj obj) { return kObjectWords[int(obj)][0]; }
const char* plural(Obj obj) { return kObjectWords[int(obj)][1]; }
const char* word(Col col) { return kColorWords[int(col)]; }

const char* word(Tex tex) {
  constexpr const char* words[kTextures] = {"plain", "striped", "spotted", "hollow"};
  return words[int(tex)];
}

const char* word(Size size) {
  constexpr const char* words[3] = {"small", "", "big"};
  return words[int(size)];
}

const char* phrase(Rel rel) {
  constexpr const char* phrases[kRelations] = {"left of", "right of", "above", "below"};
  return phrases[int(rel)];
}

const char* phrase(Place place) { return kPlacePhrases[int(place)]; }
const char* phrase(Bg bg) { return kBackgroundPhrases[int(bg)]; }
const char* noun(Bg bg) { return kBackgroundNouns[int(bg)]; }
const char* number_word(int n) { return n < 0 || n > 9 ? "" : kNumbers[n]; }

std::string with_article(const std::string& words) {
  const bool vowel = !words.empty() && std::string("aeiou").find(words[0]) != std::string::npos;
  return (vowel ? "an " : "a ") + words;
}

std::string listed(const std::vector<std::string>& words, const char* joint) {
  std::string out;
  for (size_t i = 0; i < words.size(); ++i) {
    if (i > 0) out += i + 1 == words.size() ? std::string(" ") + joint + " " : ", ";
    out += words[i];
  }
  return out;
}

std::string filled(std::string text, std::initializer_list<std::pair<const char*, std::string>> values) {
  for (const auto& [key, value] : values)
    for (size_t at = text.find(key); at != std::string::npos; at = text.find(key, at + value.size()))
      text.replace(at, std::string(key).size(), value);
  return text;
}

}  // namespace b3o::world
