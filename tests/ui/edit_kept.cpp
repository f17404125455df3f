// Editing sessions that are kept, listed, joined by the conversation, and go out of the program, without a window.
#include <QTest>
#include <set>

#include "core/base/file.h"
#include "tests/ui/editing.h"

using namespace b3o;
using namespace b3o::test;

class EditKeptTest : public QObject {
  Q_OBJECT

  // A picture that is attached to the conversation and changed there.
  static bool changeTable(Editing& fake) {
    Conversation& chat = fake.studio.conversation;
    chat.attachImage(Editing::source(64, 64), QStringLiteral("table.png"));
    if (!QTest::qWaitFor([&] { return !chat.attachments().back().reading; })) return false;
    chat.send(QStringLiteral("make the cup red"));
    return fake.idle();
  }

 private Q_SLOTS:
  void every_step_is_in_the_library_and_comes_back() {
    const QTemporaryDir library;
    std::string hash;
    int64_t id = 0;
    {
      Editing fake(openStore(library.path()));
      QVERIFY(fake.load() && fake.open());
      QCOMPARE(fake.edit.id(), 0);  // nothing was done to it yet
      fake.mark();
      QVERIFY(fake.kept());
      fake.ask(EditMode::words, "red", 2);
      QVERIFY(fake.run());
      fake.edit.apply();
      fake.edit.rename(fake.current(), QStringLiteral("first"));
      QVERIFY(fake.run());
      fake.edit.beginStroke({12, 0.5}, {60, 60});
      fake.edit.endStroke();
      QVERIFY(fake.kept());
      hash = fake.edit.document().hash();
      id = fake.edit.id();
    }
    Editing fake(openStore(library.path()));
    QVERIFY(fake.load());
    fake.edit.openLast();
    QVERIFY(fake.opened());
    QCOMPARE(fake.edit.id(), id);
    QCOMPARE(fake.edit.document().hash(), hash);
    QCOMPARE(fake.edit.title(), QStringLiteral("beach.png"));
    QCOMPARE(fake.edit.proposals(), 2);
    QTRY_VERIFY(!fake.edit.thumbnail(fake.edit.document().source()).isNull());
    QTRY_VERIFY(!fake.edit.proposal(1).isNull());
    fake.edit.goTo(fake.edit.document().source());
    QTRY_COMPARE(fake.edit.picture().convertToFormat(QImage::Format_RGB32), Editing::source());
    QCOMPARE(fake.edit.proposals(), 0);
    QCOMPARE(fake.edit.roundTrip().state, RoundTrip::State::none);  // it was edited before
  }
  void what_was_asked_comes_back_at_the_next_start() {
    const QTemporaryDir library;
    EditForm left;
    {
      Editing fake(openStore(library.path()));
      QVERIFY(fake.load() && fake.open());
      left = fake.edit.form();
      left.settings.mode = EditMode::details;
      left.settings.resampling = 3;
      left.settings.token_strength = 0.25;
      left.settings.keep_cells = true;
      left.settings.crop = false;
      left.words = QStringLiteral("a red \"hat\"");
      left.strength = 0.6;
      left.grow = 7;
      left.feather = 9;
      left.count = 4;
      left.seed = QStringLiteral("18446744073709551615");
      left.whole = true;
      left.paint.steps = 5;
      fake.edit.setForm(left);
    }
    {
      Editing fake(openStore(library.path()));
      QVERIFY(fake.load());
      QTRY_COMPARE(fake.edit.form().words, left.words);
      QVERIFY(fake.edit.form() == left);
      fake.control->info.hash = std::string(64, 'b');
      QVERIFY(fake.load());
      QVERIFY(fake.edit.form().strength == left.strength);  // what was set in this run stays
    }
    Editing fake(openStore(library.path()));
    fake.control->info.hash = std::string(64, 'c');
    QVERIFY(fake.load());
    QTRY_COMPARE(fake.edit.form().words, left.words);
    QCOMPARE(fake.edit.form().settings.mode, EditMode::details);
    QCOMPARE(fake.edit.form().count, 4);
    QVERIFY(fake.edit.form() != left);  // settings of another model mean nothing
    QCOMPARE(fake.edit.form().grow, 0);
  }
  void a_broken_kept_form_does_no_harm() {
    const QTemporaryDir library;
    for (const char* text : {"{", "[]", "{\"format\":1}", "{\"recipe\":\"{\\\"format\\\":1\"}"}) {
      openStore(library.path()).store->set_value("edit.form", text);
      Editing fake(openStore(library.path()));
      QVERIFY(fake.load());
      QTest::qWait(50);
      QCOMPARE(fake.edit.form().strength, 0.75);
    }
  }
  void what_was_done_last_is_kept_when_the_program_ends_or_another_picture_opens() {
    const QTemporaryDir library;
    std::string first, second;
    {
      Editing fake(openStore(library.path()));
      QVERIFY(fake.open());
      for (int x = 10; x < 60; x += 10) {
        fake.edit.beginStroke({8, 1}, {double(x), 30});
        fake.edit.endStroke();
      }
      first = fake.edit.document().hash();
      QVERIFY(fake.open(50, 40, 3));
      fake.edit.invertMask();
      fake.edit.markRectangle({3, 3, 9, 9}, Combine::subtract);
      second = fake.edit.document().hash();
    }
    Editing fake(openStore(library.path()));
    QTRY_COMPARE(int(fake.list.lines().size()), 2);
    std::set<std::string> hashes;
    for (const auto& line : std::vector<EditLine>(fake.list.lines())) {
      fake.edit.openKept(line.id);
      QTRY_COMPARE(fake.edit.id(), line.id);
      hashes.insert(fake.edit.document().hash());
    }
    QVERIFY(hashes == (std::set<std::string>{first, second}));
  }
  void a_result_that_was_not_applied_opens_as_a_session_of_its_own() {
    Editing fake(true);
    QVERIFY(fake.load() && fake.open());
    fake.ask(EditMode::words, "red");
    QVERIFY(fake.run());
    QVERIFY(fake.kept());
    const SharedImage result = fake.edit.proposalAt(0)->picture->image;
    fake.edit.openPicture(result, QStringLiteral("result"));
    QTRY_COMPARE(fake.edit.title(), QStringLiteral("result"));
    QCOMPARE(fake.edit.document().ids().size(), size_t(1));
  }
  void sessions_are_listed_renamed_deleted_and_brought_back() {
    Editing fake(true);
    QVERIFY(fake.open());
    fake.mark();
    QVERIFY(fake.kept());
    const int64_t first = fake.edit.id();
    QVERIFY(fake.open(50, 50, 3));
    fake.edit.setTitle(QStringLiteral("Second"));
    QVERIFY(fake.kept());
    QTRY_COMPARE(int(fake.list.lines().size()), 2);
    fake.list.rename(first, QStringLiteral("Harbour"));
    QTRY_COMPARE(fake.list.lines()[1].title, std::string("Harbour"));
    fake.list.search(QStringLiteral("harb"));
    QTRY_COMPARE(int(fake.list.lines().size()), 1);
    fake.list.search({});
    QTRY_COMPARE(int(fake.list.lines().size()), 2);
    QTRY_VERIFY(!fake.list.thumbnail(fake.list.lines()[0]).isNull());
    const int64_t second = fake.edit.id();
    fake.list.trash(second);
    QVERIFY(!fake.edit.isOpen());
    QTRY_COMPARE(int(fake.list.trashed().size()), 1);
    QCOMPARE(int(fake.list.lines().size()), 1);
    fake.list.undo();
    QVERIFY(fake.opened());
    QCOMPARE(fake.edit.title(), QStringLiteral("Second"));
    QTRY_COMPARE(int(fake.list.lines().size()), 2);
    fake.list.trash(first);
    QTRY_COMPARE(int(fake.list.trashed().size()), 1);
    fake.list.deleteForGood(first);
    QTRY_COMPARE(int(fake.list.trashed().size()), 0);
  }
  void the_same_picture_opens_the_session_that_has_it() {
    Editing fake(true);
    QVERIFY(fake.load() && fake.open());
    fake.ask(EditMode::words, "red");
    QVERIFY(fake.run());
    fake.edit.apply();
    QVERIFY(fake.kept());
    const int64_t id = fake.edit.id(), node = fake.current();
    const SharedImage result = fake.edit.shared(node);
    QVERIFY(fake.open(50, 50, 3));
    QCOMPARE(fake.edit.document().ids().size(), size_t(1));
    fake.edit.openPicture(result, QStringLiteral("from elsewhere"));
    QTRY_COMPARE(fake.edit.id(), id);
    QCOMPARE(fake.current(), node);
    QVERIFY(fake.edit.document().node(node).parent != 0);
  }
  void a_picture_of_the_gallery_opens_with_its_recipe() {
    Editing fake(true);
    NewPicture drawn;
    drawn.image = fakeScene(3, 64, 0);
    drawn.recipe.prompt = "a sun over the sea";
    const int64_t id = fake.studio.library.store()->add_picture(drawn).id;
    fake.edit.openGallery(id);
    QVERIFY(fake.opened());
    QCOMPARE(fake.edit.title(), QStringLiteral("a sun over the sea"));
    QCOMPARE(fake.edit.document().node(fake.current()).recipe->prompt, drawn.recipe.prompt);
    fake.edit.openGallery(999);
    QTRY_VERIFY(fake.edit.error().contains(QStringLiteral("no longer in the Gallery")));
  }
  void what_the_conversation_changes_is_a_chain_of_one_session() {
    Editing fake(true);
    Conversation& chat = fake.studio.conversation;
    QVERIFY(fake.load());
    QVERIFY(changeTable(fake));
    QTRY_COMPARE(int(fake.list.lines().size()), 1);
    QCOMPARE(fake.list.lines()[0].title, std::string("table.png"));
    chat.choose(Intent::edit);
    chat.send(QStringLiteral("and the sky darker"));
    QVERIFY(fake.idle());
    const SharedImage last = chat.turns().back().pictures.back().picture.image;
    fake.edit.openPicture(last, QStringLiteral("from the conversation"));
    QVERIFY(fake.opened());
    QCOMPARE(int(fake.list.lines().size()), 1);
    const EditDocument& document = fake.edit.document();
    const auto chain = document.chain(fake.current());
    QCOMPARE(chain.size(), size_t(3));
    QCOMPARE(fake.edit.nameOf(chain[1]), QStringLiteral("make the cup red"));
    QCOMPARE(fake.edit.nameOf(chain[2]), QStringLiteral("and the sky darker"));
    QVERIFY(*fake.edit.shared(chain[2]) == *last);
    // While the session is open the next change joins it at once.
    chat.send(QStringLiteral("and a bird"));
    QVERIFY(fake.idle());
    QTRY_COMPARE(document.ids().size(), size_t(4));
    QCOMPARE(document.chain(fake.current()).size(), size_t(4));
    QVERIFY(fake.kept());
    QCOMPARE(int(fake.list.lines().size()), 1);
  }
  void a_session_of_the_conversation_shows_its_round_trip_when_it_is_first_opened() {
    const QTemporaryDir library;
    SharedImage last;
    {
      Editing fake(openStore(library.path()));
      Conversation& chat = fake.studio.conversation;
      QVERIFY(fake.load());
      QVERIFY(changeTable(fake));
      QTRY_COMPARE(int(fake.list.lines().size()), 1);
      last = chat.turns().back().pictures.back().picture.image;
    }
    for (const bool first : {true, false}) {
      Editing fake(openStore(library.path()));
      QVERIFY(fake.load());
      fake.edit.openPicture(last, QStringLiteral("from the conversation"));
      QVERIFY(fake.opened());
      QCOMPARE(fake.edit.document().ids().size(), size_t(2));
      if (first) QTRY_COMPARE(fake.edit.roundTrip().state, RoundTrip::State::ready);
      if (first) QCOMPARE(fake.edit.roundTrip().picture.size(), QSize(64, 64));  // of the source
      QTest::qWait(100);
      QCOMPARE(fake.edit.roundTrip().state, first ? RoundTrip::State::ready : RoundTrip::State::none);
      QCOMPARE(fake.edit.proposals(), 0);
    }
  }
  void without_a_library_the_conversations_changes_are_a_session_in_memory() {
    Editing fake;
    Conversation& chat = fake.studio.conversation;
    QVERIFY(fake.load());
    QVERIFY(changeTable(fake));
    chat.choose(Intent::edit);
    chat.send(QStringLiteral("and the sky darker"));
    QVERIFY(fake.idle());
    QTest::qWait(200);  // it is hashed
    const SharedImage last = chat.turns().back().pictures.back().picture.image;
    fake.edit.openPicture(last, QStringLiteral("from the conversation"));
    QVERIFY(fake.opened());
    const auto chain = fake.edit.document().chain(fake.current());
    QCOMPARE(chain.size(), size_t(3));
    QCOMPARE(fake.edit.nameOf(chain[0]), QStringLiteral("table.png"));
    QCOMPARE(fake.edit.nameOf(chain[2]), QStringLiteral("and the sky darker"));
    QTRY_COMPARE(fake.edit.roundTrip().state, RoundTrip::State::ready);
    // Another picture does not end it, and what is changed meanwhile joins it.
    QVERIFY(fake.open(50, 50, 3));
    QCOMPARE(fake.edit.document().ids().size(), size_t(1));
    chat.send(QStringLiteral("and a bird"));
    QVERIFY(fake.idle());
    QTest::qWait(200);
    fake.edit.openPicture(last, QStringLiteral("once more"));
    QTRY_COMPARE(fake.edit.document().ids().size(), size_t(4));
    QCOMPARE(fake.current(), chain[2]);
  }
  void a_round_trip_is_no_picture_of_the_gallery() {
    Editing fake(true);
    QVERIFY(fake.load() && fake.open());
    QTRY_COMPARE(fake.edit.roundTrip().state, RoundTrip::State::ready);
    fake.ask(EditMode::vary);
    QVERIFY(fake.run());
    QTRY_COMPARE(fake.studio.gallery.total(), 1);
    QCOMPARE(fake.studio.library.store()->pictures()[0].prompt, std::string());
  }
  void a_session_goes_out_and_in_equal() {
    Editing fake(true), other(true);
    QVERIFY(fake.load() && fake.open());
    fake.mark();
    fake.ask(EditMode::words, "red", 2);
    QVERIFY(fake.run());
    fake.edit.apply();
    fake.edit.setTitle(QStringLiteral("A beach"));
    QVERIFY(fake.kept());
    const QString file = fake.path("beach.b3o");
    fake.edit.exportSession(file);
    QTRY_COMPARE(fake.edit.message(), QStringLiteral("Saved as beach.b3o."));
    other.edit.openFile(file);
    QVERIFY(other.opened());
    QVERIFY(other.edit.document() == fake.edit.document());
    QCOMPARE(other.edit.title(), QStringLiteral("A beach"));
    QTRY_COMPARE(int(other.list.lines().size()), 1);
    const QString again = fake.path("again.b3o");
    other.edit.exportSession(again);
    QTRY_VERIFY(QFileInfo::exists(again));
    QTRY_COMPARE(other.edit.message(), QStringLiteral("Saved as again.b3o."));
    QCOMPARE(read_file(toPath(again), 1 << 26), read_file(toPath(file), 1 << 26));
  }
  void without_a_library_a_session_works_goes_out_and_comes_in() {
    Editing fake, other;
    QVERIFY(fake.load() && fake.open());
    fake.mark();
    fake.ask(EditMode::words, "red");
    QVERIFY(fake.run());
    fake.edit.apply();
    QCOMPARE(fake.edit.id(), 0);
    fake.edit.exportSession(fake.path("s.b3o"));
    QTRY_COMPARE(fake.edit.message(), QStringLiteral("Saved as s.b3o."));
    other.edit.importSession(fake.path("s.b3o"));
    QVERIFY(other.opened());
    QVERIFY(other.edit.document() == fake.edit.document());
    QVERIFY(!other.edit.picture().isNull());
  }
  void an_export_never_writes_over_a_file_without_asking() {
    Editing fake;
    QVERIFY(fake.load() && fake.open());
    fake.ask(EditMode::vary);
    QVERIFY(fake.run());
    fake.edit.apply();
    for (const char* name : {"out.png", "out.b3o"}) {
      const QString path = fake.path(name);
      const bool picture = path.endsWith(QStringLiteral("png"));
      const auto save = [&](bool over) {
        fake.edit.clearMessage();
        picture ? fake.edit.exportPicture(path, over) : fake.edit.exportSession(path, over);
      };
      write_file(toPath(path), "precious");
      QSignalSpy asks(&fake.edit, &EditSession::exists);
      save(false);
      QCOMPARE(asks.count(), 1);
      QCOMPARE(asks[0][0].toString(), path);
      QTest::qWait(100);
      QCOMPARE(read_file(toPath(path), 100), std::string("precious"));
      save(true);
      QTRY_VERIFY(fake.edit.message().contains(QLatin1String(name)));
      QVERIFY(QFileInfo(path).size() > 100);
      QCOMPARE(asks.count(), 1);
    }
  }
  void the_source_file_is_never_written() {
    Editing fake;
    const QString path = fake.path("source.png");
    QVERIFY(Editing::source().save(path));
    const std::string before = read_file(toPath(path), 1 << 20);
    QVERIFY(fake.load());
    fake.edit.openFile(path);
    QVERIFY(fake.opened());
    fake.ask(EditMode::vary);
    QVERIFY(fake.run());
    fake.edit.apply();
    fake.edit.exportPicture(path, true);
    QTRY_VERIFY(fake.edit.error().contains(QStringLiteral("never written over")));
    fake.edit.clearMessage();
    fake.edit.exportSession(path, true);
    QTRY_VERIFY(fake.edit.error().contains(QStringLiteral("never written over")));
    QCOMPARE(read_file(toPath(path), 1 << 20), before);
  }
  void a_library_that_cannot_be_written_is_said_and_the_work_goes_on() {
    Editing fake(true);
    QVERIFY(fake.open());
    const QString attachments = fake.path("library/attachments");
    QVERIFY(QDir(attachments).removeRecursively());
    fake.mark();
    QTRY_VERIFY(!fake.edit.error().isEmpty());
    QVERIFY(!fake.edit.saved() && !fake.edit.mask().blank());
    QVERIFY(QDir().mkpath(attachments));
    fake.edit.invertMask();
    QVERIFY(fake.kept());
  }
};

QTEST_MAIN(EditKeptTest)
#include "edit_kept.moc"
