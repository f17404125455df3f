#include "core/base/error.h"
#include "core/base/file.h"
#include "tests/core/library/support.h"

using namespace b3o;
using namespace b3o::test;

namespace {

std::vector<std::string> titles(const std::vector<ConversationLine>& lines) {
  std::vector<std::string> out;
  for (const auto& line : lines) out.push_back(line.title);
  return out;
}
using Titles = std::vector<std::string>;

void a_conversation_comes_back_whole() {
  TemporaryFolder folder;
  StoredConversation talk{{0, "Boats", 1000, 2000}, R"({"turns":[]})", "and then", "A Red boat"};
  {
    Store store(folder.path());
    talk.line.id = store.save_conversation(talk);
  }
  Store store(folder.path());
  const auto back = store.load_conversation(talk.line.id);
  check(back.has_value() && back->line == talk.line, "the line is equal");
  check_equal(back->json, talk.json);
  check_equal(back->draft, talk.draft);
  check_equal(back->words, std::string("a red boat"));
}

void the_list_knows_how_many_turns_and_pictures_are_shown() {
  TemporaryFolder folder;
  int64_t id = 0;
  {
    Store store(folder.path());
    StoredConversation talk{{.title = "Boats", .turns = 4, .pictures = 2}, "{}", "", ""};
    talk.line.id = id = store.save_conversation(talk);
    store.rename_conversation(id, "Ships");
    check(store.conversations()[0].turns == 4 && store.conversations()[0].pictures == 2, "as they were given");
    talk.line.turns = 6;
    store.save_conversation(talk);
    check_equal(store.conversations()[0].turns, 6);
  }
  // One that an older program kept is counted.
  change(
      folder / "library.sqlite",
      R"(DROP TABLE talk_sizes; UPDATE conversations SET json='{"turns":[{"pictures":[{},{}]},{},{"pictures":[{}]}]}';
            PRAGMA user_version=3;)");
  Store store(folder.path());
  check(store.conversations()[0].turns == 3 && store.conversations()[0].pictures == 3, "counted");
}

void saving_again_replaces_and_moves_to_the_front() {
  TemporaryFolder folder;
  Store store(folder.path());
  const int64_t first = store.save_conversation({{0, "first", 1, 1}, "{}", "", ""});
  store.save_conversation({{0, "second", 2, 2}, "{}", "", ""});
  check(titles(store.conversations()) == Titles{"second", "first"}, "the newest is first");
  store.save_conversation({{first, "first again", 1, 3}, "{\"a\":1}", "", ""});
  check(titles(store.conversations()) == Titles{"first again", "second"}, "the changed one is first");
  check_equal(store.load_conversation(first)->json, std::string("{\"a\":1}"));
}

void a_search_looks_into_title_and_words() {
  TemporaryFolder folder;
  Store store(folder.path());
  const int64_t id = store.save_conversation({{0, "Harbour", 1, 1}, "{}", "", "the RED boat"});
  store.save_conversation({{0, "Hills", 2, 2}, "{}", "", "green"});
  check(titles(store.conversations("red harbour")) == Titles{"Harbour"}, "words of both");
  store.rename_conversation(id, "Port");
  check(titles(store.conversations("red")) == Titles{"Port"}, "words stay after a rename");
  check(store.conversations("harbour").empty(), "the old title is forgotten");
}

void a_removed_conversation_can_be_restored_until_the_next_start() {
  TemporaryFolder folder;
  int64_t gone = 0, back = 0;
  {
    Store store(folder.path());
    gone = store.save_conversation({{0, "gone", 1, 1}, "{}", "", ""});
    back = store.save_conversation({{0, "back", 2, 2}, "{}", "", ""});
    store.remove_conversation(gone);
    store.remove_conversation(back);
    check(store.conversations().empty() && !store.load_conversation(back), "removed ones are hidden");
    store.restore_conversation(back);
    check(titles(store.conversations()) == Titles{"back"}, "restored");
  }
  Store store(folder.path());
  store.restore_conversation(gone);
  check(titles(store.conversations()) == Titles{"back"}, "what was not restored is really gone");
}

void a_draft_is_kept_without_moving_the_conversation() {
  TemporaryFolder folder;
  Store store(folder.path());
  const int64_t id = store.save_conversation({{0, "old", 1, 1}, "{}", "", ""});
  store.save_conversation({{0, "new", 2, 2}, "{}", "", ""});
  store.save_draft(id, "half a question");
  check_equal(store.load_conversation(id)->draft, std::string("half a question"));
  check(titles(store.conversations()) == Titles{"new", "old"}, "the order stays");
}

void an_attachment_is_kept_once_and_found_by_its_name_alone() {
  TemporaryFolder folder;
  Store store(folder.path());
  const std::string a = store.keep_attachment("bytes", ".png"), b = store.keep_attachment("bytes", ".png");
  check_equal(a, b);
  check_equal(store.attachment(a), std::string("bytes"));
  for (const char* bad : {"../library.sqlite", "", "a.png", "/etc/passwd"})
    check_contains(message_of<LoadError>([&] { store.attachment(bad); }), "is no attachment");
  check_contains(message_of<LoadError>([&] { store.attachment(std::string(64, 'a') + ".png"); }), "cannot be opened");
}

void the_queue_keeps_its_order() {
  TemporaryFolder folder;
  std::vector<int64_t> ids;
  {
    Store store(folder.path());
    for (const char* json : {"1", "2", "3", "4"}) ids.push_back(store.add_job(json));
    store.order_jobs({ids[2], ids[0]});
    store.remove_job(ids[1]);
  }
  Store store(folder.path());
  std::string order;
  for (const auto& job : store.queue()) order += job.json;
  check_equal(order, std::string("314"));
  check_equal(store.add_job("5"), ids[3] + 1);
  check_equal(store.queue().back().json, std::string("5"));
}

void prompts_are_a_history_without_doubles_and_a_list_of_kept_ones() {
  TemporaryFolder folder;
  Store store(folder.path());
  for (const char* text : {"a", "b", "a", "c"}) store.use_prompt(text);
  store.save_prompt("b", true);
  std::string order;
  for (const auto& prompt : store.prompts()) order += prompt.text + (prompt.saved ? "! " : " ");
  check_equal(order, std::string("b! c a "));
  store.save_prompt("b", false);
  check_equal(store.prompts(2)[0].text, std::string("c"));
}

void a_value_is_what_was_set_last() {
  TemporaryFolder folder;
  {
    Store store(folder.path());
    check_equal(store.value("open"), std::string());
    store.set_value("open", "1");
    store.set_value("open", "2");
  }
  check_equal(Store(folder.path()).value("open"), std::string("2"));
}

const Cases cases = {
    CASE(a_conversation_comes_back_whole),
    CASE(the_list_knows_how_many_turns_and_pictures_are_shown),
    CASE(saving_again_replaces_and_moves_to_the_front),
    CASE(a_search_looks_into_title_and_words),
    CASE(a_removed_conversation_can_be_restored_until_the_next_start),
    CASE(a_draft_is_kept_without_moving_the_conversation),
    CASE(an_attachment_is_kept_once_and_found_by_its_name_alone),
    CASE(the_queue_keeps_its_order),
    CASE(prompts_are_a_history_without_doubles_and_a_list_of_kept_ones),
    CASE(a_value_is_what_was_set_last),
};

}  // namespace
