#include <algorithm>
#include <cstdlib>

#include "core/world/phrasings.h"
#include "core/world/speaker.h"
#include "core/world/words.h"

namespace b3o::world {
namespace {

using Items = std::vector<Item>;

int count_of(const Items& items, Obj obj, std::optional<Col> col = {}) {
  return int(std::count_if(items.begin(), items.end(),
                           [&](const Item& i) { return i.obj == obj && (!col || i.col == *col); }));
}

// Whether someone may say that the item is at `place`, borders included.
bool roughly_at(const Item& item, Place place) {
  const int column = int(place) % 3, row = int(place) / 3;
  const bool across = column == 0 ? item.cx <= 48 : column == 2 ? item.cx >= 80 : item.cx >= 48 && item.cx <= 80;
  const bool down = row == 0 ? item.cy <= 48 : row == 2 ? item.cy >= 80 : item.cy >= 48 && item.cy <= 80;
  if (place == Place::center) return across && down;
  if (row == 1) return across;  // "on the left": anywhere along that side
  if (column == 1) return down;
  return across && down;
}

struct Asker {
  const Speaker& speaker;
  const Scene& scene;
  Rng& rng;
  QuestionType type;

  const Items& items() const { return scene.items; }

  bool may_name(Col col, Obj obj) const { return !speaker.training || !held_out(col, obj); }
  bool may_relate(Obj a, Rel rel, Obj b) const { return !speaker.training || !held_out(a, rel, b); }

  std::string phrased(const Phrasings& list) const {
    return list[size_t(speaker.phrasing(kPhrasings, kTrainedPhrasings, rng))];
  }

  QA answered(Query query, std::string question, std::string answer) const {
    QA out;
    out.type = type, out.query = query, out.question = std::move(question), out.answer = std::move(answer);
    return out;
  }

  // "the star" or "the red star", if that names one object only.
  std::optional<std::string> definite(const Item& item, Query& query, bool second = false,
                                      bool may_color = true) const {
    const bool unique = count_of(items(), item.obj) == 1;
    const bool unique_colored = count_of(items(), item.obj, item.col) == 1;
    (second ? query.b : query.a) = item.obj;
    if (unique && (!may_color || rng.chance(0.7f))) return std::string("the ") + word(item.obj);
    if (!unique_colored || !may_color) return std::nullopt;
    (second ? query.b_col : query.a_col) = item.col;
    return std::string("the ") + word(item.col) + " " + word(item.obj);
  }

  // Indices of the items in random order.
  std::vector<size_t> shuffled() const {
    std::vector<size_t> order;
    for (size_t i = 0; i < items().size(); ++i) order.push_back(i);
    rng.shuffle(order);
    return order;
  }

  bool shows_every_object() const {
    const auto& all = objects_of(speaker.level);
    return std::all_of(all.begin(), all.end(), [&](Obj obj) { return count_of(items(), obj) > 0; });
  }

  Obj absent() const {  // an object of the level that is not in the scene, which must not show them all
    Obj obj;
    do obj = rng.pick(objects_of(speaker.level));
    while (count_of(items(), obj) > 0);
    return obj;
  }

  // "is the star blue?": a denial names the colour of something else in 70 %.
  std::optional<QA> is_color() const {
    const bool yes = rng.chance(0.5f);
    for (const size_t i : shuffled()) {
      Query q;
      const auto the = definite(items()[i], q, false, false);
      if (!the) continue;
      Col col = items()[i].col;
      for (int tries = 0; !yes && tries < 100; ++tries) {
        col = rng.chance(0.7f) ? rng.pick(items()).col : rng.pick(colors_of(speaker.level));
        if (col != items()[i].col && may_name(col, items()[i].obj)) break;
      }
      if ((col == items()[i].col) != yes || !may_name(col, items()[i].obj)) continue;
      q.ask = Ask::is_color, q.b_col = col;
      return answered(q, filled(phrased(kIsColor), {{"{a}", *the}, {"{c}", word(col)}}), yes ? "yes" : "no");
    }
    return std::nullopt;
  }

  // "are there three stars?": a denial is one off in 70 %.
  std::optional<QA> is_count() const {
    if (items().empty()) return std::nullopt;
    Query q;
    q.ask = Ask::is_count;
    q.a = rng.pick(items()).obj;
    const int n = count_of(items(), *q.a);
    // One thing can only be denied ("are there two stars?"): seldom, so that yes and no stay balanced.
    if (n < 2 && !rng.chance(0.04f)) return std::nullopt;
    const bool yes = n >= 2 && rng.chance(0.58f);
    q.number = n;
    for (int tries = 0; !yes && tries < 100; ++tries) {
      q.number = rng.chance(0.7f) ? n + (rng.chance(0.5f) ? 1 : -1) : 1 + rng.below(5);
      if (q.number != n && q.number >= 2 && !(speaker.training && held_out_count(q.number, *q.a))) break;
    }
    if (q.number < 2 || q.number > 9 || (q.number == n) != yes || (speaker.training && held_out_count(q.number, *q.a)))
      return std::nullopt;
    return answered(q, filled(phrased(kIsCount), {{"{n}", number_word(q.number)}, {"{s}", plural(*q.a)}}),
                    yes ? "yes" : "no");
  }

