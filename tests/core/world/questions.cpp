#include <algorithm>
#include <map>
#include <set>

#include "core/world/sampler.h"
#include "core/world/speaker.h"
#include "core/world/words.h"
#include "tests/support/case.h"

using namespace b3o::world;
using namespace b3o::test;

namespace {

template <class Look>
void look_at_questions(Level level, const Speaker& speaker, int scenes, Look look) {
  Rng rng(31, 7);
  for (int i = 0; i < scenes; ++i) {
    const Task task = i % 2 ? Task::crowd : draw_task(task_mix(level, 1), rng);
    const Scene s = Sampler{level, 1}.scene(task, Split::train, rng);
    for (int t = 0; t < kQuestionTypes; ++t)
      if (const auto qa = speaker.question(s, QuestionType(t), rng)) look(s, *qa);
  }
}

// The answer by looking at every object again, in other ways than the speaker's.
std::string looked_up(const Scene& s, const Query& q) {
  const auto fits_a = [&](const Item& i) { return (!q.a || i.obj == *q.a) && (!q.a_col || i.col == *q.a_col); };
  const auto fits_b = [&](const Item& i) { return (!q.b || i.obj == *q.b) && (!q.b_col || i.col == *q.b_col); };
  std::vector<Item> a, b;
  for (const Item& i : s.items) {
    if (fits_a(i)) a.push_back(i);
    if (fits_b(i)) b.push_back(i);
  }
  const auto yes = [](bool holds) { return std::string(holds ? "yes" : "no"); };
  const auto lies = [](const Item& x, Rel rel, const Item& y) {  // by the slope of the line between the centres
    const double dx = x.cx - y.cx, dy = x.cy - y.cy;
    if (rel == Rel::left_of) return dx < 0 && -dx >= 2 * std::abs(dy);
    if (rel == Rel::right_of) return dx > 0 && dx >= 2 * std::abs(dy);
    if (rel == Rel::above) return dy < 0 && -dy >= 2 * std::abs(dx);
    return dy > 0 && dy >= 2 * std::abs(dx);
  };
  const auto ninth = [](const Item& i) {  // nearest of the nine anchors
    int best = 0, least = 1 << 30;
    for (int p = 0; p < 9; ++p) {
      const int x = 32 + p % 3 * 32 - i.cx, y = 32 + p / 3 * 32 - i.cy;
      if (x * x + y * y < least) least = x * x + y * y, best = p;
    }
    return Place(best);
  };
  switch (q.ask) {
    case Ask::color_of:
      if (a.empty()) return std::string("there is no ") + word(*q.a);
      check_equal(a.size(), 1u, "objects that are meant");
      return word(a[0].col);
    case Ask::where_is:
      if (a.empty()) return std::string("there is no ") + word(*q.a);
      check_equal(a.size(), 1u, "objects that are meant");
      return phrase(ninth(a[0]));
    case Ask::object_of:
      check_equal(a.size(), 1u, "objects of the color");
      return word(a[0].obj);
    case Ask::object_at: {
      std::vector<Item> there;
      for (const Item& i : s.items)
        if (ninth(i) == *q.place) there.push_back(i);
      check_equal(there.size(), 1u, "objects at the place");
      return word(there[0].obj);
    }
    case Ask::count_of:
      return number_word(int(a.size()));
    case Ask::is_related:
      check(a.size() == 1 && b.size() == 1, "both are clear");
      return yes(lies(a[0], *q.rel, b[0]));
    case Ask::what_is: {
      check_equal(a.size(), 1u, "objects that are meant");
      std::vector<Item> there;
      for (const Item& i : s.items)
        if (lies(i, *q.rel, a[0])) there.push_back(i);
      check_equal(there.size(), 1u, "objects on that side");
      return word(there[0].obj);
    }
    case Ask::exists:
      return yes(!a.empty());
    case Ask::more:
      return yes(a.size() > b.size());
    case Ask::bigger:
      check(a.size() == 1 && b.size() == 1 && a[0].r != b[0].r, "sizes differ");
      return word(a[0].r > b[0].r ? a[0].obj : b[0].obj);
    case Ask::same_color:
      check(a.size() == 1 && b.size() == 1, "both are clear");
      return yes(a[0].col == b[0].col);
    case Ask::time:
      return s.bg == Bg::night ? "night" : s.bg == Bg::sunset ? "sunset" : "day";
    case Ask::setting:
      return s.bg == Bg::white    ? "on a white background"
             : s.bg == Bg::meadow ? "in a meadow"
             : s.bg == Bg::sea    ? "by the sea"
                                  : "in the snow";
    case Ask::has_texture:
      check_equal(a.size(), 1u, "objects that are meant");
      return yes(a[0].tex == *q.tex);
    case Ask::is_color:
      check_equal(a.size(), 1u, "objects that are meant");
      return yes(a[0].col == *q.b_col);
    case Ask::is_count:
      return yes(int(a.size()) == q.number);
    case Ask::sign_says:
      return s.sign;
    case Ask::describe_brief:
    case Ask::describe_full: {
      Rng rng(1, 1);
      return Speaker{}.caption(s, q.ask == Ask::describe_full ? Style::full : Style::brief, rng);
    }
  }
  return "";
}

void every_answer_is_what_the_scene_shows() {
  std::map<QuestionType, int> seen;
  for (const Level level : {Level::S, Level::M, Level::L})
    for (const Wording wording : {Wording::trained, Wording::held_out})
      look_at_questions(level, Speaker{level, wording, true}, 1500, [&](const Scene& s, const QA& qa) {
        check_equal(qa.answer, looked_up(s, qa.query), "answer to '" + qa.question + "'");
        ++seen[qa.type];
      });
  for (int t = 0; t < kQuestionTypes; ++t)
    check(seen[QuestionType(t)] > 20, std::string("questions of type ") + name(QuestionType(t)));
}

void questions_say_what_they_mean() {
  look_at_questions(Level::L, Speaker{Level::L, Wording::any, true}, 600, [](const Scene&, const QA& qa) {
    const Query& q = qa.query;
    const std::string& text = qa.question;
    check(text.find('{') == std::string::npos, "no hole is left in: " + text);
    if (q.a) check_contains(text, word(*q.a));
    if (q.b) check_contains(text, word(*q.b));
    if (q.a_col) check_contains(text, word(*q.a_col));
    if (q.b_col) check_contains(text, word(*q.b_col));
    if (q.rel) check_contains(text, phrase(*q.rel));
    if (q.place) check_contains(text, phrase(*q.place));
    if (q.tex) check_contains(text, word(*q.tex));
  });
}

void yes_and_no_are_balanced_for_every_kind() {
  for (const Level level : {Level::S, Level::M}) {
    std::map<Ask, std::pair<int, int>> counts;  // yes, no
    Rng rng(5, 9);
    for (int i = 0; i < 4000; ++i) {
      const Scene s = Sampler{level, 1}.scene(draw_task(task_mix(level, 1), rng), Split::train, rng);
      for (const QuestionType t : {QuestionType::relation, QuestionType::existence, QuestionType::compare,
                                   QuestionType::color, QuestionType::count})
        for (int k = 0; k < 3; ++k)
          if (const auto qa = Speaker{level, Wording::trained, true}.question(s, t, rng)) {
            counts[qa->query.ask].first += qa->answer == "yes";
            counts[qa->query.ask].second += qa->answer == "no";
          }
    }
    for (const Ask ask : {Ask::is_related, Ask::exists, Ask::more, Ask::same_color, Ask::is_color, Ask::is_count}) {
      const auto [yes, no] = counts[ask];
      check(yes + no > 250, "enough questions");
      check_close(double(yes) / (yes + no), 0.5, 0.06, "share of yes for kind " + shown(int(ask)));
    }
  }
}

void most_denials_are_near_misses() {
  Rng rng(6, 9);
  int near = 0, all = 0;
  for (int i = 0; i < 4000; ++i) {
    const Scene s = Sampler{Level::M, 1}.scene(Task::two, Split::train, rng);
    const auto qa = Speaker{Level::M, Wording::trained, true}.question(s, QuestionType::existence, rng);
    if (!qa || qa->answer != "no" || !qa->query.a_col) continue;
    ++all;
    near += std::any_of(s.items.begin(), s.items.end(),
                        [&](const Item& x) { return x.obj == *qa->query.a || x.col == *qa->query.a_col; });
  }
  check(near > 0.7 * all, "near misses " + shown(near) + " of " + shown(all));
}

void training_questions_name_no_held_out_pair_or_relation() {
  look_at_questions(Level::M, Speaker{Level::M, Wording::trained, true}, 2000, [](const Scene&, const QA& qa) {
    const Query& q = qa.query;
    if (q.a && q.a_col) check(!held_out(*q.a_col, *q.a), "pair in: " + qa.question);
    if (q.ask == Ask::is_color) check(!held_out(*q.b_col, *q.a), "pair in: " + qa.question);
    if (q.ask == Ask::is_related) check(!held_out(*q.a, *q.rel, *q.b), "relation in: " + qa.question);
  });
}

void held_out_phrasings_are_other_texts() {
  std::map<Ask, std::set<std::string>> forms[2];
  for (const bool held : {false, true})
    look_at_questions(Level::L, Speaker{Level::L, held ? Wording::held_out : Wording::trained, true}, 1500,
                      [&](const Scene&, const QA& qa) {
                        if (qa.query.ask == Ask::time || qa.query.ask == Ask::setting)
                          forms[held][qa.query.ask].insert(qa.question);
                      });
  for (const Ask ask : {Ask::time, Ask::setting}) {
    check_equal(forms[0][ask].size(), 9u, "trained phrasings");
    check_equal(forms[1][ask].size(), 3u, "held-out phrasings");
    for (const std::string& f : forms[1][ask]) check(!forms[0][ask].count(f), "shared: " + f);
  }
}

void a_list_of_questions_repeats_none() {
  Rng rng(8, 8);
  const Scene s = Sampler{Level::M, 1}.scene(Task::relation, Split::train, rng);
  const auto list = Speaker{Level::M, Wording::trained, true}.questions(s, 8, rng);
  check_equal(list.size(), 8u, "questions");
  std::set<std::string> texts;
  for (const QA& qa : list) texts.insert(qa.earlier_question + qa.question);
  check_equal(texts.size(), 8u, "different questions");
}

void an_empty_scene_is_asked_without_harm() {
  Scene s;
  Rng rng(8, 9);
  for (int t = 0; t < kQuestionTypes; ++t)
    for (int i = 0; i < 20; ++i)
      if (const auto qa = Speaker{Level::S, Wording::any, true}.question(s, QuestionType(t), rng))
        check_equal(qa->answer, looked_up(s, qa->query), "answer to '" + qa->question + "'");
}

void a_scene_of_every_object_is_asked_without_end() {
  Scene scene;
  for (const Obj obj : objects_of(Level::S)) {
    const auto n = int16_t(scene.items.size());
    scene.items.push_back(
        {obj, Col::red, Tex::plain, int16_t(16 + 24 * (n % 5)), int16_t(24 + 48 * (n / 5)), 12, false, 0});
  }
  const Speaker speaker{Level::S, Wording::trained, true};
  Rng rng(3, 0);
  for (int i = 0; i < 300; ++i)
    for (int type = 0; type < kQuestionTypes; ++type) {
      const auto qa = speaker.question(scene, QuestionType(type), rng);
      check(!qa || QuestionType(type) != QuestionType::false_premise, "no premise is false");
    }
}

const Cases cases = {CASE(every_answer_is_what_the_scene_shows),
                     CASE(questions_say_what_they_mean),
                     CASE(yes_and_no_are_balanced_for_every_kind),
                     CASE(most_denials_are_near_misses),
                     CASE(training_questions_name_no_held_out_pair_or_relation),
                     CASE(held_out_phrasings_are_other_texts),
                     CASE(a_list_of_questions_repeats_none),
                     CASE(an_empty_scene_is_asked_without_harm),
                     CASE(a_scene_of_every_object_is_asked_without_end)};

}  // namespace
