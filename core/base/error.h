// The error types of the program and the sentence builder they carry. A message says where, what, wanted, got, and
// what to do when that is known; it is shown to the user as it is.
#pragma once

#include <sstream>
#include <stdexcept>
#include <string>

namespace b3o {

struct Error : std::runtime_error {
  using std::runtime_error::runtime_error;
};
// A file is wrong.
struct LoadError : Error {
  using Error::Error;
};
// The user asked for something impossible.
struct RequestError : Error {
  using Error::Error;
};
// The request is sound, but lies outside of what the loaded model does; the message is an answer that says what it
// does.
struct Refusal : RequestError {
  using RequestError::RequestError;
};
// The user stopped the job. Not a std::exception, so that no handler of failures catches it.
struct Stop {};

// Joins the parts as std::ostream prints them.
template <class... Parts>
std::string cat(const Parts&... parts) {
  std::ostringstream out;
  (out << ... << parts);
  return std::move(out).str();
}

// Throws Error when an invariant of this program is broken; on in every build.
inline void ensure(bool holds, const char* claim) {
  if (!holds) throw Error(cat("internal error: ", claim, " does not hold"));
}

}  // namespace b3o
