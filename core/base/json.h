// JSON from strangers: strict parsing, and reading of fields with messages that name file and key.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace b3o {

using Json = nlohmann::ordered_json;  // keeps the order of keys, so that written files are stable

// Parses one JSON value. Refuses duplicate keys, nesting deeper than 64, invalid UTF-8 and trailing text with a
// LoadError that starts with `where`.
Json parse_json(std::string_view text, const std::string& where);

// Read access to one JSON object. Every failure is a LoadError "<where>: key '<key>' ...".
// A key whose value is null counts as absent. The object must outlive the view.
class Fields {
 public:
  Fields(const Json& object, std::string where);

  bool has(std::string_view key) const;
  const Json& raw(std::string_view key) const;  // must be present
  Fields object(std::string_view key) const;
  int64_t integer(std::string_view key) const;
  int64_t integer(std::string_view key, int64_t fallback) const;
  // An integer in [low, high]; sizes and counts from a config use this so that no product of two can overflow.
  int64_t integer_in(std::string_view key, int64_t low, int64_t high) const;
  double number(std::string_view key) const;
  double number(std::string_view key, double fallback) const;
  bool boolean(std::string_view key) const;
  bool boolean(std::string_view key, bool fallback) const;
  std::string string(std::string_view key) const;
  std::string string(std::string_view key, std::string_view fallback) const;
  std::vector<int64_t> integers(std::string_view key) const;
  std::vector<double> numbers(std::string_view key) const;
  std::vector<std::string> strings(std::string_view key) const;

  const std::string& where() const { return where_; }
  const Json& json() const { return *object_; }

 private:
  const Json* find(std::string_view key) const;
  [[noreturn]] void refuse(std::string_view key, const std::string& wanted) const;

  const Json* object_;
  std::string where_;
};

}  // namespace b3o
