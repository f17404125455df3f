// Checkpoints survive what can happen to a disk and a process.
#include "core/train/checkpoint.h"

#include <ATen/ATen.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>

#include "core/base/error.h"
#include "core/weights/safetensors.h"
#include "tests/core/train/toy.h"
#include "tests/support/small_disk.h"
#include "tests/support/tensors.h"

using namespace b3o;
using namespace b3o::test;
using namespace b3o::train;

namespace {

namespace fs = std::filesystem;

// Two files whose numbers are all the step.
std::vector<CheckpointPart> parts_of(int64_t step, int64_t size = 64) {
  return {{"model.safetensors", {{"w", at::full({size}, double(step))}}},
          {"optim.safetensors", {{"w.m", at::full({size}, double(step))}}}};
}

void check_is(const CheckpointFolder::Found& found, int64_t step) {
  check_equal(found.step, step, "step of the newest checkpoint");
  for (const auto& part : parts_of(step)) {
    const auto file = SafetensorsFile::open(found.folder / part.file);
    const at::Tensor values = file->tensor(part.tensors[0].first);
    check(values.eq(double(step)).all().item<bool>(), part.file + " belongs to the step");
  }
}

void the_newest_complete_one_is_found() {
  TemporaryFolder folder;
  CheckpointFolder checkpoints(folder.path(), 5);
  for (const int64_t step : {5, 10, 100000000}) checkpoints.save(step, parts_of(step), Json::object());
  check_is(*checkpoints.newest(), 100000000);
}

void damaged_ones_are_passed_over() {
  TemporaryFolder folder;
  CheckpointFolder checkpoints(folder.path(), 5);
  for (const int64_t step : {1, 2, 3, 4}) checkpoints.save(step, parts_of(step), Json::object());
  fs::resize_file(folder / "ckpt-00000004" / "optim.safetensors", 40);  // cut short
  fs::remove(folder / "ckpt-00000003" / "trainer.json");
  std::ofstream(folder / "ckpt-00000002" / "trainer.json") << "{\"step\": 2,";
  fs::create_directory(folder / "ckpt-00000009.tmp");
  fs::create_directory(folder / "ckpt-x");
  check_is(*checkpoints.newest(), 1);
}

void old_ones_are_removed_but_for_the_multiples() {
  TemporaryFolder folder;
  CheckpointFolder checkpoints(folder.path(), 2, 10);
  for (int64_t step = 5; step <= 40; step += 5) checkpoints.save(step, parts_of(step), Json::object());
  std::vector<std::string> left;
  for (const auto& entry : fs::directory_iterator(folder.path()))
    if (entry.is_directory()) left.push_back(entry.path().filename().string());
  std::sort(left.begin(), left.end());
  check_equal(
      left,
      (std::vector<std::string>{"ckpt-00000010", "ckpt-00000020", "ckpt-00000030", "ckpt-00000035", "ckpt-00000040"}),
      "folders");
}

void a_full_disk_keeps_the_one_before() {
  TemporaryFolder folder;
  CheckpointFolder checkpoints(folder.path());
  checkpoints.save(1, parts_of(1), Json::object());
  {
    const SmallDisk full(4096);
    check_contains(message_of<Error>([&] { checkpoints.save(2, parts_of(2, 100000), Json::object()); }), "safetensors");
  }
  check_is(*checkpoints.newest(), 1);
  check(!fs::exists(folder / "ckpt-00000002.tmp"), "nothing unfinished is left to fill the disk further");
}

void a_run_goes_on_over_a_full_disk_and_says_so_at_the_end() {
  TemporaryFolder folder;
  Group alone;
  Toy toy;
  RunOptions o = toy_options(folder.path(), 6);
  o.save_every = 2;
  std::vector<std::string> said;
  o.say = [&](const std::string& line) { said.push_back(line); };
  const SmallDisk full(16);
  message_of<Error>([&] { run(toy.stage, o, alone); });
  check_equal(said.size(), size_t(3), "warnings on the way");
  check_contains(said.at(0), "the run goes on");
}

void a_process_that_is_killed_leaves_a_whole_checkpoint() {
  TemporaryFolder folder;
  CheckpointFolder(folder.path()).save(1, parts_of(1), Json::object());
  for (const int milliseconds : {3, 10, 25}) {
    const pid_t child = ::fork();
    if (child == 0) {
      CheckpointFolder checkpoints(folder.path(), 2);
      for (int64_t step = checkpoints.newest()->step + 1;; ++step)
        checkpoints.save(step, parts_of(step), Json::object());
    }
    ::usleep(useconds_t(milliseconds) * 1000);
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    const auto found = CheckpointFolder(folder.path()).newest();
    check(found.has_value(), "a checkpoint is left");
    check_is(*found, found->step);
  }
}

const Cases cases = {
    CASE(the_newest_complete_one_is_found),
    CASE(damaged_ones_are_passed_over),
    CASE(old_ones_are_removed_but_for_the_multiples),
    CASE(a_full_disk_keeps_the_one_before),
    CASE(a_run_goes_on_over_a_full_disk_and_says_so_at_the_end),
    CASE(a_process_that_is_killed_leaves_a_whole_checkpoint),
};

}  // namespace
