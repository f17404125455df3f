// The model dialog and what stands behind it: folders found, the estimate, the check of files, resting models, and what
// the window shows of memory that ran out.
#include <QTest>

#include "tests/ui/fake_models.h"
#include "tests/ui/support.h"

using namespace b3o;
using namespace b3o::test;
using namespace std::chrono_literals;

namespace {

struct ModelsWindow : FakeWindow {
  std::shared_ptr<FakeModels> models;
  explicit ModelsWindow(std::shared_ptr<FakeModels> fake = std::make_shared<FakeModels>())
      : FakeWindow({.tools = fakeTools(fake), .places = {}, .make_model = {}, .tiny_folder = {}, .theme = {}}),
        models(std::move(fake)) {}

  LoadDialog* dialog() { return window.loadDialog(); }
  FolderFacts* facts() { return dialog()->facts(); }
  // Opens the dialog and waits for the list.
  bool open() {
    window.showLoadDialog();
    return QTest::qWaitFor([this] { return dialog()->list()->count() == 3; });
  }
  bool choose(int row) {
    auto* list = dialog()->list();
    list->setCurrentIndex(list->model()->index(row, 0));
    return QTest::qWaitFor([this] { return !facts()->fitVerdict().isEmpty() || !facts()->problem().isEmpty(); });
  }
};

QString textAt(FolderList* list, int row, int role) { return list->model()->index(row, 0).data(role).toString(); }

}  // namespace

