// What power cuts, full disks, other versions and broken files leave: old or new, never neither.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/image/codec.h"
#include "tests/core/library/support.h"
#include "tests/support/small_disk.h"

using namespace b3o;
using namespace b3o::test;

namespace {

namespace fs = std::filesystem;

std::vector<fs::path> moved_aside(const TemporaryFolder& folder) {
  std::vector<fs::path> out;
  for (const auto& entry : fs::directory_iterator(folder.path()))
    if (entry.path().filename().string().starts_with("library-broken-") && entry.path().extension() == ".sqlite")
      out.push_back(entry.path());
  return out;
}

// Every row has a whole picture with the row's recipe, and every picture has a row.
size_t check_whole(const Store& store) {
  const auto rows = store.pictures();
  for (const auto& row : rows) {
    check(!load_image(store.picture_path(row.file)).empty(), "the picture is whole");
    check_equal(read_recipe(store.picture_path(row.file)).prompt, row.prompt, "recipe of the file");
  }
  size_t files = 0;
  for (const auto& entry : fs::directory_iterator(store.folder() / "pictures")) {
    ++files;
    check(store.picture_named(entry.path().filename().string()).has_value(), "the file has a row");
  }
  check_equal(files, rows.size(), "files");
  return rows.size();
}

void fill(const fs::path& folder, int pictures) {
  Store store(folder);
  for (int i = 0; i < pictures; ++i) store.add_picture(drawn(cat("picture ", i), uint64_t(i), 1000 * i + 1));
  store.star({store.pictures()[0].id}, true);
  store.save_conversation({{0, "Boats", 1, 1}, "{\"turns\":[]}", "", ""});
}

void a_database_cut_anywhere_is_rebuilt_from_the_pictures() {
  TemporaryFolder base;
  fill(base / "whole", 12);
  const auto size = int64_t(fs::file_size(base / "whole" / "library.sqlite"));
  check(size > 16384, "the database has several pages");
  std::vector<int64_t> cuts = {0, 1, 15, 16, 17, 99, 100, 101, 511, 512, 1024, size - 1};
  for (int64_t at = 4096; at < size; at += 4096) cuts.insert(cuts.end(), {at - 1, at, at + 1});
  size_t unharmed = 0;
  for (const int64_t cut : cuts) {
    const fs::path folder = base / cat("cut-", cut);
    fs::copy(base / "whole", folder, fs::copy_options::recursive);
    fs::resize_file(folder / "library.sqlite", uintmax_t(cut));
    Store store(folder);
    check_equal(check_whole(store), size_t(12), cat("pictures after a cut at ", cut));
    // A cut through what nobody uses breaks nothing.
    if (store.notice().empty()) ++unharmed;
    if (!store.notice().empty()) check_contains(store.notice(), "rebuilt from 12 pictures");
    check_equal(prompts_of(store.pictures())[0], std::string("picture 11"), "newest");
    store.add_picture(drawn("new", 99));
    const Store again(folder);
    check_equal(again.pictures().size(), size_t(13), "pictures at the next start");
    fs::remove_all(folder);
  }
  check(unharmed <= 1, "nearly every cut is noticed");
}

void a_broken_database_is_moved_aside_with_its_date_and_said_in_one_sentence() {
  TemporaryFolder folder;
  fill(folder.path(), 3);
  std::string bytes = read_file(folder / "library.sqlite", 1 << 24);
  for (size_t i = 0; i < bytes.size(); i += 64) bytes[i] = char(~bytes[i]);
  write_file(folder / "library.sqlite", bytes);
  {
    Store store(folder.path());
    const auto aside = moved_aside(folder);
    check_equal(aside.size(), size_t(1), "files moved aside");
    check_equal(store.notice(), "The library's database was broken and is now " + aside[0].filename().string() +
                                    "; the library was rebuilt from 3 pictures.");
    check(read_file(aside[0], 1 << 24) == bytes, "the broken file is kept as it was");
    check_whole(store);
  }
  check_equal(Store(folder.path()).notice(), std::string(), "notice of the next start");
}

void what_a_broken_database_still_tells_is_kept() {
  TemporaryFolder folder;
  fill(folder.path(), 40);
  // An index says something else than its table: the file is broken, its rows can be read.
  change(folder / "library.sqlite",
         "PRAGMA writable_schema=ON; UPDATE sqlite_schema SET rootpage=(SELECT rootpage FROM sqlite_schema WHERE "
         "name='queue') WHERE name='pictures_by_time';");
  Store store(folder.path());
  check_contains(store.notice(), "rebuilt from 40 pictures and 1 conversation that could still be read.");
  check_equal(store.pictures({.starred = true}).size(), size_t(1), "stars");
  check_equal(store.conversations()[0].title, std::string("Boats"));
}

void a_missing_database_is_rebuilt() {
  TemporaryFolder folder;
  fill(folder.path(), 2);
  fs::remove(folder / "library.sqlite");
  Store store(folder.path());
  check_contains(store.notice(), "missing or empty; it was rebuilt from 2 pictures.");
  check_equal(check_whole(store), size_t(2));
}

void pictures_of_other_programs_in_the_folder_become_rows_without_a_recipe() {
  TemporaryFolder folder;
  fill(folder.path(), 1);
  write_file(folder / "pictures" / "holiday.png", encode_png(plain(5, 4)));
  write_file(folder / "pictures" / "notes.txt", "no picture");
  write_file(folder / "pictures" / "odd.png", encode_png(plain(5, 4), {{kRecipeKeyword, "{broken"}}));
  Store store(folder.path());
  check_equal(store.notice(), std::string());
  check_equal(store.pictures().size(), size_t(3), "pictures");
  check_equal(store.picture(*store.picture_named("holiday.png"))->line.width, 5);
}

void a_newer_schema_is_read_and_never_written() {
  TemporaryFolder folder;
  fill(folder.path(), 2);
  change(folder / "library.sqlite", "PRAGMA user_version=99");
  Store store(folder.path());
  check(store.read_only(), "it is read-only");
  check_contains(store.notice(), "newer version of this program (its schema is 99");
  check_equal(store.pictures().size(), size_t(2), "pictures can be seen");
  check_contains(message_of<Error>([&] { store.add_picture(drawn("x")); }), "newer version");
  check_contains(message_of<Error>([&] { store.trash({1}); }), "newer version");
  check_contains(message_of<Error>([&] { store.save_conversation({}); }), "newer version");
  check_equal(std::distance(fs::directory_iterator(folder / "pictures"), {}), 2L, "files");
}

void an_older_schema_is_brought_up_to_date_with_its_rows() {
  TemporaryFolder folder;
  fill(folder.path(), 2);
  change(folder / "library.sqlite", "DROP TABLE prompts; DROP TABLE edits; PRAGMA user_version=1");
  Store store(folder.path());
  check_equal(store.notice(), std::string());
  check_equal(store.pictures().size(), size_t(2), "pictures");
  store.use_prompt("a boat");
  check_equal(store.prompts()[0].text, std::string("a boat"));
}

void a_full_disk_is_a_sentence_and_leaves_the_library_as_it_was() {
  TemporaryFolder folder;
  fill(folder.path(), 2);
  Store store(folder.path());
  NewPicture big = drawn("big");
  big.image = plain(300, 300);
  uint32_t random = 1;
  for (auto& value : big.image.pixels) value = uint8_t((random = random * 1664525u + 1013904223u) >> 24);
  std::string picture, talk;
  {
    const SmallDisk disk(4096);
    picture = message_of<Error>([&] { store.add_picture(big); });
    talk = message_of<Error>([&] { store.save_conversation({{0, "long", 1, 1}, std::string(1 << 20, 'x'), "", ""}); });
  }
  check_contains(picture, ".png: writing failed (");
  check_contains(talk, "library.sqlite: ");
  check_equal(check_whole(store), size_t(2));
  store.add_picture(big);  // the next one works again
  check_equal(check_whole(store), size_t(3));
}

void a_killed_program_leaves_whole_pictures_and_rows() {
  TemporaryFolder folder;
  fill(folder.path(), 1);
  size_t before = 1;
  for (int round = 0; round < 25; ++round) {
    const pid_t child = ::fork();
    if (child == 0) {
      Store store(folder.path());
      NewPicture picture = drawn("killed", uint64_t(round));
      picture.image = plain(200, 200);
      for (;;) store.add_picture(picture);
    }
    ::usleep(useconds_t(20'000 + 1'700 * round));
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    const Store store(folder.path());
    check_equal(store.notice(), std::string());
    const size_t now = check_whole(store);
    check(now >= before, "no picture was lost");
    before = now;
  }
  check(before > 5, "the children came to work");
}

void a_queue_survives_a_kill_with_the_running_job_interrupted() {
  TemporaryFolder folder;
  const pid_t child = ::fork();
  if (child == 0) {
    Store store(folder.path());
    const int64_t first = store.add_job("one");
    store.add_job("two");
    store.add_job("three");
    store.set_job_state(first, StoredJob::State::running);
    ::kill(::getpid(), SIGKILL);
  }
  ::waitpid(child, nullptr, 0);
  Store store(folder.path());
  const auto queue = store.queue();
  check_equal(queue.size(), size_t(3), "jobs");
  check(queue[0].json == "one" && queue[0].state == StoredJob::State::interrupted, "the running one is interrupted");
  check(queue[1].json == "two" && queue[1].state == StoredJob::State::waiting, "the others wait in order");
}

void a_second_program_does_not_touch_what_the_first_runs() {
  TemporaryFolder folder;
  Store first(folder.path());
  first.set_job_state(first.add_job("one"), StoredJob::State::running);
  const Store second(folder.path());
  check(second.queue()[0].state == StoredJob::State::running, "the job still runs");
}

void leftovers_of_unfinished_files_go() {
  TemporaryFolder folder;
  fill(folder.path(), 1);
  write_file(folder / "pictures" / "20260101-000000000-1.png.part-4711", "half");
  const Store store(folder.path());
  check_equal(check_whole(store), size_t(1));
}

const Cases cases = {
    CASE(a_database_cut_anywhere_is_rebuilt_from_the_pictures),
    CASE(a_broken_database_is_moved_aside_with_its_date_and_said_in_one_sentence),
    CASE(what_a_broken_database_still_tells_is_kept),
    CASE(a_missing_database_is_rebuilt),
    CASE(pictures_of_other_programs_in_the_folder_become_rows_without_a_recipe),
    CASE(a_newer_schema_is_read_and_never_written),
    CASE(an_older_schema_is_brought_up_to_date_with_its_rows),
    CASE(a_full_disk_is_a_sentence_and_leaves_the_library_as_it_was),
    CASE(a_killed_program_leaves_whole_pictures_and_rows),
    CASE(a_queue_survives_a_kill_with_the_running_job_interrupted),
    CASE(a_second_program_does_not_touch_what_the_first_runs),
    CASE(leftovers_of_unfinished_files_go),
};

}  // namespace
