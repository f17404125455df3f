#include "core/world/wording.h"

#include <algorithm>
#include <set>
#include <sstream>

#include "core/world/chat.h"
#include "core/world/lexicon.h"
#include "core/world/words.h"

namespace b3o::world {
namespace {

// Words without meaning for the scene in the speaker's wrappers and stories.
constexpr const char* kSpoken =
    "a an of photo draw please create picture i want can you make show me drawing paint image could for would like to "
    "see generate is are stands there this we here everywhere";

const std::set<std::string>& spoken() {
  static const auto words = [] {
    std::istringstream in(kSpoken);
    std::set<std::string> out;
    for (std::string w; in >> w;) out.insert(w);
    return out;
  }();
  return words;
}

std::string lower(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = char(c - 'A' + 'a');
  return text;
}

bool is_adjective(const Token& t) {
  return t.kind == Kind::size || t.kind == Kind::col || t.kind == Kind::tex || t.kind == Kind::number;
}

// Whether training says the token's meaning in these words. before: the token in front of it.
bool trained(const Token& t, const Token* before) {
  const std::string text = lower(t.text);
  switch (t.kind) {
    case Kind::filler:
      return spoken().contains(text);
    case Kind::obj:
      return text == word(Obj(t.value));
    case Kind::objs:
      return text == plural(Obj(t.value));
    case Kind::col:
      return text == word(Col(t.value));
    case Kind::tex:
      return text == word(Tex(t.value));
    case Kind::size:
      return text == word(Size(t.value));
    case Kind::number:
      return t.value > 1;
    case Kind::place:
      return text == phrase(Place(t.value));
    case Kind::rel:
      return text == phrase(Rel(t.value));
    case Kind::bg:
      return text == phrase(Bg(t.value)) || text == noun(Bg(t.value)) || text == "the background is white";
    case Kind::joint:  // "make a picture with ...", "with a sign that says ..."
      return text == "and" || text == "," || (text == "with" && before && before->kind == Kind::filler);
    case Kind::stop:
      return text == "." || text == "?";
    case Kind::it:
    case Kind::sign:
      return true;
    default:
      return false;
  }
}

// Whether every single thing has an article and several have a number.
bool has_articles(const std::vector<Token>& tokens) {
  for (size_t i = 0; i < tokens.size(); ++i) {
    if (tokens[i].kind != Kind::obj && tokens[i].kind != Kind::objs) continue;
    size_t first = i;
    bool number = false;
    while (first > 0 && is_adjective(tokens[first - 1])) number = number || tokens[--first].kind == Kind::number;
    const std::string article = first > 0 ? lower(tokens[first - 1].text) : "";
    if (!number && article != "a" && article != "an") return false;
  }
  return true;
}

}  // namespace

std::string trained_prompt(const std::string& text, const Reading& reading, Level level) {
  if (riddle_in(text, level)) return text;
  const Lexed lex = lexed(text);
  bool as_trained = lex.repaired.empty() && has_articles(lex.tokens);
  const Token* before = nullptr;
  for (const Token& t : lex.tokens) {
    const bool sign = t.kind == Kind::unknown || t.kind == Kind::sign || lower(t.text) == "that" ||
                      lower(t.text) == "says";  // words on a sign are what they are
    as_trained = as_trained && (trained(t, before) || (sign && !reading.said.sign.empty()));
    before = &t;
  }
  return as_trained ? text : plain_text(reading.said);
}

std::string trained_instruction(const std::string& text) {
  const Lexed lex = lexed(text);
  const bool moves =
      std::any_of(lex.tokens.begin(), lex.tokens.end(), [](const Token& t) { return t.kind == Kind::move; });
  const auto repaired = [&](const std::string& typed) {
    std::istringstream in(typed);
    std::string out;
    for (std::string w; in >> w;) {
      for (const auto& [wrong, right] : lex.repaired)
        if (w == wrong) w = right;
      out += (out.empty() ? "" : " ") + w;
    }
    return out;
  };
  const auto worded = [&](const Token& t) -> std::string {
    const std::string said = lower(t.text);
    switch (t.kind) {
      case Kind::obj:
        return word(Obj(t.value));
      case Kind::objs:
        return plural(Obj(t.value));
      case Kind::col:
        return word(Col(t.value));
      case Kind::size:
        return word(Size(t.value));
      case Kind::bigger:
        return "bigger";
      case Kind::place:
        if (moves || said.starts_with("to the")) return destination(Place(t.value));
        return phrase(Place(t.value));
      case Kind::rel:
        return phrase(Rel(t.value));
      case Kind::bg:
        return said == phrase(Bg(t.value)) ? said : noun(Bg(t.value));
      default:
        return repaired(t.text);
    }
  };
  std::string out;
  bool changed = !lex.repaired.empty();
  for (const Token& t : lex.tokens) {
    const bool mark = t.kind == Kind::stop || t.text == ",";
    const std::string now = worded(t);
    changed = changed || lower(now) != lower(t.text);
    out += (out.empty() || mark ? "" : " ") + now;
  }
  return changed ? out : text;
}

}  // namespace b3o::world
