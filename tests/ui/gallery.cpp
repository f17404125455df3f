// The Gallery and what keeps: pictures of every page, the queue, prompts and recipes, over the fake model.
#include <sqlite3.h>
#include <QClipboard>
#include <QDir>
#include <QDropEvent>
#include <QElapsedTimer>
#include <QGuiApplication>
#include <QMimeData>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

#include <thread>

#include "core/base/file.h"
#include "core/image/codec.h"
#include "tests/ui/support.h"
#include "ui/shell/single_instance.h"

using namespace b3o;
using b3o::test::FakeStudio;
using b3o::test::FakeWindow;

namespace {

CreateForm formOf(const Studio& studio, const char* prompt, int count = 1, const char* seed = "7") {
  CreateForm form = withDefaults({}, studio.model.can());
  form.prompt = QString::fromUtf8(prompt);
  form.count = count;
  form.seed = QString::fromLatin1(seed);
  return form;
}

// Draws and waits until the library has it.
bool draw(FakeStudio& fake, const char* prompt, int count = 1, const char* seed = "7") {
  const int before = fake.studio.gallery.total();
  fake.studio.drawing.start(formOf(fake.studio, prompt, count, seed));
  return fake.idle() && QTest::qWaitFor([&] { return fake.studio.gallery.total() == before + count; });
}

QStringList promptsOf(const Gallery& gallery) {
  QStringList out;
  for (const auto& line : gallery.lines()) out << QString::fromStdString(line.prompt);
  return out;
}

QStringList waiting(const DrawQueue& queue) {
  QStringList out;
  for (const auto& item : queue.items())
    out << QString::fromStdString(item.recipe.prompt) + (item.interrupted ? QStringLiteral("!") : QString());
  return out;
}

bool activate(FakeWindow& fake) {
  fake.window.activateWindow();
  return QTest::qWaitForWindowActive(&fake.window);
}

struct Opened {
  FakeWindow fake{{}, true};
  Gallery& gallery = fake.studio.gallery;
  GalleryView* view = fake.window.gallery()->view();
  // Three pictures, the newest first: "boat", "red fish", "red house".
  bool fill() {
    return fake.load() && draw(fake, "red house", 1, "1") && draw(fake, "red fish", 1, "2") &&
           draw(fake, "boat", 1, "4") && activate(fake) && (fake.window.showPage(2), true);
  }
  void key(Qt::Key key, Qt::KeyboardModifiers with = Qt::NoModifier) { QTest::keyClick(view, key, with); }
};

}  // namespace

class GalleryTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void every_finished_picture_is_kept_with_recipe_tokens_and_notice() {
    FakeStudio fake(true);
    fake.control->info.notice = "Demonstration model.";
    QVERIFY(fake.load());
    QVERIFY(draw(fake, "a boat", 2, "5"));
    auto& gallery = fake.studio.gallery;
    QTRY_COMPARE(gallery.lines().size(), size_t(2));
    gallery.choose({gallery.lines()[0].id});
    QTRY_VERIFY(gallery.shown());
    QCOMPARE(gallery.shown()->recipe.seed, uint64_t(6));
    QCOMPARE(gallery.shown()->notice, std::string("Demonstration model."));
    const std::string bytes = read_file(toPath(gallery.path(gallery.lines()[0])), 1 << 20);
    const auto tokens = tokens_in_png(bytes, "file");
    QVERIFY(tokens && tokens->count == 4);
    gallery.setCarriesTokens(false);
    QVERIFY(draw(fake, "without", 1, "9"));
    QTRY_COMPARE(gallery.lines().size(), size_t(3));
    QVERIFY(!tokens_in_png(read_file(toPath(gallery.path(gallery.lines()[0])), 1 << 20), "file"));
  }
  void an_unfinished_picture_is_not_kept() {
    FakeStudio fake(true);
    QVERIFY(fake.load());
    fake.control->allow(4);
    fake.studio.drawing.start(formOf(fake.studio, "a boat"));
    QTRY_COMPARE(fake.control->taken.load(), fake.control->allowed.load());
    fake.studio.drawing.stop();
    QVERIFY(fake.idle());
    QTest::qWait(100);
    QCOMPARE(fake.studio.gallery.total(), 0);
  }
  void pictures_are_there_after_a_restart() {
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("library"));
    auto control = std::make_shared<test::FakeControl>();
    {
      Studio studio(test::fakeEngine(control), openStore(path));
      studio.model.load(folder.filePath(QStringLiteral("model")));
      QTRY_VERIFY(studio.model.ready());
      studio.drawing.start(formOf(studio, "a boat"));
      QTRY_COMPARE(studio.gallery.total(), 1);
    }
    Studio studio(test::fakeEngine(control), openStore(path));
    QTRY_COMPARE(promptsOf(studio.gallery), QStringList{QStringLiteral("a boat")});
    const int64_t id = studio.gallery.lines()[0].id;
    QVERIFY(studio.gallery.thumbnail(id).isNull());
    QTRY_VERIFY(!studio.gallery.thumbnail(id).isNull());
    QCOMPARE(studio.prompts.history(), QStringList());  // only the page uses prompts
  }
  void a_library_that_cannot_be_opened_says_why_and_drawing_goes_on() {
    FakeStudio fake;
    write_file(toPath(fake.path("taken")), "a file where a folder should be");
    const OpenedStore opened = openStore(fake.path("taken"));
    QVERIFY(!opened.store);
    QVERIFY(opened.problem.contains(QStringLiteral("cannot be created")));
    Studio studio(test::fakeEngine(fake.control), opened);
    QCOMPARE(studio.gallery.error(), opened.problem);
    studio.model.load(fake.path("model"));
    QTRY_VERIFY(studio.model.ready());
    studio.drawing.start(formOf(studio, "a boat"));
    QTRY_VERIFY(studio.drawing.picture() && studio.drawing.picture()->image);
  }
  void a_rebuilt_library_says_so_in_the_gallery() {
    Opened opened;
    QVERIFY(opened.fill());
    const QString library = opened.fake.path("library"), copy = opened.fake.path("copy");
    QVERIFY(QDir().mkpath(copy + QStringLiteral("/pictures")));
    for (const auto& name : QDir(library + QStringLiteral("/pictures")).entryList(QDir::Files))
      QVERIFY(QFile::copy(library + QStringLiteral("/pictures/") + name, copy + QStringLiteral("/pictures/") + name));
    write_file(toPath(copy + QStringLiteral("/library.sqlite")), std::string(5000, 'x'));
    Studio studio(test::fakeEngine(opened.fake.control), openStore(copy));
    QVERIFY(studio.gallery.error().contains(QStringLiteral("was rebuilt from 3 pictures")));
    QTRY_COMPARE(studio.gallery.total(), 3);
  }

  void a_search_shows_what_fits_and_counts_it() {
    Opened opened;
    QVERIFY(opened.fill());
    QTest::keyClicks(opened.fake.window.gallery()->search(), QStringLiteral("RED"));
    QTRY_COMPARE(promptsOf(opened.gallery), (QStringList{QStringLiteral("red fish"), QStringLiteral("red house")}));
    QCOMPARE(opened.view->model()->rowCount(), 3);  // with a heading
    opened.fake.window.gallery()->search()->clear();
    QTRY_COMPARE(opened.gallery.lines().size(), size_t(3));
  }
  void keys_move_star_and_choose() {
    Opened opened;
    QVERIFY(opened.fill());
    QTRY_COMPARE(opened.gallery.lines().size(), size_t(3));
    opened.key(Qt::Key_Right);
    QTRY_VERIFY(opened.gallery.shown());
    QCOMPARE(opened.gallery.shown()->line.prompt, std::string("boat"));
    opened.key(Qt::Key_Right);
    QTRY_VERIFY(opened.gallery.shown() && opened.gallery.shown()->line.prompt == "red fish");
    opened.key(Qt::Key_Up);  // the heading above is no picture
    QCOMPARE(opened.gallery.chosen().size(), size_t(1));
    opened.key(Qt::Key_Period);
    QVERIFY(opened.gallery.lines()[1].starred);
    QTest::mouseClick(opened.fake.window.gallery()->starButton(), Qt::LeftButton);
    QTRY_COMPARE(promptsOf(opened.gallery), QStringList{QStringLiteral("red fish")});
    QTest::mouseClick(opened.fake.window.gallery()->starButton(), Qt::LeftButton);
    QTRY_COMPARE(opened.gallery.lines().size(), size_t(3));
    opened.key(Qt::Key_A, Qt::ControlModifier);
    QCOMPARE(opened.gallery.chosen().size(), size_t(3));
    opened.key(Qt::Key_Period);  // one has a star, so all get one
    for (const auto& line : opened.gallery.lines()) QVERIFY(line.starred);
    opened.key(Qt::Key_Period);
    for (const auto& line : opened.gallery.lines()) QVERIFY(!line.starred);
  }
  void a_full_stop_in_the_search_is_a_full_stop() {
    Opened opened;
    QVERIFY(opened.fill());
    opened.key(Qt::Key_Right);
    auto* search = opened.fake.window.gallery()->search();
    search->setFocus();
    QTest::keyClick(search, Qt::Key_Period);
    QTest::keyClick(search, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClick(search, Qt::Key_Delete);
    QVERIFY(search->text().isEmpty());
    QVERIFY(!opened.gallery.lines()[0].starred);
    QTRY_COMPARE(opened.gallery.total(), 3);
  }
  void delete_moves_to_the_trash_and_undo_brings_back() {
    Opened opened;
    QVERIFY(opened.fill());
    opened.key(Qt::Key_Right);
    opened.key(Qt::Key_Delete);
    QCOMPARE(promptsOf(opened.gallery), (QStringList{QStringLiteral("red fish"), QStringLiteral("red house")}));
    QCOMPARE(opened.gallery.message(), QStringLiteral("1 picture is in the trash."));
    QTRY_COMPARE(opened.gallery.inTrash(), 1);
    opened.gallery.undo();
    QTRY_COMPARE(opened.gallery.lines().size(), size_t(3));
    QTRY_COMPARE(opened.gallery.inTrash(), 0);
  }
  void the_trash_gives_back_and_deletes_for_good() {
    Opened opened;
    QVERIFY(opened.fill());
    opened.key(Qt::Key_A, Qt::ControlModifier);
    opened.key(Qt::Key_Delete);
    QTest::mouseClick(opened.fake.window.gallery()->trashButton(), Qt::LeftButton);
    QTRY_COMPARE(opened.gallery.lines().size(), size_t(3));
    const QString path = opened.gallery.path(opened.gallery.lines()[1]);
    opened.gallery.choose({opened.gallery.lines()[0].id});
    opened.gallery.restore();
    QTRY_COMPARE(opened.gallery.total(), 1);
    opened.gallery.choose({opened.gallery.lines()[0].id, opened.gallery.lines()[1].id});
    QVERIFY(QFileInfo::exists(path));
    opened.gallery.deleteForGood();
    QTRY_VERIFY(!QFileInfo::exists(path));
    QTRY_COMPARE(opened.gallery.inTrash(), 0);
    QCOMPARE(opened.gallery.total(), 1);
  }
  void more_like_this_is_shown_beside_and_as_a_list() {
    Opened opened;
    QVERIFY(opened.fill());
    QVERIFY(draw(opened.fake, "another boat", 1, "260"));  // seed 260 has the fake tokens of seed 4
    QTRY_COMPARE(opened.gallery.lines().size(), size_t(4));
    opened.view->choose(opened.gallery.lines()[1].id);
    QTRY_VERIFY(opened.gallery.shown());
    QCOMPARE(opened.gallery.similar().size(), size_t(3));
    QCOMPARE(opened.gallery.similar()[0].prompt, std::string("another boat"));
    opened.key(Qt::Key_L, Qt::ControlModifier);
    QTRY_COMPARE(opened.gallery.lines().size(), size_t(3));
    QCOMPARE(promptsOf(opened.gallery).front(), QStringLiteral("another boat"));
  }
  void enter_opens_the_recipe_in_create() {
    Opened opened;
    QVERIFY(opened.fill());
    opened.key(Qt::Key_Right);
    QTRY_VERIFY(opened.gallery.shown());
    opened.key(Qt::Key_Return);
    QVERIFY(opened.fake.window.create()->isVisible());
    const CreateForm form = opened.fake.window.create()->panel()->form();
    QCOMPARE(form.prompt, QStringLiteral("boat"));
    QCOMPARE(form.seed, QStringLiteral("4"));
  }
  void ask_attaches_the_picture_to_the_chat() {
    Opened opened;
    QVERIFY(opened.fill());
    opened.key(Qt::Key_Right);
    QTRY_VERIFY(opened.gallery.shown());
    Q_EMIT opened.fake.window.gallery()->panel()->askWanted();
    QVERIFY(opened.fake.window.chat()->isVisible());
    QCOMPARE(opened.fake.studio.conversation.attachments().size(), size_t(1));
  }
  void chosen_pictures_are_exported_with_and_without_their_recipes() {
    Opened opened;
    QVERIFY(opened.fill());
    opened.key(Qt::Key_A, Qt::ControlModifier);
    QTemporaryDir out;
    opened.gallery.exportTo(out.path(), true);
    QTRY_VERIFY(opened.gallery.message().startsWith(QStringLiteral("3 pictures are exported")));
    QCOMPARE(QDir(out.path()).entryList(QDir::Files),
             (QStringList{QStringLiteral("boat-4.png"), QStringLiteral("red-fish-2.png"),
                          QStringLiteral("red-house-1.png")}));
    QCOMPARE(read_recipe(toPath(out.filePath(QStringLiteral("boat-4.png")))).seed, uint64_t(4));
    opened.gallery.choose({opened.gallery.lines()[0].id});
    opened.gallery.exportTo(out.path(), false);
    QTRY_VERIFY(QFileInfo::exists(out.filePath(QStringLiteral("boat-4-2.png"))));
    const auto bare = MappedFile::open(toPath(out.filePath(QStringLiteral("boat-4-2.png"))));
    QVERIFY(read_png_texts(bare->bytes()).empty());
    QVERIFY(load_image(bare->path()) == load_image(toPath(out.filePath(QStringLiteral("boat-4.png")))));
  }
  void dragged_pictures_are_files_that_are_copied() {
    Opened opened;
    QVERIFY(opened.fill());
    opened.key(Qt::Key_A, Qt::ControlModifier);
    const std::unique_ptr<QMimeData> data(
        opened.view->model()->mimeData(opened.view->selectionModel()->selectedIndexes()));
    QCOMPARE(data->urls().size(), 3);
    QVERIFY(QFileInfo::exists(data->urls()[0].toLocalFile()));
    QCOMPARE(opened.view->model()->supportedDragActions(), Qt::DropActions(Qt::CopyAction));
  }
  void the_chosen_picture_is_copied_with_its_recipe() {
    Opened opened;
    QVERIFY(opened.fill());
    opened.key(Qt::Key_Right);
    QGuiApplication::clipboard()->setText(QStringLiteral("before"));
    opened.key(Qt::Key_C, Qt::ControlModifier);
    QTRY_VERIFY(QGuiApplication::clipboard()->mimeData()->hasFormat(QStringLiteral("image/png")));
    const QByteArray png = QGuiApplication::clipboard()->mimeData()->data(QStringLiteral("image/png"));
    QCOMPARE(recipe_in_png({png.constData(), size_t(png.size())}, "clipboard")->prompt, std::string("boat"));
  }
  void ten_thousand_pictures_are_listed_searched_and_scrolled() {
    QTemporaryDir folder;
    {
      const OpenedStore made = openStore(folder.path());
    }
    sqlite3* db = nullptr;
    QCOMPARE(sqlite3_open(QFile::encodeName(folder.filePath(QStringLiteral("library.sqlite"))).constData(), &db), 0);
    const std::string fill =
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000) "
        "INSERT INTO pictures(file, made, width, height, prompt, folded, recipe) SELECT i || '.png', " +
        std::to_string(milliseconds_now()) +
        " - i * 3600000, 8, 8, 'picture ' || i, 'picture ' || i, '{\"format\":1}' FROM n";
    QCOMPARE(sqlite3_exec(db, fill.c_str(), nullptr, nullptr, nullptr), 0);
    sqlite3_close(db);
    QElapsedTimer clock;
    clock.start();
    Studio studio(test::fakeEngine(std::make_shared<test::FakeControl>()), openStore(folder.path()));
    GalleryPage page(studio.gallery);
    page.resize(1200, 760);
    page.show();
    QTRY_COMPARE(studio.gallery.lines().size(), size_t(10000));
    QTRY_VERIFY(page.view()->verticalScrollBar()->maximum() > 100000);
    const qint64 started = clock.elapsed();
    qint64 longest = 0;
    auto* bar = page.view()->verticalScrollBar();
    for (int at = 0; at <= bar->maximum(); at += bar->maximum() / 60) {
      clock.restart();
      bar->setValue(at);
      page.view()->viewport()->repaint();
      longest = std::max(longest, clock.elapsed());
      QCoreApplication::processEvents();
    }
    clock.restart();
    page.search()->setText(QStringLiteral("777"));
    QTRY_COMPARE(studio.gallery.lines().size(), size_t(19));
    qInfo("10,000 pictures: shown after %lld ms, longest scroll step %lld ms, search %lld ms", started, longest,
          clock.elapsed());
    QCOMPARE(promptsOf(studio.gallery).front(), QStringLiteral("picture 777"));
    page.view()->selectAll();
    QCOMPARE(studio.gallery.chosen().size(), size_t(19));
  }
  void tokens_in_pictures_are_switched_off_by_a_key_and_stay_off() {
    QTemporaryDir folder;
    QSettings store(folder.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat);
    {
      Studio studio(test::fakeEngine(std::make_shared<test::FakeControl>()), openStore(folder.path()));
      MainWindow window(studio, Settings(store));
      window.show();
      window.activateWindow();
      QVERIFY(QTest::qWaitForWindowActive(&window));
      QTRY_VERIFY(studio.gallery.listed());
      QTest::keyClick(&window, Qt::Key_K, Qt::ControlModifier | Qt::ShiftModifier);
      QVERIFY(!studio.gallery.carriesTokens());
    }
    Studio studio(test::fakeEngine(std::make_shared<test::FakeControl>()), openStore(folder.path()));
    QTRY_VERIFY(studio.gallery.listed());
    QVERIFY(!studio.gallery.carriesTokens());
  }
  void headings_are_days_and_then_months() {
    const QDate today(2026, 11, 25);
    QCOMPARE(dayHeading(today, today), QStringLiteral("Today"));
    QCOMPARE(dayHeading(today.addDays(-1), today), QStringLiteral("Yesterday"));
    QCOMPARE(dayHeading(today.addDays(-2), today), QStringLiteral("Monday, 23 November"));
    QCOMPARE(dayHeading(today.addDays(-7), today), QStringLiteral("November 2026"));
  }

  void a_waiting_drawing_runs_by_itself_in_order() {
    FakeStudio fake(true);
    QVERIFY(fake.load());
    fake.control->allow(0);
    for (const char* prompt : {"one", "two", "three"}) fake.studio.drawing.start(formOf(fake.studio, prompt));
    fake.studio.drawing.start(formOf(fake.studio, "first"), true);
    QCOMPARE(waiting(fake.studio.queue),
             (QStringList{QStringLiteral("first"), QStringLiteral("two"), QStringLiteral("three")}));
    fake.studio.queue.move(fake.studio.queue.items()[2].key, -1);
    fake.studio.queue.remove(fake.studio.queue.items()[0].key);
    QCOMPARE(waiting(fake.studio.queue), (QStringList{QStringLiteral("three"), QStringLiteral("two")}));
    fake.control->allowAll();
    QTRY_COMPARE_WITH_TIMEOUT(fake.studio.gallery.total(), 3, 20000);
    QCOMPARE(promptsOf(fake.studio.gallery),
             (QStringList{QStringLiteral("two"), QStringLiteral("three"), QStringLiteral("one")}));
  }
  void a_paused_queue_waits_and_a_failure_does_not_stop_it() {
    FakeStudio fake;
    QVERIFY(fake.load());
    fake.control->allow(0);
    for (const char* prompt : {"impossible", "two"}) fake.studio.drawing.start(formOf(fake.studio, prompt));
    fake.studio.queue.setPaused(true);
    fake.control->allowAll();
    QTRY_VERIFY(!fake.studio.drawing.drawing());
    QVERIFY(!fake.studio.drawing.error().isEmpty());
    QCOMPARE(waiting(fake.studio.queue), QStringList{QStringLiteral("two")});
    fake.studio.queue.setPaused(false);
    QVERIFY(fake.studio.drawing.drawing());
    QTRY_VERIFY(fake.studio.drawing.picture() && fake.studio.drawing.picture()->image);
  }
  void the_queue_comes_back_in_order_paused_and_with_the_running_one_interrupted() {
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("library"));
    auto control = std::make_shared<test::FakeControl>();
    {
      Studio studio(test::fakeEngine(control), openStore(path));
      studio.model.load(folder.filePath(QStringLiteral("model")));
      QTRY_VERIFY(studio.model.ready());
      control->allow(2);
      for (const char* prompt : {"one", "two", "three"}) studio.drawing.start(formOf(studio, prompt, 4));
      QTRY_COMPARE(control->taken.load(), control->allowed.load());
    }
    control->allowAll();
    Studio studio(test::fakeEngine(control), openStore(path));
    QTRY_COMPARE(waiting(studio.queue),
                 (QStringList{QStringLiteral("one!"), QStringLiteral("two"), QStringLiteral("three")}));
    QVERIFY(studio.queue.paused());
    QCOMPARE(studio.queue.items()[2].count, 4);
    studio.model.load(folder.filePath(QStringLiteral("model")));
    QTRY_VERIFY(studio.model.ready());
    QTest::qWait(50);
    QVERIFY(!studio.drawing.drawing());
    studio.queue.setPaused(false);
    QTRY_COMPARE_WITH_TIMEOUT(studio.gallery.total(), 12, 20000);
    QVERIFY(studio.queue.items().empty());
  }
  void the_status_line_opens_the_queue() {
    FakeWindow fake({}, true);
    QVERIFY(fake.load());
    fake.control->allow(0);
    for (const char* prompt : {"one", "two", "three"}) fake.studio.drawing.start(formOf(fake.studio, prompt));
    auto* status = fake.window.statusLine();
    QCOMPARE(status->queueButton()->text(), QStringLiteral("2 waiting"));
    QTest::mouseClick(status->queueButton(), Qt::LeftButton);
    QVERIFY(status->queueList()->isVisible());
    QTest::mouseClick(status->queueList()->pauseButton(), Qt::LeftButton);
    QVERIFY(fake.studio.queue.paused());
    for (auto* button : status->queueList()->findChildren<QPushButton*>())
      if (button->accessibleName() == QLatin1String("Later: two")) QTest::mouseClick(button, Qt::LeftButton);
    QCOMPARE(waiting(fake.studio.queue), (QStringList{QStringLiteral("three"), QStringLiteral("two")}));
    QCOMPARE(status->queueButton()->text(), QStringLiteral("2 waiting, paused"));
  }

  void presets_set_steps_and_are_recognised() {
    Capabilities can = test::FakeControl().info.can;
    can.samplers = {"euler", "dpmpp_2m"};
    const auto form = [&](Preset preset) { return withPreset({}, preset, can); };
    QCOMPARE(form(Preset::balanced).plan_steps, 6);
    QCOMPARE(form(Preset::balanced).sampler, QStringLiteral("euler"));
    QCOMPARE(form(Preset::fast).plan_steps, 3);
    QCOMPARE(form(Preset::fast).paint_steps, 4);
    QCOMPARE(form(Preset::fast).sampler, QStringLiteral("dpmpp_2m"));
    QCOMPARE(form(Preset::exact).paint_steps, 16);
    QVERIFY(form(Preset::exact).exact_times);
    QVERIFY(toRecipe(form(Preset::exact)).plan.exact_times);
    for (const Preset preset : {Preset::fast, Preset::balanced, Preset::exact})
      QVERIFY(presetOf(form(preset), can) == preset);
    CreateForm own = form(Preset::fast);
    own.plan_guidance += 1;
    QVERIFY(!presetOf(own, can));
    can.paint_steps = {1, 3, 6, 12};
    can.default_paint_steps = 6;
    QCOMPARE(form(Preset::fast).paint_steps, 3);
    QCOMPARE(form(Preset::exact).paint_steps, 12);
  }
  void a_preset_fills_the_form_and_own_numbers_leave_it() {
    FakeWindow fake;
    QVERIFY(fake.load());
    fake.window.showPage(1);
    auto* panel = fake.window.create()->panel();
    QCOMPARE(panel->preset()->current(), int(Preset::balanced));
    QTest::mouseClick(panel->preset()->button(int(Preset::fast)), Qt::LeftButton);
    QCOMPARE(panel->form().plan_steps, 3);
    QCOMPARE(panel->preset()->current(), int(Preset::fast));
    for (auto* field : panel->findChildren<QDoubleSpinBox*>())
      if (field->accessibleName().startsWith(QLatin1String("Plan guidance"))) field->setValue(9);
    QCOMPARE(panel->preset()->current(), -1);
  }
  void samplers_have_titles() {
    FakeWindow fake;
    QVERIFY(fake.load());
    QComboBox* sampler = nullptr;
    for (auto* box : fake.window.create()->panel()->findChildren<QComboBox*>())
      if (box->accessibleName() == QLatin1String("Paint sampler")) sampler = box;
    QVERIFY(sampler);
    QCOMPARE(sampler->itemText(0), QStringLiteral("Euler"));
    QCOMPARE(fake.window.create()->panel()->form().sampler, QStringLiteral("euler"));
    QCOMPARE(samplerTitle(QStringLiteral("new_one")), QStringLiteral("new_one"));
  }
  void the_length_of_a_prompt_is_told_and_its_mark() {
    Capabilities can;
    can.prompt_mark = 20;
    const auto length = lengthOf(QStringLiteral("a green flower, 晚上 unbelievably"), can);
    QCOMPARE(length.words, 5);
    QCOMPARE(length.tokens, 3 + 1 + 2 + 2);
    QVERIFY(!length.over_mark);
    QVERIFY(lengthOf(QStringLiteral("a b c d e f g ").repeated(3), can).over_mark);
    FakeWindow fake;
    fake.control->info.can.prompt_mark = 5;
    QVERIFY(fake.load());
    auto* panel = fake.window.create()->panel();
    panel->setPrompt(QStringLiteral("a red boat"));
    QCOMPARE(panel->lengthText(), QStringLiteral("3 words · about 3 tokens"));
    panel->setPrompt(QStringLiteral("a red boat on a blue sea"));
    QCOMPARE(panel->lengthText(), QStringLiteral("about 7 tokens, more than the 5 of training"));
  }
  void earlier_prompts_come_back_by_their_keys() {
    FakeWindow fake({}, true);
    QVERIFY(fake.load() && activate(fake));
    fake.window.showPage(1);
    auto* panel = fake.window.create()->panel();
    for (const char* text : {"one", "two"}) {
      panel->setPrompt(QString::fromLatin1(text));
      fake.window.create()->run();
      QVERIFY(fake.idle());
    }
    panel->setPrompt(QStringLiteral("half a pro"));
    const auto press = [&](Qt::Key key) {
      QTest::keyClick(panel->prompt(), key, Qt::AltModifier);
      return panel->prompt()->toPlainText();
    };
    QCOMPARE(press(Qt::Key_Up), QStringLiteral("two"));
    QCOMPARE(press(Qt::Key_Up), QStringLiteral("one"));
    QCOMPARE(press(Qt::Key_Up), QStringLiteral("one"));
    QCOMPARE(press(Qt::Key_Down), QStringLiteral("two"));
    QCOMPARE(press(Qt::Key_Down), QStringLiteral("half a pro"));
    fake.studio.prompts.save(QStringLiteral("kept"), true);
    QVERIFY(fake.studio.prompts.isSaved(QStringLiteral(" kept ")));
  }
  void prompts_are_there_after_a_restart() {
    QTemporaryDir folder;
    {
      Library library(openStore(folder.path()));
      PromptBook book(library);
      book.use(QStringLiteral("one"));
      book.use(QStringLiteral("two"));
      book.save(QStringLiteral("kept"), true);
    }
    Library library(openStore(folder.path()));
    PromptBook book(library);
    QTRY_COMPARE(book.history(), (QStringList{QStringLiteral("two"), QStringLiteral("one")}));
    QCOMPARE(book.saved(), QStringList{QStringLiteral("kept")});
  }
  void the_form_comes_back_as_it_was_left() {
    QTemporaryDir folder;
    const QString library = folder.filePath(QStringLiteral("library"));
    QSettings store(folder.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat);
    auto control = std::make_shared<test::FakeControl>();
    const auto open = [&](Studio& studio) {
      studio.model.load(folder.filePath(QStringLiteral("model")));
      return QTest::qWaitFor([&] { return studio.model.ready(); });
    };
    {
      Studio studio(test::fakeEngine(control), openStore(library));
      MainWindow window(studio, Settings(store));
      QVERIFY(open(studio));
      QTest::qWait(50);
      auto* panel = window.create()->panel();
      panel->setPrompt(QStringLiteral("half a prompt"));
      panel->setSeed(QStringLiteral("41"));
      panel->setCount(4);
      panel->preset()->button(int(Preset::exact))->click();
    }
    Studio studio(test::fakeEngine(control), openStore(library));
    MainWindow window(studio, Settings(store));
    auto* panel = window.create()->panel();
    QTRY_COMPARE(panel->form().prompt, QStringLiteral("half a prompt"));
    QCOMPARE(panel->form().seed, QStringLiteral("41"));
    QCOMPARE(panel->form().count, 4);
    QVERIFY(open(studio));
    QCOMPARE(panel->form().plan_steps, 12);
    QCOMPARE(panel->preset()->current(), int(Preset::exact));
    control->info.hash = std::string(64, 'b');
    QVERIFY(open(studio) && QTest::qWaitFor([&] { return panel->form().plan_steps == 6; }));
  }
  void a_dropped_picture_offers_its_recipe() {
    FakeWindow fake;
    QVERIFY(fake.load());
    fake.window.showPage(1);
    Recipe recipe = toRecipe(formOf(fake.studio, "a green boat", 1, "77"));
    recipe.paint.sampler = "ddim";
    recipe.plan.steps = 11;
    write_picture_file(toPath(fake.path("boat.png")), test::fakeScene(1, 32, 0), recipe);
    const auto drop = [&](const QString& file) {
      QMimeData data;
      data.setUrls({QUrl::fromLocalFile(file)});
      QDragEnterEvent enter(QPoint(600, 300), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
      QCoreApplication::sendEvent(&fake.window, &enter);
      QDropEvent event(QPointF(600, 300), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
      QCoreApplication::sendEvent(&fake.window, &event);
    };
    drop(fake.path("boat.png"));
    QTRY_COMPARE(fake.studio.offer.message(), QStringLiteral("boat.png holds a recipe: \"a green boat\", seed 77."));
    auto* panel = fake.window.create()->panel();
    QVERIFY(panel->form().prompt.isEmpty());  // only offered
    QTest::mouseClick(fake.window.create()->restoreButton(), Qt::LeftButton);
    QCOMPARE(panel->form().prompt, QStringLiteral("a green boat"));
    QCOMPARE(panel->form().seed, QStringLiteral("77"));
    QCOMPARE(panel->form().plan_steps, 11);
    QCOMPARE(panel->form().sampler, QStringLiteral("euler"));
    QCOMPARE(panel->note(), QStringLiteral("This model does not offer the sampler ddim; its own setting stays."));
    QVERIFY(fake.studio.offer.message().isEmpty());
    drop(fake.picture("holiday.png"));
    QTRY_VERIFY(fake.studio.offer.message().contains(QStringLiteral("holds no recipe")));
    QVERIFY(!fake.window.create()->restoreButton()->isVisible());
  }
  void a_prompt_is_split_into_questions() {
    QCOMPARE(
        checkQuestions(QStringLiteral("A green flower left of a yellow fish at night")),
        (QStringList{QStringLiteral("Is there a green flower?"), QStringLiteral("Is there a yellow fish?"),
                     QStringLiteral("Is the green flower left of the yellow fish?"), QStringLiteral("Is it night?")}));
    QCOMPARE(checkQuestions(QStringLiteral("two blue circles above a black triangle, by the sea")),
             (QStringList{QStringLiteral("Are there two blue circles?"), QStringLiteral("Is there a black triangle?"),
                          QStringLiteral("Are the two blue circles above the black triangle?")}));
    QCOMPARE(checkQuestions(QStringLiteral("a red house by the sea")),
             (QStringList{QStringLiteral("Is there a red house?"), QStringLiteral("Is it by the sea?")}));
    QCOMPARE(checkQuestions(QStringLiteral("masterpiece")), QStringList());
  }
  void what_fails_the_check_is_drawn_again_and_the_best_is_shown() {
    FakeStudio fake;
    QVERIFY(fake.load());
    fake.studio.check.setOn(true);
    fake.studio.check.setTries(2);
    fake.control->answer = "no, there is none";
    fake.studio.drawing.start(formOf(fake.studio, "a red house by the sea"));
    QTRY_COMPARE_WITH_TIMEOUT(fake.studio.drawing.pictures().size(), size_t(3), 20000);
    QVERIFY(fake.idle());
    const auto& pictures = fake.studio.drawing.pictures();
    QTRY_COMPARE(fake.studio.check.verdict(pictures[2].key), QStringLiteral("0 of 2 fit"));
    QVERIFY(pictures[0].recipe.seed != pictures[1].recipe.seed);
    fake.control->answer = "Yes.";
    fake.studio.drawing.start(formOf(fake.studio, "a red house by the sea"));
    QTRY_VERIFY(fake.studio.drawing.pictures().size() == 4 &&
                fake.studio.check.verdict(fake.studio.drawing.pictures()[3].key) == QStringLiteral("2 of 2 fit"));
    QVERIFY(fake.idle());
    QCOMPARE(fake.studio.drawing.pictures().size(), size_t(4));
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
    fake.window.showPage(1);
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
  void a_bare_export_leaves_no_text_in_the_file() {
    FakeStudio fake;
    QVERIFY(fake.load());
    fake.studio.drawing.start(formOf(fake.studio, "a boat"));
    QVERIFY(fake.idle());
    const Picture& picture = *fake.studio.drawing.picture();
    fake.studio.out.save(fake.path("whole.png"), picture.image, picture.recipe, picture.tokens);
    fake.studio.out.save(fake.path("bare.png"), picture.image, picture.recipe, picture.tokens, true);
    QTRY_VERIFY(QFileInfo::exists(fake.path("bare.png")) && QFileInfo::exists(fake.path("whole.png")));
    QTRY_VERIFY(!fake.studio.out.message().isEmpty());
    QVERIFY(read_png_texts(MappedFile::open(toPath(fake.path("bare.png")))->bytes()).empty());
    QVERIFY(tokens_in_png(read_file(toPath(fake.path("whole.png")), 1 << 20), "whole")->values ==
            picture.tokens.values);
  }
};

QTEST_MAIN(GalleryTest)
#include "gallery.moc"