  std::optional<QA> color() const {
    if (rng.chance(0.25f)) return is_color();
    for (const size_t i : shuffled()) {
      Query q;
      const auto the = definite(items()[i], q, false, false);
      if (the) return answered(q, filled(phrased(kColorOf), {{"{a}", *the}}), word(items()[i].col));
    }
    return std::nullopt;
  }

  std::optional<QA> object() const {
    for (const size_t i : shuffled()) {
      const Item& item = items()[i];
      Query q;
      const auto only = [&](auto matches) { return std::count_if(items().begin(), items().end(), matches) == 1; };
      if (rng.chance(0.5f)) {
        if (!only([&](const Item& o) { return o.col == item.col; })) continue;
        q.ask = Ask::object_of, q.a_col = item.col;
        return answered(q, filled(phrased(kObjectOf), {{"{c}", word(item.col)}}), word(item.obj));
      }
      const auto place = place_of(item);
      if (!place || !only([&](const Item& o) { return roughly_at(o, *place); })) continue;
      q.ask = Ask::object_at, q.place = place;
      return answered(q, filled(phrased(kObjectAt), {{"{p}", phrase(*place)}}), word(item.obj));
    }
    return std::nullopt;
  }

  std::optional<QA> count() const {
    if (rng.chance(0.25f)) return is_count();
    Query q;
    q.ask = Ask::count_of;
    const bool none = items().empty() || (rng.chance(0.15f) && !shows_every_object());
    q.a = none ? absent() : rng.pick(items()).obj;
    std::string things = plural(*q.a);
    if (!none && rng.chance(0.25f)) {  // of one color
      std::vector<Col> colors;
      for (const Item& i : items())
        if (i.obj == *q.a) colors.push_back(i.col);
      q.a_col = rng.pick(colors);
      things = std::string(word(*q.a_col)) + " " + things;
    }
    const int n = count_of(items(), *q.a, q.a_col);
    if (n > 9) return std::nullopt;
    return answered(q, filled(phrased(kCountOf), {{"{s}", things}}), number_word(n));
  }

  std::optional<QA> where() const {
    for (const size_t i : shuffled()) {
      Query q;
      const auto place = place_of(items()[i]);
      const auto the = definite(items()[i], q);
      if (!place || !the) continue;
      q.ask = Ask::where_is;
      return answered(q, filled(phrased(kWhereIs), {{"{a}", *the}}), phrase(*place));
    }
    return std::nullopt;
  }

  std::optional<QA> relation() const { return rng.chance(0.6f) ? related() : what(); }

  std::optional<QA> related() const {
    const bool yes = rng.chance(0.5f);
    for (const size_t i : shuffled())
      for (const size_t j : shuffled()) {
        const auto rel = i == j ? std::nullopt : relation_of(items()[i], items()[j]);
        if (!rel || items()[i].obj == items()[j].obj) continue;
        Query q;
        q.ask = Ask::is_related;
        const auto a = definite(items()[i], q), b = definite(items()[j], q, true);
        if (!a || !b) continue;
        // A denial swaps the relation in 70 %, else it names the other axis.
        std::array<Rel, 3> other = {opposite(*rel), Rel(int(*rel) ^ 2), Rel(int(*rel) ^ 3)};
        if (rng.chance(0.3f)) std::swap(other[0], other[size_t(1 + rng.below(2))]);
        q.rel = *rel;
        for (size_t k = 0; !yes && k < 3; ++k)
          if (q.rel == *rel && may_relate(items()[i].obj, other[k], items()[j].obj)) q.rel = other[k];
        if ((*q.rel == *rel) != yes || !may_relate(items()[i].obj, *q.rel, items()[j].obj)) continue;
        return answered(q, filled(phrased(kIsRelated), {{"{a}", *a}, {"{b}", *b}, {"{r}", phrase(*q.rel)}}),
                        yes ? "yes" : "no");
      }
    return std::nullopt;
  }

