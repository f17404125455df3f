// Conversations that are kept, listed, exported and imported, without a window.
#include <QTest>

#include "core/base/file.h"
#include "core/library/conversation_file.h"
#include "tests/ui/talking.h"

using namespace b3o;
using namespace b3o::test;

class ChatKeptTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void a_kept_conversation_opens_as_it_was_data() {
    QTest::addColumn<bool>("in_library");
    QTest::newRow("memory") << false;
    QTest::newRow("library") << true;
  }
  void a_kept_conversation_opens_as_it_was() {
    QFETCH(bool, in_library);
    const QTemporaryDir library;
    Talking fake(in_library ? openStore(library.path()) : OpenedStore());
    auto& list = fake.studio.conversations;
    QVERIFY(fake.load());
    QVERIFY(fake.attach("p", 0xff0000));
    QVERIFY(fake.say("what is it?"));
    QVERIFY(fake.say("draw a boat"));
    fake.chat.regenerate(3);
    QVERIFY(fake.idle());
    fake.chat.setDraft(QStringLiteral("half a ques"));
    QTest::qWait(600);
    QVERIFY(fake.settled());
    const int64_t id = list.current();
    QVERIFY(id > 0);
    const Talk talk = fake.chat.session().talk;
    const SharedImage drawn = fake.last().pictures[0].picture.image;
    list.newChat();
    QVERIFY(fake.chat.turns().empty());
    list.open(id);
    QTRY_COMPARE(fake.rows(), 4);
    QTRY_VERIFY(fake.last().pictures[0].picture.image);
    QVERIFY(fake.chat.session().talk == talk);
    QVERIFY(*fake.last().pictures[0].picture.image == *drawn);
    QCOMPARE(fake.last().branches, 2);
    QCOMPARE(fake.chat.session().draft, QStringLiteral("half a ques"));
    QVERIFY(fake.say("and what is that?"));
    QCOMPARE(picturesIn(fake.lastChat().messages[0]), 1);
    QCOMPARE(picturesIn(fake.lastChat().messages[2]), 1);
  }
  void what_was_open_is_open_after_a_restart() {
    const QTemporaryDir library;
    auto fake = std::make_unique<Talking>(openStore(library.path()));
    QVERIFY(fake->load());
    QVERIFY(fake->say("hello"));
    QTRY_VERIFY(fake->studio.conversations.current() > 0);
    fake->chat.setDraft(QStringLiteral("not sent"));
    fake.reset();
    fake = std::make_unique<Talking>(openStore(library.path()));
    fake->studio.conversations.start();
    QTRY_COMPARE(fake->rows(), 2);
    QCOMPARE(fake->chat.turns()[0].text, QStringLiteral("hello"));
    QCOMPARE(fake->chat.session().draft, QStringLiteral("not sent"));
  }
  void a_draft_of_a_new_chat_is_kept_too() {
    const QTemporaryDir library;
    auto fake = std::make_unique<Talking>(openStore(library.path()));
    fake->chat.setDraft(QStringLiteral("half"));
    fake.reset();
    fake = std::make_unique<Talking>(openStore(library.path()));
    fake->studio.conversations.start();
    QTRY_COMPARE(fake->chat.session().draft, QStringLiteral("half"));
  }
  void a_line_of_the_list_counts_turns_and_pictures() {
    Talking fake;
    QVERIFY(fake.load());
    ConversationModel model;
    const auto below = [&] {
      model.setLines(fake.studio.conversations.lines(), QDateTime::currentDateTime());
      return model.indexOf(fake.studio.conversations.current()).data(ConversationModel::below).toString();
    };
    QVERIFY(fake.say("what is a boat?") && fake.settled());
    QCOMPARE(below(), QStringLiteral("2 turns"));
    QVERIFY(fake.attach("one", qRgb(1, 2, 3)));
    QVERIFY(fake.say("and this?") && fake.say("draw a boat") && fake.settled());
    QCOMPARE(below(), QStringLiteral("6 turns · 2 pictures"));
    fake.chat.remove(0);
    QVERIFY(fake.settled());
    QCOMPARE(below(), QStringLiteral("4 turns · 2 pictures"));
  }
  void the_list_finds_renames_deletes_and_brings_back() {
    Talking fake;
    QVERIFY(fake.load());
    auto& list = fake.studio.conversations;
    for (const char* text : {"about fish", "about boats"}) {
      QVERIFY(fake.say(text));
      QVERIFY(fake.settled());
      list.newChat();
    }
    QCOMPARE(fake.titles(), (QStringList{QStringLiteral("about boats"), QStringLiteral("about fish")}));
    list.search(QStringLiteral("FISH"));
    QVERIFY(fake.settled());
    QCOMPARE(fake.titles(), QStringList{QStringLiteral("about fish")});
    list.search({});
    QVERIFY(fake.settled());
    const int64_t fish = list.lines()[1].id;
    list.rename(fish, QStringLiteral("  Sea \n animals "));
    QVERIFY(fake.settled());
    QVERIFY(fake.titles().contains(QStringLiteral("Sea animals")));
    list.open(fish);
    QTRY_COMPARE(fake.chat.title(), QStringLiteral("Sea animals"));
    list.remove(fish);
    QVERIFY(fake.chat.turns().empty());
    QVERIFY(fake.settled());
    QCOMPARE(fake.titles(), QStringList{QStringLiteral("about boats")});
    QVERIFY(list.steps().undo());
    QVERIFY(fake.settled());
    QCOMPARE(fake.titles().size(), 2);
    QCOMPARE(fake.chat.title(), QStringLiteral("Sea animals"));
    QCOMPARE(fake.rows(), 2);
  }
  void deleting_a_conversation_stops_its_answer() {
    Talking fake;
    QVERIFY(fake.load());
    fake.control->allow(2);
    fake.chat.send(QStringLiteral("hello"));
    QVERIFY(fake.settled());
    fake.studio.conversations.remove(fake.studio.conversations.current());
    QTRY_VERIFY(!fake.studio.line.running());
    QVERIFY(fake.chat.turns().empty());
  }

  // --- out and in
  void an_exported_conversation_comes_back_equal() {
    Talking fake;
    QVERIFY(fake.load());
    QVERIFY(fake.attach("p.png", 0x00ff00));
    QVERIFY(fake.say("what is it?"));
    QVERIFY(fake.say("draw a boat"));
    fake.chat.resend(2, QStringLiteral("draw a house"));
    QVERIFY(fake.idle());
    QVERIFY(fake.settled());
    fake.chat.setTitle(QStringLiteral("Mine"), fake.studio.conversations.current());
    fake.studio.talk_out.write(fake.path("talk.json"), fake.chat.session());
    QTRY_COMPARE(fake.studio.talk_out.message(), QStringLiteral("Exported as talk.json."));
    const Talk talk = fake.chat.session().talk;
    const auto id = fake.studio.conversations.current();
    fake.studio.conversations.newChat();
    fake.studio.talk_out.read(fake.path("talk.json"));
    QTRY_VERIFY(fake.studio.conversations.current() > 0);
    QVERIFY(fake.studio.conversations.current() != id);
    QVERIFY(fake.chat.session().talk == talk);
    QCOMPARE(fake.chat.title(), QStringLiteral("Mine"));
    QTRY_VERIFY(fake.last().pictures[0].picture.image);
    fake.studio.talk_out.clearMessage();
    fake.studio.talk_out.write(fake.path("again.json"), fake.chat.session());
    QTRY_VERIFY(!fake.studio.talk_out.message().isEmpty());
    QCOMPARE(read_file(toPath(fake.path("again.json")), 1 << 24), read_file(toPath(fake.path("talk.json")), 1 << 24));
  }
  void markdown_has_its_pictures_beside_it() {
    Talking fake;
    QVERIFY(fake.load());
    QVERIFY(fake.say("draw a boat"));
    fake.studio.talk_out.write(fake.path("talk.md"), fake.chat.session());
    QTRY_VERIFY(!fake.studio.talk_out.message().isEmpty());
    QVERIFY(!fake.studio.talk_out.failed());
    QVERIFY(read_file(toPath(fake.path("talk.md")), 1 << 20).find("](<talk-pictures/1.png>)") != std::string::npos);
    QVERIFY(readPicture(fake.path("talk-pictures/1.png")).image);
    fake.studio.talk_out.clearMessage();
    fake.studio.talk_out.write(fake.path("talk.html"), fake.chat.session());
    QTRY_VERIFY(!fake.studio.talk_out.message().isEmpty());
    QVERIFY(read_file(toPath(fake.path("talk.html")), 1 << 24).find("data:image/png;base64,") != std::string::npos);
  }
  void a_file_that_is_no_conversation_says_so() {
    Talking fake;
    write_file(toPath(fake.path("no.json")), "{}");
    fake.studio.talk_out.read(fake.path("no.json"));
    QTRY_VERIFY(fake.studio.talk_out.failed());
    QVERIFY(fake.studio.talk_out.message().contains(QStringLiteral("no.json")));
  }
};

QTEST_MAIN(ChatKeptTest)
#include "chat_kept.moc"
