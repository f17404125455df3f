// What stage 1 is taught: mixtures, splits, captions that leave nothing open.
#include <algorithm>
#include <map>
#include <set>

#include "core/base/error.h"
#include "core/train/corpus_language.h"
#include "core/train/corpus_lessons.h"
#include "core/world/reader.h"
#include "tests/support/case.h"

using namespace b3o;
using namespace b3o::test;
using namespace b3o::train;

namespace {

constexpr int64_t kLessons = 300;

const std::vector<Lesson>& lessons() {
  static const std::vector<Lesson> all = [] {
    std::vector<Lesson> out;
    for (int64_t i = 0; i < kLessons; ++i) out.push_back(lesson(LessonConfig(), 1, i));
    return out;
  }();
  return all;
}

void a_lesson_depends_on_seed_and_number_alone() {
  const Lesson a = lesson(LessonConfig(), 1, 7), b = lesson(LessonConfig(), 1, 7), c = lesson(LessonConfig(), 2, 7);
  check(a.picture == b.picture && a.source == b.source, "the scenes");
  check_equal(a.captions[0].text, b.captions[0].text, "caption");
  check_equal(a.edits[1].text, b.edits[1].text, "instruction");
  check(!(a.picture == c.picture), "another seed gives another lesson");
}

void lessons_are_whole_and_mixed_as_said() {
  double crowds = 0, edit_crowds = 0, reconstructions = 0;
  std::map<std::string, int> kinds;
  for (const Lesson& l : lessons()) {
    check(l.questions.size() >= 4 && l.questions.size() <= 8, "questions");
    check_equal(l.talks.size(), size_t(3), "talks");
    check_equal(l.captions.size(), size_t(3), "captions");
    check_equal(l.edits.size(), size_t(2), "edits");
    crowds += l.picture.task == world::Task::crowd, edit_crowds += l.source.task == world::Task::crowd;
    for (const Drawing& d : l.edits) reconstructions += d.kind == "reconstruct";
    for (const Talk& t : l.questions) ++kinds[t.kind];
  }
  check_close(crowds / kLessons, 0.5, 0.1, "crowds that are asked about");
  check_close(edit_crowds / kLessons, 0.3, 0.1, "crowds that are changed");
  check_close(reconstructions / (2 * kLessons), 0.25, 0.1, "reconstructions");
  check_equal(kinds.size(), size_t(12), "kinds of questions");
}

void a_recipe_says_how_often_a_kind_is_asked() {
  const auto asked = [](const Json& weights) {
    const Json recipe = {{"lesson", {{"asked", weights}}}};
    const LessonConfig config = LessonConfig::from_json({recipe, "recipe"}, world::Level::S);
    std::map<std::string, int> kinds;
    for (int i = 0; i < 20; ++i)
      for (const Talk& t : lesson(config, 1, i).questions) ++kinds[t.kind];
    return kinds;
  };
  auto often = asked({{"existence", 50}}), never = asked({{"existence", 0}});
  check(often["existence"] > 2 * often["count"], cat("asked ", often["existence"], " times"));
  check_equal(never["existence"], 0, "a kind of weight 0");
  check_contains(message_of<LoadError>([&] { asked({{"count", -1}}); }), "'count'");
  check_contains(message_of<LoadError>([&] { asked({{"counting", 1}}); }), "'counting' is no name");
}

void a_recipe_says_which_pictures_are_asked_about() {
  const Json recipe = {
      {"lesson",
       {{"crowd", 0}, {"pictures", {{"single", 0}, {"placed", 0}, {"relation", 0}, {"two", 0}, {"free", 0}}}}}};
  const LessonConfig config = LessonConfig::from_json({recipe, "recipe"}, world::Level::S);
  for (int i = 0; i < 20; ++i) check(lesson(config, 1, i).picture.task == world::Task::count, "several of one kind");
}

void nothing_held_out_is_taught() {
  for (const Lesson& l : lessons()) {
    for (const world::Scene* s : {&l.picture, &l.source})
      check(world::belongs(*s, world::Split::train), "pictures are of the training split");
    for (const Drawing& d : l.captions) check(world::belongs(d.target, world::Split::train), d.text);
    for (const Drawing& d : l.edits) check(world::belongs(d.target, world::Split::train), d.text);
  }
}

void captions_leave_no_place_open() {
  std::map<std::string, std::set<std::vector<std::array<int, 3>>>> places;
  const world::Speaker speaker;
  world::Rng rng(5, 5);
  for (int i = 0; i < 3000; ++i) {
    const Drawing d = caption_of(world::Level::S, world::Split::train, speaker, false, rng);
    std::vector<std::array<int, 3>> where;
    for (const world::Item& item : d.target.items) where.push_back({item.cx, item.cy, item.r});
    places[d.text].insert(where);
  }
  for (const auto& [text, layouts] : places) check_equal(layouts.size(), size_t(1), "layouts of '" + text + "'");
}

void an_earlier_turn_is_about_the_same_picture() {
  int longer = 0;
  for (const Lesson& l : lessons())
    for (const Talk& t : l.questions)
      if (t.turns.size() == 2 && t.kind != "follow_up") {
        ++longer;
        const bool known = std::any_of(l.questions.begin(), l.questions.end(), [&](const Talk& other) {
          return other.turns.back().user == t.turns.front().user;
        });
        check(known, t.turns.front().user);
      }
  check(longer > kLessons / 2, "some questions follow an earlier one");
}

void the_corpus_holds_the_templates_words_and_no_special_tokens() {
  const auto corpus = language_corpus(world::Level::S, 1, 3000);
  bool system = false;
  for (const std::string& text : corpus) {
    system = system || text == "system\nYou are a helpful assistant.";
    check(text.find("<|") == std::string::npos, text);
  }
  check(system, "the system turn");
}

void parts_outside_0_to_1_are_refused() {
  const Json recipe = {{"lesson", {{"reconstruct", -0.1}}}};
  check_contains(message_of<LoadError>([&] { LessonConfig::from_json(Fields(recipe, "r"), world::Level::S); }),
                 "'reconstruct'");
}

const Cases cases = {
    CASE(a_lesson_depends_on_seed_and_number_alone),
    CASE(lessons_are_whole_and_mixed_as_said),
    CASE(a_recipe_says_how_often_a_kind_is_asked),
    CASE(a_recipe_says_which_pictures_are_asked_about),
    CASE(nothing_held_out_is_taught),
    CASE(captions_leave_no_place_open),
    CASE(an_earlier_turn_is_about_the_same_picture),
    CASE(the_corpus_holds_the_templates_words_and_no_special_tokens),
    CASE(parts_outside_0_to_1_are_refused),
};

}  // namespace
