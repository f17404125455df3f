// Test cases that run with and without Qt. A file of cases defines functions and lists them in one table:
//   void reads_a_scalar() { check_equal(parse("1"), 1); }
//   const b3o::test::Cases cases = {CASE(reads_a_scalar)};
// and tests/<room>/CMakeLists.txt names the file in a b3o_test. A name is a claim that can be false.
#pragma once

#include <cmath>
#include <filesystem>
#include <functional>
#include <sstream>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <vector>

#include "core/base/temporary_folder.h"

namespace b3o::test {

struct Case {
  std::string name;
  std::function<void()> body;
};

// Adds the table of one file to the program's list.
struct Cases {
  Cases(std::initializer_list<Case> cases) : Cases(std::vector<Case>(cases)) {}
  explicit Cases(std::vector<Case> cases);
};
#define CASE(function) {#function, &function}

const std::vector<Case>& all_cases();

struct CheckFailed : std::runtime_error {
  using std::runtime_error::runtime_error;
};

inline std::filesystem::path data_path(const std::string& relative) {
  return std::filesystem::path(B3O_TEST_DATA) / relative;
}

using b3o::TemporaryFolder;

template <class T>
std::string shown(const T& value) {
  std::ostringstream out;
  if constexpr (requires { out << value; })
    out << value;
  else if constexpr (requires {
                       value.begin();
                       value.end();
                     }) {
    out << '[';
    for (const auto& item : value) out << shown(item) << ' ';
    out << ']';
  } else
    out << "(value)";
  return out.str();
}

inline void check(bool holds, const std::string& claim) {
  if (!holds) throw CheckFailed(claim);
}

template <class A, class B>
void check_equal(const A& got, const B& wanted, const std::string& what = "value") {
  if (!(got == wanted)) throw CheckFailed(what + " is " + shown(got) + ", expected " + shown(wanted));
}

inline void check_close(double got, double wanted, double tolerance, const std::string& what = "value") {
  if (!(std::abs(got - wanted) <= tolerance))
    throw CheckFailed(what + " is " + shown(got) + ", expected " + shown(wanted) + " within " + shown(tolerance));
}

// The message of the E that body throws; fails when it throws nothing or something else.
template <class E, class Body>
std::string message_of(Body body) {
  try {
    body();
  } catch (const E& e) {
    return e.what();
  } catch (const std::exception& e) {
    throw CheckFailed(std::string("another kind of error: ") + e.what());
  }
  throw CheckFailed("nothing was thrown");
}

inline void check_contains(const std::string& text, const std::string& part) {
  if (text.find(part) == std::string::npos) throw CheckFailed("'" + text + "' does not contain '" + part + "'");
}

}  // namespace b3o::test
