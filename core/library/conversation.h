// A conversation as a plain value: a tree of turns, of which one path is shown. A question that is edited, or an answer
// that is written again, becomes a branch beside the old one; what stands before it is not touched.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/api/recipe.h"
#include "core/library/router.h"

namespace b3o {

struct TalkPicture {
  int64_t id = 0;                // within its conversation
  std::string name;              // as the user knows it
  std::string file;              // where its pixels are kept (Store::attachment); empty: not kept yet
  std::optional<Recipe> recipe;  // of a drawn one
  bool operator==(const TalkPicture&) const = default;
};

struct TalkTurn {
  enum class State { done, stopped, failed };
  bool user = true;  // else the model's
  Intent intent = Intent::ask;
  State state = State::done;
  std::string text;
  std::vector<TalkPicture> pictures;  // in order; of a model's turn: what it drew
  std::string error;                  // failed: one sentence
  std::string notice;                 // of the model that answered
  double seconds = 0;
  int tokens = 0;          // of an answer
  int context = 0;         // tokens of the whole prompt and the answer; 0: not known
  int picture_tokens = 0;  // of these, in pictures
  bool operator==(const TalkTurn&) const = default;
};

class Talk {
 public:
  // The ids of the turns that are shown, from the first to the last.
  std::vector<int64_t> path() const;
  bool empty() const { return nodes_.at(0).next.empty(); }
  bool has(int64_t id) const { return id != 0 && nodes_.contains(id); }
  const TalkTurn& turn(int64_t id) const { return nodes_.at(id).turn; }
  TalkTurn& turn(int64_t id) { return nodes_.at(id).turn; }
  int64_t parent(int64_t id) const { return nodes_.at(id).parent; }  // 0: it is a first turn
  size_t size() const { return nodes_.size() - 1; }                  // turns of all branches
  std::vector<int64_t> ids() const;                                  // of all of them

  // Behind the parent (0: at the start), as its last branch, which is shown. Pictures with id 0 get one.
  int64_t add(int64_t parent, TalkTurn turn);
  void add_picture(int64_t id, TalkPicture picture);
  const std::vector<int64_t>& branches(int64_t id) const { return nodes_.at(parent(id)).next; }  // with the turn itself
  void show(int64_t id);  // among its branches, and so for every turn before it

  // A question with all its answers; what stood behind an answer moves up to where the question stood.
  struct Removed {
    int64_t question = 0, parent = 0;
    size_t place = 0;                                               // among its branches
    std::vector<std::pair<int64_t, std::vector<int64_t>>> answers;  // with what stood behind each
    std::map<int64_t, TalkTurn> turns;
    std::vector<std::pair<int64_t, std::pair<int, int>>> context;  // of the turns behind, which is not known without it
  };
  Removed remove(int64_t question);
  void restore(const Removed& removed);

  // The first question in one line, at most 60 characters; empty at the start.
  std::string title() const;
  bool operator==(const Talk&) const = default;

 private:
  struct Node {
    int64_t parent = 0;
    std::vector<int64_t> next;  // in the order in which they came
    size_t shown = 0;           // of them
    TalkTurn turn;
    bool operator==(const Node&) const = default;
  };
  friend std::string to_json(const Talk& talk);
  friend Talk talk_from_json(std::string_view text, const std::string& where);
  size_t place(int64_t id) const;

  std::map<int64_t, Node> nodes_{{0, {}}};  // 0: the root, which is no turn. A parent's id is below its children's.
  int64_t last_id_ = 0, last_picture_ = 0;
};

// One JSON object, keys in a fixed order. from_json gives an equal value; LoadError for anything that is no such tree.
std::string to_json(const Talk& talk);
Talk talk_from_json(std::string_view text, const std::string& where);

}  // namespace b3o
