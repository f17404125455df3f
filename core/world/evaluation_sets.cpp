#include "core/world/evaluation_sets.h"

#include <set>

#include "core/base/error.h"
#include "core/world/sampler.h"
#include "core/world/words.h"

namespace b3o::world {
namespace {

constexpr uint64_t kSeed = 20260722;
constexpr int kPromptsPerTag = 60;
constexpr int kTries = 100000;  // draws before a set counts as impossible

enum class Tag : uint8_t { single_object, two_object, counting, colors, position, color_attr };
constexpr const char* kTags[] = {"single_object", "two_object", "counting", "colors", "position", "color_attr"};

// A stream of its own for each set, level and part.
Rng set_rng(const char* set, Level level, uint64_t part = 0) {
  return Rng(fnv1a64(set) ^ mix64(kSeed + uint64_t(level) * 1000 + part), kTestStream);
}

Scene free_scene(Level level, Split split, Rng& rng) {
  return Sampler{level, 1}.scene(draw_task(task_mix(level, 1), rng), split, rng);
}

std::string colored(const Item& i) { return with_article(std::string(word(i.col)) + " " + word(i.obj)); }

Json required(const Item& i, int count = 1) { return {{"class", word(i.obj)}, {"count", count}}; }

Json required_colored(const Item& i) {
  Json out = required(i);
  out["color"] = word(i.col);
  return out;
}

struct Worded {
  std::string phrase;
  Json include, exclude;
};

Worded worded(Tag tag, Scene s) {
  Worded out;
  out.include = Json::array();
  const Item& a = s.items[0];
  switch (tag) {
    case Tag::single_object:
      out.phrase = with_article(word(a.obj));
      out.include.push_back(required(a));
      break;
    case Tag::colors:
      out.phrase = colored(a);
      out.include.push_back(required_colored(a));
      break;
    case Tag::counting: {
      const int n = int(s.items.size());
      out.phrase = std::string(number_word(n)) + " " + word(a.col) + " " + plural(a.obj);
      out.include.push_back(required(a, n));
      out.exclude = Json::array({required(a, n + 1)});
      break;
    }
    case Tag::two_object:
    case Tag::color_attr:
      out.phrase = colored(a) + " and " + colored(s.items[1]);
      for (const Item& i : s.items) out.include.push_back(tag == Tag::two_object ? required(i) : required_colored(i));
      break;
    case Tag::position: {  // the target comes first
      const char* rel = phrase(relation_of(a, s.items[1]).value());
      out.phrase = colored(a) + " " + rel + " " + colored(s.items[1]);
      Json subject = required(a);
      subject["position"] = Json::array({rel, 0});
      out.include = Json::array({required(s.items[1]), subject});
      break;
    }
  }
  return out;
}

Task task_of(Tag tag) {
  switch (tag) {
    case Tag::counting:
      return Task::count;
    case Tag::position:
      return Task::relation;
    case Tag::two_object:
    case Tag::color_attr:
      return Task::two;
    default:
      return Task::single;
  }
}

// One pair of questions about a scene, one answered yes and one answered no.
bool add_pair(std::vector<MmeItem>& out, const char* category, QuestionType type, Ask ask, const Scene& s, Level level,
              Rng& rng) {
  const Speaker speaker{level, Wording::trained, true};
  std::optional<QA> yes, no;
  for (int i = 0; i < 400 && !(yes && no); ++i) {
    const auto qa = speaker.question(s, type, rng);
    if (!qa || qa->query.ask != ask) continue;
    (qa->answer == "yes" ? yes : no) = qa;
  }
  if (!yes || !no) return false;
  for (const auto& qa : {*yes, *no}) out.push_back({category, s, qa.question, qa.answer});
  return true;
}

}  // namespace

std::vector<GenevalItem> geneval_items(Level level, Edition edition) {
  std::vector<GenevalItem> out;
  for (int t = 0; t < int(std::size(kTags)); ++t) {
    const Tag tag = Tag(t);
    const bool unseen = edition == Edition::unseen;
    Split split = unseen && tag != Tag::single_object ? Split::unseen_pairs : Split::test;
    if (unseen && tag == Tag::counting && level != Level::S) split = Split::unseen_counts;
    Rng rng = set_rng("geneval", level, uint64_t(edition) * 10 + uint64_t(t));
    std::set<std::string> used;
    for (int i = 0; i < kTries && int(used.size()) < kPromptsPerTag; ++i) {
      Scene s = Sampler{level, 0}.scene(task_of(tag), split, rng);
      if (s.items.size() == 2 && s.items[0].obj == s.items[1].obj && tag != Tag::counting) continue;
      if (rng.chance(0.5f) && s.items.size() == 2 && tag == Tag::position) std::swap(s.items[0], s.items[1]);
      Worded w = worded(tag, s);
      if (rng.chance(0.5f)) w.phrase += std::string(" ") + phrase(s.bg);
      const bool held_out_wording = (unseen && tag == Tag::single_object) || used.size() % 2 == 1;
      const std::string prompt =
          Speaker{level, held_out_wording ? Wording::held_out : Wording::trained, true}.wrapped(w.phrase, rng);
      if (!used.insert(prompt).second) continue;
      Json line = {{"tag", kTags[t]}, {"prompt", prompt}, {"include", w.include}};
      if (!w.exclude.is_null()) line["exclude"] = w.exclude;
      out.push_back({std::move(line), std::move(s)});
    }
    ensure(int(used.size()) == kPromptsPerTag, "the world has 60 prompts for every tag");
  }
  return out;
}

std::vector<Json> geneval_prompts(Level level, Edition edition) {
  std::vector<Json> out;
  for (GenevalItem& item : geneval_items(level, edition)) out.push_back(std::move(item.line));
  return out;
}

std::string jsonl(const std::vector<Json>& lines) {
  std::string out;
  for (const Json& line : lines) out += line.dump() + "\n";
  return out;
}

std::vector<VqaItem> vqa_set(Level level) {
  constexpr int kQuestions = 2000;
  std::vector<QuestionType> types;
  for (int t = 0; t < kQuestionTypes; ++t) {
    const QuestionType type = QuestionType(t);
    if (type == QuestionType::describe || type == QuestionType::sign) continue;
    if (type != QuestionType::texture || level == Level::L) types.push_back(type);
  }
  Rng rng = set_rng("vqa", level);
  std::vector<VqaItem> out;
  for (int i = 0; int(out.size()) < kQuestions && i < kTries; ++i) {
    const Scene s = free_scene(level, Split::test, rng);
    const Speaker speaker{level, out.size() / types.size() % 2 ? Wording::held_out : Wording::trained, true};
    if (const auto qa = speaker.question(s, types[out.size() % types.size()], rng)) out.push_back({s, *qa});
  }
  ensure(int(out.size()) == kQuestions, "the world has 2000 questions");
  return out;
}

std::vector<VqaItem> sign_set(Level level) {
  std::vector<VqaItem> out;
  Rng rng = set_rng("signs", level);
  while (level == Level::L && out.size() < 200) {
    const Scene s = Sampler{level, 1}.scene(Task::single, Split::test, rng);
    const Speaker speaker{level, out.size() % 2 ? Wording::held_out : Wording::trained, true};
    if (const auto qa = speaker.question(s, QuestionType::sign, rng)) out.push_back({s, *qa});
  }
  return out;
}

std::vector<MmeItem> mme_set(Level level) {
  struct Category {
    const char* name;
    QuestionType type;
    Ask ask;
    Task task;
  };
  constexpr Category kCategories[] = {{"existence", QuestionType::existence, Ask::exists, Task::two},
                                      {"count", QuestionType::count, Ask::is_count, Task::count},
                                      {"position", QuestionType::relation, Ask::is_related, Task::relation},
                                      {"color", QuestionType::color, Ask::is_color, Task::two}};
  std::vector<MmeItem> out;
  for (const Category& c : kCategories) {
    Rng rng = set_rng(c.name, level);
    for (int i = 0, found = 0; found < 60 && i < kTries; ++i)
      found += add_pair(out, c.name, c.type, c.ask, Sampler{level, 1}.scene(c.task, Split::test, rng), level, rng);
  }
  ensure(out.size() == 4 * 60 * 2, "every category has 60 pictures");
  return out;
}

std::vector<VqaItem> caption_set(Level level) {
  std::vector<VqaItem> out;
  Rng rng = set_rng("captions", level);
  while (out.size() < 500) {
    const Scene s = free_scene(level, Split::test, rng);
    const auto qa = Speaker{level, Wording::trained, true}.question(s, QuestionType::describe, rng);
    if (qa && qa->query.ask == Ask::describe_full) out.push_back({s, *qa});
  }
  return out;
}

std::vector<Json> riddle_set(Level level) {
  std::vector<Json> out;
  for (const Riddle& r : riddles_of(level)) {
    const std::string prompt = riddle_prompt(r);
    const Mention m = parse_prompt(prompt, level).said.mentions.at(0);
    Json include = {{"class", word(m.obj)}, {"count", 1}};
    if (m.col) include["color"] = word(*m.col);
    out.push_back({{"prompt", prompt}, {"include", Json::array({include})}});
  }
  return out;
}

std::vector<EditItem> edit_set(Level level) {
  std::vector<EditItem> out;
  for (const EditKind kind :
       {EditKind::recolor, EditKind::add, EditKind::remove, EditKind::replace, EditKind::move, EditKind::background}) {
    Rng rng = set_rng(name(kind), level, 7);
    for (int found = 0, i = 0; found < 100 && i < kTries; ++i) {
      const Scene s = free_scene(level, Split::test, rng);
      const Speaker speaker{level, found % 2 ? Wording::held_out : Wording::trained, true};
      if (const auto e = speaker.edit(s, kind, rng)) {
        out.push_back({s, *e});
        ++found;
      }
    }
  }
  ensure(out.size() == 600, "every edit kind has 100 cases");
  return out;
}

std::vector<Scene> scene_set(Level level, Split split) {
  const uint64_t stream = split == Split::validation ? kValidationStream : kTestStream;
  std::vector<Scene> out;
  for (uint64_t i = 0; i < 2000; ++i) {
    Rng rng = scene_rng(kSeed + uint64_t(split), stream, i);
    out.push_back(free_scene(level, split, rng));
  }
  return out;
}

}  // namespace b3o::world
