// The tree of turns, and conversations as files.
#include "core/library/conversation.h"

#include "core/base/error.h"
#include "core/library/conversation_file.h"
#include "tests/support/case.h"

using namespace b3o;
using namespace b3o::test;

namespace {

TalkTurn question(const char* text) {
  TalkTurn turn;
  turn.text = text;
  return turn;
}

TalkTurn answer(const char* text, int context = 0) {
  TalkTurn turn;
  turn.user = false;
  turn.text = text;
  turn.context = context;
  return turn;
}

// Q1 A1 Q2 A2 Q3 A3.
struct Three {
  Talk talk;
  int64_t q1, a1, q2, a2, q3, a3;
  Three() {
    q1 = talk.add(0, question("one"));
    a1 = talk.add(q1, answer("first", 10));
    q2 = talk.add(a1, question("two"));
    a2 = talk.add(q2, answer("second", 20));
    q3 = talk.add(a2, question("three"));
    a3 = talk.add(q3, answer("third", 30));
  }
};

std::string said(const Talk& talk) {
  std::string out;
  for (const int64_t id : talk.path()) out += talk.turn(id).text + " ";
  return out;
}

// Branches, pictures, a recipe, every kind of state.
Talk everything() {
  Three t;
  TalkTurn other = question("two, otherwise\n\"quoted\" <b>ä</b> \\");
  other.intent = Intent::edit;
  other.pictures = {{0, "beach.png", "abc.png", {}}, {0, "ü.png", "", {}}};
  const int64_t q = t.talk.add(t.a1, other);
  TalkTurn drawn = answer("");
  drawn.intent = Intent::edit;
  drawn.notice = "A small model.";
  drawn.seconds = 1.5;
  Recipe recipe;
  recipe.prompt = "a boat";
  recipe.seed = 18446744073709551615u;
  drawn.pictures = {{0, "drawn", "def.png", recipe}};
  t.talk.add(q, drawn);
  TalkTurn failed = answer("half");
  failed.state = TalkTurn::State::failed;
  failed.error = "It did not fit.";
  failed.tokens = 7;
  failed.picture_tokens = 4;
  t.talk.add(q, failed);
  return t.talk;
}

void an_edited_question_becomes_a_branch_and_the_turns_before_it_stay() {
  Three t;
  const TalkTurn before = t.talk.turn(t.a1);
  const int64_t other = t.talk.add(t.a1, question("two again"));
  check_equal(said(t.talk), "one first two again ");
  check(t.talk.branches(other) == std::vector<int64_t>{t.q2, other}, "both branches are there");
  check(t.talk.turn(t.a1) == before, "the turn before the branch");
  t.talk.show(t.a3);
  check_equal(said(t.talk), "one first two second three third ");
  t.talk.show(other);
  check_equal(said(t.talk), "one first two again ");
}

void showing_a_branch_shows_the_way_it_was_left() {
  Three t;
  t.talk.add(t.q3, answer("third again"));
  t.talk.add(t.a1, question("two again"));
  t.talk.show(t.q2);
  check_equal(said(t.talk), "one first two second three third again ");
}

void a_removed_turn_takes_its_answer_and_leaves_what_follows() {
  Three t;
  t.talk.remove(t.q2);
  check_equal(said(t.talk), "one first three third ");
  check_equal(t.talk.turn(t.a3).context, 0, "the context, which was counted with the removed turn,");
  check_equal(t.talk.turn(t.a1).context, 10, "the context before it");
}

void a_restored_turn_is_as_it_was() {
  for (const int which : {0, 1, 2}) {
    Three t;
    t.talk.add(t.q2, answer("second again"));
    t.talk.show(t.a3);
    const Talk before = t.talk;
    const auto removed = t.talk.remove(which == 0 ? t.q1 : which == 1 ? t.q2 : t.q3);
    check(!(t.talk == before), "something was removed");
    t.talk.restore(removed);
    check(t.talk == before, "everything is back");
  }
}

void a_turn_is_restored_after_more_was_said() {
  Three t;
  const auto removed = t.talk.remove(t.q2);
  const int64_t q4 = t.talk.add(t.a3, question("four"));
  t.talk.add(t.a1, question("three again"));
  t.talk.restore(removed);
  t.talk.show(q4);
  check_equal(said(t.talk), "one first two second three third four ");
  check_equal(t.talk.branches(t.q2).size(), size_t(2));
}

void removing_and_restoring_in_any_order_ends_where_it_began() {
  const Talk before = Three().talk;
  Three t;
  std::vector<Talk::Removed> gone;
  uint32_t random = 7;
  int done = 0;
  while (done < 50 || !gone.empty()) {
    random = random * 1664525u + 1013904223u;
    const auto path = t.talk.path();
    const bool take = done < 50 && !path.empty() && (random >> 31 || gone.empty());
    if (take) {
      const size_t at = (random >> 8) % ((path.size() + 1) / 2) * 2;
      gone.push_back(t.talk.remove(path[at]));
    } else {
      t.talk.restore(gone.back());
      gone.pop_back();
    }
    ++done;
  }
  check(t.talk == before, "the conversation");
}

void a_title_is_the_first_question_in_one_line() {
  Talk talk;
  check_equal(talk.title(), "");
  talk.add(0, question("  What\n is\tthis? "));
  check_equal(talk.title(), "What is this?");
  Talk longer;
  longer.add(0, question(std::string(100, 'x').c_str()));
  check_equal(longer.title(), std::string(60, 'x') + "…");
}

void json_gives_an_equal_conversation() {
  const Talk talk = everything();
  check(talk_from_json(to_json(talk), "test") == talk, "read back");
  check_equal(to_json(talk_from_json(to_json(talk), "test")), to_json(talk));
  check(talk_from_json(to_json(Talk()), "test") == Talk(), "an empty one");
}

void a_broken_tree_is_refused_by_name() {
  const auto refuse = [](const char* json, const char* part) {
    check_contains(message_of<LoadError>([&] { talk_from_json(json, "x.json"); }), part);
  };
  const std::string head = R"({"format":1,"kind":"blip3o conversation",)";
  refuse("{", "x.json");
  refuse("{}", "holds no conversation");
  refuse(R"({"format":9,"kind":"blip3o conversation"})", "format 9");
  refuse((head + R"("turns":5})").c_str(), "'turns'");
  refuse((head + R"("next":[1],"turns":[]})").c_str(), "cannot stand there");
  refuse((head + R"("turns":[{"id":1,"role":"user"}]})").c_str(), "follow no other");
  refuse((head + R"("next":[1],"turns":[{"id":1,"role":"model"}]})").c_str(), "same role");
  refuse((head + R"("next":[1],"turns":[{"id":1,"role":"user","next":[1]}]})").c_str(), "cannot stand there");
  refuse((head + R"("next":[1,1],"turns":[{"id":1,"role":"user"}]})").c_str(), "cannot stand there");
  refuse((head + R"("next":[1],"turns":[{"id":1,"role":"user"},{"id":1,"role":"user"}]})").c_str(), "another turn");
  refuse((head + R"("next":[1],"shown":1,"turns":[{"id":1,"role":"user"}]})").c_str(), "'shown'");
  refuse((head + R"("next":[1],"turns":[{"id":1,"role":"god"}]})").c_str(), "'role'");
}

void a_very_deep_conversation_is_read_and_written() {
  Talk talk;
  int64_t last = 0;
  for (int i = 0; i < 20000; ++i) last = talk.add(last, i % 2 ? answer("a") : question("q"));
  check(talk_from_json(to_json(talk), "test") == talk, "read back");
}

std::string png_of(const TalkPicture& picture) {
  std::string bytes = "PNG";
  for (int i = 0; i < 250 + int(picture.id); ++i) bytes += char(i * 7);
  return bytes;
}

void a_file_holds_every_branch_and_picture() {
  const Talk talk = everything();
  const TalkFile file = talk_file_from(to_talk_file(talk, "My <title>", png_of), "talk.json");
  check_equal(file.title, "My <title>");
  check_equal(file.pictures.size(), size_t(3));
  for (const auto& [id, png] : file.pictures) check_equal(png, png_of({id, "", "", {}}));
  Talk files_apart = talk;
  for (int64_t id = 1; id <= int64_t(talk.size()); ++id)
    for (auto& picture : files_apart.turn(id).pictures) picture.file.clear();
  check(file.talk == files_apart, "the conversation");
  check_contains(message_of<LoadError>([] { talk_file_from(to_json(everything()), "x.json"); }), "x.json");
}

void html_shows_tags_as_text() {
  Talk talk;
  const int64_t q = talk.add(0, question("<script>alert(1)</script> & \"x\""));
  talk.add(q, answer("**bold** <img src=x onerror=y>\n```\n<b>\n```\n- [x](javascript:a)"));
  const std::string html = to_html(talk, "<i>t</i>", {}, [](const TalkPicture&) { return "x.png"; });
  check_contains(html, "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;x&quot;");
  check_contains(html, "<b>bold</b> &lt;img src=x onerror=y&gt;");
  check_contains(html, "<pre>&lt;b&gt;</pre>");
  check_contains(html, "<title>&lt;i&gt;t&lt;/i&gt;</title>");
  for (const char* bad : {"<script", "<img src=x", "href", "<i>t"})
    check(html.find(bad) == std::string::npos, std::string(bad) + " is in the page");
}

void html_holds_its_pictures() {
  const std::string html = to_html(everything(), "t", {}, [](const TalkPicture& p) { return data_link(png_of(p)); });
  check_contains(html, "<img src=\"data:image/png;base64,UE5HAA");
  check_contains(html, "alt=\"beach.png\"");
}

void markdown_names_speakers_and_pictures() {
  Talk talk;
  TalkTurn asked = question("what <b>is</b> it?");
  asked.pictures = {{0, "a [b].png", "", {}}};
  const int64_t q = talk.add(0, asked);
  talk.add(q, answer("A *fish*.\n```\n<code>\n```"));
  const std::string text = to_markdown(talk, "Title", {"Du", "Modell"}, [](const TalkPicture&) { return "p/1.png"; });
  check_equal(text,
              "# Title\n\n**Du**\n\n![a  b .png](<p/1.png>)\n\nwhat &lt;b>is&lt;/b> it?\n\n**Modell**\n\nA "
              "*fish*.\n```\n<code>\n```\n");
}

const Cases cases = {CASE(an_edited_question_becomes_a_branch_and_the_turns_before_it_stay),
                     CASE(showing_a_branch_shows_the_way_it_was_left),
                     CASE(a_removed_turn_takes_its_answer_and_leaves_what_follows),
                     CASE(a_restored_turn_is_as_it_was),
                     CASE(a_turn_is_restored_after_more_was_said),
                     CASE(removing_and_restoring_in_any_order_ends_where_it_began),
                     CASE(a_title_is_the_first_question_in_one_line),
                     CASE(json_gives_an_equal_conversation),
                     CASE(a_broken_tree_is_refused_by_name),
                     CASE(a_very_deep_conversation_is_read_and_written),
                     CASE(a_file_holds_every_branch_and_picture),
                     CASE(html_shows_tags_as_text),
                     CASE(html_holds_its_pictures),
                     CASE(markdown_names_speakers_and_pictures)};

}  // namespace