  // "what is above the star?": nothing else may lie on that side.
  std::optional<QA> what() const {
    for (const size_t i : shuffled())
      for (const size_t j : shuffled()) {
        const auto rel = i == j ? std::nullopt : relation_of(items()[i], items()[j]);
        if (!rel || items()[i].obj == items()[j].obj || !may_relate(items()[i].obj, *rel, items()[j].obj)) continue;
        const auto beyond = [&](const Item& o) {
          const int dx = o.cx - items()[j].cx, dy = o.cy - items()[j].cy;
          return *rel == Rel::left_of ? dx < 0 : *rel == Rel::right_of ? dx > 0 : *rel == Rel::above ? dy < 0 : dy > 0;
        };
        Query q;
        const auto the = definite(items()[j], q);
        if (!the || std::count_if(items().begin(), items().end(), beyond) != 1) continue;
        q.ask = Ask::what_is, q.rel = rel;
        return answered(q, filled(phrased(kWhatIs), {{"{a}", *the}, {"{r}", phrase(*rel)}}), word(items()[i].obj));
      }
    return std::nullopt;
  }

  std::optional<QA> existence() const {
    if (items().empty()) return std::nullopt;
    const bool yes = rng.chance(0.5f), colored = rng.chance(0.7f);
    Query q;
    q.ask = Ask::exists;
    const Item& seen = rng.pick(items());
    q.a = seen.obj;
    if (colored) q.a_col = seen.col;
    for (int tries = 0; !yes && tries < 100; ++tries) {
      const bool near = rng.chance(0.7f), keep_object = rng.chance(0.5f);
      q.a = colored && near && keep_object ? seen.obj : rng.pick(objects_of(speaker.level));
      if (colored) q.a_col = near && !keep_object ? seen.col : rng.pick(colors_of(speaker.level));
      if (count_of(items(), *q.a, q.a_col) == 0 && (!q.a_col || may_name(*q.a_col, *q.a))) break;
    }
    if ((count_of(items(), *q.a, q.a_col) > 0) != yes || (q.a_col && !may_name(*q.a_col, *q.a))) return std::nullopt;
    const std::string thing = with_article((q.a_col ? std::string(word(*q.a_col)) + " " : "") + word(*q.a));
    return answered(q, filled(phrased(kExists), {{"{one}", thing}}), yes ? "yes" : "no");
  }

  std::optional<QA> compare() const {
    const int kind = rng.below(3);
    return kind == 0 ? more() : kind == 1 ? bigger() : same_color();
  }

  std::optional<QA> more() const {
    if (items().empty()) return std::nullopt;
    Query q;
    q.ask = Ask::more;
    Obj a = rng.pick(items()).obj;
    Obj b = rng.chance(0.5f) && !shows_every_object() ? absent() : rng.pick(items()).obj;
    const int na = count_of(items(), a), nb = count_of(items(), b);
    if (na == nb) return std::nullopt;
    const bool yes = rng.chance(0.5f);
    if ((na > nb) != yes) std::swap(a, b);
    q.a = a, q.b = b;
    return answered(q, filled(phrased(kMore), {{"{a}", plural(a)}, {"{b}", plural(b)}}), yes ? "yes" : "no");
  }

  std::optional<QA> bigger() const {
    for (const size_t i : shuffled())
      for (const size_t j : shuffled()) {
        const Item &a = items()[i], &b = items()[j];
        Query q;
        if (a.obj == b.obj || a.r == b.r) continue;
        const auto x = definite(a, q, false, false), y = definite(b, q, true, false);
        if (!x || !y) continue;
        q.ask = Ask::bigger;
        return answered(q, filled(phrased(kBigger), {{"{a}", *x}, {"{b}", *y}}), word(a.r > b.r ? a.obj : b.obj));
      }
    return std::nullopt;
  }

  std::optional<QA> same_color() const {
    bool alike = false, unlike = false;
    for (const Item& a : items())
      for (const Item& b : items())
        if (a.obj != b.obj) (a.col == b.col ? alike : unlike) = true;
    // Equal colours are seldom; where there are none, most questions are left out to keep yes and no balanced.
    if (!alike && !rng.chance(1.0f / float(colors_of(speaker.level).size() - 1))) return std::nullopt;
    const bool yes = alike && (!unlike || rng.chance(0.5f));
    for (const size_t i : shuffled())
      for (const size_t j : shuffled()) {
        const Item &a = items()[i], &b = items()[j];
        Query q;
        if (a.obj == b.obj || (a.col == b.col) != yes) continue;
        const auto x = definite(a, q, false, false), y = definite(b, q, true, false);
        if (!x || !y) continue;
        q.ask = Ask::same_color;
        return answered(q, filled(phrased(kSameColor), {{"{a}", *x}, {"{b}", *y}}), yes ? "yes" : "no");
      }
    return std::nullopt;
  }

  std::optional<QA> background() const {
    Query q;
    const bool dark = scene.bg == Bg::night || scene.bg == Bg::sunset;
    if (dark || (scene.bg != Bg::white && rng.chance(0.3f))) {
      q.ask = Ask::time;
      return answered(q, phrased(kTime), dark ? noun(scene.bg) : "day");
    }
    q.ask = Ask::setting;
    return answered(q, phrased(kSetting), phrase(scene.bg));
  }

