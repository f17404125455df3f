// Undo and redo in Chat and in the Gallery. (The Edit page's are tested with its sessions.)
#include <QTest>
#include <random>

#include "tests/ui/drawing.h"
#include "tests/ui/talking.h"

using namespace b3o;
using namespace b3o::test;

namespace {

constexpr int kActions = 50;
constexpr const char* kImported = "a heart";

// Everything of the library that Chat can change.
std::string conversationsOf(const Talking& fake) {
  const auto& shelf = fake.studio.conversations.shelf();
  auto lines = shelf->lines({});
  std::sort(lines.begin(), lines.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
  std::string all;
  for (const auto& line : lines) all += std::to_string(line.id) + line.title + "\n" + shelf->load(line.id)->json + "\n";
  return all;
}

// Everything of it that the Gallery can change. An import that is taken back leaves its picture in the trash.
std::string picturesOf(const Talking& fake) {
  std::string all;
  for (const bool trash : {false, true})
    for (const auto& line : fake.studio.library.store()->pictures({.trash = trash}))
      if (!trash || line.prompt != kImported) all += (trash ? "\n-" : "\n+") + line.file + (line.starred ? "*" : "");
  return all;
}

// One page: what it can do, and what the library held after every step that is not taken back.
struct Side {
  Steps& steps;
  std::function<std::string()> state;
  std::vector<std::function<bool()>> actions;  // false: nothing to do it to
  std::vector<std::string> states = {};
  size_t at = 0;
  int done = 0, undone = 0, redone = 0;
};

struct Mixed : Talking {
  std::mt19937 random{3};
  ConversationList& list = studio.conversations;
  Gallery& gallery = studio.gallery;
  Side sides[2];

  Mixed()
      : Talking(true),
        sides{{list.steps(),
               [this] { return conversationsOf(*this); },
               {[this] { return removeTurn(); }, [this] { return removeTurn(); }, [this] { return removeTalk(); },
                [this] { return rename(); }}},
              {gallery.steps(),
               [this] { return picturesOf(*this); },
               {[this] { return trash(); }, [this] { return star(); }, [this] { return restore(); },
                [this] { return import(); }}}} {}

  size_t among(size_t count) { return random() % count; }
  bool settle() {
    for (int k = 0; k < 3; ++k) QTest::qWait(10);
    return settled();
  }
  bool filled() {
    if (!load()) return false;
    for (int k = 0; k < 4; ++k) {  // the last one stays open
      if (k > 0) list.newChat();
      for (const char* words : {"what is it?", "and then?", "why?", "draw a boat"})
        if (!say(words)) return false;
    }
    if (!QTest::qWaitFor([this] { return gallery.total() == 4; })) return false;  // the boats
    for (int k = 0; k < 5; ++k)
      if (!draw(*this, "a house")) return false;
    if (!QTest::qWaitFor([this] { return gallery.lines().size() == 9; }) || !settle()) return false;
    for (Side& side : sides) side.states = {side.state()};
    return true;
  }

  bool removeTurn() {
    if (rows() == 0) return false;
    const size_t before = size_t(rows());
    chat.remove(int(among(before)));
    return size_t(rows()) < before;
  }
  bool removeTalk() {
    if (list.lines().size() < 2) return false;
    list.remove(list.lines()[among(list.lines().size())].id);
    return true;
  }
  bool rename() {
    if (list.lines().empty()) return false;
    list.rename(list.lines()[among(list.lines().size())].id, QString::number(random()));
    return true;
  }
  bool show(bool trash) {
    gallery.setFilter({.words = {}, .trash = trash});
    return settle() && !gallery.lines().empty();
  }
  bool chooseOne(bool trash) {
    if (!show(trash)) return false;
    gallery.choose({gallery.lines()[among(gallery.lines().size())].id});
    return true;
  }
  bool trash() { return chooseOne(false) && (gallery.moveToTrash(), true); }
  bool star() { return chooseOne(false) && (gallery.toggleStar(), true); }
  bool restore() { return chooseOne(true) && (gallery.restore(), true); }
  bool import() {
    Recipe recipe;
    recipe.prompt = kImported;
    write_picture_file(toPath(path("heart.png")), fakeScene(1, 32, 0), recipe);
    gallery.importFiles({path("heart.png")});
    return QTest::qWaitFor([this] { return !gallery.importing(); });
  }
  // Something that is no step: an undo may then belong to a conversation that is not shown.
  void openAnother() {
    if (!list.lines().empty()) list.open(list.lines()[among(list.lines().size())].id);
  }

  bool act(Side& side) {
    const size_t dice = among(5);
    if (dice == 0 && side.steps.canRedo()) {
      ++side.at, ++side.redone;
      return side.steps.redo();
    }
    if (dice < 3 && side.steps.canUndo()) {
      --side.at, ++side.undone;
      return side.steps.undo();
    }
    if (!side.actions[among(side.actions.size())]()) return true;
    if (!settle()) return false;
    side.states.resize(++side.at);
    side.states.push_back(side.state());
    ++side.done;
    return true;
  }
};

}  // namespace

class UndoTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void fifty_mixed_actions_undos_and_redos_leave_the_library_as_it_was_at_every_step() {
    Mixed fake;
    QVERIFY(fake.filled());
    for (int k = 0; k < kActions; ++k) {
      Side& side = fake.sides[k % 2];
      QVERIFY2(fake.act(side), qPrintable(QString::number(k)));
      QVERIFY(fake.settle());
      QVERIFY2(
          side.state() == side.states[side.at],
          qPrintable(QStringLiteral("%1: %2\nwanted: %3")
                         .arg(k)
                         .arg(QString::fromStdString(side.state()), QString::fromStdString(side.states[side.at]))));
      if (const int64_t id = fake.list.current(); id != 0)
        QCOMPARE(to_json(fake.chat.session().talk), fake.list.shelf()->load(id)->json);
      if (k % 4 == 3) fake.openAnother();
      QVERIFY(fake.settle());
    }
    for (Side& side : fake.sides) {
      QVERIFY(side.done > 5 && side.undone > 3 && side.redone > 0);
      while (side.steps.canUndo()) {
        QVERIFY(side.steps.undo());
        QVERIFY(fake.settle());
        QCOMPARE(side.state(), side.states[--side.at]);
      }
      QCOMPARE(side.at, size_t(0));
      while (side.steps.canRedo()) {
        QVERIFY(side.steps.redo());
        QVERIFY(fake.settle());
        QCOMPARE(side.state(), side.states[++side.at]);
      }
    }
  }
  void a_new_step_gives_up_what_was_taken_back() {
    Steps steps;
    QStringList done;
    const auto push = [&](const char* name) {
      const QString word = QString::fromLatin1(name);
      done << word;
      steps.push({QStringLiteral("did ") + word, QStringLiteral("took back ") + word,
                  [&done] { return done.removeLast(), true; }, [&done, word] { return done << word, true; }});
    };
    QVERIFY(!steps.undo() && !steps.redo());
    push("a");
    push("b");
    QCOMPARE(steps.message().text(), QStringLiteral("did b"));
    QVERIFY(steps.undo());
    QCOMPARE(steps.message().text(), QStringLiteral("took back b"));
    push("c");
    QVERIFY(!steps.canRedo());
    QVERIFY(steps.undo() && steps.undo());
    QVERIFY(!steps.canUndo());
    QVERIFY(steps.redo() && steps.redo());
    QCOMPARE(done, (QStringList{QStringLiteral("a"), QStringLiteral("c")}));
  }
  void a_step_that_is_not_possible_now_stays() {
    Steps steps;
    bool possible = false;
    steps.push({{}, {}, [&] { return possible; }, [&] { return possible; }});
    QVERIFY(!steps.undo() && steps.canUndo());
    possible = true;
    QVERIFY(steps.undo());
    possible = false;
    QVERIFY(!steps.redo() && steps.canRedo());
  }
  void undo_waits_until_the_answer_is_written() {
    Talking fake;
    QVERIFY(fake.load());
    QVERIFY(fake.say("one"));
    QVERIFY(fake.say("two"));
    fake.chat.remove(2);
    fake.control->allow(2);
    fake.chat.send(QStringLiteral("three"));
    auto& steps = fake.studio.conversations.steps();
    QVERIFY(!steps.undo() && steps.canUndo());
    QVERIFY(fake.idle());
    QVERIFY(steps.undo());
    QVERIFY(texts(fake.chat).contains(QStringLiteral("two")));
  }
  void undo_of_a_deleted_turn_shows_its_conversation() {
    Talking fake(true);
    QVERIFY(fake.load());
    QVERIFY(fake.say("one"));
    QVERIFY(fake.settled());
    const int64_t first = fake.studio.conversations.current();
    fake.chat.remove(0);
    fake.studio.conversations.newChat();
    QVERIFY(fake.say("two"));
    QVERIFY(fake.studio.conversations.steps().undo());
    QCOMPARE(fake.studio.conversations.current(), first);
    QCOMPARE(fake.rows(), 2);
  }
  void a_deleted_conversation_comes_back_with_what_was_written_of_its_answer() {
    Talking fake(true);
    QVERIFY(fake.load());
    QVERIFY(fake.say("one"));
    QVERIFY(fake.settled());
    const int64_t id = fake.studio.conversations.current();
    fake.control->allow(3);
    fake.chat.send(QStringLiteral("two"));
    QTRY_VERIFY(!fake.last().text.isEmpty());
    fake.studio.conversations.remove(id);
    QVERIFY(fake.idle());
    QVERIFY(fake.studio.conversations.steps().undo());
    QTRY_COMPARE(fake.studio.conversations.current(), id);
    QCOMPARE(fake.rows(), 4);
    QCOMPARE(fake.last().state, Turn::State::stopped);
    QVERIFY(!fake.last().text.isEmpty());
  }

