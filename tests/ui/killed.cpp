// A window that is killed in the middle of its work, by SIGKILL, and what the next start finds of it. The first window
// is a process of its own: this program again, with the folder in which it works.
#include <QProcess>
#include <cstdio>

#include "tests/ui/drawing.h"
#include "tests/ui/editing.h"

using namespace b3o;
using namespace b3o::test;

namespace {

// A window over what is kept in a folder.
struct KeptWindow : FakeStudio {
  QSettings settings;
  MainWindow window;

  explicit KeptWindow(const QString& folder)
      : FakeStudio(openStore(folder + QStringLiteral("/library"))),
        settings(folder + QStringLiteral("/settings.ini"), QSettings::IniFormat),
        window(studio, Settings(settings), {.theme = Theme::dark}) {
    window.show();
  }
};

// Works until it is killed: a chat with a draft, a form, an edited picture, a drawing that runs and two that wait.
int workUntilKilled(const QString& folder) {
  KeptWindow fake(folder);
  auto& edit = fake.studio.editing;
  if (!fake.load()) return 1;
  fake.window.resize(1111, 711);
  fake.studio.conversation.send(QStringLiteral("hello"));
  if (!fake.idle()) return 2;
  fake.window.chat()->composer()->setText(QStringLiteral("half a ques"));
  edit.openImage(Editing::source(), QStringLiteral("beach.png"));
  if (!QTest::qWaitFor([&] { return edit.isOpen() && !edit.opening(); }) || !fake.idle()) return 3;
  EditForm words = edit.form();
  words.settings.mode = EditMode::words;
  words.words = QStringLiteral("red");
  edit.setForm(words);
  edit.start();
  if (!QTest::qWaitFor([&] { return edit.proposals() == 1 && !edit.running(); })) return 4;
  edit.apply();
  edit.markRectangle({10, 10, 40, 30}, Combine::add);
  fake.window.showPage(Page::create);
  fake.window.create()->panel()->setPrompt(QStringLiteral("a boat at n"));
  fake.control->allow(3);
  for (const char* prompt : {"one", "two", "three"}) fake.studio.drawing.start(formOf(fake.studio, prompt, 2));
  // What is typed is kept when it pauses.
  if (!QTest::qWaitFor([&] { return fake.control->taken >= fake.control->allowed && edit.saved(); })) return 5;
  QTest::qWait(1500);
  std::printf("ready %s\n", edit.document().hash().c_str());
  std::fflush(stdout);
  return QApplication::exec();
}

}  // namespace

class KilledTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void the_next_start_finds_everything() {
    const QTemporaryDir folder;
    QProcess first;
    first.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--work"), folder.path()});
    const bool ready =
        QTest::qWaitFor([&] { return first.canReadLine() || first.state() == QProcess::NotRunning; }, 60000);
    const QByteArray said = first.readLine().trimmed();
    QVERIFY2(ready && said.startsWith("ready "),
             first.readAllStandardError() + "exit " + QByteArray::number(first.exitCode()));
    first.kill();
    QVERIFY(first.waitForFinished());
    QCOMPARE(first.exitStatus(), QProcess::CrashExit);

    KeptWindow fake(folder.path());
    auto& studio = fake.studio;
    QCOMPARE(fake.window.size(), QSize(1111, 711));
    QVERIFY(fake.window.create()->isVisible());
    QTRY_COMPARE(studio.conversation.turns().size(), size_t(2));
    QCOMPARE(studio.conversation.turns()[0].text, QStringLiteral("hello"));
    QTRY_COMPARE(fake.window.chat()->composer()->edit()->toPlainText(), QStringLiteral("half a ques"));
    QTRY_COMPARE(fake.window.create()->panel()->form().prompt, QStringLiteral("a boat at n"));
    QTRY_VERIFY(studio.editing.isOpen() && !studio.editing.opening());
    QCOMPARE(QByteArray::fromStdString(studio.editing.document().hash()), said.mid(6));

    QTRY_COMPARE(studio.queue.items().size(), size_t(3));
    QVERIFY(studio.queue.paused());
    const auto& items = studio.queue.items();
    const char* prompts[] = {"one", "two", "three"};
    for (size_t i = 0; i < 3; ++i) {
      QCOMPARE(items[i].recipe.prompt, std::string(prompts[i]));
      QCOMPARE(items[i].interrupted, i == 0);
      QCOMPARE(items[i].count, 2);
    }
    QVERIFY(fake.load());
    QTRY_COMPARE(studio.editing.form().words, QStringLiteral("red"));
    studio.queue.setPaused(false);
    QTRY_COMPARE_WITH_TIMEOUT(studio.gallery.total(), 7, 20000);  // with the edited picture
  }
};

int main(int argc, char** argv) {
  QApplication app(argc, argv);
  if (argc == 3 && qstrcmp(argv[1], "--work") == 0) return workUntilKilled(QString::fromLocal8Bit(argv[2]));
  KilledTest tests;
  return QTest::qExec(&tests, argc, argv);
}
#include "killed.moc"
