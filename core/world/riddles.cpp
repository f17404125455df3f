#include <algorithm>

#include "core/world/chat.h"
#include "core/world/words.h"

namespace b3o::world {
namespace {

// Facts start with a verb ("the thing that ...") or, for colours, name a thing ("the color of ...").
const std::vector<Riddle>& all_riddles() {
  static const std::vector<Riddle> all = {
      {"is perfectly round and has no corner", Obj::circle, {}},
      {"has four equal sides", Obj::square, {}},
      {"has exactly three corners", Obj::triangle, {}},
      {"twinkles in the dark sky", Obj::star, {}},
      {"has five points and sits on top of a christmas tree", Obj::star, {}},
      {"beats in your chest", Obj::heart, {}},
      {"stands for love", Obj::heart, {}},
      {"shines at night and is not a star", Obj::moon, {}},
      {"goes around the earth once a month", Obj::moon, {}},
      {"breathes under water", Obj::fish, {}},
      {"has fins and scales", Obj::fish, {}},
      {"people live in", Obj::house, {}},
      {"has a roof, a door and windows", Obj::house, {}},
      {"has a trunk and leaves", Obj::tree, {}},
      {"a forest is made of", Obj::tree, {}},
      {"bees visit for nectar", Obj::flower, {}},
      {"has petals and smells sweet", Obj::flower, {}},
      {"rises in the morning and warms us", Obj::sun, {}},
      {"the earth travels around", Obj::sun, {}},
      {"brings the rain", Obj::cloud, {}},
      {"drifts through the sky like cotton", Obj::cloud, {}},
      {"has four wheels and an engine", Obj::car, {}},
      {"drives on the road", Obj::car, {}},
      {"sails across a lake", Obj::boat, {}},
      {"has a sail and a hull", Obj::boat, {}},
      {"says meow", Obj::cat, {}},
      {"likes to chase mice", Obj::cat, {}},
      {"lays eggs in a nest", Obj::bird, {}},
      {"has wings and feathers", Obj::bird, {}},
      {"you drink tea from", Obj::cup, {}},
      {"keeps you dry in the rain", Obj::umbrella, {}},
      {"you open when it rains", Obj::umbrella, {}},
      {"has a cap and grows in damp woods", Obj::mushroom, {}},
      {"is filled with air for a birthday party", Obj::balloon, {}},
      {"pops when you prick it", Obj::balloon, {}},
      {"you put coffee in", Obj::cup, {}},
      {"a ripe tomato", {}, Col::red},
      {"blood", {}, Col::red},
      {"a fire engine", {}, Col::red},
      {"a carrot", {}, Col::orange},
      {"a pumpkin", {}, Col::orange},
      {"a banana", {}, Col::yellow},
      {"a lemon", {}, Col::yellow},
      {"an egg yolk", {}, Col::yellow},
      {"fresh grass", {}, Col::green},
      {"a frog", {}, Col::green},
      {"a cucumber", {}, Col::green},
      {"the clear sky", {}, Col::blue},
      {"blueberries", {}, Col::blue},
      {"a plum", {}, Col::purple},
      {"lavender", {}, Col::purple},
      {"a flamingo", {}, Col::pink},
      {"a piglet", {}, Col::pink},
      {"chocolate", {}, Col::brown},
      {"a bear's fur", {}, Col::brown},
      {"coal", {}, Col::black},
      {"a raven", {}, Col::black},
      {"milk", {}, Col::white},
      {"fresh salt", {}, Col::white},
      {"a swan", {}, Col::white},
  };
  return all;
}

// Lower case, everything but letters one space.
std::string flat(const std::string& text) {
  std::string out = " ";
  for (const char c : text) {
    const char low = c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c;
    if (low >= 'a' && low <= 'z')
      out += low;
    else if (out.back() != ' ')
      out += ' ';
  }
  if (out.back() != ' ') out += ' ';
  return out;
}

}  // namespace

const std::vector<Riddle>& riddles_of(Level level) {
  static const auto small = [] {
    std::vector<Riddle> out;
    for (const Riddle& r : all_riddles())
      if (r.obj ? int(*r.obj) < int(objects_of(Level::S).size()) : has_color(Level::S, *r.col)) out.push_back(r);
    return out;
  }();
  return level == Level::S ? small : all_riddles();
}

const Riddle* riddle_in(const std::string& text, Level level) {
  const std::string typed = flat(text);
  for (const Riddle& r : riddles_of(level))
    if (typed.find((r.obj ? " thing that" : " color of") + flat(r.fact)) != std::string::npos) return &r;
  return nullptr;
}

std::string riddle_prompt(const Riddle& riddle) {
  if (riddle.obj) return std::string("draw the thing that ") + riddle.fact;
  const Obj obj = held_out(*riddle.col, Obj::circle) ? Obj::heart : Obj::circle;
  return std::string("draw a ") + word(obj) + " in the color of " + riddle.fact;
}

Turn riddle_turn(Level level, Rng& rng) {
  constexpr const char* thing[] = {"name the thing that {f}.", "which is the thing that {f}?",
                                   "what is the thing that {f}?", "guess: it is the thing that {f}."};
  constexpr const char* color[] = {"what is the color of {f}?", "which is the color of {f}?", "name the color of {f}.",
                                   "tell me the color of {f}."};
  const Riddle& r = rng.pick(riddles_of(level));
  const std::string question = filled((r.obj ? thing : color)[rng.below(4)], {{"{f}", r.fact}});
  return {question, r.obj ? word(*r.obj) : word(*r.col)};
}

}  // namespace b3o::world
