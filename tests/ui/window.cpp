// The window, driven as a user drives it: keys on real widgets, clicks, drops, pastes.
#include <QClipboard>
#include <QDir>
#include <QDropEvent>
#include <QGuiApplication>
#include <QMimeData>
#include <QRandomGenerator>
#include <QScrollBar>
#include <QSlider>
#include <QTest>

#include <atomic>
#include <thread>

#include "tests/ui/names.h"
#include "tests/ui/support.h"
#include "ui/shell/key_sheet.h"
#include "ui/shell/single_instance.h"

using namespace b3o;
using b3o::test::FakeWindow;
using b3o::test::nameless;

namespace {

QPlainTextEdit* question(FakeWindow& fake) { return fake.window.chat()->composer()->edit(); }
QPlainTextEdit* prompt(FakeWindow& fake) { return fake.window.create()->panel()->prompt(); }
const Conversation& talk(const FakeWindow& fake) { return fake.studio.conversation; }

// Shortcuts work only in the active window.
bool activate(FakeWindow& fake) {
  fake.window.activateWindow();
  return QTest::qWaitForWindowActive(&fake.window);
}

QWidget* page(const FakeWindow& fake) {
  return fake.window.chat()->isVisible() ? static_cast<QWidget*>(fake.window.chat()) : fake.window.create();
}

void drop(FakeWindow& fake, const QMimeData& data) {
  QDragEnterEvent enter(QPoint(600, 300), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
  QCoreApplication::sendEvent(&fake.window, &enter);
  if (!enter.isAccepted()) return;
  QDropEvent event(QPointF(600, 300), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
  QCoreApplication::sendEvent(&fake.window, &event);
}

}  // namespace

class Window : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void number_keys_change_the_page_only_outside_text() {
    FakeWindow fake;
    QVERIFY(activate(fake));
    QTest::keyClick(question(fake), Qt::Key_2);
    QCOMPARE(question(fake)->toPlainText(), QStringLiteral("2"));
    QCOMPARE(page(fake), fake.window.chat());
    QTest::keyClick(question(fake), Qt::Key_2, Qt::ControlModifier);
    QCOMPARE(page(fake), fake.window.create());
    fake.window.statusLine()->chip()->setFocus();
    QTest::keyClick(fake.window.statusLine()->chip(), Qt::Key_1);
    QCOMPARE(page(fake), fake.window.chat());
  }
  void enter_sends_and_shift_enter_starts_a_line() {
    FakeWindow fake;
    QVERIFY(fake.load() && activate(fake));
    QTest::keyClicks(question(fake), QStringLiteral("one"));
    QTest::keyClick(question(fake), Qt::Key_Return, Qt::ShiftModifier);
    QTest::keyClicks(question(fake), QStringLiteral("two"));
    QVERIFY(talk(fake).turns().empty());
    QTest::keyClick(question(fake), Qt::Key_Return);
    QCOMPARE(talk(fake).turns()[0].text, QStringLiteral("one\ntwo"));
    QVERIFY(question(fake)->toPlainText().isEmpty());
    QVERIFY(fake.idle());
  }
  void a_question_without_a_model_stays_in_the_composer() {
    FakeWindow fake;
    QVERIFY(activate(fake));
    QTest::keyClicks(question(fake), QStringLiteral("hello"));
    QTest::keyClick(question(fake), Qt::Key_Return);
    QCOMPARE(question(fake)->toPlainText(), QStringLiteral("hello"));
    QVERIFY(talk(fake).turns().empty());
  }
  void control_enter_runs_the_page_and_escape_stops_it() {
    FakeWindow fake;
    QVERIFY(fake.load() && activate(fake));
    fake.window.showPage(Page::create);
    QTest::keyClicks(prompt(fake), QStringLiteral("a boat"));
    fake.control->allow(3);
    QTest::keyClick(prompt(fake), Qt::Key_Return, Qt::ControlModifier);
    QVERIFY(fake.studio.drawing.drawing());
    QCOMPARE(prompt(fake)->toPlainText(), QStringLiteral("a boat"));
    QTRY_COMPARE(fake.control->taken.load(), fake.control->allowed.load());
    QTest::keyClick(prompt(fake), Qt::Key_Escape);
    QTRY_VERIFY(!fake.studio.drawing.drawing());
    QCOMPARE(fake.studio.line.stage(), QStringLiteral("stopped"));
  }
  void stop_stands_where_send_was_and_ends_the_stream() {
    FakeWindow fake;
    QVERIFY(fake.load() && activate(fake));
    fake.control->allow(3);
    QTest::keyClicks(question(fake), QStringLiteral("hello"));
    QTest::keyClick(question(fake), Qt::Key_Return);
    QTRY_COMPARE(talk(fake).turns()[1].text, QStringLiteral("Message 1, "));
    QPushButton* go = nullptr;
    for (auto* button : fake.window.chat()->composer()->findChildren<QPushButton*>())
      if (button->text() == QLatin1String("Stop")) go = button;
    QVERIFY(go);
    QTest::mouseClick(go, Qt::LeftButton);
    QTRY_COMPARE(talk(fake).turns()[1].state, Turn::State::stopped);
    QCOMPARE(go->text(), QStringLiteral("Send"));
  }
  void control_n_starts_a_new_chat_from_any_page() {
    FakeWindow fake;
    QVERIFY(fake.load() && activate(fake));
    fake.studio.conversation.send(QStringLiteral("hello"));
    QVERIFY(fake.idle());
    fake.window.showPage(Page::create);
    QTest::keyClick(prompt(fake), Qt::Key_N, Qt::ControlModifier);
    QCOMPARE(page(fake), fake.window.chat());
    QVERIFY(talk(fake).turns().empty());
    QVERIFY(question(fake)->hasFocus());
  }
  void a_dropped_file_is_attached() {
    FakeWindow fake;
    QVERIFY(fake.load());
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(fake.picture("drop.png"))});
    drop(fake, data);
    QCOMPARE(talk(fake).attachments().size(), size_t(1));
    QTRY_VERIFY(!talk(fake).attachments()[0].reading);
    QCOMPARE(talk(fake).attachments()[0].name, QStringLiteral("drop.png"));
    QCOMPARE(talk(fake).attachments()[0].picture.image->width, 64);
  }
  void dropped_text_is_no_picture() {
    FakeWindow fake;
    QMimeData data;
    data.setText(QStringLiteral("hello"));
    drop(fake, data);
    QVERIFY(talk(fake).attachments().empty());
  }
  void a_pasted_picture_is_attached_wherever_the_focus_is() {
    FakeWindow fake;
    QVERIFY(fake.load() && activate(fake));
    QImage image(20, 10, QImage::Format_RGB32);
    image.fill(Qt::red);
    QGuiApplication::clipboard()->setImage(image);
    question(fake)->setFocus();
    QTest::keyClick(question(fake), Qt::Key_V, Qt::ControlModifier);
    QCOMPARE(talk(fake).attachments().size(), size_t(1));
    fake.window.statusLine()->chip()->setFocus();
    QTest::keyClick(fake.window.statusLine()->chip(), Qt::Key_V, Qt::ControlModifier);
    QCOMPARE(talk(fake).attachments().size(), size_t(2));
    QTRY_VERIFY(!talk(fake).attachments()[1].reading);
    QCOMPARE(talk(fake).attachments()[1].picture.image->width, 20);
    QGuiApplication::clipboard()->setText(QStringLiteral("words"));
    QTest::keyClick(question(fake), Qt::Key_V, Qt::ControlModifier);
    QCOMPARE(question(fake)->toPlainText(), QStringLiteral("words"));
  }
  void an_example_runs_on_a_click() {
    FakeWindow fake;
    QVERIFY(fake.load());
    QCOMPARE(fake.window.chat()->emptyPage()->examples().size(), size_t(3));
    QTest::mouseClick(fake.window.chat()->emptyPage()->examples()[0], Qt::LeftButton);
    QCOMPARE(talk(fake).turns().size(), size_t(2));
    fake.window.showPage(Page::create);
    QTest::mouseClick(fake.window.create()->emptyPage()->examples()[0], Qt::LeftButton);
    QVERIFY(fake.idle());
    QVERIFY(fake.studio.drawing.picture()->image);
  }
  void examples_are_those_of_the_folder_and_run() {
    FakeWindow fake;
    fake.control->info.can.examples = {{"what can you draw?", "which colors & shapes?", "hello", "a fourth"},
                                       {"what is red?"},
                                       {"a red fish at night", "two stars", "a moon", "a tree"},
                                       {}};
    QVERIFY(fake.load());
    const auto& asked = fake.window.chat()->emptyPage()->examples();
    QCOMPARE(asked.size(), size_t(3));
    QCOMPARE(asked[0]->text(), QStringLiteral("a red fish at night"));
    QCOMPARE(asked[2]->text(), QStringLiteral("which colors && shapes?"));
    QTest::mouseClick(asked[2], Qt::LeftButton);
    QCOMPARE(talk(fake).turns()[0].text, QStringLiteral("which colors & shapes?"));
    fake.window.showPage(Page::create);
    const auto& drawn = fake.window.create()->emptyPage()->examples();
    QCOMPARE(drawn.size(), size_t(3));
    QCOMPARE(drawn[0]->text(), QStringLiteral("a red fish at night"));
    QTest::mouseClick(drawn[0], Qt::LeftButton);
    QVERIFY(fake.idle());
    QCOMPARE(QString::fromStdString(fake.studio.drawing.picture()->recipe.prompt),
             QStringLiteral("a red fish at night"));
  }
  void fixed_guidance_is_not_offered() {
    FakeWindow fake;
    fake.control->info.can.free_paint_guidance = false;
    QVERIFY(fake.load());
    fake.window.showPage(Page::create);
    int found = 0;
    for (auto* slider : fake.window.create()->findChildren<QSlider*>()) {
      if (slider->accessibleName() != QStringLiteral("Paint guidance")) continue;
      ++found;
      QVERIFY(slider->parentWidget()->isHidden());
    }
    QCOMPARE(found, 1);
  }
  void the_demonstration_opens_until_another_folder_was_loaded() {
    FakeWindow fake;
    Settings settings(fake.store);
    QDir().mkpath(fake.path("demonstration"));
    QDir().mkpath(fake.path("other"));
    const QString demonstration = fake.path("demonstration");
    QCOMPARE(settings.folderToOpen(demonstration), demonstration);
    QCOMPARE(settings.folderToOpen({}), QString());
    settings.addRecentModel(demonstration);
    QCOMPARE(settings.folderToOpen(demonstration), demonstration);
    settings.addRecentModel(fake.path("gone"));
    QCOMPARE(settings.folderToOpen(demonstration), demonstration);
    settings.addRecentModel(fake.path("other"));
    QCOMPARE(settings.folderToOpen(demonstration), QString());
  }
  void a_failed_load_shows_the_sentence_in_the_dialog() {
    FakeWindow fake;
    fake.window.start(fake.path("broken"));
    QTRY_VERIFY(!fake.studio.model.error().isEmpty());
    auto* line = fake.window.loadDialog()->findChild<ErrorLine*>();
    QVERIFY(line->isVisible());
    QCOMPARE(line->sentence(), fake.studio.model.error());
    QVERIFY(fake.window.loadDialog()->isVisible());
    QVERIFY(fake.window.loadDialog()->loadButton()->isEnabled());
  }
  void the_dialog_closes_when_the_model_is_there_and_remembers_it() {
    FakeWindow fake;
    fake.window.start({});
    QVERIFY(fake.window.loadDialog()->isVisible());
    fake.window.loadDialog()->folder()->setText(fake.path("paper-world"));
    QTest::mouseClick(fake.window.loadDialog()->loadButton(), Qt::LeftButton);
    QTRY_VERIFY(fake.studio.model.ready());
    QTRY_VERIFY(!fake.window.loadDialog()->isVisible());
    QCOMPARE(Settings(fake.store).recentModels(), QStringList{fake.path("paper-world")});
  }
  void a_random_tiny_model_is_one_click_away() {
    FakeWindow fake(
        {.make_model = [](const std::filesystem::path& path) { std::filesystem::create_directory(path); },
         .tiny_folder = QDir::tempPath() + QStringLiteral("/b3o-tiny-%1").arg(QRandomGenerator::global()->generate()),
         .theme = {}});
    fake.window.start({});
    QTest::mouseClick(fake.window.loadDialog()->makeButton(), Qt::LeftButton);
    QTRY_VERIFY(fake.studio.model.ready());
    QDir(QString::fromStdString(fake.studio.model.info().folder)).removeRecursively();
  }
  void nothing_is_offered_to_make_without_a_maker() {
    FakeWindow fake;
    fake.window.start({});
    QVERIFY(!fake.window.loadDialog()->makeButton()->isVisible());
  }
  void closing_the_window_during_a_job_ends_cleanly() {
    auto fake = std::make_unique<FakeWindow>();
    QVERIFY(fake->load());
    fake->control->allow(5);
    fake->studio.drawing.start([&] {
      CreateForm form = fake->window.create()->panel()->form();
      form.prompt = QStringLiteral("a boat");
      return form;
    }());
    QTRY_COMPARE(fake->control->taken.load(), fake->control->allowed.load());
    fake->studio.conversation.send(QStringLiteral("waits"));
    fake->studio.conversation.attachFile(fake->picture("late.png", 512));
    QVERIFY(fake->window.close());
    fake.reset();      // must neither hang nor touch what is gone
    QTest::qWait(50);  // whatever was posted for it finds nobody
  }
  void words_of_models_and_people_are_plain_text() {
    FakeWindow fake;
    fake.control->info.name = "<b>Model</b>";
    fake.control->info.notice = "<i>notice</i>";
    QVERIFY(fake.load());
    fake.studio.conversation.send(QStringLiteral("<b>bold</b> & <img src=x>"));
    QVERIFY(fake.idle());
    QCOMPARE(fake.window.chat()->thread()->turn(0)->findChild<PlainText*>()->text(),
             QStringLiteral("<b>bold</b> & <img src=x>"));
    QVERIFY(fake.window.chat()->thread()->turn(1)->findChild<PlainText*>()->text().contains(
        QStringLiteral("\"<b>bold</b> & <img src=x>\"")));
    for (const auto* label : fake.window.findChildren<QLabel*>()) QCOMPARE(label->textFormat(), Qt::PlainText);
  }
  void the_form_offers_only_what_the_model_can_do() {
    FakeWindow fake;
    fake.control->info.can.paint_steps = {4, 8};
    QVERIFY(fake.load());
    fake.window.showPage(Page::create);
    const auto shown = [&](const char* name) {
      for (auto* widget : fake.window.create()->panel()->findChildren<QWidget*>())
        if (widget->accessibleName() == QLatin1String(name)) return widget->isVisible();
      return false;
    };
    QVERIFY(shown("Plan steps"));
    QVERIFY(!shown("Paint steps"));
    QVERIFY(shown("Paint steps, of those the model allows"));
    QVERIFY(!shown("Width in pixels"));
    const CreateForm form = fake.window.create()->panel()->form();
    QCOMPARE(form.plan_steps, 6);
    QCOMPARE(form.paint_steps, 8);
    QCOMPARE(form.plan_guidance, 2.5);
    QCOMPARE(form.sampler, QStringLiteral("euler"));
    QCOMPARE(form.width, 128);
    fake.control->info.can.free_size = true;
    QVERIFY(fake.load());
    QVERIFY(shown("Width in pixels"));
  }
  void a_wrong_seed_keeps_draw_disabled_and_says_why() {
    FakeWindow fake;
    QVERIFY(fake.load());
    fake.window.showPage(Page::create);
    auto* panel = fake.window.create()->panel();
    panel->setPrompt(QStringLiteral("a boat"));
    QVERIFY(panel->goButton()->isEnabled());
    panel->setSeed(QStringLiteral("seven"));
    QVERIFY(!panel->goButton()->isEnabled());
    QVERIFY(panel->goButton()->toolTip().startsWith(QStringLiteral("The seed must be")));
    panel->run();
    QVERIFY(!fake.studio.drawing.drawing());
  }
  void zoom_keys_act_on_the_canvas() {
    FakeWindow fake;
    QVERIFY(fake.load() && activate(fake));
    fake.window.showPage(Page::create);
    fake.window.create()->panel()->setPrompt(QStringLiteral("a boat"));
    fake.window.create()->run();
    QVERIFY(fake.idle());
    auto* canvas = fake.window.create()->canvas();
    QVERIFY(canvas->fits());
    QTest::keyClick(prompt(fake), Qt::Key_1, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(!canvas->fits());
    QCOMPARE(canvas->zoom() * canvas->devicePixelRatioF(), 1.0);
    QTest::keyClick(prompt(fake), Qt::Key_0, Qt::ControlModifier);
    QVERIFY(canvas->fits());
  }
  void the_thread_stays_at_its_end_until_one_scrolls_up() {
    FakeWindow fake;
    fake.control->info.notice = "Demonstration model.";
    QVERIFY(fake.load());
    fake.window.resize(960, 600);
    fake.control->tokens = 1200;
    fake.control->allow(600);
    fake.studio.conversation.send(QStringLiteral("a long story"));
    auto* bar = fake.window.chat()->thread()->verticalScrollBar();
    QTRY_VERIFY(bar->maximum() > 0);
    QTRY_COMPARE(bar->value(), bar->maximum());
    QTRY_COMPARE(fake.control->taken.load(), fake.control->allowed.load());
    QTest::qWait(100);
    QTRY_COMPARE(bar->value(), bar->maximum());
    auto* turn = fake.window.chat()->thread()->turn(1);
    auto* text = turn->findChild<PlainText*>();
    QTRY_COMPARE(text->height(), text->minimumHeight());
    for (auto* foot : turn->findChildren<Label*>())
      if (foot->isVisible()) QVERIFY(foot->geometry().top() >= text->geometry().bottom());
    bar->setValue(0);
    fake.control->allow(600);
    QVERIFY(fake.idle());
    QTest::qWait(100);
    QCOMPARE(bar->value(), 0);
  }
  void text_that_comes_in_bits_lies_as_text_at_once() {
    QString story;
    for (int i = 0; i < 700; ++i) story += i % 97 == 96 ? QStringLiteral("end.\n\n") : QStringLiteral("word%1 ").arg(i);
    PlainText whole(story, QStringLiteral("whole")), bits({}, QStringLiteral("bits"));
    for (auto* text : {&whole, &bits}) text->resize(400, 10);
    for (auto* text : {&whole, &bits}) text->show();
    for (qsizetype i = 0; i < story.size(); i += 7) bits.append(story.mid(i, 7));
    QTRY_COMPARE(bits.width(), 400);
    QTRY_COMPARE(whole.width(), 400);
    QCOMPARE(bits.height(), whole.height());
    QVERIFY(whole.height() > 1000);
    QCOMPARE(bits.grab().toImage(), whole.grab().toImage());
    bits.selectAll();
    QCOMPARE(bits.selectedText(), story);
  }
  void selected_text_is_copied_by_its_key_on_any_page() {
    FakeWindow fake;
    QVERIFY(fake.load() && activate(fake));
    fake.studio.conversation.send(QStringLiteral("hello there"));
    QVERIFY(fake.idle());
    QTest::qWait(50);
    auto* text = fake.window.chat()->thread()->turn(0)->findChild<PlainText*>();
    QTest::mouseDClick(text, Qt::LeftButton, Qt::NoModifier, QPoint(10, text->height() / 2));
    text->setFocus();
    QTest::keyClick(text, Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("hello"));
  }
  void every_focusable_widget_has_an_accessible_name() {
    FakeWindow fake({.make_model = [](const std::filesystem::path&) {}, .tiny_folder = {}, .theme = {}});
    QVERIFY(fake.load());
    fake.studio.conversation.attachFile(fake.picture("one.png"));
    fake.studio.conversation.send(QStringLiteral("hello"));
    QTRY_VERIFY(!talk(fake).attachments()[0].reading);
    fake.window.create()->panel()->setPrompt(QStringLiteral("a boat"));
    fake.window.create()->run();
    QVERIFY(fake.idle());
    fake.window.showLoadDialog();
    QCOMPARE(nameless(&fake.window), QString());
    KeySheet sheet;
    QCOMPARE(nameless(&sheet), QString());
  }
  void every_action_has_its_row_and_no_key_is_taken_twice() {
    QStringList keys;
    for (const auto& row : actionTable()) {
      QVERIFY(*row.text && *row.tip && *row.keys);
      for (const auto& key : QString::fromLatin1(row.keys).split(u' ')) {
        QVERIFY2(!keys.contains(key), row.text);
        QVERIFY2(!QKeySequence(key, QKeySequence::PortableText).toString().isEmpty(), row.keys);
        keys << key;
      }
    }
  }
  void the_theme_changes_and_is_remembered() {
    FakeWindow fake;
    QVERIFY(activate(fake));
    QCOMPARE(&look(), &tokensOf(Theme::dark));
    QTest::keyClick(question(fake), Qt::Key_T, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(&look(), &tokensOf(Theme::light));
    QCOMPARE(fake.window.palette().color(QPalette::Window), look().window);
    QCOMPARE(Settings(fake.store).theme(), ThemeChoice::light);
  }
  void the_window_comes_back_as_large_as_it_was() {
    FakeWindow first;
    first.window.resize(1111, 711);
    QTest::qWait(50);
    first.window.close();
    MainWindow second(first.studio, Settings(first.store));
    second.show();
    QCOMPARE(second.size(), QSize(1111, 711));
  }
  void the_window_comes_back_on_its_page_or_on_the_chat() {
    FakeWindow first;
    QVERIFY(first.window.chat()->isVisible());
    first.window.showPage(Page::gallery);
    QTRY_COMPARE(Settings(first.store).page(), int(Page::gallery));
    MainWindow second(first.studio, Settings(first.store));
    second.show();
    QVERIFY(second.gallery()->isVisible());
    for (const int strange : {-1, 5, 1 << 30}) {
      Settings(first.store).setPage(strange);
      MainWindow third(first.studio, Settings(first.store));
      third.show();
      QVERIFY(third.chat()->isVisible());
    }
  }
  void a_second_program_hands_its_files_to_the_first() {
    FakeWindow fake;
    QVERIFY(fake.load());
    SingleInstance first(fake.path("data"));
    QVERIFY(!first.handOver({}));
    first.listen();
    connect(&first, &SingleInstance::received, &fake.window, &MainWindow::receive);
    const QStringList files{fake.picture("one.png"), fake.path("paper-world")};
    QVERIFY(QDir().mkpath(files[1]));
    fake.window.showPage(Page::create);
    std::atomic<int> taken{-1};
    std::thread second([&] { taken = SingleInstance(fake.path("data")).handOver(files); });
    QTRY_VERIFY(taken >= 0);
    second.join();
    QCOMPARE(taken.load(), 1);
    QVERIFY(fake.window.chat()->isVisible());
    QCOMPARE(fake.studio.conversation.attachments().size(), size_t(1));
    QCOMPARE(fake.studio.model.folder(), files[1]);
    QVERIFY(!SingleInstance(fake.path("elsewhere")).handOver(files));
  }
};

QTEST_MAIN(Window)
#include "window.moc"