  std::optional<QA> texture() const {
    if (speaker.level != Level::L) return std::nullopt;
    const bool yes = rng.chance(0.5f);
    for (const size_t i : shuffled()) {
      Query q;
      const Item& item = items()[i];
      const auto the = definite(item, q);
      if (!the) continue;
      q.ask = Ask::has_texture;
      q.tex = item.tex;
      while (!yes && *q.tex == item.tex) q.tex = Tex(rng.below(kTextures));
      return answered(q, filled(phrased(kHasTexture), {{"{a}", *the}, {"{t}", word(*q.tex)}}), yes ? "yes" : "no");
    }
    return std::nullopt;
  }

  std::optional<QA> sign() const {
    if (scene.sign.empty()) return std::nullopt;
    Query q;
    q.ask = Ask::sign_says;
    return answered(q, phrased(kSignSays), scene.sign);
  }

  std::optional<QA> describe() const {
    if (items().size() > 4 || items().empty()) return std::nullopt;
    Query q;
    const bool full = rng.chance(0.5f);
    q.ask = full ? Ask::describe_full : Ask::describe_brief;
    return answered(q, phrased(full ? kDescribeFull : kDescribeBrief),
                    speaker.caption(scene, full ? Style::full : Style::brief, rng));
  }

  std::optional<QA> false_premise() const {
    if (shows_every_object()) return std::nullopt;
    Query q;
    q.a = absent();
    q.ask = rng.chance(0.6f) ? Ask::color_of : Ask::where_is;
    const std::string the = std::string("the ") + word(*q.a);
    return answered(q, filled(phrased(q.ask == Ask::color_of ? kColorOf : kWhereIs), {{"{a}", the}}),
                    std::string("there is no ") + word(*q.a));
  }

  std::optional<QA> follow_up() const {
    const auto order = shuffled();
    for (const size_t i : order)
      for (const size_t j : order) {
        Query first, second;
        if (i == j || items()[i].obj == items()[j].obj) continue;
        const auto a = definite(items()[i], first, false, false), b = definite(items()[j], second, false, false);
        if (!a || !b) continue;
        const bool color = rng.chance(0.7f);
        const auto pa = place_of(items()[i]), pb = place_of(items()[j]);
        if (!color && (!pa || !pb)) continue;
        second.ask = color ? Ask::color_of : Ask::where_is;
        QA out =
            answered(second, filled(phrased(kFollowUp), {{"{a}", *b}}), color ? word(items()[j].col) : phrase(*pb));
        out.earlier_question = filled(phrased(color ? kColorOf : kWhereIs), {{"{a}", *a}});
        out.earlier_answer = color ? word(items()[i].col) : phrase(*pa);
        return out;
      }
    return std::nullopt;
  }
};

}  // namespace

const char* name(QuestionType type) {
  constexpr const char* names[kQuestionTypes] = {"color",     "object",        "count",      "where",   "relation",
                                                 "existence", "compare",       "background", "texture", "sign",
                                                 "describe",  "false_premise", "follow_up"};
  return names[int(type)];
}

std::optional<QA> Speaker::question(const Scene& scene, QuestionType type, Rng& rng) const {
  const Asker ask{*this, scene, rng, type};
  switch (type) {
    case QuestionType::color:
      return ask.color();
    case QuestionType::object:
      return ask.object();
    case QuestionType::count:
      return ask.count();
    case QuestionType::where:
      return ask.where();
    case QuestionType::relation:
      return ask.relation();
    case QuestionType::existence:
      return ask.existence();
    case QuestionType::compare:
      return ask.compare();
    case QuestionType::background:
      return ask.background();
    case QuestionType::texture:
      return ask.texture();
    case QuestionType::sign:
      return ask.sign();
    case QuestionType::describe:
      return ask.describe();
    case QuestionType::false_premise:
      return ask.false_premise();
    case QuestionType::follow_up:
      return ask.follow_up();
  }
  return std::nullopt;
}

std::vector<QA> Speaker::questions(const Scene& scene, int n, Rng& rng) const {
  std::vector<QA> out;
  for (int tries = 0; int(out.size()) < n && tries < 20 * n; ++tries) {
    const auto qa = question(scene, QuestionType(rng.below(kQuestionTypes)), rng);
    if (!qa) continue;
    const bool asked = std::any_of(out.begin(), out.end(), [&](const QA& old) {
      return old.question == qa->question && old.earlier_question == qa->earlier_question;
    });
    if (!asked) out.push_back(*qa);
  }
  return out;
}

}  // namespace b3o::world
