// Editing sessions in the library: what survives a kill, the trash, other versions and broken databases.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <functional>
#include <thread>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/library/schema.h"
#include "tests/core/library/edits.h"
#include "tests/core/library/support.h"

using namespace b3o;
using namespace b3o::test;

namespace {

namespace fs = std::filesystem;

void a_session_comes_back_from_the_library() {
  TemporaryFolder folder;
  EditDocument document = whole_session();
  StoredEdit kept;
  {
    Store store(folder.path());
    kept = stored(document, store, "Beach");
    kept.line.id = store.save_edit(kept);
  }
  Store store(folder.path());
  const auto back = store.load_edit(kept.line.id);
  check(back && back->line.title == "Beach" && back->line.cover == kept.line.cover, "the line");
  check(opened(*back, store) == document, "the document, its mask as well");
  check_equal(*store.edit_with_picture(shade(20 + 1)->sha256), kept.line.id, "found by a picture of its tree");
  check(!store.edit_with_picture(shade(99)->sha256), "not found by another");
  check(store.attachment_thumbnail(kept.line.cover).size() > 60, "a thumbnail of its cover");
}

void sessions_are_listed_renamed_trashed_and_restored() {
  TemporaryFolder folder;
  int64_t a = 0, b = 0;
  const auto titles = [](const std::vector<EditLine>& lines) {
    std::string out;
    for (const auto& line : lines) out += line.title + ";";
    return out;
  };
  {
    Store store(folder.path());
    EditDocument document(shade(3), "x", 1);
    StoredEdit first = stored(document, store, "Red Boat");
    first.line.changed = 10;
    a = store.save_edit(first);
    StoredEdit second = stored(document, store, "Hills");
    second.line.changed = 20;
    b = store.save_edit(second);
    check_equal(titles(store.edits()), "Hills;Red Boat;");
    check_equal(titles(store.edits("boat")), "Red Boat;");
    store.rename_edit(a, "Harbour");
    check_equal(titles(store.edits("harb")), "Harbour;");
    store.trash_edits({a});
    check_equal(titles(store.edits()), "Hills;");
  }
  Store store(folder.path());
  check_equal(titles(store.edits({}, true)), "Harbour;", "the trash after a restart");
  check(!store.edit_with_picture("nothing") && store.edits({}, true)[0].trashed > 0, "when it was put there");
  store.restore_edits({a});
  check_equal(titles(store.edits()), "Hills;Harbour;");
  check_equal(*store.edit_with_picture(shade(3)->sha256), b, "the one changed last");
}

void deleting_for_good_takes_the_files_that_nothing_else_names() {
  TemporaryFolder folder;
  Store store(folder.path());
  EditDocument one(shade(1), "x", 1), two(shade(1), "y", 1);
  one.add(1, shade(2), std::nullopt, "", 0, 1);
  one.add(1, shade(3), std::nullopt, "", 0, 1);
  StoredEdit first = stored(one, store, "one"), second = stored(two, store, "two");
  first.line.id = store.save_edit(first);
  store.save_edit(second);
  const std::string shared = two.node(1).picture->file, own = one.node(2).picture->file,
                    talk = one.node(3).picture->file;
  store.save_conversation({{0, "t", 1, 1}, "{\"file\":\"" + talk + "\"}", "", ""});
  store.delete_edits_for_good({first.line.id});
  check(store.load_edit(first.line.id).has_value(), "what is not in the trash stays");
  store.trash_edits({first.line.id});
  store.delete_edits_for_good({first.line.id});
  check(!store.load_edit(first.line.id), "the row is gone");
  const auto exists = [&](const std::string& name) { return fs::exists(folder / "attachments" / name); };
  check(exists(shared) && exists(talk) && !exists(own), "only its own picture is gone");
}

// Saves every step, and tells of each before and behind it.
[[noreturn]] void save_until_killed(const fs::path& folder, int pipe) {
  Store store(folder);
  EditDocument document(shade(5), "x", 1);
  int64_t id = 0;
  for (int i = 0;; ++i) {
    if (i % 5 == 4) {
      document.propose(uint64_t(i + 1), document.current(), frozen(document.mask()), result(uint8_t(i), "w"));
      document.apply(0, i);
    } else {
      stroke(document, i * 13 % 150, i * 7 % 130);
    }
    const std::string hash = document.hash();
    if (::write(pipe, ("<" + hash).data(), 65) != 65) ::_exit(1);
    id = store.save_edit(stored(document, store, "s", id));
    if (::write(pipe, (">" + hash).data(), 65) != 65) ::_exit(1);
  }
}

void a_killed_program_loses_nothing_that_was_finished() {
  for (const int after_ms : {0, 3, 11, 26, 60, 130}) {
    TemporaryFolder folder;
    int pipe[2];
    check(::pipe(pipe) == 0, "a pipe");
    const pid_t child = ::fork();
    if (child == 0) save_until_killed(folder.path(), pipe[1]);
    ::close(pipe[1]);
    std::string begun, saved;
    char told[65];
    const auto hear = [&] {
      if (::read(pipe[0], told, 65) != 65) return false;
      (told[0] == '<' ? begun : saved) = std::string(told + 1, 64);
      return true;
    };
    while (saved.empty()) check(hear(), "the first step is saved");
    ::usleep(useconds_t(after_ms) * 1000);
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    while (hear()) {
    }
    ::close(pipe[0]);
    Store store(folder.path());
    check_equal(store.notice(), std::string(), "notice");
    const auto lines = store.edits();
    check_equal(lines.size(), size_t(1), "sessions");
    const EditDocument back = opened(*store.load_edit(lines[0].id), store);
    check(back.hash() == saved || back.hash() == begun, "the last finished step, or the one that was being saved");
    for (const auto& picture : back.pictures())
      check_equal(sha256_hex(store.attachment(picture->file)) + ".png", picture->file, "the picture's file");
  }
}

void files_that_nothing_names_go_and_all_others_stay() {
  TemporaryFolder folder;
  Store store(folder.path());
  EditDocument document = whole_session();
  StoredEdit kept = stored(document, store, "t");
  const std::string result = document.proposals()->items[0].picture->file;
  document.discard();
  kept = stored(document, store, "t");
  store.save_edit(kept);
  const std::string talk = store.keep_attachment("talk", ".png"), job = store.keep_attachment("job", ".png");
  store.save_conversation({{0, "t", 1, 1}, "{\"file\":\"" + talk + "\"}", "", ""});
  store.add_job("{\"file\":\"" + job + "\"}");
  write_file(folder / "attachments" / "notes.txt", "of the user");
  check_equal(store.drop_unnamed_attachments(), 0, "files that were kept just now");
  check_equal(store.drop_unnamed_attachments(-1000), 3, "two results that were not applied, and a mask");
  check(!fs::exists(folder / "attachments" / result), "the result's file");
  for (const std::string& name : {talk, job, std::string("notes.txt")})
    check(fs::exists(folder / "attachments" / name), name);
  check(opened(kept, store) == document, "the session is whole");
}

void the_same_file_is_kept_by_two_threads_at_once() {
  TemporaryFolder folder;
  Store store(folder.path());
  std::atomic<int> failed = 0;
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&] {
      for (int i = 0; i < 25; ++i) try {
          store.keep_attachment(cat("bytes ", i), ".png");
        } catch (const Error&) {
          ++failed;
        }
    });
  for (auto& thread : threads) thread.join();
  check_equal(failed.load(), 0, "failures");
}

