#include "core/text/tokenizer_json.h"

#include <unordered_set>

#include "core/base/error.h"
#include "core/text/excerpt.h"

namespace b3o {
namespace {

constexpr size_t kMaxDepth = 64;

// What an open object or array is; it decides what its children are.
enum class Place { tree, top, model, tokens, merges, pair };

struct Frame {
  Place place;
  Json* node;  // null in the tables
  std::string key;
  std::unordered_set<std::string> keys;
};

class Reader final : public nlohmann::json_sax<Json> {
 public:
  Reader(std::string where, Place top) : where_(std::move(where)), top_(top) {
    out.tables.tokens_file = out.tables.merges_file = where_;
  }
  TokenizerJson out;

  bool null() override { return scalar(nullptr); }
  bool boolean(bool v) override { return scalar(v); }
  bool number_integer(int64_t v) override { return scalar(v); }
  bool number_float(double v, const std::string&) override { return scalar(v); }

  bool number_unsigned(uint64_t v) override {
    if (place() != Place::tokens) return scalar(v);
    if (int64_t(out.tables.tokens.size()) == kMaxTokens) refuse("has more than ", kMaxTokens, " tokens");
    if (v >= uint64_t(kMaxTokens))
      refuse("token '", excerpt(frames_.back().key), "' has id ", v, ", expected 0 to ", kMaxTokens - 1);
    out.tables.tokens.emplace_back(std::move(frames_.back().key), int64_t(v));
    return true;
  }

  bool string(std::string& v) override {
    if (place() == Place::merges) {
      const auto space = v.find(' ');
      if (space == 0 || space == std::string::npos || space + 1 == v.size() || v.find(' ', space + 1) != v.npos)
        refuse("merge ", out.tables.merges.size() + 1, " is '", excerpt(v), "', expected two parts and one space");
      add_merge(v.substr(0, space), v.substr(space + 1));
      return true;
    }
    if (place() != Place::pair) return scalar(std::move(v));
    if (pair_.size() == 2) refuse("merge ", out.tables.merges.size() + 1, " has more than two parts");
    pair_.push_back(std::move(v));
    return true;
  }

  bool start_object(size_t) override {
    Place inside = Place::tree;
    if (frames_.empty()) inside = top_;
    if (place() == Place::top && frames_.back().key == "model") inside = Place::model;
    if (place() == Place::model && frames_.back().key == "vocab") inside = Place::tokens;
    return open(inside, Json::object());
  }
  bool start_array(size_t) override {
    if (place() == Place::model && frames_.back().key == "merges") return open(Place::merges, Json::array());
    if (place() == Place::merges) return open(Place::pair, Json::array());
    return open(Place::tree, Json::array());
  }
  bool end_object() override { return close(); }
  bool end_array() override {
    if (place() == Place::pair) {
      if (pair_.size() != 2)
        refuse("merge ", out.tables.merges.size() + 1, " has ", pair_.size(), " parts, expected two");
      add_merge(std::move(pair_[0]), std::move(pair_[1]));
      pair_.clear();
    }
    return close();
  }

  bool key(std::string& v) override {
    Frame& frame = frames_.back();  // tokens that repeat are noticed by Bpe
    if (frame.place != Place::tokens && !frame.keys.insert(v).second)
      refuse("key '", excerpt(v), "' appears twice in one JSON object");
    frame.key = std::move(v);
    return true;
  }

  bool binary(Json::binary_t&) override { return false; }  // no part of JSON text
  bool parse_error(size_t, const std::string&, const Json::exception& e) override {
    const std::string reason = e.what();  // "[json.exception.parse_error.101] parse error at line 1, ..."
    const auto bracket = reason.find("] ");
    refuse("not valid JSON (",
           excerpt(std::string_view(reason).substr(bracket == reason.npos ? 0 : bracket + 2, 400), 200), ")");
  }

 private:
  template <class... Parts>
  [[noreturn]] void refuse(const Parts&... parts) const {
    throw LoadError(cat(where_, ": ", parts...));
  }

  Place place() const { return frames_.empty() ? Place::tree : frames_.back().place; }

  void add_merge(std::string left, std::string right) {
    if (left.empty() || right.empty()) refuse("merge ", out.tables.merges.size() + 1, " has an empty part");
    if (int64_t(out.tables.merges.size()) == kMaxTokens) refuse("has more than ", kMaxTokens, " merges");
    out.tables.merges.emplace_back(std::move(left), std::move(right));
  }

  bool scalar(Json v) {
    if (place() == Place::tokens)
      refuse("token '", excerpt(frames_.back().key), "' has id ", excerpt(v.dump()), ", expected an integer from 0");
    if (place() == Place::merges || place() == Place::pair)
      refuse("merge ", out.tables.merges.size() + 1, " is ", excerpt(v.dump()), ", expected text");
    add(std::move(v));
    return true;
  }

  Json* add(Json v) {
    if (++values_ > kMaxTokenizerValues) refuse("holds more than ", kMaxTokenizerValues, " JSON values");
    if (frames_.empty()) return &(out.tree = std::move(v));
    Frame& parent = frames_.back();
    if (parent.node->is_array()) return &parent.node->emplace_back(std::move(v));
    // Past Json's own look-up of the key, which makes large objects quadratic; keys are unique already.
    auto& members = static_cast<Json::object_t::Container&>(parent.node->get_ref<Json::object_t&>());
    return &members.emplace_back(std::move(parent.key), std::move(v)).second;
  }

  bool open(Place inside, Json empty) {
    if (frames_.size() == kMaxDepth) refuse("JSON is nested deeper than ", kMaxDepth, " levels");
    if (place() == Place::tokens || place() == Place::pair || (place() == Place::merges && inside != Place::pair))
      return scalar(std::move(empty));  // refuses
    out.has_tokens |= inside == Place::tokens;
    out.has_merges |= inside == Place::merges;
    const bool in_tree = inside == Place::tree || inside == Place::top || inside == Place::model;
    frames_.push_back({inside, in_tree ? add(std::move(empty)) : nullptr, {}, {}});
    return true;
  }
  bool close() {
    frames_.pop_back();
    return true;
  }

  std::string where_;
  Place top_;
  std::vector<Frame> frames_;
  std::vector<std::string> pair_;  // parts of the merge being read
  size_t values_ = 0;
};

TokenizerJson parse(std::string_view text, const std::string& where, Place top) {
  Reader reader(where, top);
  Json::sax_parse(text.begin(), text.end(), &reader);
  return std::move(reader.out);
}

}  // namespace

TokenizerJson parse_tokenizer_json(std::string_view text, const std::string& where) {
  return parse(text, where, Place::top);
}

TokenizerJson parse_vocab_json(std::string_view text, const std::string& where) {
  TokenizerJson json = parse(text, where, Place::tokens);
  if (!json.has_tokens) throw LoadError(cat(where, ": expected a JSON object of tokens, got ", json.tree.type_name()));
  return json;
}

Json parse_small_json(std::string_view text, const std::string& where) { return parse(text, where, Place::tree).tree; }

}  // namespace b3o
