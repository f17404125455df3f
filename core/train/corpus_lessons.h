// What the language model learns from one sample of a step: talk about a picture, talk without one, captions that
// become pictures, and instructions that change one (embedded-model.md 8.1, stage 1).
#pragma once

#include <array>
#include <string>
#include <vector>

#include "core/base/json.h"
#include "core/train/grounding.h"
#include "core/world/chat.h"
#include "core/world/reader.h"
#include "core/world/sampler.h"
#include "core/world/speaker.h"

namespace b3o::train {

struct LessonConfig {
  world::Level level = world::Level::S;
  int questions = 8, talks = 3, captions = 3, edits = 2;
  double crowd = 0.5;         // part of the pictures that are asked about that hold about ten objects
  double edit_crowd = 0.3;    // part of the pictures that are changed
  double reconstruct = 0.25;  // part of the instructions that ask for the same picture
  double history = 0.2;       // part of the questions that follow an earlier one
  double yes_no = 0;          // part of the open counts and relations that give way to other questions of their kind
  // How often each type of question and each kind of edit is drawn: what is hard to learn more often.
  //                                              color obj count where rel exist comp bg tex sign desc false follow
  std::array<float, world::kQuestionTypes> asked = {2, 1.5f, 3, 2, 4, 3, 2, 0.5f, 1, 1, 0.7f, 2, 1};
  //                                          recolor add remove replace move resize background texture
  std::array<float, world::kEditKinds> edited = {1, 1.2f, 2, 2, 1.2f, 0.7f, 0.6f, 0.7f};

  // How often each task is drawn for the pictures that are asked about and hold no crowd.
  // Seldom one thing alone, about which no relation, comparison or other thing is asked.
  //                        single placed relation two    count  three free   crowd empty
  world::TaskMix pictures = {0.10f, 0.14f, 0.36f, 0.18f, 0.12f, 0, 0.10f, 0, 0};

  static LessonConfig from_json(const Fields& recipe, world::Level level);  // keys of "lesson", all optional
};

// The last answer is learnt; the turns before it are told.
struct Talk {
  std::vector<world::Turn> turns;
  std::string kind;                   // "color", "related": what scores are kept by
  std::optional<world::Query> query;  // of a question about the picture
};

// What the queries have to show after the text.
struct Drawing {
  std::string text;  // a caption, or an instruction about a picture
  world::Scene target;
  std::string kind;
  std::vector<int> changed = {};  // items of the source that the instruction is about
};

struct Lesson {
  world::Scene picture;
  std::vector<Talk> questions;  // about it
  std::vector<Talk> talks;
  std::vector<Drawing> captions;
  world::Scene source;
  std::vector<Drawing> edits;  // of it
};

inline constexpr char kReconstruct[] = "Please reconstruct the given image.";

Lesson lesson(const LessonConfig& config, uint64_t seed, int64_t index);

// A caption that leaves no place open, and the scene in its canonical layout.
Drawing caption_of(world::Level level, world::Split split, const world::Speaker& speaker, bool noisy, world::Rng& rng);
Talk talk_of(const world::QA& qa);

}  // namespace b3o::train
