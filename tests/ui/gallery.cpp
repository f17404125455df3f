// The Gallery and what it keeps: pictures of every page, over the fake model.
#include <sqlite3.h>
#include <QClipboard>
#include <QDir>
#include <QGuiApplication>
#include <QMimeData>
#include <QScrollBar>
#include <QTest>
#include <QUrl>
#include <ctime>
#include <span>
#include <utility>

#include "core/base/file.h"
#include "core/image/codec.h"
#include "tests/ui/drawing.h"

using namespace b3o;
using namespace b3o::test;

namespace {

struct Opened {
  FakeWindow fake{{}, true};
  Gallery& gallery = fake.studio.gallery;
  GalleryView* view = fake.window.gallery()->view();
  // Three pictures, the newest first: "boat", "red fish", "red house".
  bool fill() {
    return fake.load() && draw(fake, "red house", 1, "1") && draw(fake, "red fish", 1, "2") &&
           draw(fake, "boat", 1, "4") && activate(fake) && (fake.window.showPage(Page::gallery), true);
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
    QVERIFY(opened.gallery.steps().undo());
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
  void pictures_of_this_program_are_imported_and_others_left_out() {
    FakeWindow fake({}, true);
    auto& gallery = fake.studio.gallery;
    QTRY_VERIFY(gallery.listed());
    QStringList files{fake.picture("foreign.png")};
    Recipe recipe;
    recipe.prompt = "a kite";
    for (uint64_t seed = 1; seed <= 3; ++seed) {
      recipe.seed = seed;
      files << fake.path(qPrintable(QStringLiteral("kite-%1.png").arg(seed)));
      write_file(toPath(files.back()), picture_file_bytes(fakeScene(seed, 32, 0), recipe, {{1, 2, 3, 4}, 2, 2}));
    }
    fake.window.showPage(Page::gallery);
    QMimeData data;
    QList<QUrl> urls;
    for (const auto& file : files) urls << QUrl::fromLocalFile(file);
    data.setUrls(urls);
    QVERIFY(fake.window.gallery()->take(&data));
    QVERIFY(gallery.importing());
    QTRY_VERIFY(!gallery.importing());
    QTRY_COMPARE(gallery.lines().size(), size_t(3));
    QVERIFY2(gallery.message().contains(u"3 pictures are imported. 1 file"), qPrintable(gallery.message()));
    for (const auto& line : gallery.lines()) {
      gallery.choose({line.id});
      QTRY_VERIFY(gallery.shown());
      recipe.seed = gallery.shown()->recipe.seed;
      QCOMPARE(gallery.shown()->recipe, recipe);
      const std::string bytes = read_file(toPath(gallery.path(line)), 1 << 20);
      QVERIFY(decode_image(std::as_bytes(std::span(bytes.data(), bytes.size())), "kept") ==
              fakeScene(recipe.seed, 32, 0));
      QCOMPARE(tokens_in_png(bytes, "kept")->values, (std::vector<float>{1, 2, 3, 4}));
    }
  }
  void an_import_can_be_stopped() {
    FakeWindow fake({}, true);
    auto& gallery = fake.studio.gallery;
    QTRY_VERIFY(gallery.listed());
    const QString file = fake.path("kite.png");
    write_file(toPath(file), picture_file_bytes(fakeScene(1, 32, 0), {}));
    gallery.importFiles(QStringList(200, file));
    gallery.stopImport();
    QTRY_VERIFY(!gallery.importing());
    QTRY_COMPARE(gallery.lines().size(), size_t(1));  // the one that was being read
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
    // Processor time of this program: other programs on the machine do not count.
    auto spent = [since = std::clock()]() mutable {
      const auto now = std::clock();
      return double(now - std::exchange(since, now)) / CLOCKS_PER_SEC * 1e3;
    };
    Studio studio(test::fakeEngine(std::make_shared<test::FakeControl>()), openStore(folder.path()));
    GalleryPage page(studio.gallery);
    page.resize(1200, 760);
    page.show();
    QTRY_COMPARE(studio.gallery.lines().size(), size_t(10000));
    QTRY_VERIFY(page.view()->verticalScrollBar()->maximum() > 100000);
    const double started = spent();
    double longest = 0;
    auto* bar = page.view()->verticalScrollBar();
    for (int at = 0; at <= bar->maximum(); at += bar->maximum() / 60) {
      spent();
      bar->setValue(at);
      page.view()->viewport()->repaint();
      longest = std::max(longest, spent());
      QCoreApplication::processEvents();
    }
    spent();
    page.search()->setText(QStringLiteral("777"));
    QTRY_COMPARE(studio.gallery.lines().size(), size_t(19));
    const double searched = spent();
    qInfo("10,000 pictures: shown after %.0f ms, longest scroll step %.0f ms, search %.0f ms", started, longest,
          searched);
    QVERIFY(started < 2000);
    QVERIFY(longest < 100);
    QVERIFY(searched < 200);
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
};

QTEST_MAIN(GalleryTest)
#include "gallery.moc"
