// The first start: the real window with the model that ships.
#include <QElapsedTimer>
#include <QSettings>
#include <QTest>

#include "core/families/default_model.h"
#include "tests/ui/support.h"

using namespace b3o;

namespace {

struct Start {
  QTemporaryDir folder;
  QElapsedTimer clock;
  QSettings store{folder.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat};
  Studio studio{{open_family}, openStore(folder.filePath(QStringLiteral("library")))};
  MainWindow window{studio, Settings(store), {.theme = Theme::dark}};

  Start() {
    clock.start();
    window.show();
    studio.model.load(Settings(store).folderToOpen(fromPath(default_model_folder(B3O_SOURCE_PROGRAM))));
  }
  bool idle() {
    return QTest::qWaitFor([this] { return studio.model.ready() && !studio.line.running(); }, 120000);
  }
};

}  // namespace

class FirstStart : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void the_first_picture_is_there_within_ten_seconds_of_the_window() {
    Start start;
    QVERIFY(start.window.chat()->isVisible());
    auto* page = start.window.chat()->emptyPage();
    QVERIFY(QTest::qWaitFor([&] { return start.studio.model.ready() && page->examples().size() == 3; }, 60000));
    QTest::mouseClick(page->examples()[0], Qt::LeftButton);
    QVERIFY(start.idle());
    const auto& turns = start.studio.conversation.turns();
    QCOMPARE(turns.size(), size_t(2));
    QCOMPARE(turns[1].pictures.size(), size_t(1));
    qInfo("the first picture came %lld ms after the window", start.clock.elapsed());
    QVERIFY(start.clock.elapsed() < 10000);
  }
  void each_of_three_examples_on_every_page_runs_on_a_click() {
    Start start;
    QVERIFY(start.idle());
    const auto examples = [](EmptyPage* page) { return page->examples(); };
    for (size_t i = 0; i < 3; ++i) {
      start.window.showPage(Page::chat);
      start.window.chat()->newChat();
      const auto asked = examples(start.window.chat()->emptyPage());
      QCOMPARE(asked.size(), size_t(3));
      QTest::mouseClick(asked[i], Qt::LeftButton);
      QVERIFY(start.idle());
      const auto& turns = start.studio.conversation.turns();
      QCOMPARE(turns.size(), size_t(2));
      QCOMPARE(turns[1].state, Turn::State::done);
      QVERIFY(!turns[1].text.isEmpty() || !turns[1].pictures.empty());
    }
    for (size_t i = 0; i < 3; ++i)
      for (const bool from_gallery : {false, true}) {
        Start fresh;  // the pages are empty again
        QVERIFY(fresh.idle());
        fresh.window.showPage(from_gallery ? Page::gallery : Page::create);
        EmptyPage* page = from_gallery ? fresh.window.gallery()->emptyPage() : fresh.window.create()->emptyPage();
        QTRY_COMPARE(examples(page).size(), size_t(3));
        QTest::mouseClick(examples(page)[i], Qt::LeftButton);
        QVERIFY(fresh.idle());
        QVERIFY(fresh.studio.drawing.picture() && fresh.studio.drawing.picture()->image);
      }
  }
};

QTEST_MAIN(FirstStart)
#include "first_start.moc"