void a_library_of_a_newer_program_is_only_read() {
  TemporaryFolder folder;
  EditDocument document = whole_session();
  StoredEdit kept;
  {
    Store store(folder.path());
    kept = stored(document, store, "Beach");
    kept.line.id = store.save_edit(kept);
  }
  change(folder / "library.sqlite", cat("PRAGMA user_version=", newest_schema() + 1));
  Store store(folder.path());
  check(store.read_only() && opened(*store.load_edit(kept.line.id), store) == document, "it can be read");
  for (const auto& write : std::vector<std::function<void()>>{
           [&] { store.save_edit(kept); }, [&] { store.rename_edit(kept.line.id, "x"); },
           [&] { store.trash_edits({kept.line.id}); }, [&] { store.delete_edits_for_good({kept.line.id}); }})
    check_contains(message_of<Error>(write), "made by a newer version");
}

void an_older_library_gets_a_place_for_sessions() {
  TemporaryFolder folder;
  {
    Store store(folder.path());
    store.set_value("a", "b");
  }
  change(folder / "library.sqlite", "DROP TABLE edits; PRAGMA user_version=2;");
  Store store(folder.path());
  EditDocument document(shade(3), "x", 1);
  check(store.save_edit(stored(document, store, "t")) > 0 && store.value("a") == "b", "both");
}

void a_broken_database_gives_its_sessions_back() {
  TemporaryFolder folder;
  EditDocument document = whole_session();
  int64_t id = 0;
  {
    Store store(folder.path());
    for (int i = 0; i < 40; ++i) store.add_picture(drawn(cat("p", i), uint64_t(i), 1000 * i + 1));
    id = store.save_edit(stored(document, store, "Beach"));
  }
  change(folder / "library.sqlite",
         "PRAGMA writable_schema=ON; UPDATE sqlite_schema SET rootpage=(SELECT rootpage FROM sqlite_schema WHERE "
         "name='queue') WHERE name='pictures_by_time';");
  Store store(folder.path());
  check_contains(store.notice(), "1 editing session that could still be read");
  check(opened(*store.load_edit(id), store) == document, "with its mask");
}

const Cases cases = {
    CASE(a_session_comes_back_from_the_library),
    CASE(sessions_are_listed_renamed_trashed_and_restored),
    CASE(deleting_for_good_takes_the_files_that_nothing_else_names),
    CASE(a_killed_program_loses_nothing_that_was_finished),
    CASE(files_that_nothing_names_go_and_all_others_stay),
    CASE(the_same_file_is_kept_by_two_threads_at_once),
    CASE(a_library_of_a_newer_program_is_only_read),
    CASE(an_older_library_gets_a_place_for_sessions),
    CASE(a_broken_database_gives_its_sessions_back),
};

}  // namespace
