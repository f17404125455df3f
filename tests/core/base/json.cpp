#include "core/base/json.h"

#include "core/base/error.h"
#include "tests/support/case.h"

using namespace b3o;
using namespace b3o::test;

namespace {

struct Row {
  const char* name;
  std::string text;
  const char* part;  // of the message
};

std::string repeated(const std::string& piece, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) out += piece;
  return out;
}

const std::vector<Row> kRefused = {
    {"empty_text", "", "unexpected end of input"},
    {"only_spaces", " \n\t ", "unexpected end of input"},
    {"open_object", "{", "unexpected end of input"},
    {"open_array", "[1, 2", "unexpected end of input"},
    {"open_string", "\"abc", "missing closing quote"},
    {"missing_value", R"({"a":})", "unexpected '}'"},
    {"missing_colon", R"({"a" 1})", "expected ':'"},
    {"trailing_comma", "[1,]", "unexpected ']'"},
    {"trailing_text", "{} x", "not valid JSON"},
    {"second_value", "{}{}", "expected end of input"},
    {"zero_byte_after_the_value", std::string("{}\0{", 4), "zero byte"},
    {"zero_byte_in_a_string", std::string("\"a\0b\"", 5), "zero byte"},
    {"comment", "{} // done", "not valid JSON"},
    {"single_quotes", "{'a': 1}", "not valid JSON"},
    {"bare_key", "{a: 1}", "not valid JSON"},
    {"not_a_number", "NaN", "not valid JSON"},
    {"infinity", "[Infinity]", "not valid JSON"},
    {"number_beyond_double", "1e999", "number overflow"},
    {"leading_zero", "[01]", "not valid JSON"},
    {"plus_sign", "[+1]", "not valid JSON"},
    {"broken_escape", R"("\x")", "not valid JSON"},
    {"lone_high_surrogate", R"("\ud800")", "not valid JSON"},
    {"lone_low_surrogate", R"("\udc00")", "not valid JSON"},
    {"raw_control_character", "\"a\nb\"", "not valid JSON"},
    {"byte_ff", "\"\xff\"", "not valid JSON"},
    {"overlong_slash", "\"\xc0\xaf\"", "not valid JSON"},
    {"utf8_surrogate", "\"\xed\xa0\x80\"", "not valid JSON"},
    {"cut_utf8", "\"\xe4\xbd\"", "not valid JSON"},
    {"key_twice", R"({"a": 1, "b": 2, "a": 3})", "key 'a' appears twice"},
    {"key_twice_inside", R"([{"x": {"k": 1, "k": 1}}])", "key 'k' appears twice"},
    {"key_twice_by_escape", R"({"A": 1, "\u0041": 2})", "key 'A' appears twice"},
    {"depth_65", repeated("[", 65) + repeated("]", 65), "nested deeper than 64"},
    {"depth_65_objects", repeated("{\"a\":", 65) + "1" + repeated("}", 65), "nested deeper than 64"},
    {"a_million_brackets", repeated("[", 1000000), "nested deeper than 64"},
};

std::vector<Case> refused() {
  std::vector<Case> cases;
  for (const auto& row : kRefused)
    cases.push_back({std::string("json_is_refused_") + row.name, [row] {
                       const std::string message =
                           message_of<LoadError>([&] { parse_json(row.text, "x/config.json"); });
                       check(message.starts_with("x/config.json: "), "'" + message + "' does not start with the file");
                       check_contains(message, row.part);
                       check(message.size() < 400, "the message is longer than 400 bytes");
                     }});
  return cases;
}

void valid_json_is_read_with_its_order_of_keys() {
  const Json json =
      parse_json("\xef\xbb\xbf {\"z\": [1, -2, 2.5, true, null], \"a\": {\"ä\\u00e4\": \"\\ud83d\\ude00\"}} \n", "x");
  check_equal(json.dump(), std::string("{\"z\":[1,-2,2.5,true,null],\"a\":{\"ää\":\"😀\"}}"));
  check_equal(parse_json("7", "x").get<int>(), 7);
  check_equal(parse_json("[[], {}, \"\"]", "x").dump(), std::string("[[],{},\"\"]"));
  check_equal(parse_json(repeated("[", 64) + repeated("]", 64), "x").size(), size_t(1), "depth 64");
  check_equal(parse_json(R"({"a": {"k": 1}, "b": {"k": 2}})", "x")["b"]["k"].get<int>(), 2, "same key elsewhere");
}