  // --- by the keys
  void the_keys_undo_and_redo_in_chat() {
    FakeWindow fake({}, true);
    QVERIFY(fake.load() && activate(fake));
    auto& talk = fake.studio.conversation;
    talk.send(QStringLiteral("one"));
    QVERIFY(fake.idle());
    talk.remove(0);
    auto* edit = fake.window.chat()->composer()->edit();
    edit->setFocus();
    QTest::keyClick(edit, Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(talk.turns().size(), size_t(2));
    QTest::keyClick(edit, Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(talk.turns().size(), size_t(0));
    QTest::keyClick(edit, Qt::Key_Z, Qt::ControlModifier);
    QTest::keyClick(edit, Qt::Key_Y, Qt::ControlModifier);
    QCOMPARE(talk.turns().size(), size_t(0));
    // With words in the box the keys are the box's.
    QTest::keyClicks(edit, QStringLiteral("word"));
    QTest::keyClick(edit, Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(edit->toPlainText(), QString());
    QCOMPARE(talk.turns().size(), size_t(0));
  }
  void the_keys_undo_and_redo_in_the_gallery() {
    FakeWindow fake({}, true);
    QVERIFY(fake.load() && draw(fake, "a boat") && activate(fake));
    fake.window.showPage(Page::gallery);
    auto& gallery = fake.studio.gallery;
    QTRY_COMPARE(gallery.lines().size(), size_t(1));
    auto* view = fake.window.gallery()->view();
    view->choose(gallery.lines()[0].id);
    QTest::keyClick(view, Qt::Key_Delete);
    QTRY_COMPARE(gallery.inTrash(), 1);
    QTest::keyClick(view, Qt::Key_Z, Qt::ControlModifier);
    QTRY_COMPARE(gallery.inTrash(), 0);
    QCOMPARE(gallery.message(), QStringLiteral("1 picture is back."));
    for (const auto& [key, with] : {std::pair(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier),
                                    std::pair(Qt::Key_Y, Qt::KeyboardModifiers(Qt::ControlModifier))}) {
      QTest::keyClick(view, key, with);
      QTRY_COMPARE(gallery.inTrash(), 1);
      QCOMPARE(gallery.message(), QStringLiteral("1 picture is in the trash."));
      QTest::keyClick(view, Qt::Key_Z, Qt::ControlModifier);
      QTRY_COMPARE(gallery.inTrash(), 0);
    }
  }
};

QTEST_MAIN(UndoTest)
#include "undo.moc"
