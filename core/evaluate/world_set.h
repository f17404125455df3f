// The pieces of the drawn world's benchmark: a model that is asked, and sets of items that become scores.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/api/event.h"
#include "core/api/request.h"
#include "core/base/json.h"
#include "core/judge/judge.h"
#include "core/world/scene.h"

namespace b3o::evaluate {

// A loaded folder as it is asked: one request after the other.
struct WorldModel {
  ModelInfo info;
  using OnEvent = std::function<void(const Event&)>;
  // Returns when the request is done; every event but the last goes to the listener. Throws what the request ends in.
  std::function<void(Request, const OnEvent&)> ask;
  // A picture through the autoencoder alone. Empty: that ceiling is left out.
  std::function<Image(const Image&)> round_trip;
};

struct WorldSettings {
  world::Level level = world::Level::S;
  int seeds = 4;             // pictures of each prompt: 0 .. seeds - 1
  double edit_strength = 1;  // part of the paint schedule that runs in edits, in (0, 1]
};

struct WorldSet {
  std::string name;       // of its journal and in the report
  std::string published;  // the items as text: what the prompts' hash is over
  struct Item {
    std::string id;
    std::function<Json()> answer;  // asks the model
  };
  std::vector<Item> items;
  // answers[i]: of items[i]; null where the item was left out.
  using Answers = std::vector<const Json*>;
  std::function<Json(const Answers&)> score;
};

std::vector<WorldSet> drawing_sets(const WorldModel& model, const WorldSettings& settings);
std::vector<WorldSet> question_sets(const WorldModel& model, const WorldSettings& settings);  // vqa, signs
WorldSet mme_set(const WorldModel& model, const WorldSettings& settings);
WorldSet caption_set(const WorldModel& model, const WorldSettings& settings);
WorldSet riddle_set(const WorldModel& model, const WorldSettings& settings);
WorldSet edit_set(const WorldModel& model, const WorldSettings& settings);

// The pictures of a request that draws, in order.
std::vector<Image> pictures_of(const WorldModel& model, Request request);
// {prompt, pictures: what the judge sees in the pictures of the seeds 0 .. seeds - 1}.
Json drawn(const WorldModel& model, const std::string& prompt, int seeds);
// The answer to a question about a picture by greedy choice; an earlier question and its answer may come first.
struct Question {
  std::string text, earlier_text, earlier_answer;
};
std::string answer_to(const WorldModel& model, const Question& question, const Image& image, int max_tokens);

// What the judge sees, as JSON and back; a picture of another size is judged at 128 x 128.
Json sight_json(const Image& image);
judge::Sight sight_from(const Json& json);

// Decibels between two pictures of one size over the pixels where mask is 0 (all without a mask), 99 at most; -1 where
// there is no such pixel.
double psnr(const Image& a, const Image& b, const GrayImage* mask = nullptr);

// Of `total` items, the `limit` that are taken (all when limit is 0): one of each of as many equal stretches, always
// the same, but not in step with any order inside the set.
std::vector<size_t> spread(size_t total, int limit);

}  // namespace b3o::evaluate
