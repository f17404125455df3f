// The window stays awake: a 10 ms timer must keep ticking while jobs flood it and large pictures come in. A busy
// machine may let any program wait, so the limit of 100 ms counts the processor time that the window itself used
// between two ticks; time on the clock has a limit far above it, for waits that use no processor.
#include <QClipboard>
#include <QMimeData>
#include <QTest>

#include "core/base/file.h"
#include "core/families/default_model.h"
#include "tests/ui/heart.h"
#include "tests/ui/support.h"

using namespace b3o;
using b3o::test::FakeWindow;
using b3o::test::Heartbeat;

#define AWAKE(heart)                                                                                   \
  do {                                                                                                 \
    qInfo("busy %.1f ms, gone %.1f ms, %d beats", heart.worst_busy, heart.worst_wait, heart.beats);    \
    QVERIFY2(heart.worst_busy < 100, qPrintable(QStringLiteral("%1 ms busy").arg(heart.worst_busy)));  \
    QVERIFY2(heart.worst_wait < 3000, qPrintable(QStringLiteral("%1 ms gone").arg(heart.worst_wait))); \
    QVERIFY(heart.beats > 3);                                                                          \
  } while (false)

class Awake : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void during_a_flood_of_text() {
    FakeWindow fake;
    QVERIFY(fake.load());
    fake.control->tokens = 20000;
    fake.control->step_us = 50;
    Heartbeat heart;
    fake.studio.conversation.send(QStringLiteral("a very long story"));
    const bool idle = fake.idle();
    AWAKE(heart);
    QVERIFY(idle);
    QCOMPARE(fake.studio.conversation.turns()[1].text.size(), 5 * 20000);
  }
  void during_a_flood_of_previews() {
    FakeWindow fake;
    QVERIFY(fake.load());
    fake.window.showPage(Page::create);
    auto* panel = fake.window.create()->panel();
    panel->setPrompt(QStringLiteral("a boat"));
    CreateForm form = panel->form();
    form.count = 9;
    form.plan_steps = form.paint_steps = 60;
    fake.control->step_us = 1000;
    Heartbeat heart;
    fake.studio.drawing.start(form);
    QVERIFY(fake.idle());
    AWAKE(heart);
    QCOMPARE(fake.studio.drawing.pictures().size(), size_t(9));
  }
  void while_the_real_model_loads_draws_and_answers() {
    QTemporaryDir folder;
    QSettings store(folder.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat);
    Studio studio({open_family}, openStore(folder.filePath(QStringLiteral("library"))));
    MainWindow window(studio, Settings(store), {.theme = Theme::dark});
    window.show();
    QTest::qWait(200);  // the window's own start
    const auto idle = [&] {
      return QTest::qWaitFor([&] { return studio.model.ready() && !studio.line.running(); }, 120000);
    };
    Heartbeat heart;
    studio.model.load(fromPath(default_model_folder(B3O_SOURCE_PROGRAM)));
    QVERIFY(idle());
    studio.conversation.send(QStringLiteral("draw a red fish left of a blue star at night"));
    QVERIFY(idle());
    studio.conversation.send(QStringLiteral("describe the picture."));
    QVERIFY(idle());
    AWAKE(heart);
    QCOMPARE(studio.conversation.turns().size(), size_t(4));
    QCOMPARE(studio.conversation.turns()[3].state, Turn::State::done);
  }
  void while_five_hundred_files_are_imported() {
    FakeWindow fake({}, true);
    auto& gallery = fake.studio.gallery;
    fake.window.showPage(Page::gallery);
    QTRY_VERIFY(gallery.listed());
    QStringList files;
    for (int i = 0; i < 500; ++i) {
      Recipe recipe;
      recipe.prompt = "a low sun over the sea";
      recipe.seed = uint64_t(i);
      files << fake.path(qPrintable(QStringLiteral("%1.png").arg(i)));
      write_file(toPath(files.back()), picture_file_bytes(test::fakeScene(uint64_t(i), 128, 0), recipe));
    }
    Heartbeat heart;
    gallery.importFiles(files);
    QTRY_VERIFY_WITH_TIMEOUT(!gallery.importing(), 240000);
    QTRY_COMPARE(gallery.lines().size(), size_t(500));
    QTest::qWait(300);  // thumbnails
    AWAKE(heart);
  }
  void while_a_megabyte_of_text_is_pasted_data() {
    QTest::addColumn<QString>("line");
    QTest::newRow("lines") << QStringLiteral("The quick brown fox jumps over the lazy dog, and the day is long.\n");
    QTest::newRow("one line") << QStringLiteral("The quick brown fox jumps over the lazy dog, and the day is long. ");
  }
  void while_a_megabyte_of_text_is_pasted() {
    QFETCH(QString, line);
    FakeWindow fake({}, true);
    QVERIFY(fake.load());
    auto* edit = fake.window.chat()->composer()->edit();
    edit->setFocus();
    QTest::qWait(100);
    const QString text = line.repeated((1 << 20) / line.size() + 1);
    QGuiApplication::clipboard()->setText(text);
    Heartbeat heart;
    edit->paste();
    QTRY_COMPARE_WITH_TIMEOUT(edit->toPlainText().size(), text.size(), 60000);
    QTest::keyClick(edit, Qt::Key_A);
    QTest::qWait(1200);  // the draft is written
    AWAKE(heart);
    QCOMPARE(edit->toPlainText().size(), text.size() + 1);
  }
  void while_a_large_picture_is_read_and_pasted() {
    FakeWindow fake;
    QVERIFY(fake.load());
    const QString file = fake.picture("large.bmp", 5000);
    QImage image(5000, 5000, QImage::Format_ARGB32);
    image.fill(QColor(10, 200, 90, 128));
    Heartbeat heart;
    fake.studio.conversation.attachFile(file);
    fake.studio.conversation.attachImage(image, QStringLiteral("pasted"));
    const auto& attached = fake.studio.conversation.attachments();
    QTRY_VERIFY_WITH_TIMEOUT(!attached[0].reading && !attached[1].reading, 60000);
    AWAKE(heart);
    QCOMPARE(attached[0].picture.image->width, 5000);
    QCOMPARE(attached[1].picture.image->height, 5000);
    QVERIFY(attached[0].picture.thumbnail.width() <= 640);
  }
};

QTEST_MAIN(Awake)
#include "heartbeat.moc"
