// What the language model reads when people use words of their own.
#include "core/world/wording.h"

#include "core/world/sampler.h"
#include "core/world/speaker.h"
#include "tests/support/case.h"

using namespace b3o::world;
using namespace b3o::test;

namespace {

std::string prompt(const std::string& text, Level level = Level::S) {
  const Reading reading = parse_prompt(text, level);
  check(reading.ok(), "refused: " + text + ": " + reading.problem);
  return trained_prompt(text, reading, level);
}

void wording_of_the_training_is_kept_as_typed() {
  for (const char* text :
       {"a red fish left of a blue star at night", "Please draw a RED fish at night.", "two green fish",
        "four hearts in a meadow", "3 pink moons", "I want a fish", "can you make a house and a tree by the sea?",
        "make a picture with a small blue heart", "could you draw a big house for me?",
        "generate a purple tree on the left", "It is night. A red house stands on the left. A yellow moon is above it.",
        "The background is white. There is a star."})
    check_equal(prompt(text), std::string(text));
}

void every_trained_caption_is_kept_as_typed() {
  int told = 0;
  for (const Task task : {Task::single, Task::placed, Task::relation, Task::two, Task::count})
    for (int i = 0; i < 200; ++i) {
      Rng rng = scene_rng(3, 5, uint64_t(i));
      const Scene scene = Sampler{Level::S, float(i % 2)}.scene(task, Split::train, rng);
      for (const Style style : {Style::prompt, Style::story}) {
        const std::string text = Speaker{Level::S}.caption(scene, style, rng);
        const Reading reading = parse_prompt(text, Level::S);
        if (!reading.ok()) continue;
        check_equal(trained_prompt(text, reading, Level::S), text);
        ++told;
      }
    }
  check(told > 1000, "most captions are read");
}

void other_words_become_plain_ones() {
  const std::pair<const char*, const char*> rows[] = {
      {"a little fish under a star", "a small fish below a star"},
      {"a purpel heart", "a purple heart"},
      {"a huge flower in the middle", "a big flower in the center"},
      {"kindly render a cute red fish", "a red fish"},
      {"red fish", "a red fish"},
      {"the blue star over the house", "a blue star above a house"},
      {"one green tree next to a blue heart", "a green tree and a blue heart"},
      {"a star in the night sky", "a star at night"},
      {"a fish with a star!", "a fish and a star"},
      {"a moon on the left side of the picture", "a moon on the left"},
  };
  for (const auto& [typed, wanted] : rows) check_equal(prompt(typed), std::string(wanted), typed);
}

void a_riddle_stays_a_riddle() {
  const std::string text = "draw the thing that twinkles in the dark sky";
  check_equal(prompt(text), text);
}

void instructions_change_word_by_word() {
  const std::pair<const char*, const char*> rows[] = {
      {"make the star blue", "make the star blue"},
      {"Please remove the red fish.", "Please remove the red fish."},
      {"add a green heart on the left", "add a green heart on the left"},
      {"move the fish to the top left corner", "move the fish to the top left corner"},
      {"change the background to a meadow", "change the background to a meadow"},
      {"replace the star with a red fish", "replace the star with a red fish"},
      {"make the star larger", "make the star bigger"},
      {"make the purpel heart blue", "make the purple heart blue"},
      {"add a little green heart under the star", "add a small green heart below the star"},
      {"move the fish left", "move the fish to the left"},
      {"move the fish on top", "move the fish to the top"},
      {"make the backgruond the sea, please", "make the background the sea, please"},
      {"add a tree in the middle", "add a tree in the center"},
  };
  for (const auto& [typed, wanted] : rows) {
    check(parse_edit(typed, Level::S).ok(), std::string("refused: ") + typed);
    check_equal(trained_instruction(typed), std::string(wanted), typed);
  }
}

void trained_instructions_are_kept_as_typed() {
  int told = 0;
  for (int kind = 0; kind < kEditKinds; ++kind)
    for (int i = 0; i < 100; ++i) {
      Rng rng = scene_rng(4, 6, uint64_t(i));
      const Scene scene = Sampler{Level::S, 1}.scene(Task::two, Split::train, rng);
      const auto edit = Speaker{Level::S}.edit(scene, EditKind(kind), rng);
      if (!edit) continue;
      check_equal(trained_instruction(edit->instruction), edit->instruction);
      ++told;
    }
  check(told > 300, "most edits have an instruction");
}

void a_long_instruction_is_refused() {
  const EditReading reading = parse_edit("remove the star " + std::string(4000, ' ') + "please", Level::S);
  check_contains(reading.problem, "at most 2000");
}

const Cases cases = {
    CASE(wording_of_the_training_is_kept_as_typed),
    CASE(every_trained_caption_is_kept_as_typed),
    CASE(other_words_become_plain_ones),
    CASE(a_riddle_stays_a_riddle),
    CASE(instructions_change_word_by_word),
    CASE(trained_instructions_are_kept_as_typed),
    CASE(a_long_instruction_is_refused),
};

}  // namespace