class Models : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void folders_are_listed_with_size_abilities_and_what_is_missing() {
    ModelsWindow fake;
    QVERIFY(fake.open());
    auto* list = fake.dialog()->list();
    QVERIFY(
        textAt(list, 0, Qt::AccessibleTextRole).contains(QStringLiteral("Paper World, comes with the program, 20 MB")));
    QVERIFY(
        textAt(list, 0, Qt::AccessibleTextRole).contains(QStringLiteral("chat, pictures in chat, drawing, editing")));
    QVERIFY(textAt(list, 1, Qt::AccessibleTextRole).contains(QStringLiteral("Hugging Face cache, 15.3 GB")));
    QVERIFY(textAt(list, 2, Qt::AccessibleTextRole).contains(QStringLiteral("2 file")));
    QVERIFY(textAt(list, 2, Qt::ToolTipRole).contains(QStringLiteral("model-00003-of-00004.safetensors")));
  }
  void the_first_folder_is_chosen_and_its_fit_is_told() {
    ModelsWindow fake;
    QVERIFY(fake.open());
    QTRY_VERIFY(fake.facts()->fitVerdict().startsWith(QStringLiteral("It fits. About 52 MB of 22.9 GB")));
    QCOMPARE(fake.dialog()->folder()->text(), QStringLiteral("/usr/share/blip3o-studio/paper-world"));
  }
  void a_folder_that_is_too_large_says_how_much_is_missing() {
    ModelsWindow fake;
    fake.models->free = 1'000'000'000;
    QVERIFY(fake.open());
    QVERIFY(fake.choose(1));
    QTRY_VERIFY(fake.facts()->fitVerdict().startsWith(QStringLiteral("It does not fit: 2.5 GB are missing.")));
    fake.models->free = 10'000'000'000;
    QVERIFY(fake.choose(0));
    QVERIFY(fake.choose(1));
    QTRY_VERIFY(fake.facts()->fitVerdict().startsWith(QStringLiteral("It works slowly")));
  }
  void memory_that_the_loaded_model_gives_back_counts_as_free() {
    ModelsWindow fake;
    fake.control->info.copied_bytes = 30'000'000;
    QVERIFY(fake.load());
    fake.models->free = 40'000'000;
    QVERIFY(fake.open());
    fake.dialog()->folder()->clear();
    QVERIFY(fake.choose(0));
    QTRY_VERIFY(fake.facts()->fitVerdict().startsWith(QStringLiteral("It fits. About 52 MB of 70 MB")));
  }
  void a_folder_with_missing_files_is_named_in_one_sentence() {
    ModelsWindow fake;
    QVERIFY(fake.open());
    QVERIFY(fake.choose(2));
    QTRY_VERIFY(fake.facts()->problem().startsWith(QStringLiteral("2 files are missing: model-00003-of-00004")));
    QVERIFY(fake.facts()->fitVerdict().isEmpty());
    QVERIFY(!fake.facts()->verifyButton()->isVisible());
  }
  void any_other_path_is_looked_at_when_the_typing_pauses() {
    ModelsWindow fake;
    QVERIFY(fake.open());
    QTRY_VERIFY(fake.models->looks > 0);
    fake.models->looks = 0;
    fake.dialog()->folder()->clear();
    QTest::keyClicks(fake.dialog()->folder(), QStringLiteral("/somewhere"));
    QTRY_COMPARE(fake.facts()->problem(), QStringLiteral("/somewhere: there is no such folder"));
    QVERIFY2(fake.models->looks <= 2, "every letter was looked up");
  }
  void the_home_folder_is_a_tilde_and_can_be_typed_as_one() {
    const QByteArray home = qgetenv("HOME");
    ModelsWindow fake;
    qputenv("HOME", fake.folder.path().toUtf8());
    const auto back = qScopeGuard([&] { qputenv("HOME", home); });
    QCOMPARE(shownPath(fake.path("models")), QStringLiteral("~/models"));
    QCOMPARE(shownPath(fake.folder.path()), QStringLiteral("~"));
    QCOMPARE(shownPath(fake.folder.path() + QStringLiteral("-2/x")), fake.folder.path() + QStringLiteral("-2/x"));
    QCOMPARE(pathOf(QStringLiteral(" ~/models ")), fake.path("models"));
    QCOMPARE(pathOf(QStringLiteral("/a/~/b")), QStringLiteral("/a/~/b"));
    QVERIFY(fake.open());
    fake.dialog()->folder()->setText(QStringLiteral("~/paper-world"));
    QTest::mouseClick(fake.dialog()->loadButton(), Qt::LeftButton);
    QTRY_VERIFY(fake.studio.model.ready());
    QCOMPARE(fake.studio.model.folder(), fake.path("paper-world"));
    fake.window.showLoadDialog();
    QCOMPARE(fake.dialog()->folder()->text(), QStringLiteral("~/paper-world"));
  }
  void an_absent_device_is_refused_with_the_reason() {
    ModelsWindow fake;
    QVERIFY(fake.open());
    QVERIFY(fake.choose(0));
    fake.dialog()->device()->setCurrentIndex(2);
    QTRY_VERIFY(fake.facts()->problem().startsWith(QStringLiteral("There is no CUDA device")));
    QVERIFY(fake.facts()->fitVerdict().isEmpty());
    fake.dialog()->device()->setCurrentIndex(1);
    QTRY_VERIFY(fake.facts()->problem().isEmpty());
  }
  void the_chosen_device_and_number_type_reach_the_load() {
    ModelsWindow fake;
    QVERIFY(fake.open());
    fake.dialog()->device()->setCurrentIndex(1);
    fake.dialog()->folder()->setText(fake.path("paper-world"));
    QTest::mouseClick(fake.dialog()->loadButton(), Qt::LeftButton);
    QTRY_VERIFY(fake.studio.model.ready());
    QCOMPARE(fake.control->lastLoad().device, DeviceChoice::cpu);
    QCOMPARE(fake.control->lastLoad().number_type, NumberType::automatic);
    QVERIFY(!fake.control->lastLoad().lean);
  }
  void files_are_compared_with_progress_and_a_verdict() {
    ModelsWindow fake;
    fake.models->hold = true;
    QVERIFY(fake.open());
    QVERIFY(fake.choose(0));
    QTest::mouseClick(fake.facts()->verifyButton(), Qt::LeftButton);
    auto* bar = fake.facts()->findChild<QProgressBar*>();
    QTRY_VERIFY(bar->isVisible() && bar->value() > 400);
    fake.models->hold = false;
    QTRY_VERIFY(fake.facts()->verifyResult().startsWith(QStringLiteral("All 14 listed file")));
    QVERIFY(!bar->isVisible());
  }
  void the_comparison_stops_when_asked_and_when_another_folder_is_chosen() {
    ModelsWindow fake;
    fake.models->hold = true;
    QVERIFY(fake.open());
    QVERIFY(fake.choose(0));
    QTest::mouseClick(fake.facts()->verifyButton(), Qt::LeftButton);
    QTRY_VERIFY(fake.facts()->findChild<QProgressBar*>()->isVisible());
    QTest::mouseClick(fake.facts()->verifyButton(), Qt::LeftButton);
    QTRY_COMPARE(fake.facts()->verifyResult(), QStringLiteral("The check was stopped."));
    QTest::mouseClick(fake.facts()->verifyButton(), Qt::LeftButton);
    QVERIFY(fake.choose(1));
    QTest::qWait(150);
    QCOMPARE(fake.facts()->verifyResult(), QString());
    QVERIFY(!fake.facts()->findChild<QProgressBar*>()->isVisible());
  }
  void a_window_that_closes_ends_the_comparison() {
    auto models = std::make_shared<FakeModels>();
    models->hold = true;
    {
      ModelsWindow fake(models);
      QVERIFY(fake.open());
      QVERIFY(fake.choose(0));
      QTest::mouseClick(fake.facts()->verifyButton(), Qt::LeftButton);
    }
    QVERIFY(models->hold);  // it ended without being let go
  }
  void differing_unlisted_and_missing_lists_are_told_apart() {
    ModelsWindow fake;
    QVERIFY(fake.open());
    QVERIFY(fake.choose(0));
    const auto result = [&](HashReport report) {
      fake.models->report = std::move(report);
      QTest::mouseClick(fake.facts()->verifyButton(), Qt::LeftButton);
      if (!QTest::qWaitFor([&] {
            return !fake.facts()->verifyResult().isEmpty() && !fake.facts()->findChild<QProgressBar*>()->isVisible();
          }))
        return QString();
      return fake.facts()->verifyResult();
    };
    QCOMPARE(result({}), QStringLiteral("No list of hashes in this folder."));
    QVERIFY(result({14, 1, {"model.safetensors"}, {}, {}})
                .startsWith(QStringLiteral("1 of 14 files differ from their hash: model.safetensors.")));
    QVERIFY(result({14, 1, {}, {"config.json"}, {}}).contains(QStringLiteral("config.json")));
    QVERIFY(result({1, 1, {}, {}, {"vae.safetensors"}}).contains(QStringLiteral("Not listed: vae.safetensors.")));
  }
  void a_load_can_be_stopped() {
    ModelsWindow fake;
    QVERIFY(fake.open());
    fake.control->allow(3);
    QVERIFY(fake.choose(0));
    QTest::mouseClick(fake.dialog()->loadButton(), Qt::LeftButton);
    QTRY_COMPARE(fake.control->taken.load(), 3);
    QCOMPARE(fake.dialog()->loadButton()->text(), QStringLiteral("Stop"));
    QTest::mouseClick(fake.dialog()->loadButton(), Qt::LeftButton);
    QTRY_COMPARE(fake.studio.model.phase(), ModelState::Phase::none);
    QVERIFY(fake.studio.model.error().isEmpty());
    QVERIFY(fake.dialog()->isVisible());
  }

  void an_idle_model_rests_and_the_next_question_wakes_it() {
    ModelsWindow fake;
    QVERIFY(fake.load());
    fake.studio.conversation.send(QStringLiteral("hello"));
    QVERIFY(fake.idle());
    const int loads = fake.control->loads.load();
    fake.studio.idle.setAfter(60ms);
    QTRY_VERIFY(fake.studio.model.resting());
    QVERIFY(fake.studio.model.ready());
    QVERIFY(fake.window.statusLine()->chip()->accessibleName().contains(QStringLiteral("resting")));
    fake.studio.idle.setAfter(0ms);
    fake.studio.conversation.send(QStringLiteral("and now?"));
    QVERIFY(fake.idle());
    QCOMPARE(fake.control->loads.load(), loads + 1);
    QVERIFY(!fake.studio.model.resting());
    const auto& turns = fake.studio.conversation.turns();
    QCOMPARE(turns.size(), size_t(4));
    QVERIFY(turns[3].text.startsWith(QStringLiteral("Message 3")));  // nothing of the conversation was lost
  }
  void a_model_at_work_does_not_rest() {
    ModelsWindow fake;
    QVERIFY(fake.load());
    fake.studio.idle.setAfter(40ms);
    fake.control->allow(2);
    fake.studio.conversation.send(QStringLiteral("hello"));
    QTest::qWait(250);
    QVERIFY(!fake.studio.model.resting());
    QVERIFY(fake.idle());
    QTRY_VERIFY(fake.studio.model.resting());
  }
  void never_means_never() {
    ModelsWindow fake;
    QVERIFY(fake.load());
    fake.studio.idle.setAfter(30ms);
    fake.studio.idle.setAfter(0ms);
    QTest::qWait(200);
    QVERIFY(!fake.studio.model.resting());
    Settings settings(fake.store);
    QCOMPARE(settings.idleUnloadMinutes(), 30);
    settings.setIdleUnloadMinutes(0);
    QCOMPARE(settings.idleUnloadMinutes(), 0);
  }

  void an_answer_that_starts_again_for_lack_of_memory_is_written_once() {
    ModelsWindow fake;
    QVERIFY(fake.load());
    fake.control->short_in = 3;
    fake.control->allow(5);  // two words, then three once more
    fake.studio.conversation.send(QStringLiteral("hello"));
    QTRY_COMPARE(fake.control->taken.load(), fake.control->allowed.load());
    QTRY_COMPARE(fake.studio.conversation.turns().back().text, QStringLiteral("Message 1, "));
    QVERIFY(fake.idle());
    QCOMPARE(fake.studio.conversation.turns().back().state, Turn::State::done);
    QCOMPARE(fake.control->shrunk.load(), 1);
  }
  void a_drawing_that_starts_again_says_so_and_ends_well() {
    ModelsWindow fake;
    QVERIFY(fake.load());
    fake.control->short_in = 20;
    QString said, stage;
    connect(&fake.studio.line, &JobLine::changed, &fake.window, [&] {
      if (!fake.studio.line.again().isEmpty()) said = fake.studio.line.again(), stage = fake.studio.line.stage();
    });
    fake.window.create()->panel()->setPrompt(QStringLiteral("a boat"));
    fake.window.create()->panel()->setCount(4);
    fake.window.create()->run();
    QVERIFY(fake.idle());
    QVERIFY(said.startsWith(QStringLiteral("There was not enough memory.")));
    QVERIFY(stage.endsWith(QStringLiteral("with less memory")));
    QCOMPARE(fake.studio.drawing.pictures().size(), size_t(4));
    for (const auto& picture : fake.studio.drawing.pictures()) QCOMPARE(picture.state, Picture::State::done);
  }
};

QTEST_MAIN(Models)
#include "models.moc"
