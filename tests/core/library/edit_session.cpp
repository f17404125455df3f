// Editing sessions: the tree, one undo stack over everything, and how they survive in the library.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <functional>
#include <set>
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
using Ids = std::vector<int64_t>;

void an_applied_result_is_a_node_behind_what_it_changed() {
  EditDocument document(shade(1), "a.png", 5);
  document.rectangle({10, 10, 20, 20}, Combine::add);
  const auto mask = frozen(document.mask());
  document.propose(7, 1, mask, result(2, "red"));
  document.propose(7, 1, nullptr, result(3, "red"));
  check_equal(document.proposals()->items.size(), size_t(2), "results that wait");
  check_equal(document.current(), 1, "the current node while they wait");
  const int64_t id = document.apply(1, 99);
  const EditNode& node = document.node(id);
  check(node.parent == 1 && node.made == 99 && node.recipe->seed == 3 && node.seconds == 1.5, "how it was made");
  check_equal(node.picture->sha256, shade(3)->sha256, "its picture");
  check(node.mask->mask == mask->mask, "the mask it was made with");
  check(!document.proposals(), "nothing waits any more");
  check_equal(document.current(), id, "the current node");
  check(!document.mask().blank(), "the mask is kept after a run");
}

void the_tree_branches_wherever_one_goes() {
  const EditDocument document = whole_session();
  check(document.ids() == Ids{1, 2, 3, 4}, "nodes");
  check(document.children(1) == Ids{2, 4} && document.children(2) == Ids{3}, "branches");
  check(document.chain(3) == Ids{1, 2, 3}, "the way to the last");
  check_equal(document.node(2).name, "rot \"ü\"");
  check_equal(*document.find(shade(30)->sha256), 3, "the node of a picture");
  check(!document.find(shade(99)->sha256), "a picture that is none of it");
}

void results_of_one_run_are_one_step() {
  EditDocument document(shade(1), "a", 5);
  const std::string before = document.hash();
  for (int k = 0; k < 3; ++k) document.propose(1, 1, nullptr, result(uint8_t(10 + k), "x"));
  document.undo();
  check_equal(document.hash(), before, "all three are taken back");
  document.redo();
  check_equal(document.proposals()->items.size(), size_t(3), "and brought back");
  document.propose(2, 1, nullptr, result(20, "y"));
  check_equal(document.proposals()->items.size(), size_t(1), "another run replaces them");
  document.undo();
  check_equal(document.proposals()->items.size(), size_t(3), "and that is a step of its own");
}

void deleting_takes_the_branch_and_undo_brings_it_back() {
  EditDocument document = whole_session();
  const std::string before = document.hash();
  document.remove(2);
  check(document.ids() == Ids{1, 4}, "what is left");
  check_equal(document.current(), 1, "the current node is the parent");
  check(!document.proposals(), "results of the branch are gone");
  document.undo();
  check_equal(document.hash(), before, "everything is back");
  check_contains(message_of<RequestError>([&] { document.remove(1); }), "The source cannot be deleted");
  check_equal(document.hash(), before, "nothing was removed");
}

void a_picture_of_another_size_has_another_mask() {
  EditDocument document = whole_session();
  const MaskDocument small = document.mask();
  document.go_to(4);
  check_equal(document.mask().width(), 200, "the mask is as wide as the picture");
  check(document.mask().blank(), "and nothing is marked");
  document.undo();
  check(document.mask() == small, "the mask from before");
  document.redo();
  check_equal(document.mask().width(), 200);
}

void a_node_that_was_made_elsewhere_joins_the_tree() {
  EditDocument document(shade(1), "a", 5);
  const int64_t first = document.add(1, shade(2), result(2, "red").recipe, "n", 1, 10);
  check_equal(document.current(), first, "it grew out of the current one");
  const int64_t second = document.add(1, shade(3), result(3, "blue").recipe, "n", 1, 11);
  check_equal(document.current(), first, "the current one stays when it is another");
  check_equal(document.node(second).parent, 1);
}