void half_a_million_keys_are_read_without_comparing_each_with_each() {  // hangs the test when they are
  std::string text = "{";
  for (int i = 0; i < 500000; ++i) text += cat(i ? "," : "", "\"key", i, "\":", i);
  const Json json = parse_json(text + "}", "x");
  check_equal(json.size(), size_t(500000), "keys");
  check_equal(json.back().get<int>(), 499999, "last value");
}

void the_message_of_a_parse_error_shows_text_that_can_be_printed() {
  const std::string message = message_of<LoadError>([] { parse_json("\"" + repeated("\xff\x01", 5000), "x"); });
  check(message.size() < 700, "the message is short");
  check(message.find('\x01') == std::string::npos, "no control character");
}

const char kConfig[] =
    R"({"width": 64, "whole": 2.0, "big": 18446744073709551615, "half": 0.5, "name": "qwen", "on": true,
  "none": null, "list": [1, 2], "mixed": [1, "a"], "floats": [0.5, 2], "words": ["a", "b"], "inner": {"deep": 1},
  "long": "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "hugelist": [9223372036854775808]})";

void fields_read_what_is_there() {
  const Json json = parse_json(kConfig, "c.json");
  const Fields f(json, "c.json");
  check_equal(f.integer("width"), int64_t(64));
  check_equal(f.integer("whole"), int64_t(2));
  check_equal(f.integer("absent", 7), int64_t(7));
  check_equal(f.integer("none", 7), int64_t(7), "null counts as absent");
  check_equal(f.integer_in("width", 1, 64), int64_t(64));
  check_equal(f.number("half"), 0.5);
  check_equal(f.number("width"), 64.0);
  check_equal(f.boolean("on"), true);
  check_equal(f.string("name"), std::string("qwen"));
  check_equal(f.integers("list"), std::vector<int64_t>{1, 2});
  check_equal(f.numbers("floats"), std::vector<double>{0.5, 2});
  check_equal(f.strings("words"), std::vector<std::string>{"a", "b"});
  check_equal(f.object("inner").integer("deep"), int64_t(1));
  check(f.has("on") && !f.has("none") && !f.has("absent"), "has");
}

void fields_name_file_key_wanted_and_got() {
  const Json json = parse_json(kConfig, "c.json");
  const Fields f(json, "c.json");
  const auto says = [](auto body, const char* wanted) {
    check_equal(message_of<LoadError>(body), std::string(wanted));
  };
  says([&] { f.integer("depth"); }, "c.json: key 'depth' is missing, expected an integer");
  says([&] { f.integer("none"); }, "c.json: key 'none' is missing, expected an integer");
  says([&] { f.integer("name"); }, "c.json: key 'name' is \"qwen\", expected an integer");
  says([&] { f.integer("half"); }, "c.json: key 'half' is 0.5, expected an integer");
  says([&] { f.integer("big"); }, "c.json: key 'big' is 18446744073709551615, expected an integer below 2^63");
  says([&] { f.integer_in("width", 65, 99); }, "c.json: key 'width' is 64, expected an integer from 65 to 99");
  says([&] { f.number("name"); }, "c.json: key 'name' is \"qwen\", expected a number");
  says([&] { f.boolean("width"); }, "c.json: key 'width' is 64, expected true or false");
  says([&] { f.string("width"); }, "c.json: key 'width' is 64, expected a text");
  says([&] { f.integers("mixed"); }, "c.json: key 'mixed' is [1,\"a\"], expected a list of integers");
  says([&] { f.integers("floats"); }, "c.json: key 'floats' is [0.5,2], expected a list of integers");
  says([&] { f.integers("hugelist"); },
       "c.json: key 'hugelist' is [9223372036854775808], expected integers below 2^63");
  says([&] { f.numbers("width"); }, "c.json: key 'width' is 64, expected a list of numbers");
  says([&] { f.strings("list"); }, "c.json: key 'list' is [1,2], expected a list of texts");
  says([&] { f.object("list"); }, "c.json: key 'list' is [1,2], expected an object");
  says([&] { f.object("inner").integer("shallow"); }, "c.json: inner: key 'shallow' is missing, expected an integer");
  says([&] { Fields(json["list"], "c.json"); }, "c.json: expected a JSON object, got array");
  check(message_of<LoadError>([&] { f.integer("long"); }).size() < 120, "a long value is shortened");
}

const Cases rows(refused());
const Cases cases = {
    CASE(valid_json_is_read_with_its_order_of_keys),
    CASE(half_a_million_keys_are_read_without_comparing_each_with_each),
    CASE(the_message_of_a_parse_error_shows_text_that_can_be_printed),
    CASE(fields_read_what_is_there),
    CASE(fields_name_file_key_wanted_and_got),
};

}  // namespace
