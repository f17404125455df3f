#include "core/world/speaker.h"

#include "core/world/lexicon.h"
#include "core/world/words.h"

namespace b3o::world {
namespace {

// The last six are held out.
constexpr const char* kWrapperTexts[kWrappers] = {"{}",
                                                  "a photo of {}",
                                                  "draw {}",
                                                  "please draw {}",
                                                  "create a picture of {}",
                                                  "I want {}",
                                                  "can you make {}?",
                                                  "show me {}",
                                                  "a drawing of {}",
                                                  "make a picture with {}",
                                                  "paint {}",
                                                  "please create an image of {}",
                                                  "could you draw {} for me?",
                                                  "I would like to see {}",
                                                  "a picture of {}",
                                                  "generate {}"};

struct Telling {
  Rng& rng;
  bool drop_colors;
  bool textures;

  std::string one(const Item& item) const {
    std::string words;
    if (size_of(item) != Size::middle) words += std::string(word(size_of(item))) + " ";
    if (textures && item.tex != Tex::plain) words += std::string(word(item.tex)) + " ";
    if (!drop_colors || !rng.chance(0.05f)) words += std::string(word(item.col)) + " ";
    return with_article(words + word(item.obj));
  }

  std::string several(const Scene& s) const {
    const int n = int(s.items.size());
    const Item& first = s.items[0];
    const std::string number = drop_colors && rng.chance(0.2f) ? std::to_string(n) : number_word(n);
    const bool fish = first.obj == Obj::fish && drop_colors && rng.chance(0.5f);  // "two fish" beside "two fishes"
    return number + " " + word(first.col) + " " + (fish ? "fish" : plural(first.obj));
  }
};

bool all_equal(const Scene& s) {
  for (const Item& i : s.items)
    if (i.obj != s.items[0].obj || i.col != s.items[0].col) return false;
  return s.items.size() > 1;
}

std::string capitalised(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = char(text[0] - 'a' + 'A');
  return text;
}

const char* pick(Rng& rng, std::initializer_list<const char*> list) {
  return list.begin()[rng.below(int(list.size()))];
}

std::string prompt_phrase(const Scene& s, Rng& rng) {
  const Telling tell{rng, true, true};
  const auto& items = s.items;
  std::string out;
  std::optional<Rel> rel;
  if (items.size() == 2) rel = relation_of(items[0], items[1]);
  const bool related = rel && (s.task == Task::relation || (s.task == Task::free && rng.chance(0.7f)));
  const bool placed = items.size() == 1 && place_of(items[0]) && (s.task == Task::placed || s.task == Task::free);
  if (all_equal(s)) {
    out = tell.several(s);
  } else if (placed) {
    out = tell.one(items[0]) + " " + phrase(*place_of(items[0]));
  } else if (related) {
    const size_t first = rng.chance(0.5f) ? 0 : 1;
    const Rel said = first == 0 ? rel.value() : opposite(rel.value());
    const std::string subject = tell.one(items[first]),
                      target = tell.one(items[1 - first]);  // the order of draws counts
    out = subject + " " + phrase(said) + " " + target;
  } else {
    std::vector<std::string> things;
    for (const Item& i : items) things.push_back(tell.one(i));
    out = listed(things);
  }
  if (!s.sign.empty()) out += " with a sign that says " + s.sign;
  if (rng.chance(0.5f)) out += std::string(" ") + phrase(s.bg);
  return out;
}

std::string setting_sentence(Bg bg, Rng& rng) {
  switch (bg) {
    case Bg::white:
      return pick(rng, {"The background is white.", "This is on a white background."});
    case Bg::meadow:
      return pick(rng, {"This is in a meadow.", "We are in a meadow."});
    case Bg::night:
      return pick(rng, {"It is night.", "This is at night."});
    case Bg::sea:
      return pick(rng, {"This is by the sea.", "We are by the sea."});
    case Bg::sunset:
      return pick(rng, {"It is sunset.", "This is at sunset."});
    default:
      return pick(rng, {"This is in the snow.", "There is snow everywhere."});
  }
}

std::string story(const Scene& s, Rng& rng) {
  const Telling tell{rng, false, true};
  const auto& items = s.items;
  std::vector<std::string> sentences;
  const auto say = [&](const std::string& text) { sentences.push_back(capitalised(text) + "."); };
  const char* verb = pick(rng, {" is ", " stands ", " is "});
  if (items.empty()) {
    say("there is nothing here");
  } else if (all_equal(s)) {
    say("there are " + tell.several(s));
  } else if (items.size() == 2 && relation_of(items[0], items[1])) {
    const Rel rel = *relation_of(items[0], items[1]);
    const bool placed = place_of(items[0]) && rng.chance(0.5f);
    say(placed ? tell.one(items[0]) + verb + phrase(*place_of(items[0])) : "there is " + tell.one(items[0]));
    say(tell.one(items[1]) + verb + phrase(opposite(rel)) + " it");
  } else {
    for (const Item& i : items) {
      const bool place = place_of(i) && (items.size() > 1 || s.task != Task::single);
      say(place ? tell.one(i) + verb + phrase(*place_of(i)) : "there is " + tell.one(i));
    }
  }
  if (!s.sign.empty()) say("there is a sign that says " + s.sign);
  const std::string setting = setting_sentence(s.bg, rng);
  sentences.insert(rng.chance(0.5f) ? sentences.begin() : sentences.end(), setting);
  std::string out;
  for (const std::string& sentence : sentences) out += (out.empty() ? "" : " ") + sentence;
  return out;
}

}  // namespace

std::string Speaker::caption(const Scene& scene, Style style, Rng& rng) const {
  if (style == Style::story) return story(scene, rng);
  if (scene.items.empty()) return std::string("nothing ") + phrase(scene.bg);
  if (style == Style::prompt) return prompt_phrase(scene, rng);
  Description d = description_of(scene);
  if (style == Style::full) return plain_text(d);
  d.bg.reset();
  d.links.clear();
  for (Mention& m : d.mentions) m.place.reset();
  return plain_text(d);
}

std::string Speaker::wrapped(const std::string& phrase, Rng& rng) const {
  return filled(kWrapperTexts[phrasing(kWrappers, kTrainedWrappers, rng)], {{"{}", phrase}});
}

std::string Speaker::prompt(const Scene& scene, Rng& rng) const {
  const bool long_one = rng.chance(0.25f);
  std::string out = long_one ? caption(scene, Style::story, rng) : wrapped(caption(scene, Style::prompt, rng), rng);
  if (!long_one && out.back() != '?' && rng.chance(0.3f)) out += '.';
  return rng.chance(0.1f) ? noisy(out, rng) : out;
}

int Speaker::phrasing(int count, int trained, Rng& rng) const {
  if (wording == Wording::any) return rng.below(count);
  return wording == Wording::trained ? rng.below(trained) : trained + rng.below(count - trained);
}

std::string noisy(const std::string& text, Rng& rng) {
  std::string out;
  const int cased = rng.below(3);  // as it is, all capitals, capitalised
  std::string word;
  const auto flush = [&] {
    if (word.size() >= 5 && rng.chance(0.05f)) {
      const size_t at = size_t(1 + rng.below(int(word.size()) - 2));
      std::string typed = word;
      const int slip = rng.below(3);
      if (slip == 0) std::swap(typed[at], typed[at + 1]);
      if (slip == 1) typed.erase(at, 1);
      if (slip == 2) typed.insert(at, 1, typed[at]);
      if (!is_known_word(typed)) word = typed;  // "could" must not become a cloud
    }
    out += word;
    word.clear();
  };
  for (const char c : text) {
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
      word += c;
    } else {
      flush();
      out += c;
    }
  }
  flush();
  if (out.size() > 1 && out.back() == '.' && rng.chance(0.5f)) out.pop_back();
  if (cased == 1)
    for (char& c : out)
      if (c >= 'a' && c <= 'z') c = char(c - 'a' + 'A');
  return cased == 2 ? capitalised(out) : out;
}

}  // namespace b3o::world
