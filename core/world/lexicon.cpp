#include "core/world/lexicon.h"

#include <algorithm>
#include <map>
#include <set>

#include "core/base/utf8.h"
#include "core/world/words.h"

namespace b3o::world {
namespace {

struct Entry {
  std::vector<std::string> words;
  Kind kind;
  int value;
};

std::vector<std::string> split(const std::string& text) {
  std::vector<std::string> out;
  std::string word;
  for (const char c : text + " ") {
    if (c != ' ') {
      word += c;
    } else if (!word.empty()) {
      out.push_back(word);
      word.clear();
    }
  }
  return out;
}

constexpr const char* kFillers =
    "a an of in on at by to into from please kindly draw paint make create show generate give sketch produce design "
    "render me i id im ill us we you your my want wants would like love need see have has had get can could will may "
    "let lets try picture image photo photograph painting illustration drawing scene view canvas page world there is "
    "are "
    "be being that this these those which who here now just only also some any for so then hi hello hey thanks thank "
    "ok "
    "okay do does stand stands standing sit sits sitting lie lies lying float floats floating shine shines swim swims "
    "swimming grow grows placed located shown showing shows depicting containing contains featuring everywhere side "
    "corner colored coloured color colour colors nice cute pretty beautiful lovely simple its sky time new another "
    "look "
    "looks turn change set put edit keep instead says say saying reads reading thing very too should whole bring bit";

const std::map<std::string, std::vector<Entry>>& lexicon() {
  static const auto table = [] {
    std::vector<Entry> all;
    const auto add = [&](const std::string& phrases, Kind kind, int value) {  // phrases separated by |
      std::string one;
      for (const char c : phrases + "|") {
        if (c != '|') {
          one += c;
        } else {
          all.push_back({split(one), kind, value});
          one.clear();
        }
      }
    };
    for (const std::string& w : split(kFillers)) add(w, Kind::filler, 0);
    for (int o = 0; o < kObjects; ++o) {
      add(word(Obj(o)), Kind::obj, o);
      add(plural(Obj(o)), Kind::objs, o);
    }
    for (int c = 0; c < kColors; ++c) add(word(Col(c)), Kind::col, c);
    for (int t = 0; t < kTextures; ++t) add(word(Tex(t)), Kind::tex, t);
    add("small|little|tiny", Kind::size, int(Size::small));
    add("big|large|huge", Kind::size, int(Size::big));
    for (int n = 1; n <= 4; ++n) add(std::string(number_word(n)) + "|" + std::to_string(n), Kind::number, n);
    for (int n = 5; n <= 9; ++n) add(std::string(number_word(n)) + "|" + std::to_string(n), Kind::too_many, n);
    add("ten|eleven|twelve|many|several|lots of|a lot of|hundreds of|dozens of", Kind::too_many, 10);

    const auto place = [&](const std::string& names, Place p) { add(names, Kind::place, int(p)); };
    place("on the left|on left|at the left|to the left|left|on the left side|on the left hand side|in the left",
          Place::left);
    place("on the right|on right|at the right|to the right|right|on the right side|on the right hand side|in the right",
          Place::right);
    place("at the top|on the top|on top|to the top|at top|in the top|top", Place::top);
    place("at the bottom|on the bottom|to the bottom|at bottom|in the bottom|bottom", Place::bottom);
    place(
        "in the center|in the centre|in the middle|at the center|at the centre|to the center|to the centre|to the "
        "middle|center|centre|middle",
        Place::center);
    for (const char* v : {"top", "upper", "bottom", "lower"})
      for (const char* h : {"left", "right"}) {
        const int row = v[0] == 't' || v[0] == 'u' ? 0 : 2, column = h[0] == 'l' ? 0 : 2;
        const std::string pair = std::string(v) + " " + h;
        for (const char* before : {"", "in the ", "at the ", "on the ", "to the "})
          for (const char* after : {"", " corner"}) place(before + pair + after, Place(row * 3 + column));
      }
    const auto rel = [&](const std::string& names, Rel r) { add(names, Kind::rel, int(r)); };
    rel("left of|to the left of|on the left of|at the left of|on the left side of", Rel::left_of);
    rel("right of|to the right of|on the right of|at the right of|on the right side of", Rel::right_of);
    rel("above|over|on top of", Rel::above);
    rel("below|under|beneath|underneath", Rel::below);
    // "on the left of the picture" names a place.
    for (const char* whole :
         {"the picture", "the image", "the scene", "the page", "the drawing", "the photo", "the canvas"}) {
      const std::string of = std::string(" of ") + whole;
      place("on the left" + of + "|on the left side" + of + "|left of " + whole, Place::left);
      place("on the right" + of + "|on the right side" + of + "|right of " + whole, Place::right);
      place("at the top" + of + "|on top" + of, Place::top);
      place("at the bottom" + of, Place::bottom);
      place("in the center" + of + "|in the middle" + of, Place::center);
    }
    const auto bg = [&](const std::string& names, Bg b) { add(names, Kind::bg, int(b)); };
    bg("on a white background|on the white background|on white background|white background|background white|on white|"
       "background is white|the background is white|on a white page|on white paper",
       Bg::white);
    bg("meadow|in a meadow|in the meadow|on a meadow|a meadow|meadow background", Bg::meadow);
    bg("night|at night|in the night|by night|night background|night sky|in the night sky", Bg::night);
    bg("sea|by the sea|at the sea|near the sea|on the sea|in the sea|the sea|sea background|at sea", Bg::sea);
    bg("sunset|at sunset|in the sunset|a sunset|sunset background", Bg::sunset);
    bg("snow|in the snow|in snow|snow background|snowy", Bg::snow);
    add("and|with|next to|beside|plus|together with|as well as", Kind::joint, 0);
    add("it", Kind::it, 0);
    add("the", Kind::the, 0);
    add("sign|board", Kind::sign, 0);
    add("add", Kind::add, 0);
    add("remove|delete|erase|take away|get rid of", Kind::remove, 0);
    add("replace|swap|exchange", Kind::replace, 0);
    add("move|shift", Kind::move, 0);
    add("bigger|larger", Kind::bigger, 0);
    add("smaller", Kind::smaller, 0);
    add("background|the background", Kind::background, 0);
    std::map<std::string, std::vector<Entry>> by_first;
    for (Entry& e : all) by_first[e.words[0]].push_back(std::move(e));
    for (auto& [first, list] : by_first)
      std::stable_sort(list.begin(), list.end(),
                       [](const Entry& a, const Entry& b) { return a.words.size() > b.words.size(); });
    return by_first;
  }();
  return table;
}

// All single words of the lexicon.
const std::set<std::string>& known_words() {
  static const auto all = [] {
    std::set<std::string> words;
    for (const auto& [first, list] : lexicon())
      for (const Entry& e : list) words.insert(e.words.begin(), e.words.end());
    return words;
  }();
  return all;
}

// One adjacent swap, one missing letter or one doubled letter.
bool is_slip_of(const std::string& typed, const std::string& known) {
  if (known.size() < 5 || typed[0] != known[0]) return false;
  if (typed.size() == known.size()) {
    for (size_t i = 0; i + 1 < typed.size(); ++i) {
      std::string swapped = typed;
      std::swap(swapped[i], swapped[i + 1]);
      if (swapped == known) return true;
    }
    return false;
  }
  const bool missing = typed.size() + 1 == known.size();
  if (!missing && typed.size() != known.size() + 1) return false;
  const std::string &longer = missing ? known : typed, &shorter = missing ? typed : known;
  for (size_t i = 0; i < longer.size(); ++i) {
    if (!missing && (i == 0 || longer[i] != longer[i - 1])) continue;
    if (longer.substr(0, i) + longer.substr(i + 1) == shorter) return true;
  }
  return false;
}

template <class T>
bool has(const std::vector<T>& list, T value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

struct Word {
  std::string plain, typed;  // lower case without apostrophes; as typed
};

std::vector<Word> words_of(const std::string& text) {
  std::vector<Word> out;
  Word word;
  const auto end = [&] {
    if (!word.typed.empty()) out.push_back(word);
    word = {};
  };
  const std::string clean = repaired_utf8(text);
  for (const char c : clean) {
    if (c == '\'' || c == '`') {
      if (!word.typed.empty()) word.typed += c;
    } else if (c == ',' || c == '.' || c == ';' || c == '?' || c == '!' || c == ':' || c == '&') {
      end();
      const bool joint = c == ',' || c == '&';
      out.push_back({joint ? "and" : ".", std::string(1, c)});
    } else if (uint8_t(c) < 128 && !(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') && !(c >= '0' && c <= '9')) {
      end();  // white space, hyphens, quotes
    } else {
      word.plain += c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c;
      word.typed += c;
    }
  }
  end();
  return out;
}

}  // namespace

bool is_known_word(const std::string& word) {
  const std::vector<Word> plain = words_of(word);
  return plain.size() == 1 && known_words().count(plain[0].plain) > 0;
}

bool beyond(Level level, const Token& t) {
  switch (t.kind) {
    case Kind::obj:
    case Kind::objs:
      return !has(objects_of(level), Obj(t.value));
    case Kind::col:
      return !has(colors_of(level), Col(t.value));
    case Kind::bg:
      return !has(backgrounds_of(level), Bg(t.value));
    case Kind::tex:
      return level != Level::L && Tex(t.value) != Tex::plain;
    case Kind::sign:
      return level != Level::L;
    default:
      return t.kind == Kind::unknown;
  }
}

Lexed lexed(const std::string& text) {
  Lexed out;
  std::vector<Word> words = words_of(text);
  for (Word& w : words) {
    if (w.plain == "." || known_words().count(w.plain) || w.plain.size() < 4) continue;
    std::string best;
    bool one = true;  // in alphabetical order "house" comes before "houses": those two count as one
    for (const std::string& k : known_words()) {
      if (!is_slip_of(w.plain, k)) continue;
      one = one && (best.empty() || k == best + "s");
      if (best.empty()) best = k;
    }
    if (best.empty() || !one) continue;
    out.repaired.emplace_back(w.typed, best);
    w.plain = best;
  }
  for (size_t i = 0; i < words.size();) {
    if (words[i].plain == ".") {
      out.tokens.push_back({Kind::stop, 0, words[i].typed});
      ++i;
      continue;
    }
    const Entry* match = nullptr;
    if (const auto it = lexicon().find(words[i].plain); it != lexicon().end())
      for (const Entry& e : it->second) {
        bool equal = i + e.words.size() <= words.size();
        for (size_t k = 0; equal && k < e.words.size(); ++k) equal = words[i + k].plain == e.words[k];
        if (equal) {
          match = &e;
          break;
        }
      }
    Token token = {match ? match->kind : Kind::unknown, match ? match->value : 0, words[i].typed};
    const size_t n = match ? match->words.size() : 1;
    for (size_t k = 1; k < n; ++k) token.text += " " + words[i + k].typed;
    out.tokens.push_back(std::move(token));
    i += n;
  }
  return out;
}

}  // namespace b3o::world
