#include "core/world/reader.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/base/hash.h"
#include "core/world/assembly.h"
#include "core/world/chat.h"
#include "core/world/words.h"

namespace b3o::world {
namespace {

template <class T>
bool has(const std::vector<T>& list, T value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

bool knows(Level level, const Mention& m) {
  return has(objects_of(level), m.obj) && (!m.col || has(colors_of(level), *m.col)) &&
         (!m.tex || *m.tex == Tex::plain || level == Level::L);
}

bool all_visible(const std::vector<Mention>& mentions, Bg bg) {
  return std::all_of(mentions.begin(), mentions.end(), [&](const Mention& m) { return !m.col || visible(*m.col, bg); });
}

// The first background of the level on which all mentions can be seen, the wanted one before others.
std::optional<Bg> ground_for(const std::vector<Mention>& mentions, std::optional<Bg> wanted, Level level) {
  std::optional<Bg> best;
  for (const Bg b : backgrounds_of(level))
    if (all_visible(mentions, b) && (!best || b == wanted)) best = b;
  return best;
}

// The first sentence of a refusal: what is wrong with a prompt whose words are all known. Empty if nothing is.
std::string first_fault(const Assembly& read, Level level) {
  const Description& d = read.said;
  if (read.too_many) return "I can draw at most four things.";
  if (read.two_backgrounds) return "A picture has one background.";
  if (read.two_colors) return "Each thing has one color.";
  if (read.loose_color) return std::string("I do not know what should be ") + word(*read.loose_color) + ".";
  if (read.open_relation) return "I do not know what the place is meant for.";
  if (d.mentions.empty()) return "Name at least one thing to draw.";
  if (read.bare_plural)
    return std::string("Say how many ") + plural(*read.bare_plural) + " you want: two, three or four.";
  int total = 0, most = 0;
  for (const Mention& m : d.mentions) total += m.count, most = std::max(most, m.count);
  if (most > 1 && d.mentions.size() > 1) return "I can draw several of one kind, or single things, but not both.";
  if (total > 4) return "I can draw at most four things.";
  if (int(d.mentions.size()) > max_kinds(level))
    return std::string("I can draw at most ") + number_word(max_kinds(level)) + " different things.";
  for (size_t i = 0; i < d.mentions.size(); ++i)
    for (size_t j = 0; j < i; ++j)
      if (d.mentions[i] == d.mentions[j]) return "Two equal things are one phrase: say two of them.";
  for (const Mention& m : d.mentions) {
    if (!m.col || !d.bg || visible(*m.col, *d.bg)) continue;
    return std::string("A ") + word(*m.col) + " " + word(m.obj) + " could not be seen " + phrase(*d.bg) + ".";
  }
  return ground_for(d.mentions, {}, level) ? "" : "Black and white things cannot be seen on one background.";
}

// A prompt near the one that was refused: what was understood of it, made drawable.
std::string near_example(const Assembly& read, Level level, const std::string& text) {
  Description d;
  for (Mention m : read.said.mentions) {
    if (!knows(level, m) || int(d.mentions.size()) >= max_kinds(level)) continue;
    if (m.col && held_out(*m.col, m.obj)) m.col.reset();
    if (!d.mentions.empty() && (d.mentions[0].count > 1 || d.mentions[0].obj == m.obj)) continue;
    if (!d.mentions.empty()) m.count = 1;
    d.mentions.push_back(m);
    if (!ground_for(d.mentions, {}, level)) d.mentions.pop_back();
  }
  if (d.mentions.empty()) {
    Rng rng(fnv1a64(text), 0);
    return example_prompt(level, rng);
  }
  const auto& all = backgrounds_of(level);
  d.bg = ground_for(d.mentions, read.said.bg, level);
  if (!read.said.bg && std::all_of(all.begin(), all.end(), [&](Bg b) { return all_visible(d.mentions, b); }))
    d.bg.reset();
  return plain_text(d);
}

}  // namespace

std::string example_prompt(Level level, Rng& rng) {
  Description d;
  Mention m;
  m.obj = rng.pick(objects_of(level));
  d.bg = rng.pick(backgrounds_of(level));
  do m.col = rng.pick(colors_of(level));
  while (held_out(*m.col, m.obj) || !visible(*m.col, *d.bg));
  d.mentions = {m};
  return plain_text(d);
}

std::string refusal(Level level, const std::string& example) {
  std::vector<std::string> objects, colors;
  for (const Obj o : objects_of(level)) objects.push_back(plural(o));
  for (const Col c : colors_of(level)) colors.push_back(word(c));
  return "I can only draw " + listed(objects) + " in " + listed(colors, "or") + ". Try: " + example + ".";
}

Description read_text(const std::string& text) { return assembled(lexed(text.substr(0, kLongestText))).said; }

Reading parse_prompt(const std::string& text, Level level) {
  Reading out;
  if (text.size() > kLongestText) {
    Rng rng(text.size(), 0);
    out.example = example_prompt(level, rng);
    out.problem =
        cat("The prompt has ", text.size(), " bytes, at most ", kLongestText, " are read. Try: ", out.example, ".");
    return out;
  }
  if (const Riddle* riddle = riddle_in(text, level)) {
    Mention m;
    const Description named = read_text(text);  // "a heart in the color of a tomato"
    m.obj = riddle->obj ? *riddle->obj : named.mentions.empty() ? Obj::circle : named.mentions[0].obj;
    m.col = riddle->col;
    out.said.mentions = {m};
    return out;
  }
  const Lexed lex = lexed(text);
  const Assembly read = assembled(lex);
  out.said = read.said;
  out.repaired = lex.repaired;
  for (const Token& t : lex.tokens)
    if (beyond(level, t) && t.text != read.said.sign) out.unknown.push_back(t.text);
  out.example = near_example(read, level, text);
  if (!out.unknown.empty()) {
    std::vector<std::string> quoted;
    for (size_t i = 0; i < std::min<size_t>(out.unknown.size(), 3); ++i) quoted.push_back("\"" + out.unknown[i] + "\"");
    out.problem = "I do not know " + listed(quoted, "or") + ". " + refusal(level, out.example);
    return out;
  }
  const std::string fault = first_fault(read, level);
  if (!fault.empty()) out.problem = fault + " Try: " + out.example + ".";
  return out;
}

}  // namespace b3o::world
