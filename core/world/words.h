// The words of the drawn world (embedded-model.md 3). Texts are lower case and without a final dot unless said.
#pragma once

#include <string>

#include "core/world/scene.h"

namespace b3o::world {

const char* word(Obj obj);       // "star"
const char* plural(Obj obj);     // "stars"
const char* word(Col col);       // "red"
const char* word(Tex tex);       // "striped"
const char* word(Size size);     // "small", "", "big"
const char* phrase(Rel rel);     // "left of"
const char* phrase(Place p);     // "in the top left corner"
const char* phrase(Bg bg);       // "at night", "on a white background"
const char* noun(Bg bg);         // "night", "a meadow", "white": what a background is changed to
const char* number_word(int n);  // "zero" .. "nine"; n outside gives ""

// "a red star", "an orange star".
std::string with_article(const std::string& words);
// "circle, square and star": the last two joined by `joint`.
std::string listed(const std::vector<std::string>& words, const char* joint = "and");
// The template with each {key} replaced by its value: filled("is {a} red?", {{"{a}", "the car"}}).
std::string filled(std::string text, std::initializer_list<std::pair<const char*, std::string>> values);

}  // namespace b3o::world
