#include "core/world/scene_json.h"

#include "core/base/error.h"
#include "core/world/words.h"

namespace b3o::world {
namespace {

constexpr const char* kTasks[] = {"single", "placed", "relation", "two", "count", "three", "free", "crowd", "empty"};
constexpr const char* kSplits[] = {"train", "validation", "test", "unseen_pairs", "unseen_relations", "unseen_counts"};
constexpr const char* kLevels[] = {"S", "M", "L"};
constexpr const char* kGrounds[kBackgrounds] = {"white", "meadow", "night", "sea", "sunset", "snow"};

// The index of the text among n words.
template <class WordOf>
int found(const std::string& text, int n, WordOf word_of, const std::string& where) {
  for (int i = 0; i < n; ++i)
    if (text == word_of(i)) return i;
  throw LoadError(cat(where, ": '", text, "' is not a word of the drawn world"));
}

template <size_t N>
int requested(const std::string& text, const char* const (&names)[N], const char* what) {
  std::vector<std::string> all;
  for (size_t i = 0; i < N; ++i) {
    if (text == names[i]) return int(i);
    all.push_back(names[i]);
  }
  throw RequestError(cat("there is no ", what, " '", text, "'; choose ", listed(all, "or")));
}

Json item_json(const Item& i) {
  return {{"object", word(i.obj)}, {"color", word(i.col)}, {"texture", word(i.tex)}, {"x", i.cx}, {"y", i.cy},
          {"radius", i.r},         {"flip", i.flip},       {"jitter", i.jitter}};
}

}  // namespace

const char* name(Task task) { return kTasks[int(task)]; }
const char* name(Level level) { return kLevels[int(level)]; }
const char* name(Split split) { return kSplits[int(split)]; }
Level level_named(const std::string& name) { return Level(requested(name, kLevels, "world level")); }
Split split_named(const std::string& name) { return Split(requested(name, kSplits, "split")); }

Json to_json(const Scene& scene) {
  Json items = Json::array();
  for (const Item& i : scene.items) items.push_back(item_json(i));
  Json out = {{"background", kGrounds[int(scene.bg)]},
              {"background_seed", scene.bg_seed},
              {"task", name(scene.task)},
              {"objects", items}};
  if (!scene.sign.empty()) out["sign"] = scene.sign;
  return out;
}

Scene scene_from_json(const Json& json, const std::string& where) {
  const Fields f(json, where);
  Scene s;
  s.bg = Bg(found(f.string("background"), kBackgrounds, [](int i) { return kGrounds[i]; }, where));
  s.bg_seed = uint32_t(f.integer_in("background_seed", 0, 0xffffffffll));
  s.task = Task(found(f.string("task", "free"), int(std::size(kTasks)), [](int i) { return kTasks[i]; }, where));
  s.sign = f.string("sign", "");
  const Json& items = f.raw("objects");
  if (!items.is_array() || items.size() > 64)
    throw LoadError(cat(where, ": key 'objects' is not a list of at most 64 objects"));
  for (const Json& one : items) {
    const Fields o(one, where + ": objects");
    Item i;
    i.obj = Obj(found(o.string("object"), kObjects, [](int k) { return word(Obj(k)); }, where));
    i.col = Col(found(o.string("color"), kColors, [](int k) { return word(Col(k)); }, where));
    i.tex = Tex(found(o.string("texture", "plain"), kTextures, [](int k) { return word(Tex(k)); }, where));
    i.cx = int16_t(o.integer_in("x", 0, kCanvas)), i.cy = int16_t(o.integer_in("y", 0, kCanvas));
    i.r = int16_t(o.integer_in("radius", 0, kCanvas));
    i.flip = o.has("flip") && o.boolean("flip");
    i.jitter = uint32_t(o.integer("jitter", 0));
    s.items.push_back(i);
  }
  if (!valid(s)) throw LoadError(cat(where, ": the scene breaks the rules of the drawn world"));
  return s;
}

Json to_json(const QA& qa) {
  Json out = {{"type", name(qa.type)}, {"question", qa.question}, {"answer", qa.answer}};
  if (!qa.earlier_question.empty())
    out["earlier_question"] = qa.earlier_question, out["earlier_answer"] = qa.earlier_answer;
  return out;
}

Json to_json(const Edit& edit) {
  return {{"kind", name(edit.kind)},
          {"instruction", edit.instruction},
          {"target", to_json(edit.target)},
          {"changed", edit.changed}};
}

}  // namespace b3o::world
