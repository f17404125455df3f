// What comes into the Edit page and what leaves it: pictures, files, sessions.
#include <QClipboard>
#include <QDropEvent>
#include <QGuiApplication>
#include <QMessageBox>
#include <QMimeData>
#include <QTest>

#include "tests/ui/edit_window.h"

using namespace b3o;
using namespace b3o::test;

class EditPicturesTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void opening_shows_the_round_trip_and_how_the_picture_is_read() {
    EditWindow fake;
    QVERIFY(fake.ready());
    QTRY_COMPARE(fake.edit().roundTrip().state, RoundTrip::State::ready);
    auto* card = fake.page().panel()->roundTrip();
    QVERIFY(card->isVisible());
    QCOMPARE(card->title(), QStringLiteral("Round trip 0.93"));
    QVERIFY(card->text().contains(QStringLiteral("squashed to 128 × 128")));
    QTest::mouseClick(card->compareButton(), Qt::LeftButton);
    QVERIFY(fake.window.comparison()->isVisible());
    QVERIFY(fake.studio.compare.ready());
    QCOMPARE(fake.studio.compare.side(1).name, QStringLiteral("round trip"));
    SourceView view{SourceView::Read::cropped, 448, 448, 0, 0, 0, 0, 0, 0};
    QVERIFY(readingText(view).contains(QStringLiteral("cropped to its middle square")));
    view.read = SourceView::Read::as_it_is;
    QCOMPARE(readingText(view), QString());
  }
  void an_example_of_the_empty_page_draws_a_picture_and_changes_it() {
    EditWindow fake;
    QVERIFY(fake.load());
    QCOMPARE(fake.page().emptyPage()->examples().size(), size_t(3));
    const QString words = fake.page().emptyPage()->examples()[1]->text();
    QTest::mouseClick(fake.page().emptyPage()->examples()[1], Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(fake.edit().proposals() > 0, 20000);
    QCOMPARE(QString::fromStdString(fake.last().recipe.prompt), words);
    QCOMPARE(fake.last().recipe.edit.mode, EditMode::words);
    QVERIFY(fake.canvas()->isVisible());
    QCOMPARE(fake.edit().roundTrip().state, RoundTrip::State::ready);  // was shown first
  }
  void a_round_trip_that_a_run_cut_off_comes_after_it() {
    EditWindow fake;
    QVERIFY(fake.load());
    fake.control->allow(2);
    fake.edit().openImage(Editing::source(), QStringLiteral("a.png"));
    QTRY_COMPARE(fake.edit().roundTrip().state, RoundTrip::State::running);
    QVERIFY(fake.choose(EditMode::vary));
    fake.page().run();
    QVERIFY(fake.edit().running());
    QCOMPARE(fake.edit().roundTrip().state, RoundTrip::State::none);
    QVERIFY(fake.idle());
    QTRY_COMPARE(fake.edit().proposals(), 1);
    QTRY_COMPARE(fake.edit().roundTrip().state, RoundTrip::State::ready);
  }
  void the_empty_page_says_what_is_missing() {
    EditWindow fake;
    QVERIFY(fake.page().emptyPage()->isVisible());
    QCOMPARE(fake.page().emptyPage()->action()->text(), QStringLiteral("Load a model"));
    fake.control->info.can.edit_modes.clear();
    QVERIFY(fake.load());
    QCOMPARE(fake.page().emptyPage()->examples().size(), size_t(0));
  }
  void a_picture_comes_by_drop_and_by_paste() {
    EditWindow fake;
    QVERIFY(fake.load() && activate(fake));
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(fake.picture("one.png", 48))});
    QDragEnterEvent enter(QPoint(600, 300), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&fake.window, &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop(QPointF(600, 300), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&fake.window, &drop);
    QTRY_COMPARE(fake.edit().picture().size(), QSize(48, 48));
    QCOMPARE(fake.page().fileButton()->text(), fake.edit().title());
    QGuiApplication::clipboard()->setImage(plain(Qt::yellow, 20, 30));
    QTest::keyClick(fake.canvas(), Qt::Key_V, Qt::ControlModifier);
    QTRY_COMPARE(fake.edit().picture().size(), QSize(20, 30));
  }
  void a_file_that_is_none_leaves_the_picture_and_says_so() {
    EditWindow fake;
    QVERIFY(fake.ready());
    fake.edit().openFile(fake.path("missing.png"));
    QTRY_VERIFY(fake.page().error()->isVisible());
    QVERIFY(fake.page().error()->sentence().contains(QStringLiteral("missing.png")));
    QVERIFY(fake.edit().isOpen());
    QCOMPARE(fake.edit().picture().size(), QSize(90, 70));
  }
  void an_export_asks_before_it_writes_over_a_file() {
    EditWindow fake;
    QVERIFY(fake.ready());
    const QString path = fake.picture("there.png", 32);
    fake.edit().exportPicture(path);
    QTRY_VERIFY(fake.page().findChild<QMessageBox*>());
    auto* box = fake.page().findChild<QMessageBox*>();
    QTRY_VERIFY(box->isVisible());
    QVERIFY(box->text().contains(QStringLiteral("there.png")));
    QCOMPARE(QImage(path).size(), QSize(32, 32));
    for (auto* button : box->buttons())
      if (button->text() == QStringLiteral("Replace")) QTest::mouseClick(button, Qt::LeftButton);
    QTRY_COMPARE(QImage(path).size(), QSize(90, 70));
  }
  void sessions_that_are_kept_are_listed_opened_removed_and_brought_back() {
    EditWindow fake(true);
    QVERIFY(fake.load() && fake.open(plain(Qt::red, 40, 40), "first.png"));
    fake.edit().markRectangle({5, 5, 9, 9}, Combine::replace);  // what was only looked at is not kept
    QTRY_VERIFY(fake.edit().saved() && fake.edit().id() > 0);
    const int64_t first = fake.edit().id();
    QVERIFY(fake.open(plain(Qt::blue, 50, 50), "second.png"));
    fake.edit().markRectangle({5, 5, 9, 9}, Combine::replace);
    QTRY_COMPARE(fake.studio.edits.lines().size(), size_t(2));
    QTRY_VERIFY(fake.page().sessionsButton()->isVisible());
    QTest::mouseClick(fake.page().sessionsButton(), Qt::LeftButton);
    auto* list = fake.page().sessions();
    QTRY_VERIFY(list->isVisible());
    QTRY_COMPARE(list->rows().size(), size_t(2));
    QTest::mouseClick(list->rows()[1], Qt::LeftButton);
    QTRY_COMPARE(fake.edit().id(), first);
    QVERIFY(!list->isVisible());
    QTest::mouseClick(fake.page().sessionsButton(), Qt::LeftButton);
    QTRY_COMPARE(list->rows().size(), size_t(2));
    QTest::mouseClick(list->removeButtons()[0], Qt::LeftButton);
    QTRY_COMPARE(list->rows().size(), size_t(1));
    QTRY_COMPARE(list->removedRows().size(), size_t(1));
    QTest::mouseClick(list->removedRows()[0], Qt::LeftButton);
    QTRY_COMPARE(list->rows().size(), size_t(2));
    QTest::mouseClick(list->removeButtons()[0], Qt::LeftButton);
    QTRY_COMPARE(list->rows().size(), size_t(1));
    QTest::mouseClick(list->undoButton(), Qt::LeftButton);
    QTRY_COMPARE(fake.studio.edits.lines().size(), size_t(2));
  }
  void pictures_of_chat_create_and_gallery_open_in_edit() {
    EditWindow fake(true);
    QVERIFY(fake.load());
    fake.window.showPage(Page::chat);
    fake.studio.conversation.send(QStringLiteral("draw a boat"));
    QVERIFY(fake.idle());
    auto* picture = fake.window.chat()->thread()->turn(1)->picture();
    QTRY_VERIFY(picture->edit()->isVisible());
    QTest::mouseClick(picture->edit(), Qt::LeftButton);
    QVERIFY(fake.page().isVisible());
    QTRY_COMPARE(fake.edit().picture().size(), QSize(128, 128));
    fake.edit().close();
    fake.window.showPage(Page::create);
    QVERIFY(draw(fake, "a house", 1, "5"));
    QTest::mouseClick(fake.window.create()->recipe()->editButton(), Qt::LeftButton);
    QVERIFY(fake.page().isVisible());
    QTRY_VERIFY(fake.edit().isOpen() && !fake.edit().picture().isNull());
    QCOMPARE(fake.edit().document().node(fake.edit().document().source()).recipe->prompt, std::string("a house"));
    fake.edit().close();
    fake.window.showPage(Page::gallery);
    QTRY_VERIFY(fake.studio.gallery.lines().size() >= 2);
    fake.window.gallery()->view()->choose(fake.studio.gallery.lines()[0].id);
    auto* panel = fake.window.gallery()->findChild<GalleryPanel*>();
    QTRY_VERIFY(panel->editButton()->isVisible());
    QTest::mouseClick(panel->editButton(), Qt::LeftButton);
    QVERIFY(fake.page().isVisible());
    QTRY_VERIFY(fake.edit().isOpen() && !fake.edit().picture().isNull());
  }
};

QTEST_MAIN(EditPicturesTest)
#include "edit_pictures.moc"
