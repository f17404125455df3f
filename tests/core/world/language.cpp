#include <algorithm>
#include <cctype>

#include "core/world/description.h"
#include "core/world/sampler.h"
#include "core/world/speaker.h"
#include "core/world/words.h"
#include "tests/support/case.h"

using namespace b3o::world;
using namespace b3o::test;

namespace {

constexpr Level kLevels[] = {Level::S, Level::M, Level::L};
constexpr Task kTold[] = {Task::single, Task::placed, Task::relation, Task::two, Task::count, Task::three, Task::free};

template <class Look>
void look_at_scenes(int each, Look look) {
  for (const Level level : kLevels)
    for (const Task task : kTold)
      for (int i = 0; i < each; ++i) {
        if (task == Task::three && level != Level::L) continue;
        Rng rng = scene_rng(17, 5, uint64_t(i));
        look(level, Sampler{level, float(i % 2)}.scene(task, Split::train, rng), rng);
      }
}

// Every object of the scene is told with its colour (or without where `colors` may be missing), nothing else is.
void check_told(const Description& said, const Scene& scene, bool colors, const std::string& text) {
  std::vector<int> left(scene.items.size(), 1);
  int told = 0;
  for (const Mention& m : said.mentions) {
    check(m.col.has_value() || !colors, "a color is told in: " + text);
    for (int n = 0; n < m.count; ++n) {
      bool found = false;
      for (size_t i = 0; i < left.size() && !found; ++i)
        if (left[i] && scene.items[i].obj == m.obj && (!m.col || scene.items[i].col == *m.col))
          left[i] = 0, found = true;
      check(found, "nothing untrue is told in: " + text);
      ++told;
    }
  }
  check_equal(told, int(scene.items.size()), "things told in: " + text);
  for (const Link& l : said.links) {
    bool holds = false;
    for (const Item& a : scene.items)
      for (const Item& b : scene.items)
        holds = holds || (&a != &b && a.obj == said.mentions[size_t(l.subject)].obj &&
                          b.obj == said.mentions[size_t(l.target)].obj && relation_of(a, b) == l.rel);
    check(holds, "the relation is true in: " + text);
  }
  check(!said.bg || *said.bg == scene.bg, "the background is true in: " + text);
  check_equal(said.sign, scene.sign, "sign in: " + text);
}

void full_captions_read_back_word_for_word() {
  look_at_scenes(150, [](Level, const Scene& s, Rng& rng) {
    const std::string text = Speaker{}.caption(s, Style::full, rng);
    const Description said = read_text(text);
    check_equal(plain_text(said), text, "reading");
    check(said.bg == s.bg, "the background is told in: " + text);
    check_told(said, s, true, text);
    const bool related =
        s.items.size() == 2 && description_of(s).mentions.size() == 2 && relation_of(s.items[0], s.items[1]);
    check_equal(said.links.size(), related ? 1u : 0u, "relations in: " + text);
  });
}

void brief_captions_name_things_in_reading_order() {
  look_at_scenes(100, [](Level, const Scene& s, Rng& rng) {
    const std::string text = Speaker{}.caption(s, Style::brief, rng);
    const Description said = read_text(text);
    check(!said.bg && said.links.empty(), "no background and relation in: " + text);
    for (size_t i = 0; i < said.mentions.size(); ++i)
      check(said.mentions[i].obj == description_of(s).mentions[i].obj, "order of: " + text);
  });
}

void stories_and_prompts_tell_the_truth() {
  look_at_scenes(200, [](Level, const Scene& s, Rng& rng) {
    const std::string story = Speaker{}.caption(s, Style::story, rng),
                      prompt = Speaker{}.caption(s, Style::prompt, rng);
    check_told(read_text(story), s, true, story);
    check(read_text(story).bg == s.bg, "a story tells the background: " + story);
    check_told(read_text(prompt), s, false, prompt);
  });
}

void sizes_are_said_for_extremes_only() {
  look_at_scenes(60, [](Level, const Scene& s, Rng& rng) {
    if (s.task != Task::single) return;
    const std::string text = Speaker{}.caption(s, Style::prompt, rng);
    check_equal(text.find("small") != std::string::npos, s.items[0].r == 12, "small in: " + text);
    check_equal(text.find("big") != std::string::npos, s.items[0].r == 26, "big in: " + text);
  });
}

void prompts_state_what_their_task_is_about() {
  look_at_scenes(60, [](Level, const Scene& s, Rng& rng) {
    const Description said = read_text(Speaker{}.caption(s, Style::prompt, rng));
    if (s.task == Task::placed) check(said.mentions[0].place == place_of(s.items[0]), "the place is stated");
    if (s.task == Task::relation) check_equal(said.links.size(), 1u, "stated relations");
    if (s.task == Task::single) check(!said.mentions[0].place, "no place is stated");
  });
}

void prompts_of_every_wrapper_are_accepted() {
  Rng rng(1, 1);
  for (const Wording wording : {Wording::trained, Wording::held_out})
    look_at_scenes(120, [&](Level level, const Scene& s, Rng&) {
      const std::string text = Speaker{level, wording, true}.prompt(s, rng);
      const Reading reading = parse_prompt(text, level);
      check(reading.ok(), "'" + text + "' is refused: " + reading.problem);
      check_told(reading.said, s, false, text);
    });
}

void prompts_keep_to_the_proportions_of_the_specification() {
  Rng rng(2, 2);
  int grounds = 0, without_color = 0, stories = 0, n = 0;
  for (int i = 0; i < 3000; ++i) {
    const Scene s = Sampler{Level::M, 1}.scene(Task::single, Split::train, rng);
    const Description said = read_text(Speaker{}.caption(s, Style::prompt, rng));
    grounds += said.bg.has_value(), without_color += !said.mentions[0].col.has_value(), ++n;
    const std::string prompt = Speaker{}.prompt(s, rng);
    stories += std::count(prompt.begin(), prompt.end(), '.') >= 1 && read_text(prompt).bg &&
               prompt.find(". ") != std::string::npos;
  }
  check_close(double(grounds) / n, 0.5, 0.03, "prompts with background");
  check_close(double(without_color) / n, 0.05, 0.015, "things without color");
  check_close(double(stories) / n, 0.25, 0.03, "stories");
}

void trained_and_held_out_wrappers_share_nothing() {
  Rng rng(3, 3);
  std::vector<std::string> trained, held;
  for (int i = 0; i < 400; ++i) {
    trained.push_back(Speaker{Level::S, Wording::trained, true}.wrapped("a red fish", rng));
    held.push_back(Speaker{Level::S, Wording::held_out, true}.wrapped("a red fish", rng));
  }
  const auto unique = [](std::vector<std::string>& v) {
    std::sort(v.begin(), v.end());
    v.erase(std::unique(v.begin(), v.end()), v.end());
    return int(v.size());
  };
  check_equal(unique(trained), 10, "trained wrappers");
  check_equal(unique(held), 6, "held-out wrappers");
  for (const std::string& h : held) check(!std::binary_search(trained.begin(), trained.end(), h), "shared: " + h);
}

struct Typed {
  const char* text;
  const char* read;  // plain_text of what is understood
};

void free_phrasings_are_understood() {
  const Typed all[] = {
      {"a red fish left of a blue star at night", "a red fish left of a blue star at night"},
      {"draw two green hearts by the sea", "two green hearts by the sea"},
      {"A RED FISH LEFT OF A BLUE STAR AT NIGHT.", "a red fish left of a blue star at night"},
      {"red fish, left of blue star, night", "a red fish left of a blue star at night"},
      {"Please draw me a small yellow moon in the top left corner", "a small yellow moon in the top left corner"},
      {"big red house in the middle of the picture", "a big red house in the center"},
      {"on the left a red fish and on the right a blue star", "a red fish on the left and a blue star on the right"},
      {"On the left there is a green tree.", "a green tree on the left"},
      {"a red fish on the left of the picture", "a red fish on the left"},
      {"a red fish on the left of a blue star", "a red fish left of a blue star"},
      {"Could you paint a star which is blue?", "a blue star"},
      {"I'd like to see 3 orange stars, please!", "three orange stars"},
      {"four purple fish in the sea", "four purple fishes by the sea"},
      {"a blue star next to a red fish", "a blue star and a red fish"},
      {"It is night. A red house stands on the left. A yellow moon is above it.",
       "a yellow moon above a red house at night"},
      {"there is a red house; above the house is a yellow moon", "a yellow moon above a red house"},
      {"a fish below a green heart", "a fish below a green heart"},
      {"let's see a pink flower with a blue circle in a meadow", "a pink flower and a blue circle in a meadow"},
      {"a circle to the right of a square on white", "a circle right of a square on a white background"},
      {"  an   orange\tmoon  ", "an orange moon"},
      {"one red star above one blue fish", "a red star above a blue fish"},
      {"a littel green hosue", "a small green house"},
      {"show a red star and a yellow star", "a red star and a yellow star"},
      {"above a red house: a yellow moon", "a yellow moon above a red house"},
  };
  for (const Typed& t : all) {
    const Reading r = parse_prompt(t.text, Level::S);
    check(r.ok(), std::string("'") + t.text + "' is refused: " + r.problem);
    check_equal(plain_text(r.said), std::string(t.read), std::string("reading of '") + t.text + "'");
  }
}

void words_outside_the_world_are_named() {
  const Typed all[] = {{"a photo of an astronaut", "astronaut"},
                       {"a red horse", "horse"},
                       {"a goat by the sea", "goat"},
                       {"a brown star", "brown"},
                       {"a red car", "car"},
                       {"a star at sunset", "at sunset"},
                       {"a striped fish", "striped"},
                       {"a fish without eyes", "without"},
                       {"a gray mouse", "gray"},
                       {"un poisson rouge", "un"},
                       {"a red star \xf0\x9f\x8c\x9f", "\xf0\x9f\x8c\x9f"}};
  for (const Typed& t : all) {
    const Reading r = parse_prompt(t.text, Level::S);
    check(!r.ok(), std::string("'") + t.text + "' is accepted");
    check(std::find(r.unknown.begin(), r.unknown.end(), t.read) != r.unknown.end(),
          std::string("unknown in ") + t.text + ": " + shown(r.unknown));
    check_contains(r.problem, std::string("\"") + r.unknown[0] + "\"");
    check_contains(r.problem, "I can only draw circles");
  }
  check(parse_prompt("a brown car at sunset", Level::M).ok(), "level M knows brown, car and sunset");
  check(parse_prompt("a striped fish with a sign that says STOP", Level::L).ok(), "level L knows stripes and signs");
}

void what_cannot_be_drawn_is_said() {
  const Typed all[] = {{"", "at least one thing"},
                       {"at night", "at least one thing"},
                       {"please draw something", "something"},
                       {"five stars", "at most four"},
                       {"many red stars", "at most four"},
                       {"stars at night", "how many stars"},
                       {"a star and a fish and a heart", "two different things"},
                       {"two stars and a fish", "not both"},
                       {"a black star at night", "could not be seen at night"},
                       {"a red and blue star", "one color"},
                       {"a star at night by the sea", "one background"},
                       {"a fish left of", "what the place"},
                       {"at night, blue", "blue"}};
  for (const Typed& t : all) {
    const Reading r = parse_prompt(t.text, Level::S);
    check(!r.ok(), std::string("'") + t.text + "' is accepted");
    check_contains(r.problem, t.read);
  }
  check_contains(parse_prompt("a white cat in the snow", Level::M).problem, "could not be seen in the snow");
  check_contains(parse_prompt("a white cat and a black fish", Level::M).problem, "Black and white");
}

void every_refusal_offers_a_prompt_that_can_be_drawn() {
  Rng rng(5, 5);
  for (const Level level : kLevels)
    for (const char* text : {"a photo of an astronaut", "five red stars", "a horse left of a blue star", "stars", "",
                             "black fish at night", "a red circle and a dragon", "a white star and a black moon",
                             "three green hearts and a boat and a dog"}) {
      const Reading r = parse_prompt(text, level);
      if (r.ok()) continue;
      const Reading again = parse_prompt(r.example, level);
      check(again.ok(), "example '" + r.example + "' for '" + text + "' is refused: " + again.problem);
      for (const Mention& m : again.said.mentions)
        check(!m.col || !held_out(*m.col, m.obj), "held-out example " + r.example);
      check_contains(r.problem, r.example);
    }
}

void endless_and_broken_texts_are_refused_quickly() {
  check_contains(parse_prompt(std::string(3000, 'a'), Level::S).problem, "3000 bytes");
  std::string words;
  while (words.size() < 1900) words += "zqzqzqx ";
  check(!parse_prompt(words, Level::S).ok(), "nonsense is refused");
  check(!parse_prompt("\xff\xfe\x80 red \xc3", Level::S).ok(), "ill-formed bytes are refused");
  check(parse_prompt("a red star" + std::string(1500, ' '), Level::S).ok(), "white space does not matter");
}

void captions_score_by_what_they_tell() {
  Scene s;
  s.items.resize(2);
  s.items[0] = {Obj::fish, Col::red, Tex::plain, 32, 64, 18, false, 0};
  s.items[1] = {Obj::star, Col::blue, Tex::plain, 96, 64, 18, false, 0};
  check_close(caption_f1("a red fish left of a blue star", s), 1, 1e-12, "all");
  check_close(caption_f1("A blue star right of a red fish.", s), 1, 1e-12, "the converse");
  check_close(caption_f1("a red fish and a blue star", s), 2 * 4.0 / 9, 1e-12, "without relation");
  check_close(caption_f1("a red fish", s), 2 * 2.0 / 7, 1e-12, "one thing");
  check_close(caption_f1("a green fish", s), 2 * 1.0 / 7, 1e-12, "wrong color");
  check_close(caption_f1("a yellow cat", s), 0, 0, "nothing true");
  check_close(caption_f1("", s), 0, 0, "nothing");
}

void noise_is_light() {
  Rng rng(9, 9);
  int changed = 0, words = 0;
  for (int i = 0; i < 2000; ++i) {
    const std::string text = "please create a picture of three purple triangles in a meadow", out = noisy(text, rng);
    std::string low;
    for (const char c : out) low += char(std::tolower(c));
    changed += low != text, words += 10;
  }
  check(changed > words / 60 && changed < words / 15,
        "typing mistakes: " + shown(changed) + " in " + shown(words) + " words");
}

void edits_are_read() {
  struct Known {
    const char* text;
    EditKind kind;
  };
  const Known all[] = {{"make the red star blue", EditKind::recolor},
                       {"Change the color of the fish to green!", EditKind::recolor},
                       {"add a moon", EditKind::add},
                       {"put a red fish left of the blue star", EditKind::add},
                       {"remove the fish", EditKind::remove},
                       {"take away the red fish please", EditKind::remove},
                       {"replace the star with a red fish", EditKind::replace},
                       {"turn the star into a green heart", EditKind::replace},
                       {"move the star to the top left corner", EditKind::move},
                       {"put the star on the left", EditKind::move},
                       {"make the star bigger", EditKind::resize},
                       {"change the background to night", EditKind::background},
                       {"make it night", EditKind::background},
                       {"set the background to white", EditKind::background}};
  for (const Known& k : all) {
    const EditReading r = parse_edit(k.text, Level::S);
    check(r.ok(), std::string("'") + k.text + "' is refused: " + r.problem);
    check_equal(int(*r.kind), int(k.kind), std::string("kind of '") + k.text + "'");
  }
  for (const char* bad : {"make the astronaut blue", "make the star", "hello", "", "move the star",
                          "make the background", "make the fish striped"})
    check(!parse_edit(bad, Level::S).ok(), std::string("'") + bad + "' is accepted");
  check(parse_edit("make the fish striped", Level::L).kind == EditKind::texture, "level L knows textures");
}

const Cases cases = {CASE(full_captions_read_back_word_for_word),
                     CASE(brief_captions_name_things_in_reading_order),
                     CASE(stories_and_prompts_tell_the_truth),
                     CASE(sizes_are_said_for_extremes_only),
                     CASE(prompts_state_what_their_task_is_about),
                     CASE(prompts_of_every_wrapper_are_accepted),
                     CASE(prompts_keep_to_the_proportions_of_the_specification),
                     CASE(trained_and_held_out_wrappers_share_nothing),
                     CASE(free_phrasings_are_understood),
                     CASE(words_outside_the_world_are_named),
                     CASE(what_cannot_be_drawn_is_said),
                     CASE(every_refusal_offers_a_prompt_that_can_be_drawn),
                     CASE(endless_and_broken_texts_are_refused_quickly),
                     CASE(captions_score_by_what_they_tell),
                     CASE(noise_is_light),
                     CASE(edits_are_read)};

}  // namespace
