// The cache of features on disk survives what can happen to a disk and a process.
#include <ATen/ATen.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/train/feature_cache.h"
#include "tests/support/small_disk.h"
#include "tests/support/tensors.h"

using namespace b3o;
using namespace b3o::test;
using namespace b3o::train;

namespace {

at::Tensor features_of(int64_t i) { return at::full({3, 5}, double(i % 200)) + at::arange(5) / 8; }  // exact in fp16

// The features of 0 ... count - 1 through the cache, checked; returns how many had to be made.
int64_t made_by(FeatureCache& cache, int64_t count) {
  int64_t made = 0;
  for (int64_t i = 0; i < count; ++i) {
    const at::Tensor got = cache.get(cat("key ", i), [&] {
      ++made;
      return features_of(i);
    });
    check_close(got, features_of(i), 0, cat("features ", i));
  }
  return made;
}

int64_t made_again(const std::filesystem::path& folder, int64_t count, const char* encoder = "a") {
  FeatureCache cache(folder, encoder, 0);
  return made_by(cache, count);
}

void features_are_made_once() {
  TemporaryFolder folder;
  check_equal(made_again(folder / "new" / "deep", 10), int64_t(10), "made at first");
  check_equal(made_again(folder / "new" / "deep", 12), int64_t(2), "made later");
  check_equal(made_again(folder / "new" / "deep", 12, "another encoder"), int64_t(12), "made for another encoder");
  check_equal(made_again(folder / "new" / "deep", 12), int64_t(0), "the first encoder's are still there");
}

void without_a_folder_nothing_is_kept() {
  FeatureCache cache("", "a", 0);
  check_equal(made_by(cache, 3) + made_by(cache, 3), int64_t(6), "made");
}

void runs_in_one_folder_do_not_mix() {
  TemporaryFolder folder;
  {
    FeatureCache one(folder.path(), "a", 0), two(folder.path(), "a", 0), other(folder.path(), "a", 1);
    made_by(one, 5);
    made_by(two, 7);
    made_by(other, 9);
    made_by(one, 11);
  }
  check_equal(made_again(folder.path(), 12), int64_t(1), "made after all three");
}

void a_killed_process_loses_at_most_what_it_wrote_last() {
  TemporaryFolder folder;
  int64_t before = 0;
  for (int round = 0; round < 3; ++round) {
    const pid_t child = ::fork();
    if (child == 0) {
      FeatureCache cache(folder.path(), "a", 0);
      for (int64_t i = 0;; ++i) cache.get(cat("key ", i), [&] { return features_of(i); });
    }
    ::usleep(useconds_t(8000));
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    FeatureCache cache(folder.path(), "a", 0);
    const auto kept = int64_t(cache.size());
    check(kept >= before, "nothing of the round before is lost");
    check_equal(made_by(cache, kept), int64_t(0), "what is listed is whole");
    before = kept;
  }
  check(before > 0, "something was kept");
}

void torn_and_wrong_lines_are_passed_over() {
  TemporaryFolder folder;
  made_again(folder.path(), 4);
  std::ofstream(folder / "features-0.jsonl", std::ios::app)
      << "{\"key\":\"key 9\",\"encoder\":\"a\",\"at\":100000,\"shape\":[3,5]}\n"
      << "{\"key\":\"key 8\",\"encoder\":\"a\",\"at\":0,\"shape\":[-1]}\n"
      << "{\"key\":\"key 7\",\"encoder\":\"a\",\"at\":0,\"shape\":[4294967296,4294967296]}\n{\"key\":\"key 6\",\"enc";
  check_equal(made_again(folder.path(), 10), int64_t(6), "made beside four that are listed rightly");
  check_equal(made_again(folder.path(), 10), int64_t(0), "made after the torn line");
}

void a_full_disk_loses_entries_and_no_more() {
  TemporaryFolder folder;
  {
    FeatureCache cache(folder.path(), "a", 0);
    const SmallDisk full(1024);
    made_by(cache, 60);
    made_by(cache, 60);
  }
  const int64_t made = made_again(folder.path(), 60);
  check(made > 0 && made < 60, cat(made, " of 60 were lost"));
  check_equal(made_again(folder.path(), 60), int64_t(0), "lost once there is room again");
}

void an_impossible_folder_is_said() {
  TemporaryFolder folder;
  write_file(folder / "file", "x");
  check_contains(message_of<Error>([&] { FeatureCache(folder / "file" / "cache", "a", 0); }), "cannot be made");
}

const Cases cases = {
    CASE(features_are_made_once),
    CASE(without_a_folder_nothing_is_kept),
    CASE(runs_in_one_folder_do_not_mix),
    CASE(a_killed_process_loses_at_most_what_it_wrote_last),
    CASE(torn_and_wrong_lines_are_passed_over),
    CASE(a_full_disk_loses_entries_and_no_more),
    CASE(an_impossible_folder_is_said),
};

}  // namespace
