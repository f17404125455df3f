#include "core/library/router.h"

#include <algorithm>
#include <span>
#include <string>
#include <vector>

namespace b3o {
namespace {

using Words = std::vector<std::string>;
using List = std::span<const std::string_view>;

// Said before what is meant.
constexpr std::string_view kFillers[] = {"please", "kindly", "ok",    "okay", "now",  "then",  "and",     "also",
                                         "hey",    "hi",     "hello", "well", "so",   "nice",  "great",   "good",
                                         "cool",   "thanks", "but",   "just", "lets", "maybe", "yes",     "bitte",
                                         "jetzt",  "und",    "dann",  "aber", "gut",  "mal",   "instead", "rather"};
constexpr std::string_view kRequests[][4] = {
    {"can", "you"},      {"could", "you"},  {"would", "you"}, {"will", "you"},        {"i", "want", "you", "to"},
    {"i", "want", "to"}, {"i", "want"},     {"i", "need"},    {"i", "would", "like"}, {"i", "d", "like"},
    {"let", "s"},        {"let", "us"},     {"you", "can"},   {"you", "to"},          {"kannst", "du"},
    {"könntest", "du"},  {"ich", "möchte"}, {"ich", "will"},  {"try", "to"},          {"to", "see"}};
constexpr std::string_view kDraw[] = {"draw",   "paint",  "sketch",  "illustrate", "render",    "generate", "imagine",
                                      "depict", "redraw", "repaint", "zeichne",    "generiere", "erzeuge",  "male"};
constexpr std::string_view kMake[] = {"make",   "create",   "design", "produce", "show", "give", "build",
                                      "invent", "erstelle", "zeig",   "zeige",   "mach", "mache"};
constexpr std::string_view kEdit[] = {
    "turn",     "change",    "replace", "remove",   "erase",     "delete",    "add",      "put",      "recolor",
    "recolour", "color",     "colour",  "darken",   "brighten",  "lighten",   "move",     "rotate",   "flip",
    "mirror",   "swap",      "fill",    "blur",     "sharpen",   "transform", "convert",  "edit",     "modify",
    "adjust",   "set",       "bring",   "exchange", "place",     "shift",     "increase", "decrease", "reduce",
    "enlarge",  "shrink",    "extend",  "hide",     "cover",     "restyle",   "keep",     "zoom",     "crop",
    "switch",   "dress",     "tint",    "ändere",   "ersetze",   "entferne",  "lösche",   "füge",     "färbe",
    "setze",    "verwandle", "drehe",   "tausche",  "verschiebe"};
constexpr std::string_view kAsk[] = {"describe", "explain",   "tell",       "list",      "count",   "name",  "compare",
                                     "read",     "translate", "summarize",  "summarise", "write",   "say",   "identify",
                                     "find",     "look",      "guess",      "answer",    "caption", "help",  "spell",
                                     "solve",    "check",     "beschreibe", "erkläre",   "nenne",   "zähle", "schreib",
                                     "schreibe", "erzähl",    "erzähle",    "sag",       "lies"};
constexpr std::string_view kQuestion[] = {
    "what",    "which",    "who", "whose", "whom", "where", "when", "why",   "how",     "is",    "are",    "was",
    "were",    "am",       "do",  "does",  "did",  "has",   "have", "had",   "can",     "could", "would",  "should",
    "will",    "shall",    "may", "isn",   "aren", "wer",   "wie",  "wo",    "warum",   "wann",  "welche", "welcher",
    "welches", "wieviele", "ist", "sind",  "hat",  "gibt",  "kann", "wieso", "weshalb", "whats"};
constexpr std::string_view kIndefinite[] = {"a",     "an",   "another", "some",  "one",     "two",
                                            "three", "four", "five",    "six",   "several", "many",
                                            "few",   "ein",  "eine",    "einen", "zwei",    "drei"};
constexpr std::string_view kDefinite[] = {"the",        "it",  "this",  "that",  "them", "him",   "her", "his",  "its",
                                          "everything", "all", "these", "those", "same", "only",  "my",  "sure", "den",
                                          "die",        "das", "es",    "ihn",   "sie",  "alles", "dem"};
constexpr std::string_view kPronouns[] = {"it", "him", "her", "them", "ihn", "ihm", "ihr"};
constexpr std::string_view kPrepositions[] = {"on",    "in",     "to",     "onto",   "into", "over",  "under", "above",
                                              "below", "behind", "beside", "around", "auf",  "neben", "über"};
constexpr std::string_view kPictures[] = {"picture",      "image",      "photo",    "drawing", "painting", "sketch",
                                          "illustration", "portrait",   "logo",     "icon",    "poster",   "wallpaper",
                                          "cartoon",      "photograph", "pictures", "images",  "bild",     "zeichnung",
                                          "foto",         "gemälde",    "bilder"};
constexpr std::string_view kTexts[] = {
    "poem",   "story", "list", "text",  "sentence", "sentences", "song",     "recipe",  "name",    "names",    "title",
    "plan",   "table", "code", "email", "letter",   "joke",      "haiku",    "summary", "essay",   "question", "hint",
    "reason", "lines", "word", "words", "answer",   "example",   "examples", "guess",   "gedicht", "liste"};
constexpr std::string_view kCompared[] = {"darker",  "brighter", "lighter", "bigger",  "larger",  "smaller", "taller",
                                          "wider",   "warmer",   "colder",  "closer",  "sharper", "softer",  "rounder",
                                          "thicker", "thinner",  "higher",  "lower",   "redder",  "bluer",   "greener",
                                          "more",    "less",     "without", "instead", "nicer",   "dunkler", "heller",
                                          "größer",  "kleiner",  "mehr",    "weniger", "ohne"};
constexpr std::string_view kElliptic[] = {"at",   "in",   "with", "without", "as",  "more", "less", "no",
                                          "same", "only", "mit",  "ohne",    "bei", "als",  "mehr"};

bool is_in(List list, std::string_view word) { return std::find(list.begin(), list.end(), word) != list.end(); }
bool any_in(List list, const Words& words, size_t from = 0) {
  return std::any_of(words.begin() + std::ptrdiff_t(std::min(from, words.size())), words.end(),
                     [&](const auto& w) { return is_in(list, w); });
}
std::string_view at(const Words& words, size_t index) {
  return index < words.size() ? std::string_view(words[index]) : std::string_view();
}

// Words in small letters; everything that is neither ASCII punctuation nor space belongs to a word.
Words words_of(std::string_view text) {
  Words words;
  bool open = false;
  for (size_t i = 0; i < text.size(); ++i) {
    auto c = uint8_t(text[i]);
    const bool letter = c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (letter && !open) words.emplace_back();
    open = letter;
    if (!letter) continue;
    if (c >= 'A' && c <= 'Z') c += 32;
    const bool latin_capital = i > 0 && uint8_t(text[i - 1]) == 0xC3 && c >= 0x80 && c <= 0x9E;
    words.back() += char(latin_capital ? c + 0x20 : c);
  }
  return words;
}

void drop_fillers(Words& words) {
  size_t count = 0;
  while (count + 1 < words.size() && is_in(kFillers, words[count])) ++count;
  words.erase(words.begin(), words.begin() + std::ptrdiff_t(count));
}

// "could you please draw" -> "draw". What is left of a request may hold another one.
Words without_request(Words words) {
  for (bool again = true; again;) {
    again = false;
    for (const auto& phrase : kRequests) {
      size_t size = 0;
      while (size < 4 && !phrase[size].empty() && at(words, size) == phrase[size]) ++size;
      if (size == 0 || size >= words.size() || (size < 4 && !phrase[size].empty())) continue;
      words.erase(words.begin(), words.begin() + std::ptrdiff_t(size));
      drop_fillers(words);
      again = true;
      break;
    }
  }
  return words;
}

bool has(std::string_view text, std::span<const std::string_view> parts) {
  return std::any_of(parts.begin(), parts.end(), [&](auto part) { return text.find(part) != text.npos; });
}

bool asks(std::string_view text, const Words& words) {
  constexpr std::string_view marks[] = {"?", "？", "什么", "多少", "哪", "谁", "为什么", "怎么", "几个", "吗"};
  return is_in(kQuestion, at(words, 0)) || has(text, marks);
}

// "a hat on it"
bool points_at_picture(const Words& words) {
  for (size_t i = 1; i < words.size(); ++i)
    if (is_in(kPronouns, words[i]) && is_in(kPrepositions, words[i - 1])) return true;
  return false;
}

// A picture is wanted: draw, or make, create, show and a thing that is no text. The words start with the verb.
bool wants_picture(const Words& w) {
  const std::string_view verb = at(w, 0);
  if (verb == "male") {  // German, or half of "male or female"
    constexpr std::string_view objects[] = {"mir", "bitte"};
    return is_in(kIndefinite, at(w, 1)) || is_in(kDefinite, at(w, 1)) || is_in(objects, at(w, 1));
  }
  if (is_in(kDraw, verb)) return w.size() > 1;
  if (!is_in(kMake, verb)) return false;
  const size_t object = at(w, 1) == "me" || at(w, 1) == "us" || at(w, 1) == "mir" ? 2 : 1;
  if (!is_in(kIndefinite, at(w, object)) && !is_in(kPictures, at(w, object))) return false;
  if (any_in(kTexts, w, object)) return false;
  return verb != "give" || any_in(kPictures, w, object);
}

// The words change something that is there. They start with the verb.
bool wants_change(const Words& w) {
  constexpr std::string_view away[] = {"away", "out", "off"};
  constexpr std::string_view needs[] = {"should", "must", "needs", "shall", "soll", "muss"};
  const std::string_view verb = at(w, 0);
  if ((verb == "color" || verb == "colour") && at(w, 1) == "of") return false;
  if (verb == "get" && at(w, 1) == "rid") return true;
  if (verb == "take") return any_in(away, w, 1);
  if (is_in(kEdit, verb)) return w.size() > 1;
  if (is_in(kMake, verb) || is_in(kDraw, verb)) return is_in(kDefinite, at(w, 1));
  return is_in(kDefinite, verb) && any_in(needs, w, 1);
}

Route by_words(const RouteInput& in) {
  using Why = Route::Why;
  const bool picture = in.attached || in.has_picture;
  Words said = words_of(in.text);
  drop_fillers(said);
  const Words meant = without_request(said);

  constexpr std::string_view draw_cn[] = {"画一", "画个", "画张", "画只", "画出", "画两", "画几", "绘制", "生成"};
  constexpr std::string_view edit_cn[] = {"把", "将", "改", "换", "变", "去掉", "删", "加上", "添加", "移除"};
  if (has(in.text, draw_cn)) return {Intent::draw, Why::draw_words};

  const bool change = wants_change(meant);
  if (wants_picture(meant)) {
    if (picture && (change || points_at_picture(meant))) return {Intent::edit, Why::about_picture};
    return {Intent::draw, Why::draw_words};
  }
  if (change) return picture ? Route{Intent::edit, Why::edit_words} : Route{Intent::ask, Why::no_picture};
  if (asks(in.text, said)) return {Intent::ask, Why::question};
  if (is_in(kAsk, at(meant, 0))) return {Intent::ask, Why::ask_words};
  if (has(in.text, edit_cn))
    return picture ? Route{Intent::edit, Why::edit_words} : Route{Intent::ask, Why::no_picture};
  const bool thing = is_in(kIndefinite, at(meant, 0)) && meant.size() >= 3 && !any_in(kTexts, meant) &&
                     !(picture && any_in(kCompared, meant));
  if (picture && meant.size() >= 2 && !(thing && !in.attached) &&
      (is_in(kElliptic, at(meant, 0)) || any_in(kCompared, meant) || thing))
    return {Intent::edit, Why::about_picture};
  if (picture && meant.size() == 1 && is_in(kCompared, meant[0])) return {Intent::edit, Why::about_picture};
  if (thing) return {Intent::draw, Why::description};
  return {};
}

}  // namespace

bool can_do(Intent intent, const Capabilities& can) {
  return intent == Intent::ask ? can.chat : intent == Intent::draw ? can.draw : can.edit;
}

Route route(const RouteInput& input, const Capabilities& can) {
  const Route wanted = by_words(input);
  if (can_do(wanted.intent, can)) return wanted;
  const Route::Why why = wanted.intent == Intent::ask    ? Route::Why::cannot_ask
                         : wanted.intent == Intent::draw ? Route::Why::cannot_draw
                                                         : Route::Why::cannot_edit;
  if (can.chat) return {Intent::ask, why};
  return {can.draw ? Intent::draw : Intent::ask, why};
}

}  // namespace b3o
