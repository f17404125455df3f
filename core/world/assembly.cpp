#include "core/world/assembly.h"

#include <algorithm>

namespace b3o::world {
namespace {

std::string upper(const std::string& text) {
  std::string out = text;
  for (char& c : out)
    if (c >= 'a' && c <= 'z') c = char(c - 'a' + 'A');
  return out;
}

struct Builder {
  Assembly out;
  Mention pending;             // adjectives waiting for their thing
  bool numbered = false;       // pending has a number
  bool definite = false;       // "the" came before
  int clause = -1;             // the thing that the current clause is about
  int last = -1;               // the thing named last
  std::optional<Rel> rel;      // waiting for its target
  int rel_subject = -1;        // -1: the relation came first ("above it is a moon")
  int rel_target = -1;         // of a relation that came first
  std::optional<Place> place;  // waiting for its thing
  bool sign_open = false;

  std::vector<Mention>& mentions() { return out.said.mentions; }

  void link(int subject, int target) {
    if (subject != target) out.said.links.push_back({subject, *rel, target});
    rel.reset();
    rel_subject = rel_target = -1;
  }

  // The thing that "the star" refers to, if one was named before.
  int named_before(const Mention& m) const {
    if (!definite) return -1;
    for (int i = int(out.said.mentions.size()) - 1; i >= 0; --i) {
      const Mention& old = out.said.mentions[size_t(i)];
      if (old.obj == m.obj && old.count == m.count && (!m.col || !old.col || *m.col == *old.col)) return i;
    }
    return -1;
  }

  void thing(int index) {  // a thing is named or referred to
    if (place) mentions()[size_t(index)].place = place, place.reset();
    if (rel) {
      if (rel_subject >= 0)
        link(rel_subject, index);
      else if (rel_target >= 0)
        link(index, rel_target);
      else
        rel_target = index;
    }
    clause = last = index;
  }

  void object(Obj obj, bool many) {
    pending.obj = obj;
    if (many && !numbered) out.bare_plural = obj, pending.count = 2;
    int index = named_before(pending);
    if (index < 0) {
      index = int(mentions().size());
      mentions().push_back(pending);
      out.definite.push_back(definite);
    } else {
      Mention& old = mentions()[size_t(index)];
      if (!old.col) old.col = pending.col;
      if (!old.size) old.size = pending.size;
    }
    pending = {};
    numbered = definite = false;
    thing(index);
  }

  void relation(Rel r) {
    rel = r;
    rel_subject = clause;
    rel_target = -1;
  }

  // "it": what was named before the subject of the open relation.
  void it() {
    if (!rel) return;
    const int before = rel_subject > 0 ? rel_subject - 1 : rel_subject < 0 ? last : -1;
    if (before >= 0) thing(before);
  }

  void boundary() { clause = -1; }

  // Adjectives that no thing followed belong to the thing before ("a star that is blue").
  void settle() {
    if (last >= 0) {
      Mention& m = mentions()[size_t(last)];
      if (pending.col) out.trailing_color = pending.col;
      if (pending.tex) out.trailing_texture = pending.tex;
      if (!m.col) std::swap(m.col, pending.col);
      if (!m.tex) std::swap(m.tex, pending.tex);
      if (!m.size) std::swap(m.size, pending.size);
    }
    if (pending.col) out.loose_color = pending.col;
    pending = {};
    numbered = false;
  }

  void take(const Token& t) {
    if (sign_open) {
      const std::string letters = upper(t.text);
      const auto& words = sign_words();
      if (std::find(words.begin(), words.end(), letters) != words.end()) {
        out.said.sign = letters;
        sign_open = false;
        return;
      }
    }
    switch (t.kind) {
      case Kind::obj:
      case Kind::objs:
        object(Obj(t.value), t.kind == Kind::objs);
        return;
      case Kind::col:
        if (pending.col) out.two_colors = true;
        pending.col = Col(t.value);
        return;
      case Kind::tex:
        pending.tex = Tex(t.value);
        return;
      case Kind::size:
        pending.size = Size(t.value);
        return;
      case Kind::number:
        pending.count = t.value;
        numbered = true;
        return;
      case Kind::too_many:
        out.too_many = numbered = true;
        return;
      case Kind::place:
        definite = false;
        if (clause >= 0) {
          if (pending.col) settle();
          mentions()[size_t(clause)].place = Place(t.value);
        } else {
          place = Place(t.value);
        }
        return;
      case Kind::rel:
        settle();
        definite = false;
        relation(Rel(t.value));
        return;
      case Kind::bg:
        definite = false;
        if (out.said.bg && *out.said.bg != Bg(t.value)) out.two_backgrounds = true;
        out.said.bg = Bg(t.value);
        return;
      case Kind::joint:
        boundary();
        return;
      case Kind::stop:
        settle();
        boundary();
        return;
      case Kind::it:
        it();
        return;
      case Kind::the:
        definite = true;
        return;
      case Kind::sign:
        sign_open = true;
        return;
      default:
        return;
    }
  }

  void finish() {
    settle();
    if (rel && rel_target > 0) link(rel_target - 1, rel_target);  // "a fish, left of a star": about the thing before
    if (rel) out.open_relation = true;
    if (place && last >= 0 && !mentions()[size_t(last)].place) mentions()[size_t(last)].place = place;
  }
};

}  // namespace

Assembly assembled(const Lexed& lex) {
  Builder builder;
  for (const Token& t : lex.tokens) builder.take(t);
  builder.finish();
  return builder.out;
}

}  // namespace b3o::world
