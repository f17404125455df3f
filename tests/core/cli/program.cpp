#include "tests/core/cli/program.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/file.h"

namespace b3o::test {

Ran run_program(const std::vector<std::string>& arguments, const std::string& input) {
  const TemporaryFolder folder;
  const auto in = folder / "in", out = folder / "out", err = folder / "err";
  write_file(in, input);
  std::vector<std::string> words = {B3O_PROGRAM};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> argv;
  for (auto& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  const pid_t child = ::fork();
  if (child == 0) {
    ::dup2(::open(in.c_str(), O_RDONLY), 0);
    ::dup2(::open(out.c_str(), O_WRONLY | O_CREAT, 0600), 1);
    ::dup2(::open(err.c_str(), O_WRONLY | O_CREAT, 0600), 2);
    ::execv(argv[0], argv.data());
    ::_exit(127);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  check(WIFEXITED(status), "the program ended by a signal");
  return {WEXITSTATUS(status), read_file(out, 256u << 20), read_file(err, 1u << 20)};
}

}  // namespace b3o::test