// One action of any kind, as chance wants.
struct Chance {
  uint32_t random = 12345;
  uint64_t run = 100;
  uint32_t next(uint32_t below) {
    random = random * 1664525u + 1013904223u;
    return (random >> 8) % below;
  }
  int64_t any(const EditDocument& document) {
    const auto ids = document.ids();
    return ids[next(uint32_t(ids.size()))];
  }
  void act(EditDocument& document) {
    const auto size = [&](int64_t id) { return document.node(id).picture; };
    switch (next(12)) {
      case 0:
      case 1:
        return stroke(document, next(150), next(130));
      case 2:
        document.rectangle({int(next(100)), int(next(100)), 30, 40}, Combine(next(3)));
        return;
      case 3:
        document.lasso({{double(next(150)), 1}, {100, double(next(130))}, {3, 90}}, Combine(next(3)));
        return;
      case 4:
        document.invert();
        return;
      case 5: {
        const int64_t base = document.current();
        ++run;
        for (uint32_t k = 0; k < 1 + next(3); ++k)
          document.propose(
              run, base, frozen(document.mask()),
              result(uint8_t(next(250)), "words", size(base)->width + int(next(8) == 0) * 40, size(base)->height));
        return;
      }
      case 6:
        if (document.proposals())
          document.apply(next(uint32_t(document.proposals()->items.size())), int64_t(next(9999)));
        return;
      case 7:
        return document.discard();
      case 8:
        return document.go_to(any(document));
      case 9:
        return document.rename(any(document), cat("name ", next(100)));
      case 10:
        if (const int64_t id = any(document); document.node(id).parent != 0) document.remove(id);
        return;
      case 11:
        document.set_mask(grown(document.mask(), 5));
        return;
    }
  }
};

void fifty_mixed_actions_undone_and_redone_give_equal_hashes() {
  std::set<EditStep> kinds;
  for (uint32_t seed = 1; seed <= 6; ++seed) {
    EditDocument document(shade(10), "source", 1);
    Chance chance{seed * 7919, 100};
    std::vector<std::string> hashes{document.hash()};
    while (hashes.size() <= 50) {
      const std::string before = document.hash();
      chance.act(document);
      if (document.hash() == before) continue;  // it changed nothing
      hashes.push_back(document.hash());
      kinds.insert(*document.undo_step());
    }
    for (int round = 0; round < 2; ++round) {
      for (size_t i = 50; i-- > 0;) {
        document.undo();
        check_equal(document.hash(), hashes[i], cat("undone to ", i, ", chance ", seed));
      }
      check(!document.undo_step(), "nothing more to undo");
      for (size_t i = 1; i <= 50; ++i) {
        document.redo();
        check_equal(document.hash(), hashes[i], cat("redone to ", i, ", chance ", seed));
      }
      check(!document.redo_step(), "nothing more to redo");
    }
  }
  check_equal(kinds.size(), size_t(8), "kinds of actions");
}

void a_new_action_forgets_what_was_undone() {
  EditDocument document(shade(1), "a", 1);
  stroke(document, 10, 10);
  document.undo();
  document.rename(1, "other");
  check(!document.redo_step(), "nothing to redo");
  check(document.mask().blank(), "the stroke is gone");
}

void what_undo_keeps_of_the_mask_is_bounded() {
  EditDocument document(shade(1, 2000, 2000), "a", 1);
  // Each changes every byte, 8 MB with before and after.
  document.set_mask(feathered(
      [] {
        MaskDocument m(2000, 2000);
        m.rectangle({3, 3, 1990, 1990}, Combine::add);
        return m;
      }(),
      60));
  int done = 0;
  for (; done < 60; ++done) document.invert();
  int undone = 0;
  while (document.undo_step()) document.undo(), ++undone;
  check(undone >= 10 && undone < 40, cat(undone, " steps were kept"));
}

void the_hash_tells_every_part_apart() {
  const std::string base = whole_session().hash();
  const auto differs = [&](const char* what, auto change) {
    EditDocument document = whole_session();
    change(document);
    check(document.hash() != base, what);
  };
  check_equal(whole_session().hash(), base, "the same session");
  differs("mask", [](EditDocument& d) { d.invert(); });
  differs("name", [](EditDocument& d) { d.rename(3, "x"); });
  differs("current", [](EditDocument& d) { d.go_to(3); });
  differs("results", [](EditDocument& d) { d.discard(); });
  differs("nodes", [](EditDocument& d) { d.remove(3); });
}

