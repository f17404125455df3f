#include "core/library/conversation.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/base/utf8.h"

namespace b3o {
namespace {

constexpr int64_t kFormat = 1, kMostTurns = 200'000, kMostId = int64_t(1) << 53;
constexpr size_t kTitleLength = 60;
constexpr const char* kIntents[] = {"ask", "draw", "edit"};
constexpr const char* kStates[] = {"done", "stopped", "failed"};

template <size_t N>
int index_of(const char* const (&names)[N], const Fields& fields, std::string_view key) {
  const std::string name = fields.string(key, names[0]);
  for (size_t i = 0; i < N; ++i)
    if (name == names[i]) return int(i);
  throw LoadError(cat(fields.where(), ": key '", key, "' is '", for_message(name), "', expected '", names[0],
                      "' or another of its kind"));
}

Json json_of(const TalkPicture& p) {
  Json j{{"id", p.id}, {"name", p.name}};
  if (!p.file.empty()) j["file"] = p.file;
  if (p.recipe) j["recipe"] = Json::parse(to_json(*p.recipe));
  return j;
}

Json json_of(const TalkTurn& t) {
  Json j{{"role", t.user ? "user" : "model"}, {"intent", kIntents[int(t.intent)]}, {"text", t.text}};
  if (t.state != TalkTurn::State::done) j["state"] = kStates[int(t.state)];
  for (const auto& picture : t.pictures) j["pictures"].push_back(json_of(picture));
  if (!t.error.empty()) j["error"] = t.error;
  if (!t.notice.empty()) j["notice"] = t.notice;
  if (t.seconds != 0) j["seconds"] = t.seconds;
  if (t.tokens != 0) j["tokens"] = t.tokens;
  if (t.context != 0) j["context"] = t.context;
  if (t.picture_tokens != 0) j["picture_tokens"] = t.picture_tokens;
  return j;
}

TalkPicture picture_of(const Json& json, const std::string& where) {
  const Fields fields(json, where);
  TalkPicture p;
  p.id = fields.integer_in("id", 1, kMostId);
  p.name = fields.string("name", "");
  p.file = fields.string("file", "");
  if (fields.has("recipe")) p.recipe = recipe_from_json(fields.raw("recipe").dump(), where);
  return p;
}

int small(const Fields& fields, std::string_view key) {
  return fields.has(key) ? int(fields.integer_in(key, 0, 1 << 30)) : 0;
}

int64_t bounded(const Fields& fields, std::string_view key) {
  return fields.has(key) ? fields.integer_in(key, 0, kMostId) : 0;
}

TalkTurn turn_of(const Fields& fields) {
  constexpr const char* roles[] = {"user", "model"};
  TalkTurn t;
  t.user = index_of(roles, fields, "role") == 0;
  t.intent = Intent(index_of(kIntents, fields, "intent"));
  t.state = TalkTurn::State(index_of(kStates, fields, "state"));
  t.text = fields.string("text", "");
  if (fields.has("pictures")) {
    const Json& list = fields.raw("pictures");
    if (!list.is_array()) throw LoadError(cat(fields.where(), ": key 'pictures' is not a list"));
    for (const auto& item : list) t.pictures.push_back(picture_of(item, fields.where()));
  }
  t.error = fields.string("error", "");
  t.notice = fields.string("notice", "");
  t.seconds = fields.number("seconds", 0);
  t.tokens = small(fields, "tokens");
  t.context = small(fields, "context");
  t.picture_tokens = small(fields, "picture_tokens");
  return t;
}

}  // namespace

std::vector<int64_t> Talk::path() const {
  std::vector<int64_t> path;
  for (const Node* node = &nodes_.at(0); !node->next.empty(); node = &nodes_.at(path.back()))
    path.push_back(node->next[node->shown]);
  return path;
}

std::vector<int64_t> Talk::ids() const {
  std::vector<int64_t> ids;
  for (const auto& [id, node] : nodes_)
    if (id != 0) ids.push_back(id);
  return ids;
}

size_t Talk::place(int64_t id) const {
  const auto& all = branches(id);
  return size_t(std::find(all.begin(), all.end(), id) - all.begin());
}

int64_t Talk::add(int64_t parent, TalkTurn turn) {
  Node& before = nodes_.at(parent);
  const int64_t id = ++last_id_;
  before.next.push_back(id);
  before.shown = before.next.size() - 1;
  for (auto& picture : turn.pictures)
    if (picture.id == 0) picture.id = ++last_picture_;
  nodes_[id] = Node{parent, {}, 0, std::move(turn)};
  return id;
}

void Talk::add_picture(int64_t id, TalkPicture picture) {
  if (picture.id == 0) picture.id = ++last_picture_;
  turn(id).pictures.push_back(std::move(picture));
}

void Talk::show(int64_t id) {
  for (; id != 0; id = parent(id)) nodes_.at(parent(id)).shown = place(id);
}

Talk::Removed Talk::remove(int64_t question) {
  Removed removed;
  removed.question = question;
  removed.parent = parent(question);
  removed.place = place(question);
  const Node gone = nodes_.at(question);
  removed.turns[question] = gone.turn;
  Node& before = nodes_.at(gone.parent);
  std::vector<int64_t> moved;
  size_t shown = 0;
  for (size_t k = 0; k < gone.next.size(); ++k) {
    const Node& answer = nodes_.at(gone.next[k]);
    if (k == gone.shown && !answer.next.empty()) shown = moved.size() + answer.shown;
    moved.insert(moved.end(), answer.next.begin(), answer.next.end());
    removed.answers.push_back({gone.next[k], answer.next});
    removed.turns[gone.next[k]] = answer.turn;
  }
  for (const int64_t id : moved) nodes_.at(id).parent = gone.parent;
  for (const int64_t id : gone.next) nodes_.erase(id);
  nodes_.erase(question);
  const bool was_shown = before.shown == removed.place;
  const size_t other = before.shown > removed.place ? before.shown - 1 + moved.size() : before.shown;
  before.next.erase(before.next.begin() + std::ptrdiff_t(removed.place));
  before.next.insert(before.next.begin() + std::ptrdiff_t(removed.place), moved.begin(), moved.end());
  before.shown = was_shown ? removed.place + shown : other;
  if (before.shown >= before.next.size()) before.shown = before.next.empty() ? 0 : before.next.size() - 1;
  for (std::vector<int64_t> open = moved; !open.empty();) {
    const int64_t id = open.back();
    open.pop_back();
    Node& node = nodes_.at(id);
    open.insert(open.end(), node.next.begin(), node.next.end());
    if (node.turn.context == 0) continue;
    removed.context.push_back({id, {node.turn.context, node.turn.picture_tokens}});
    node.turn.context = node.turn.picture_tokens = 0;
  }
  return removed;
}

void Talk::restore(const Removed& removed) {
  if (!nodes_.contains(removed.parent) || nodes_.contains(removed.question)) return;
  Node question{removed.parent, {}, 0, removed.turns.at(removed.question)};
  Node& before = nodes_.at(removed.parent);
  for (const auto& [id, behind] : removed.answers) {
    Node answer{removed.question, {}, 0, removed.turns.at(id)};
    for (const int64_t next : behind) {
      const auto it = std::find(before.next.begin(), before.next.end(), next);
      if (it == before.next.end()) continue;  // removed meanwhile
      if (before.next[before.shown] == next) {
        answer.shown = answer.next.size();
        question.shown = question.next.size();
      }
      answer.next.push_back(next);
      nodes_.at(next).parent = id;
    }
    question.next.push_back(id);
    nodes_[id] = std::move(answer);
  }
  std::erase_if(before.next, [&](int64_t id) { return nodes_.at(id).parent != removed.parent; });
  const size_t place = std::min(removed.place, before.next.size());
  before.next.insert(before.next.begin() + std::ptrdiff_t(place), removed.question);
  before.shown = place;
  nodes_[removed.question] = std::move(question);
  for (const auto& [id, tokens] : removed.context)
    if (has(id)) std::tie(turn(id).context, turn(id).picture_tokens) = tokens;
}

std::string Talk::title() const {
  const auto shown = path();
  if (shown.empty()) return {};
  const std::string& text = turn(shown.front()).text;
  std::string out;
  size_t length = 0;
  bool gap = false;
  for (size_t at = 0; at < text.size();) {
    const char32_t c = next_code_point(text, at);
    if (c <= ' ') {
      gap = !out.empty();
      continue;
    }
    if (length + gap >= kTitleLength) return out + "…";
    length += 1 + size_t(gap);
    if (std::exchange(gap, false)) out += ' ';
    append_utf8(out, c);
  }
  return out;
}

std::string to_json(const Talk& talk) {
  Json j{{"format", kFormat}, {"kind", "blip3o conversation"}};
  j["next"] = talk.nodes_.at(0).next;
  if (talk.nodes_.at(0).shown != 0) j["shown"] = talk.nodes_.at(0).shown;
  j["last_id"] = talk.last_id_;
  j["last_picture"] = talk.last_picture_;
  Json& turns = j["turns"] = Json::array();
  for (const auto& [id, node] : talk.nodes_) {
    if (id == 0) continue;
    Json turn{{"id", id}};
    turn.update(json_of(node.turn));
    if (!node.next.empty()) turn["next"] = node.next;
    if (node.shown != 0) turn["shown"] = node.shown;
    turns.push_back(std::move(turn));
  }
  return j.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Talk talk_from_json(std::string_view text, const std::string& where) {
  const Json json = parse_json(text, where);
  const Fields top(json, where);
  if (top.string("kind", "") != "blip3o conversation")
    throw LoadError(cat(where, ": the file holds no conversation of this program"));
  if (top.integer("format") > kFormat)
    throw LoadError(cat(where, ": the conversation has format ", top.integer("format"), ", this program reads up to ",
                        kFormat, "; use a newer program"));
  const Json& list = top.raw("turns");
  if (!list.is_array() || int64_t(list.size()) > kMostTurns)
    throw LoadError(cat(where, ": key 'turns' is not a list of at most ", kMostTurns, " turns"));

  Talk talk;
  const auto links = [&](const Fields& fields, Talk::Node& node) {
    if (fields.has("next")) node.next = fields.integers("next");
    node.shown = size_t(fields.integer("shown", 0));
    if (node.shown >= std::max<size_t>(1, node.next.size()))
      throw LoadError(
          cat(fields.where(), ": key 'shown' is ", node.shown, ", there are ", node.next.size(), " branches"));
  };
  links(top, talk.nodes_.at(0));
  for (size_t i = 0; i < list.size(); ++i) {
    const Fields fields(list[i], cat(where, ": turn ", i + 1));
    const int64_t id = fields.integer_in("id", 1, kMostId);
    if (talk.nodes_.contains(id)) throw LoadError(cat(fields.where(), ": another turn has the id ", id));
    Talk::Node& node = talk.nodes_[id];
    node.parent = -1;
    node.turn = turn_of(fields);
    links(fields, node);
    talk.last_id_ = std::max(talk.last_id_, id);
    for (const auto& picture : node.turn.pictures) talk.last_picture_ = std::max(talk.last_picture_, picture.id);
  }
  size_t linked = 0;
  for (auto& [id, node] : talk.nodes_)
    for (const int64_t next : node.next) {
      const auto it = talk.nodes_.find(next);
      const bool fits = it != talk.nodes_.end() && next > id && it->second.parent == -1;
      if (!fits) throw LoadError(cat(where, ": turn ", id, " is followed by ", next, ", which cannot stand there"));
      if (it->second.turn.user != (id == 0 || !node.turn.user))
        throw LoadError(cat(where, ": turn ", next, " and the one before it have the same role"));
      it->second.parent = id;
      ++linked;
    }
  if (linked != talk.size()) throw LoadError(cat(where, ": ", talk.size() - linked, " turns follow no other"));
  talk.last_id_ = std::max(talk.last_id_, bounded(top, "last_id"));
  talk.last_picture_ = std::max(talk.last_picture_, bounded(top, "last_picture"));
  return talk;
}

}  // namespace b3o
