#include <algorithm>

#include "core/world/chat.h"
#include "core/world/sampler.h"
#include "core/world/speaker.h"
#include "core/world/words.h"
#include "tests/support/case.h"

using namespace b3o::world;
using namespace b3o::test;

namespace {

constexpr Level kLevels[] = {Level::S, Level::M, Level::L};

template <class Look>
void look_at_edits(Level level, Wording wording, int scenes, Look look) {
  Rng rng(41, 7);
  for (int i = 0; i < scenes; ++i) {
    const Scene s = Sampler{level, float(i % 2)}.scene(draw_task(task_mix(level, 1), rng), Split::train, rng);
    for (int k = 0; k < kEditKinds; ++k)
      if (const auto e = Speaker{level, wording, true}.edit(s, EditKind(k), rng)) look(s, *e);
  }
}

void edits_keep_every_other_object_and_the_background_picture() {
  int seen[kEditKinds] = {};
  for (const Level level : kLevels)
    look_at_edits(level, Wording::any, 500, [&](const Scene& s, const Edit& e) {
      ++seen[int(e.kind)];
      check(valid(e.target), "the target is valid after: " + e.instruction);
      check_equal(e.target.bg_seed, s.bg_seed, "background seed");
      check_equal(e.target.bg == s.bg, e.kind != EditKind::background, "background kept");
      check_equal(e.target.sign, s.sign, "sign");
      std::vector<Item> before = s.items, after = e.target.items;
      if (e.changed >= 0) {
        check(before[size_t(e.changed)] == e.before, "the changed object");
        before.erase(before.begin() + e.changed);
        if (e.kind != EditKind::remove) after.erase(after.begin() + e.changed);
      } else if (e.kind == EditKind::add) {
        check(after.back() == e.after, "the added object");
        after.pop_back();
      }
      check(before == after, "the others are kept by: " + e.instruction);
    });
  for (int k = 0; k < kEditKinds; ++k) check(seen[k] > 100, std::string("edits of kind ") + name(EditKind(k)));
}

void edits_do_what_they_say() {
  for (const Level level : kLevels)
    look_at_edits(level, Wording::any, 400, [&](const Scene& s, const Edit& e) {
      const std::string& text = e.instruction;
      switch (e.kind) {
        case EditKind::recolor:
          check(e.after.col != e.before.col && e.after.obj == e.before.obj, "only the color changes");
          check_contains(text, word(e.after.col));
          break;
        case EditKind::add:
          check_equal(e.target.items.size(), s.items.size() + 1, "objects");
          check_contains(text, std::string(word(e.after.col)) + " " + word(e.after.obj));
          for (int r = 0; r < kRelations; ++r)
            if (text.find(std::string(" ") + phrase(Rel(r)) + " the") != std::string::npos)
              check(std::any_of(s.items.begin(), s.items.end(),
                                [&](const Item& o) { return relation_of(e.after, o) == Rel(r); }),
                    "relation of: " + text);
          for (int p = 0; p < kPlaces; ++p)
            if (text.find(phrase(Place(p))) != std::string::npos)
              check(place_of(e.after) == Place(p), "place of: " + text);
          break;
        case EditKind::remove:
          check_equal(e.target.items.size() + 1, s.items.size(), "objects");
          break;
        case EditKind::replace:
          check(e.after.obj != e.before.obj && e.after.cx == e.before.cx && e.after.cy == e.before.cy,
                "another object, same place");
          check_contains(text, word(e.after.obj));
          break;
        case EditKind::move:
          check(e.after.obj == e.before.obj && e.after.col == e.before.col && place_of(e.after) &&
                    place_of(e.after) != place_of(e.before),
                "it moved");
          break;
        case EditKind::resize:
          check_equal(e.after.r > e.before.r, text.find("bigger") != std::string::npos, "bigger");
          break;
        case EditKind::background:
          check_contains(text, noun(e.target.bg));
          break;
        case EditKind::texture:
          check_contains(text, word(e.after.tex));
          break;
      }
      if (e.changed >= 0) check_contains(text, std::string(word(e.before.obj)));
    });
}

void training_edits_lead_to_training_scenes() {
  for (const Level level : kLevels)
    look_at_edits(level, Wording::trained, 400, [](const Scene&, const Edit& e) {
      check(belongs(e.target, Split::train), "belongs after: " + e.instruction);
    });
}

void instructions_name_one_object_without_doubt() {
  Rng rng(4, 4);
  for (int i = 0; i < 300; ++i) {
    const Scene s = Sampler{Level::M, 1}.scene(Task::count, Split::train, rng);
    for (const EditKind k : {EditKind::recolor, EditKind::remove, EditKind::replace, EditKind::move, EditKind::resize})
      check(!Speaker{Level::M, Wording::any, true}.edit(s, k, rng), "one of several equal objects is never meant");
  }
}

void every_instruction_is_read_as_its_kind() {
  for (const Level level : kLevels)
    look_at_edits(level, Wording::any, 400, [&](const Scene&, const Edit& e) {
      const EditReading r = parse_edit(e.instruction, level);
      check(r.ok(), "'" + e.instruction + "' is refused: " + r.problem);
      check_equal(std::string(name(*r.kind)), std::string(name(e.kind)), "kind of '" + e.instruction + "'");
    });
}

void sixty_intents_have_six_phrasings_each() {
  check_equal(small_talk_intents(), 60, "intents");
  Rng rng(1, 2);
  for (int i = 0; i < 60; ++i)
    for (int k = 0; k < 30; ++k) {
      const Turn t = small_talk(Level::S, i, rng);
      check(!t.user.empty() && !t.assistant.empty() && t.assistant.find('{') == std::string::npos, "turn " + shown(i));
    }
}

void refusals_follow_prompts_that_the_reader_refuses_too() {
  Rng rng(2, 2);
  for (const Level level : kLevels)
    for (int i = 0; i < 300; ++i) {
      const Turn t = refusal_turn(level, rng);
      check(!parse_prompt(t.user, level).ok(), "'" + t.user + "' is accepted");
      check_contains(t.assistant, "I can only draw circles");
      const std::string example = t.assistant.substr(t.assistant.find("Try: ") + 5);
      check(parse_prompt(example, level).ok(), "example '" + example + "'");
    }
}

void sixty_riddles_are_understood_and_never_leave_the_level() {
  check_equal(riddles_of(Level::M).size(), 60u, "riddles");
  for (const Level level : kLevels)
    for (const Riddle& r : riddles_of(level)) {
      check(r.obj.has_value() != r.col.has_value(), "one answer");
      const Reading reading = parse_prompt(riddle_prompt(r), level);
      check(reading.ok(), "'" + riddle_prompt(r) + "' is refused: " + reading.problem);
      if (r.obj) check(reading.said.mentions[0].obj == *r.obj, "object of " + riddle_prompt(r));
      if (r.col) check(reading.said.mentions[0].col == r.col, "color of " + riddle_prompt(r));
      if (r.col) check(!held_out(*r.col, reading.said.mentions[0].obj), "held-out pair in " + riddle_prompt(r));
    }
}

void text_turns_are_never_empty_and_eight_percent_refuse() {
  Rng rng(3, 2);
  int refusals = 0;
  for (int i = 0; i < 3000; ++i) {
    const Turn t = text_turn(Level::M, rng);
    check(!t.user.empty() && !t.assistant.empty(), "a turn has two sides");
    refusals += t.assistant.find("I can only draw circles") == 0;
  }
  check_close(refusals / 3000.0, 0.08, 0.02, "share of refusals");
}

const Cases cases = {CASE(edits_keep_every_other_object_and_the_background_picture),
                     CASE(edits_do_what_they_say),
                     CASE(training_edits_lead_to_training_scenes),
                     CASE(instructions_name_one_object_without_doubt),
                     CASE(every_instruction_is_read_as_its_kind),
                     CASE(sixty_intents_have_six_phrasings_each),
                     CASE(refusals_follow_prompts_that_the_reader_refuses_too),
                     CASE(sixty_riddles_are_understood_and_never_leave_the_level),
                     CASE(text_turns_are_never_empty_and_eight_percent_refuse)};

}  // namespace
