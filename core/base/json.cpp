#include "core/base/json.h"

#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/base/utf8.h"

namespace b3o {
namespace {

constexpr size_t kMaxDepth = 64;

// Builds the value while the text is read. The library's own builder looks through all earlier keys of an ordered
// object for every new one, which takes minutes for a vocabulary; this one appends and compares keys once, at the end.
class Builder : public nlohmann::json_sax<Json> {
 public:
  explicit Builder(const std::string& where) : where_(where) {}
  Json result() { return std::move(root_); }

  bool null() override { return add(Json()); }
  bool boolean(bool v) override { return add(Json(v)); }
  bool number_integer(int64_t v) override { return add(Json(v)); }
  bool number_unsigned(uint64_t v) override { return add(Json(v)); }
  bool number_float(double v, const std::string&) override { return add(Json(v)); }
  bool string(std::string& v) override { return add(Json(std::move(v))); }
  bool binary(Json::binary_t&) override { return false; }  // no such thing in text
  bool key(std::string& name) override {
    key_ = std::move(name);
    return true;
  }
  bool start_object(size_t) override { return open(Json::object()); }
  bool start_array(size_t) override { return open(Json::array()); }
  bool end_array() override {
    open_.pop_back();
    return true;
  }
  bool end_object() override {
    std::vector<const std::string*> names;
    for (const auto& [name, value] : open_.back()->get_ref<Json::object_t&>()) names.push_back(&name);
    const auto less = [](auto* a, auto* b) { return *a < *b; };
    std::sort(names.begin(), names.end(), less);
    const auto twin = std::adjacent_find(names.begin(), names.end(), [](auto* a, auto* b) { return *a == *b; });
    if (twin != names.end())
      throw LoadError(cat(where_, ": key '", for_message(**twin), "' appears twice in one JSON object"));
    open_.pop_back();
    return true;
  }
  bool parse_error(size_t, const std::string&, const Json::exception& e) override {
    std::string text = e.what();  // "[json.exception.parse_error.101] parse error at line 1, ..."
    const auto end = text.find("] ");
    if (end != std::string::npos) text = text.substr(end + 2);
    throw LoadError(cat(where_, ": not valid JSON (", for_message(text, 200), ")"));
  }

 private:
  bool open(Json value) {
    if (open_.size() == kMaxDepth) throw LoadError(cat(where_, ": JSON is nested deeper than ", kMaxDepth, " levels"));
    add(std::move(value));
    open_.push_back(last_);
    return true;
  }
  bool add(Json value) {
    if (open_.empty()) {
      root_ = std::move(value);
      last_ = &root_;
    } else if (Json& parent = *open_.back(); parent.is_array()) {
      parent.push_back(std::move(value));
      last_ = &parent.back();
    } else {
      Json::object_t::Container& members = parent.get_ref<Json::object_t&>();
      members.emplace_back(std::move(key_), std::move(value));
      last_ = &members.back().second;
    }
    return true;
  }

