// Editing sessions: the tree, one undo stack over everything, and their JSON.
#include <set>

#include "core/base/error.h"
#include "tests/core/library/edits.h"

using namespace b3o;
using namespace b3o::test;

namespace {

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
  refused("\"name\":\"", ("\"name\":\"" + std::string(3000, 'x')).c_str(), "at most 2000");
  refused("\"nodes\":[", "\"nodes\":[],\"other\":[", "not a list");
  for (size_t cut = 0; cut < good.size(); cut += 7)
    check(!message_of<LoadError>([&] { edit_document_from_json(good.substr(0, cut), "file"); }).empty(), "a sentence");
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
};

}  // namespace
