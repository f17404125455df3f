// Undo of what is deleted, in Chat and in the Gallery. (The Edit page's undo and redo are tested with its sessions.)
#include <QTest>
#include <random>

#include "core/base/hash.h"
#include "tests/ui/drawing.h"
#include "tests/ui/talking.h"

using namespace b3o;
using namespace b3o::test;

namespace {

constexpr int kActions = 50;

// Everything of the library that a deletion could change, and what the window shows of it.
std::string hashOf(const Talking& fake) {
  const Store& store = *fake.studio.library.store();
  std::string all = to_json(fake.chat.session().talk);
  auto lines = fake.studio.conversations.shelf()->lines({});
  std::sort(lines.begin(), lines.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
  for (const auto& line : lines) all += "\n" + line.title + fake.studio.conversations.shelf()->load(line.id)->json;
  for (const bool trash : {false, true})
    for (const auto& line : store.pictures({.trash = trash})) all += (trash ? "\n-" : "\n+") + line.file;
  return sha256_hex(all);
}

// The deletions of one kind and how many of them have not been undone.
struct Deletions {
  std::function<bool()> remove;  // false: nothing is left to delete
  std::function<void()> undo;
  int open = 0, done = 0;
};

}  // namespace

class UndoTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void fifty_mixed_deletions_and_undos_end_where_they_began() {
    Talking fake(true);
    QVERIFY(fake.load());
    for (int k = 0; k < 3; ++k) {  // the last one stays open
      if (k > 0) fake.studio.conversations.newChat();
      for (const char* words : {"what is it?", "and then?", "why?", "draw a boat"}) QVERIFY(fake.say(words));
    }
    for (int k = 0; k < 5; ++k) QVERIFY(draw(fake, "a house"));
    auto& gallery = fake.studio.gallery;
    QTRY_COMPARE(gallery.lines().size(), size_t(8));
    QVERIFY(fake.settled());
    const std::string before = hashOf(fake);

    std::mt19937 random(3);
    auto& list = fake.studio.conversations;
    const int64_t shown = list.current();
    Deletions kinds[] = {
        {[&] {
           if (fake.rows() == 0) return false;
           fake.chat.remove(int(random() % uint32_t(fake.rows())));
           return true;
         },
         [&] { fake.chat.undo(); }},
        {[&] {
           if (gallery.lines().empty()) return false;
           gallery.choose({gallery.lines()[random() % gallery.lines().size()].id});
           gallery.moveToTrash();
           return true;
         },
         [&] { gallery.undo(); }},
    };
    const auto settle = [&] {
      for (int k = 0; k < 3; ++k) QTest::qWait(10);
      return fake.settled();
    };
    int actions = 0;
    for (; actions < kActions; ++actions) {
      Deletions& kind = kinds[random() % 2];
      const bool removes = kind.open == 0 || random() % 5 < 3;
      if (removes && kind.remove()) {
        ++kind.open, ++kind.done;
      } else if (kind.open > 0) {
        kind.undo();
        --kind.open;
      }
    }
    QVERIFY(settle());
    QVERIFY(hashOf(fake) != before);
    for (auto& kind : kinds) {
      QVERIFY(kind.done > 5);
      for (; kind.open > 0; --kind.open) kind.undo();
    }
    QVERIFY(settle());
    QCOMPARE(hashOf(fake), before);

    // Whole conversations: undo opens them, so they come last.
    std::vector<int64_t> ids;
    for (const auto& line : list.lines()) ids.push_back(line.id);
    QCOMPARE(ids.size(), size_t(3));
    for (const int64_t id : ids) list.remove(id);
    QVERIFY(settle());
    QVERIFY(list.lines().empty());
    for (size_t k = 0; k < ids.size(); ++k) {
      list.undo();
      QVERIFY(settle());
    }
    list.open(shown);
    QVERIFY(settle());
    QCOMPARE(list.current(), shown);
    QCOMPARE(hashOf(fake), before);
  }
};

QTEST_MAIN(UndoTest)
#include "undo.moc"
