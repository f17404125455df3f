// What is said about a scene: captions, prompts, questions with answers, edits (embedded-model.md 3).
#pragma once

#include "core/world/reader.h"
#include "core/world/scene.h"

namespace b3o::world {

enum class Style : uint8_t {
  brief,   // "a red fish and a blue star"
  full,    // with relation or places and background
  prompt,  // what the scene's task states; background in half of them, colour dropped in one of twenty
  story    // two or three sentences
};
// 6 of 16 wrappers and a quarter of the phrasings of each question and edit are never trained.
enum class Wording : uint8_t { trained, held_out, any };
inline constexpr int kWrappers = 16, kTrainedWrappers = 10, kPhrasings = 12, kTrainedPhrasings = 9;

enum class QuestionType : uint8_t {
  color,
  object,
  count,
  where,
  relation,
  existence,
  compare,
  background,
  texture,
  sign,
  describe,
  false_premise,
  follow_up
};
inline constexpr int kQuestionTypes = 13;
const char* name(QuestionType type);

// What exactly is asked, for checking and for scores by kind.
enum class Ask : uint8_t {
  color_of,    // of a
  object_at,   // place
  object_of,   // color a_col
  count_of,    // a, a_col if given
  where_is,    // a
  is_related,  // a rel b: yes or no
  what_is,     // the thing that is rel a
  exists,      // a, a_col if given: yes or no
  more,        // more a than b: yes or no
  bigger,      // a or b
  same_color,  // a and b: yes or no
  time,
  setting,
  has_texture,  // a, tex: yes or no
  is_color,     // a is b_col: yes or no
  is_count,     // number of a: yes or no
  sign_says,
  describe_brief,
  describe_full
};
struct Query {
  Ask ask = Ask::color_of;
  std::optional<Obj> a, b;
  std::optional<Col> a_col, b_col;
  std::optional<Place> place;
  std::optional<Rel> rel;
  std::optional<Tex> tex;
  int number = 0;
};

struct QA {
  QuestionType type = QuestionType::color;
  std::string question, answer;                  // one or two words, except for descriptions
  std::string earlier_question, earlier_answer;  // of a follow-up
  Query query;
};

const char* name(EditKind kind);
struct Edit {
  EditKind kind = EditKind::recolor;
  std::string instruction;
  Scene target;        // items in the order of the source
  int changed = -1;    // index into the source's items of what is changed or removed; -1: added, or the background
  Item before, after;  // of the changed or added item, where there is one
};

struct Speaker {
  Level level = Level::S;
  Wording wording = Wording::trained;
  bool training = true;  // name no held-out pair or relation, not even in a question that is answered with no

  std::string caption(const Scene& scene, Style style, Rng& rng) const;
  // A caption (one in four a story) in a wrapper, one in ten with noise.
  std::string prompt(const Scene& scene, Rng& rng) const;
  std::string wrapped(const std::string& phrase, Rng& rng) const;

  // A question of the type that the scene answers without doubt, if there is one. Yes and no are equally likely where
  // both can be asked; 70 % of what is denied is a near miss.
  std::optional<QA> question(const Scene& scene, QuestionType type, Rng& rng) const;
  // Up to n different questions of mixed types.
  std::vector<QA> questions(const Scene& scene, int n, Rng& rng) const;

  // An instruction that is unambiguous in the scene, and the scene after it: every other object, the background's
  // picture and the colours' jitter stay. None if the scene has nothing for it.
  std::optional<Edit> edit(const Scene& scene, EditKind kind, Rng& rng) const;

  int phrasing(int count, int trained, Rng& rng) const;  // an index by `wording`
};

// Capitals, a missing or added final dot, about one typing mistake in 20 words (swap, missing or doubled letter).
std::string noisy(const std::string& text, Rng& rng);

}  // namespace b3o::world
