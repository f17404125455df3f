// The frozen test sets of embedded-model.md 9: equal on every machine, drawn from the test stream.
#pragma once

#include "core/world/chat.h"
#include "core/world/scene_json.h"

namespace b3o::world {

enum class Edition : uint8_t { seen, unseen };  // unseen: held-out pairs, counts or wording

// 60 prompts for each of the six tags, in the official GenEval form {tag, prompt, include, exclude?}: 9.2. All prompts
// are different; half of them, and all single objects of the unseen edition, use held-out wording.
std::vector<Json> geneval_prompts(Level level, Edition edition);
// The same with a scene that each prompt describes.
struct GenevalItem {
  Json line;
  Scene scene;
};
std::vector<GenevalItem> geneval_items(Level level, Edition edition);
// One object a line.
std::string jsonl(const std::vector<Json>& lines);

struct VqaItem {
  Scene scene;
  QA qa;
};
// 2 000 questions, as many of each type (descriptions and signs have sets of their own), half in held-out wording.
std::vector<VqaItem> vqa_set(Level level);
// 200 signs; empty below level L.
std::vector<VqaItem> sign_set(Level level);

// Per category 60 pictures, of each one question that is answered yes and one that is answered no, one after the other.
struct MmeItem {
  std::string category;  // existence, count, position, color
  Scene scene;
  std::string question, answer;
};
std::vector<MmeItem> mme_set(Level level);

// 500 scenes with the question for a detailed description.
std::vector<VqaItem> caption_set(Level level);

// {prompt, include}: one line for each riddle of the level.
std::vector<Json> riddle_set(Level level);

struct EditItem {
  Scene source;
  Edit edit;
};
// 600 cases: 100 each of recolor, add, remove, replace, move and background.
std::vector<EditItem> edit_set(Level level);

// 2 000 scenes of all tasks; split validation, test or unseen_pairs.
std::vector<Scene> scene_set(Level level, Split split);

}  // namespace b3o::world
