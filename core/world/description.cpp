#include "core/world/description.h"

#include <set>

#include "core/world/reader.h"
#include "core/world/words.h"

namespace b3o::world {
namespace {

std::string thing(const Mention& m) {
  std::string words;
  const auto add = [&](const char* w) {
    if (!*w) return;
    if (!words.empty()) words += ' ';
    words += w;
  };
  if (m.size) add(word(*m.size));
  if (m.tex && *m.tex != Tex::plain) add(word(*m.tex));
  if (m.col) add(word(*m.col));
  if (m.count > 1) {
    add(plural(m.obj));
    return std::string(number_word(m.count)) + " " + words;
  }
  add(word(m.obj));
  return with_article(words);
}

using Tuples = std::set<std::string>;

Tuples tuples_of(const Description& d) {
  Tuples out;
  for (const Mention& m : d.mentions) {
    out.insert(word(m.obj));
    if (m.col) out.insert(std::string(word(*m.col)) + " " + word(m.obj));
    if (m.count > 1) out.insert(std::string(number_word(m.count)) + " " + word(m.obj));
  }
  for (const Link& l : d.links) {
    Obj a = d.mentions[size_t(l.subject)].obj, b = d.mentions[size_t(l.target)].obj;
    Rel rel = l.rel;
    if (rel == Rel::right_of || rel == Rel::below) std::swap(a, b), rel = opposite(rel);
    out.insert(std::string(word(a)) + " " + phrase(rel) + " " + word(b));
  }
  return out;
}

}  // namespace

Description description_of(const Scene& scene) {
  Description out;
  out.bg = scene.bg;
  out.sign = scene.sign;
  std::vector<const Item*> shown;  // the first item of each mention
  for (const Item& item : scene.items) {
    bool grouped = false;
    for (size_t i = 0; i < shown.size(); ++i)
      if (shown[i]->obj == item.obj && shown[i]->col == item.col && shown[i]->tex == item.tex) {
        ++out.mentions[i].count;
        out.mentions[i].size.reset(), out.mentions[i].place.reset();
        grouped = true;
      }
    if (grouped) continue;
    Mention m;
    m.obj = item.obj, m.col = item.col, m.tex = item.tex, m.place = place_of(item);
    if (size_of(item) != Size::middle) m.size = size_of(item);
    out.mentions.push_back(m);
    shown.push_back(&item);
  }
  if (scene.items.size() == 2 && shown.size() == 2)
    if (const auto rel = relation_of(*shown[0], *shown[1])) out.links.push_back({0, *rel, 1});
  return out;
}

std::string plain_text(const Description& said) {
  std::string out;
  if (said.links.size() == 1 && said.mentions.size() == 2) {
    const Link& l = said.links[0];
    out = thing(said.mentions[size_t(l.subject)]) + " " + phrase(l.rel) + " " + thing(said.mentions[size_t(l.target)]);
  } else {
    std::vector<std::string> things;
    for (const Mention& m : said.mentions)
      things.push_back(thing(m) + (m.place && m.count == 1 ? std::string(" ") + phrase(*m.place) : ""));
    out = listed(things);
  }
  if (!said.sign.empty()) out += " with a sign that says " + said.sign;
  if (said.bg) out += std::string(out.empty() ? "" : " ") + phrase(*said.bg);
  return out;
}

double caption_f1(const std::string& caption, const Scene& scene) {
  const Tuples told = tuples_of(read_text(caption)), truth = tuples_of(description_of(scene));
  if (told.empty() && truth.empty()) return 1;
  size_t both = 0;
  for (const std::string& t : told) both += truth.count(t);
  return both == 0 ? 0 : 2.0 * double(both) / double(told.size() + truth.size());
}

}  // namespace b3o::world
