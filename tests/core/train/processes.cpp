// Several processes train together like one with the whole batch, and survive the loss of one.
#include <ATen/ATen.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <sstream>

#include "core/base/file.h"
#include "core/train/checkpoint.h"
#include "core/weights/safetensors.h"
#include "tests/core/train/toy.h"
#include "tests/support/tensors.h"

using namespace b3o;
using namespace b3o::test;
using namespace b3o::train;

namespace {

std::string free_port() {
  const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  check(::bind(fd, reinterpret_cast<sockaddr*>(&address), size) == 0, "a port is free");
  ::getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size);
  ::close(fd);
  return std::to_string(ntohs(address.sin_port));
}

struct Exit {
  int status;
  std::string said;
};

// Process `rank` of `size`; what it says goes to <folder>/said.<rank>.
pid_t start(const std::filesystem::path& folder, int rank, int size, const std::string& port, int64_t batch,
            int64_t steps, int64_t vanishes) {
  const pid_t child = ::fork();
  if (child != 0) return child;
  ::setenv("RANK", std::to_string(rank).c_str(), 1);
  ::setenv("WORLD_SIZE", std::to_string(size).c_str(), 1);
  ::setenv("LOCAL_WORLD_SIZE", std::to_string(size).c_str(), 1);
  ::setenv("MASTER_ADDR", "127.0.0.1", 1);
  ::setenv("MASTER_PORT", port.c_str(), 1);
  ::setenv("OMP_NUM_THREADS", "1", 1);
  if (!std::freopen((folder / ("said." + std::to_string(rank))).c_str(), "w", stderr)) ::_exit(65);
  const std::string b = std::to_string(batch), s = std::to_string(steps), v = std::to_string(vanishes);
  ::execl(B3O_TRAIN_PROCESS, B3O_TRAIN_PROCESS, folder.c_str(), b.c_str(), s.c_str(), v.c_str(), nullptr);
  ::_exit(66);
}

std::vector<Exit> run_group(const std::filesystem::path& folder, int size, int64_t batch, int64_t steps,
                            int vanishing = -1, int64_t after = -1) {
  const std::string port = free_port();
  std::vector<pid_t> children;
  for (int rank = 0; rank < size; ++rank)
    children.push_back(start(folder, rank, size, port, batch, steps, rank == vanishing ? after : -1));
  std::vector<Exit> out;
  for (int rank = 0; rank < size; ++rank) {
    int status = 0;
    ::waitpid(children[size_t(rank)], &status, 0);
    out.push_back(
        {WIFEXITED(status) ? WEXITSTATUS(status) : -1, read_file(folder / ("said." + std::to_string(rank)), 1 << 20)});
  }
  return out;
}

std::vector<double> losses_of(const std::filesystem::path& folder) {
  std::vector<double> out;
  std::istringstream in(read_file(folder / "metrics.jsonl", 1 << 20));
  for (std::string line; std::getline(in, line);)
    if (const Json json = parse_json(line, "line"); json.contains("loss")) out.push_back(json["loss"]);
  return out;
}

at::Tensor weights_of(const std::filesystem::path& folder) {
  return SafetensorsFile::open(CheckpointFolder(folder).newest()->folder / "model.safetensors")->tensor("w").clone();
}

void two_processes_equal_one_with_the_double_batch() {
  TemporaryFolder one, two;
  for (const Exit& e : run_group(one.path(), 1, 8, 12)) check_equal(e.status, 0, e.said);
  for (const Exit& e : run_group(two.path(), 2, 4, 12)) check_equal(e.status, 0, e.said);
  const auto a = losses_of(one.path()), b = losses_of(two.path());
  check_equal(a.size(), size_t(12), "losses");
  check_equal(b.size(), a.size(), "losses of two processes");
  for (size_t i = 0; i < a.size(); ++i) check_close(b[i], a[i], 1e-5 * a[i], cat("loss ", i));
  check_close(weights_of(two.path()), weights_of(one.path()), 1e-5, "weights");
}

void a_lost_process_ends_the_run_with_a_sentence_and_a_checkpoint() {
  TemporaryFolder whole, broken;
  run_group(whole.path(), 2, 4, 12);
  const auto ends = run_group(broken.path(), 2, 4, 12, 1, 7);
  check_equal(ends[0].status, 1, "exit status of the one that is left");
  check_contains(ends[0].said, "lost another one");
  check_contains(ends[0].said, "continued from step");
  const auto found = CheckpointFolder(broken.path()).newest();
  check(found.has_value() && found->step >= 6, "the checkpoint holds all whole steps");
  for (const Exit& e : run_group(broken.path(), 2, 4, 12)) check_equal(e.status, 0, e.said);
  check_close(weights_of(broken.path()), weights_of(whole.path()), 0, "weights at the end");
}

void a_rank_beyond_the_group_gets_a_sentence() {
  ::setenv("WORLD_SIZE", "2", 1);
  ::setenv("RANK", "2", 1);
  c10::Device device = c10::kCPU;
  const std::string message = message_of<RequestError>([&] { join_group(device); });
  ::unsetenv("WORLD_SIZE");
  ::unsetenv("RANK");
  check_contains(message, "RANK is '2', expected a number from 0 to 1");
}

const Cases cases = {
    CASE(two_processes_equal_one_with_the_double_batch),
    CASE(a_lost_process_ends_the_run_with_a_sentence_and_a_checkpoint),
    CASE(a_rank_beyond_the_group_gets_a_sentence),
};

}  // namespace