  const std::string& where_;
  Json root_;
  std::vector<Json*> open_;  // from the root to the container that is being filled; only the last one grows
  Json* last_ = nullptr;
  std::string key_;
};

}  // namespace

Json parse_json(std::string_view text, const std::string& where) {
  // The library takes a zero byte for the end of the text.
  if (text.find('\0') != std::string_view::npos) throw LoadError(cat(where, ": not valid JSON (it holds a zero byte)"));
  Builder builder(where);
  Json::sax_parse(text.begin(), text.end(), &builder);
  return builder.result();
}

Fields::Fields(const Json& object, std::string where) : object_(&object), where_(std::move(where)) {
  if (!object.is_object()) throw LoadError(cat(where_, ": expected a JSON object, got ", object.type_name()));
}

const Json* Fields::find(std::string_view key) const {
  const auto it = object_->find(std::string(key));
  return it == object_->end() || it->is_null() ? nullptr : &*it;
}

void Fields::refuse(std::string_view key, const std::string& wanted) const {
  const Json* value = find(key);
  if (!value) throw LoadError(cat(where_, ": key '", key, "' is missing, expected ", wanted));
  const std::string got = for_message(value->dump(-1, ' ', false, Json::error_handler_t::replace), 60);
  throw LoadError(cat(where_, ": key '", key, "' is ", got, ", expected ", wanted));
}

bool Fields::has(std::string_view key) const { return find(key) != nullptr; }

const Json& Fields::raw(std::string_view key) const {
  const Json* value = find(key);
  if (!value) refuse(key, "a value");
  return *value;
}

Fields Fields::object(std::string_view key) const {
  const Json* value = find(key);
  if (!value || !value->is_object()) refuse(key, "an object");
  return Fields(*value, cat(where_, ": ", key));
}

int64_t Fields::integer(std::string_view key) const {
  const Json* value = find(key);
  if (!value) refuse(key, "an integer");
  if (value->is_number_unsigned()) {
    const auto v = value->get<uint64_t>();
    if (v > uint64_t(INT64_MAX)) refuse(key, "an integer below 2^63");
    return int64_t(v);
  }
  if (value->is_number_integer()) return value->get<int64_t>();
  if (value->is_number_float()) {  // some writers print 2.0
    const double v = value->get<double>();
    if (std::floor(v) == v && std::abs(v) < 9e15) return int64_t(v);
  }
  refuse(key, "an integer");
}

int64_t Fields::integer(std::string_view key, int64_t fallback) const { return has(key) ? integer(key) : fallback; }

int64_t Fields::integer_in(std::string_view key, int64_t low, int64_t high) const {
  const int64_t v = integer(key);
  if (v < low || v > high) refuse(key, cat("an integer from ", low, " to ", high));
  return v;
}

double Fields::number(std::string_view key) const {
  const Json* value = find(key);
  if (!value || !value->is_number()) refuse(key, "a number");
  return value->get<double>();
}

double Fields::number(std::string_view key, double fallback) const { return has(key) ? number(key) : fallback; }

bool Fields::boolean(std::string_view key) const {
  const Json* value = find(key);
  if (!value || !value->is_boolean()) refuse(key, "true or false");
  return value->get<bool>();
}

bool Fields::boolean(std::string_view key, bool fallback) const { return has(key) ? boolean(key) : fallback; }

std::string Fields::string(std::string_view key) const {
  const Json* value = find(key);
  if (!value || !value->is_string()) refuse(key, "a text");
  return value->get<std::string>();
}

std::string Fields::string(std::string_view key, std::string_view fallback) const {
  return has(key) ? string(key) : std::string(fallback);
}

std::vector<int64_t> Fields::integers(std::string_view key) const {
  const Json* value = find(key);
  if (!value || !value->is_array()) refuse(key, "a list of integers");
  std::vector<int64_t> out;
  for (const auto& item : *value) {
    if (!item.is_number_integer()) refuse(key, "a list of integers");
    if (item.is_number_unsigned() && item.get<uint64_t>() > uint64_t(INT64_MAX)) refuse(key, "integers below 2^63");
    out.push_back(item.get<int64_t>());
  }
  return out;
}

std::vector<double> Fields::numbers(std::string_view key) const {
  const Json* value = find(key);
  if (!value || !value->is_array()) refuse(key, "a list of numbers");
  std::vector<double> out;
  for (const auto& item : *value) {
    if (!item.is_number()) refuse(key, "a list of numbers");
    out.push_back(item.get<double>());
  }
  return out;
}

std::vector<std::string> Fields::strings(std::string_view key) const {
  const Json* value = find(key);
  if (!value || !value->is_array()) refuse(key, "a list of texts");
  std::vector<std::string> out;
  for (const auto& item : *value) {
    if (!item.is_string()) refuse(key, "a list of texts");
    out.push_back(item.get<std::string>());
  }
  return out;
}

}  // namespace b3o
