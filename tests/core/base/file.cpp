#include "core/base/file.h"

#include <sys/stat.h>

#include "core/base/error.h"
#include "core/base/log.h"
#include "tests/support/case.h"
#include "tests/support/small_disk.h"

using namespace b3o;
using namespace b3o::test;

namespace {

size_t entries(const TemporaryFolder& folder) {
  return size_t(std::distance(std::filesystem::directory_iterator(folder.path()), {}));
}

void a_written_file_is_read_back() {
  TemporaryFolder folder;
  std::string bytes;
  for (int i = 0; i < 70000; ++i) bytes += char(i);
  write_file(folder / "a", bytes);
  check(read_file(folder / "a", bytes.size()) == bytes, "the bytes are equal");
  const auto mapped = MappedFile::open(folder / "a");
  check_equal(mapped->bytes().size(), bytes.size(), "mapped size");
  check(std::equal(bytes.begin(), bytes.end(), reinterpret_cast<const char*>(mapped->bytes().data())), "mapped bytes");
  write_file(folder / "empty", "");
  check_equal(MappedFile::open(folder / "empty")->bytes().size(), size_t(0), "size of an empty file");
  check_equal(entries(folder), size_t(2), "files");
}

void what_is_no_readable_file_is_refused() {
  TemporaryFolder folder;
  check(::mkfifo((folder / "pipe").c_str(), 0600) == 0, "a pipe is made");
  write_file(folder / "big", "12345");
  for (const bool map : {false, true}) {
    const auto open = [&](const std::filesystem::path& file) {
      return message_of<LoadError>([&] { map ? void(MappedFile::open(file)) : void(read_file(file, 4)); });
    };
    check_contains(open(folder.path()), folder.path().string() + ": is not a regular file");
    check_contains(open(folder / "pipe"), "pipe: is not a regular file");
    check_contains(open(folder / "absent"), "absent: cannot be opened (No such file");
    check_contains(open(folder / "big" / "x"), "x: cannot be opened (Not a directory)");
  }
  check_contains(message_of<LoadError>([&] { read_file(folder / "big", 4); }), "big: has 5 bytes, at most 4");
}

void an_unfinished_file_leaves_the_old_one() {
  TemporaryFolder folder;
  write_file(folder / "a", "old");
  {
    AtomicFile file(folder / "a");
    file.write("new and longer");
  }
  check_equal(read_file(folder / "a", 100), std::string("old"));
  check_equal(entries(folder), size_t(1), "files");
}

void a_full_disk_leaves_the_old_file() {
  TemporaryFolder folder;
  write_file(folder / "a", "old");
  std::string message;
  {
    const SmallDisk disk(4096);
    message = message_of<Error>([&] { write_file(folder / "a", std::string(100000, 'x')); });
  }
  check_contains(message, (folder / "a").string() + ": writing failed (");
  check_equal(read_file(folder / "a", 100), std::string("old"));
  check_equal(entries(folder), size_t(1), "files");
}

void a_target_that_cannot_be_written_is_named() {
  TemporaryFolder folder;
  std::filesystem::create_directory(folder / "taken");
  check_contains(message_of<Error>([&] { write_file(folder / "taken", "x"); }), "taken: cannot be replaced (");
  check_contains(message_of<Error>([&] { write_file(folder / "no" / "a", "x"); }),
                 "a: cannot be created (No such file");
  check_equal(entries(folder), size_t(1), "files");
}

void the_log_file_holds_every_line() {
  TemporaryFolder folder;
  log_to_file(folder / "log.txt");
  log_info("three tensors {} were skipped");
  check_contains(read_file(folder / "log.txt", 1000), "info: three tensors {} were skipped\n");
}

const Cases cases = {
    CASE(a_written_file_is_read_back),
    CASE(what_is_no_readable_file_is_refused),
    CASE(an_unfinished_file_leaves_the_old_one),
    CASE(a_full_disk_leaves_the_old_file),
    CASE(a_target_that_cannot_be_written_is_named),
    CASE(the_log_file_holds_every_line),
};

}  // namespace
