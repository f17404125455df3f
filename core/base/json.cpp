#include "core/base/json.h"

#include <cmath>
#include <set>

#include "core/base/error.h"

namespace b3o {
namespace {

constexpr int kMaxDepth = 64;

// "[json.exception.parse_error.101] parse error at line 1, column 2: ..." without the library's bracket.
std::string reason_of(const std::exception& e) {
  std::string text = e.what();
  const auto end = text.find("] ");
  return end == std::string::npos ? text : text.substr(end + 2);
}

}  // namespace

Json parse_json(std::string_view text, const std::string& where) {
  std::vector<std::set<std::string>> keys;  // of the objects that are open now
  const auto watch = [&](int depth, Json::parse_event_t event, Json& value) {
    if (depth > kMaxDepth) throw LoadError(cat(where, ": JSON is nested deeper than ", kMaxDepth, " levels"));
    if (event == Json::parse_event_t::object_start) keys.emplace_back();
    if (event == Json::parse_event_t::object_end) keys.pop_back();
    if (event == Json::parse_event_t::key && !keys.back().insert(value.get<std::string>()).second)
      throw LoadError(cat(where, ": key '", value.get<std::string>(), "' appears twice in one JSON object"));
    return true;
  };
  try {
    return Json::parse(text.begin(), text.end(), watch);
  } catch (const Json::exception& e) {
    throw LoadError(cat(where, ": not valid JSON (", reason_of(e), ")"));
  }
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
  std::string got = value->dump(-1, ' ', false, Json::error_handler_t::replace);
  if (got.size() > 60) got = got.substr(0, 57) + "...";
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