void a_copy_to_keep_is_equal_and_its_own() {
  EditDocument document = whole_session();
  EditDocument copy = document.copy_to_keep();
  check(copy == document && !copy.undo_step(), "equal, with nothing to undo");
  keep_all(copy, [](const std::string& png) { return sha256_hex(png) + ".png"; });
  for (const auto& picture : document.pictures()) check(picture->file.empty(), "the document's pictures stay");
  for (const auto& mask : document.masks()) check(mask->file.empty(), "its masks as well");
}

void json_gives_an_equal_document() {
  TemporaryFolder folder;
  Store store(folder.path());
  EditDocument document = whole_session();
  const StoredEdit kept = stored(document, store, "t");
  const EditDocument back = opened(kept, store);
  check(back == document, "the document");
  check_equal(to_json(back), kept.json);
  EditDocument both = back;
  both.go_to(1);
  check_equal(both.apply(0, 5), 5, "numbers go on behind the last");
}

void json_that_is_no_session_is_refused_with_one_sentence() {
  EditDocument document = whole_session();
  keep_all(document, [](const std::string& png) { return sha256_hex(png) + ".png"; });
  const std::string good = to_json(document);
  const auto refused = [&](const std::string& from, const std::string& to, const char* why) {
    std::string bad = good;
    const size_t at = bad.find(from);
    check(at != bad.npos, "the text is there: " + from);
    bad.replace(at, from.size(), to);
    check_contains(message_of<LoadError>([&] { edit_document_from_json(bad, "file"); }), why);
  };
  refused("blip3o edit session", "recipe", "holds no editing session");
  refused("\"format\":1", "\"format\":2", "format 2, this program reads 1");
  refused("\"current\":2", "\"current\":77", "'current' is 77");
  refused("\"id\":2,\"parent\":1", "\"id\":2,\"parent\":2", "cannot stand behind");
  refused("\"id\":2,\"parent\":1", "\"id\":2,\"parent\":0", "cannot stand behind");
  refused("\"id\":3", "\"id\":2", "cannot stand behind");
  refused("\"width\":160", "\"width\":-1", "width");
  refused("\"width\":160", "\"width\":16000000", "width");
  refused("\"width\":160", "\"width\":\"160\"", "width");
  refused("\"base\":2", "\"base\":9", "no node of it");
  refused("\"sha256\":\"", "\"sha256\":\"x", "no hash");
  refused("\"nodes\":[", "\"nodes\":[],\"other\":[", "not a list");
  for (size_t cut = 0; cut < good.size(); cut += 7)
    check(!message_of<LoadError>([&] { edit_document_from_json(good.substr(0, cut), "file"); }).empty(), "a sentence");
}

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
    CASE(an_applied_result_is_a_node_behind_what_it_changed),
    CASE(the_tree_branches_wherever_one_goes),
    CASE(results_of_one_run_are_one_step),
    CASE(deleting_takes_the_branch_and_undo_brings_it_back),
    CASE(a_picture_of_another_size_has_another_mask),
    CASE(a_node_that_was_made_elsewhere_joins_the_tree),
    CASE(fifty_mixed_actions_undone_and_redone_give_equal_hashes),
    CASE(a_new_action_forgets_what_was_undone),
    CASE(what_undo_keeps_of_the_mask_is_bounded),
    CASE(the_hash_tells_every_part_apart),
    CASE(a_copy_to_keep_is_equal_and_its_own),
    CASE(json_gives_an_equal_document),
    CASE(json_that_is_no_session_is_refused_with_one_sentence),
    CASE(a_session_comes_back_from_the_library),
    CASE(sessions_are_listed_renamed_trashed_and_restored),
    CASE(deleting_for_good_takes_the_files_that_nothing_else_names),
    CASE(a_killed_program_loses_nothing_that_was_finished),
    CASE(the_same_file_is_kept_by_two_threads_at_once),
    CASE(a_library_of_a_newer_program_is_only_read),
    CASE(an_older_library_gets_a_place_for_sessions),
    CASE(a_broken_database_gives_its_sessions_back),
};

}  // namespace
