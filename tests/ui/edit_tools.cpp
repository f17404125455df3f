// The tools of the Edit page, driven as a user drives them: mouse, pen and keys on the real widgets.
#include <QElapsedTimer>
#include <QPaintEvent>
#include <QTest>

#include "tests/ui/edit_window.h"

using namespace b3o;
using namespace b3o::test;

namespace {

// Adds up what is painted.
class PaintedArea : public QObject {
 public:
  qint64 pixels = 0;
  bool eventFilter(QObject*, QEvent* event) override {
    if (event->type() == QEvent::Paint)
      for (const QRect& part : static_cast<QPaintEvent*>(event)->region())
        pixels += qint64(part.width()) * part.height();
    return false;
  }
};

}  // namespace

class EditToolsTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void a_stroke_marks_what_lies_under_the_pointer_at_every_zoom() {
    EditWindow fake;
    QVERIFY(fake.ready());
    fake.brush(6);
    fake.drag({20, 20}, {40, 20});
    QCOMPARE(fake.edit().mask().at(30, 20), uint8_t(255));
    QCOMPARE(fake.edit().mask().at(30, 40), uint8_t(0));
    fake.wheel({60, 50}, 600);
    QVERIFY(!fake.canvas()->zoom().fits());
    fake.drag({55, 50}, {65, 50});
    QCOMPARE(fake.edit().mask().at(60, 50), uint8_t(255));
    QCOMPARE(fake.edit().mask().at(60, 60), uint8_t(0));
  }
  void the_wheel_zooms_around_the_pointer_and_keys_fit_and_show_it_at_its_size() {
    EditWindow fake;
    QVERIFY(fake.ready());
    const QPoint pointer = fake.at(30, 30);
    const double before = fake.canvas()->zoom().scale();
    fake.wheel({30, 30}, 240);
    QVERIFY(fake.canvas()->zoom().scale() > 1.5 * before);
    QVERIFY((fake.at(30, 30) - pointer).manhattanLength() <= 2);
    fake.key(Qt::Key_1, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(fake.canvas()->zoom().scale() * fake.canvas()->devicePixelRatioF(), 1.0);
    fake.key(Qt::Key_0, Qt::ControlModifier);
    QVERIFY(fake.canvas()->zoom().fits());
  }
  void the_middle_button_and_the_move_tool_move_the_picture_and_mark_nothing() {
    EditWindow fake;
    QVERIFY(fake.ready());
    fake.canvas()->actualSize();
    const QPointF start = fake.canvas()->zoom().target().topLeft();
    const QPoint middle = fake.canvas()->rect().center();
    QTest::mousePress(fake.canvas(), Qt::MiddleButton, {}, middle);
    fake.move(middle + QPoint(20, 10), Qt::MiddleButton);
    QTest::mouseRelease(fake.canvas(), Qt::MiddleButton, {}, middle + QPoint(20, 10));
    QCOMPARE(fake.canvas()->zoom().target().topLeft() - start, QPointF(20, 10));
    QTest::mouseClick(fake.page().tools()->button(Tool::pan), Qt::LeftButton);
    fake.drag({40, 30}, {60, 30});
    QVERIFY(fake.canvas()->zoom().target().topLeft() != start + QPointF(20, 10));
    QVERIFY(fake.edit().mask().blank());
  }
  void the_pressure_of_a_pen_is_the_width_of_its_stroke() {
    EditWindow fake;
    QVERIFY(fake.ready());
    fake.brush(20);
    const auto height = [&](double pressure, double y) {
      fake.pen(QEvent::TabletPress, {20, y}, pressure);
      fake.pen(QEvent::TabletMove, {60, y}, pressure);
      fake.pen(QEvent::TabletRelease, {60, y}, pressure);
      int marked = 0;
      for (int k = 0; k < 70; ++k) marked += fake.edit().mask().at(40, k) > 127;
      fake.edit().clearMask();
      return marked;
    };
    const int light = height(0.25, 35), full = height(1, 35);
    QVERIFY2(full >= 18 && full <= 22, qPrintable(QString::number(full)));
    QVERIFY2(light >= 3 && light <= 8, qPrintable(QString::number(light)));
    fake.edit().markRectangle({0, 0, 90, 70}, Combine::replace);
    fake.pen(QEvent::TabletPress, {20, 35}, 1, true);
    fake.pen(QEvent::TabletRelease, {20, 35}, 1, true);
    QCOMPARE(fake.edit().mask().at(20, 35), uint8_t(0));  // the pen's other end
  }
  void rectangle_and_lasso_mark_and_take_out_with_alt() {
    EditWindow fake;
    QVERIFY(fake.ready());
    QTest::mouseClick(fake.page().tools()->button(Tool::rectangle), Qt::LeftButton);
    fake.drag({10, 10}, {50, 50});
    QCOMPARE(fake.edit().mask().at(30, 30), uint8_t(255));
    QCOMPARE(fake.edit().mask().at(60, 30), uint8_t(0));
    fake.drag({20, 20}, {30, 30}, Qt::LeftButton, Qt::AltModifier);
    QCOMPARE(fake.edit().mask().at(25, 25), uint8_t(0));
    QTest::mouseClick(fake.page().tools()->button(Tool::lasso), Qt::LeftButton);
    const QPointF corners[] = {{60, 10}, {85, 10}, {85, 40}, {60, 40}};
    QTest::mousePress(fake.canvas(), Qt::LeftButton, {}, fake.at(60, 10));
    for (const QPointF corner : corners) fake.move(fake.at(corner.x(), corner.y()), Qt::LeftButton);
    QTest::mouseRelease(fake.canvas(), Qt::LeftButton, {}, fake.at(60, 40));
    QCOMPARE(fake.edit().mask().at(70, 25), uint8_t(255));
    QCOMPARE(fake.edit().mask().at(70, 55), uint8_t(0));
  }
  void escape_leaves_a_shape_and_then_the_tool() {
    EditWindow fake;
    QVERIFY(fake.ready());
    fake.page().chooseTool(Tool::rectangle);
    QTest::mousePress(fake.canvas(), Qt::LeftButton, {}, fake.at(10, 10));
    fake.move(fake.at(40, 40), Qt::LeftButton);
    fake.key(Qt::Key_Escape);
    QTest::mouseRelease(fake.canvas(), Qt::LeftButton, {}, fake.at(40, 40));
    QVERIFY(fake.edit().mask().blank());
    QCOMPARE(fake.canvas()->tool(), Tool::rectangle);
    fake.key(Qt::Key_Escape);
    QCOMPARE(fake.canvas()->tool(), Tool::pan);
  }
  void every_key_of_the_tools_does_what_it_says() {
    EditWindow fake;
    QVERIFY(fake.ready());
    fake.canvas()->setFocus();
    fake.key(Qt::Key_E);
    QCOMPARE(fake.canvas()->tool(), Tool::eraser);
    QVERIFY(fake.page().tools()->button(Tool::eraser)->isChecked());
    fake.key(Qt::Key_B);
    QCOMPARE(fake.canvas()->tool(), Tool::brush);
    fake.key(Qt::Key_X);
    QCOMPARE(fake.canvas()->tool(), Tool::eraser);
    fake.key(Qt::Key_X);
    QCOMPARE(fake.canvas()->tool(), Tool::brush);
    const int size = fake.canvas()->brushSize();
    fake.key(Qt::Key_BracketRight);
    QVERIFY(fake.canvas()->brushSize() > size);
    fake.key(Qt::Key_BracketLeft);
    QCOMPARE(fake.canvas()->brushSize(), size);
    fake.key(Qt::Key_V, Qt::ShiftModifier);
    QCOMPARE(fake.edit().mask().at(5, 5), uint8_t(255));
    fake.key(Qt::Key_Z, Qt::ControlModifier);
    QVERIFY(fake.edit().mask().blank());
    fake.key(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(!fake.edit().mask().blank());
    fake.key(Qt::Key_Z, Qt::ControlModifier);
    fake.key(Qt::Key_Y, Qt::ControlModifier);
    QVERIFY(!fake.edit().mask().blank());
  }
  void number_keys_go_to_the_pages_in_the_order_of_the_rail() {
    EditWindow fake;
    QVERIFY(fake.ready());
    QWidget* const pages[] = {fake.window.chat(), fake.window.create(), fake.window.edit(), fake.window.gallery(),
                              fake.window.comparison()};
    for (int i = 0; i < 5; ++i) {
      QTest::keyClick(fake.window.statusLine()->chip(), Qt::Key(Qt::Key_1 + i), Qt::ControlModifier);
      QVERIFY(pages[i]->isVisible());
    }
  }
  void letters_in_the_words_are_words() {
    EditWindow fake;
    QVERIFY(fake.ready());
    const Tool tool = fake.canvas()->tool();
    auto* words = fake.form()->words();
    words->setFocus();
    QTest::keyClicks(words, QStringLiteral("be x"));
    QTest::keyClick(words, Qt::Key_3);
    QCOMPARE(words->toPlainText(), QStringLiteral("be x3"));
    QCOMPARE(fake.canvas()->tool(), tool);
    QCOMPARE(fake.edit().form().words, QStringLiteral("be x3"));
  }
  void a_stroke_on_a_large_picture_paints_only_what_it_touches_sixty_times_a_second() {
    EditWindow fake;
    QVERIFY(fake.load() && fake.open(plain(Qt::darkGreen, 4096, 4096)));
    fake.brush(200);
    fake.canvas()->grab();
    PaintedArea painted;
    fake.canvas()->installEventFilter(&painted);
    QTest::mousePress(fake.canvas(), Qt::LeftButton, {}, fake.at(500, 500));
    QCoreApplication::processEvents();
    painted.pixels = 0;
    constexpr int kMoves = 120;
    QElapsedTimer timer;
    timer.start();
    for (int i = 1; i <= kMoves; ++i) {
      fake.move(fake.at(500 + i * 25, 500 + i * 20), Qt::LeftButton);
      QCoreApplication::processEvents();
    }
    const double milliseconds = double(timer.nsecsElapsed()) / 1e6 / kMoves;
    QTest::mouseRelease(fake.canvas(), Qt::LeftButton, {}, fake.at(3500, 2900));
    const qint64 each = painted.pixels / kMoves, whole = qint64(fake.canvas()->width()) * fake.canvas()->height();
    QVERIFY2(each > 0 && each < whole / 20, qPrintable(QStringLiteral("%1 of %2").arg(each).arg(whole)));
    QVERIFY2(milliseconds < 100, qPrintable(QString::number(milliseconds)));  // alone about 3; 16.7 are 60 Hz
    QCOMPARE(fake.edit().mask().at(2000, 1700), uint8_t(255));
  }
  void the_mark_is_seen_in_the_chosen_colour_and_with_an_edge() {
    EditWindow fake;
    QVERIFY(fake.load() && fake.open(plain(Qt::black)));
    fake.edit().markRectangle({10, 10, 40, 40}, Combine::replace);
    fake.page().chooseTool(Tool::pan);
    const QColor blue = fake.colourAt(30, 30), outside = fake.colourAt(5, 5);
    QVERIFY(blue.blue() > blue.red() && blue.blue() > 60);
    QCOMPARE(outside, QColor(Qt::black));
    QTest::mouseClick(fake.page().options()->colourButton(1), Qt::LeftButton);
    const QColor red = fake.colourAt(30, 30);
    QVERIFY(red.red() > red.blue() && red.red() > 60);
    QCOMPARE(Settings(fake.store).markColour(), 1);
    const QImage shown = fake.canvas()->grab().toImage();
    int edge = 0;  // rows of the left border with a dash at full strength
    for (int y = fake.at(10, 10).y(); y < fake.at(50, 50).y(); ++y) {
      bool dash = false;
      for (int x = -2; x <= 2; ++x)
        dash = dash || shown.pixelColor(fake.at(10, 10) + QPoint(x, y - fake.at(10, 10).y())).red() > 1.5 * red.red();
      edge += dash;
    }
    const int height = fake.at(50, 50).y() - fake.at(10, 10).y();
    QVERIFY2(edge > height / 4 && edge < height, qPrintable(QString::number(edge)));
  }
  void the_whole_mark_grows_shrinks_softens_and_goes() {
    EditWindow fake;
    QVERIFY(fake.ready());
    auto* options = fake.page().options();
    QVERIFY(!options->markButton()->isEnabled());
    fake.edit().markRectangle({30, 30, 10, 10}, Combine::replace);
    options->growAction()->trigger();
    QTRY_COMPARE(fake.edit().mask().at(25, 35), uint8_t(255));
    QTRY_VERIFY(!fake.edit().maskBusy());
    options->shrinkAction()->trigger();
    QTRY_COMPARE(fake.edit().mask().at(25, 35), uint8_t(0));
    QTRY_VERIFY(!fake.edit().maskBusy());
    QCOMPARE(fake.edit().mask().at(35, 35), uint8_t(255));
    options->featherAction()->trigger();
    QTRY_VERIFY(fake.edit().mask().at(31, 35) < 255);
    QTRY_VERIFY(!fake.edit().maskBusy());
    options->clearAction()->trigger();
    QVERIFY(fake.edit().mask().blank());
    QTest::mouseClick(fake.page().tools()->invertButton(), Qt::LeftButton);
    QCOMPARE(fake.edit().mask().at(0, 0), uint8_t(255));
  }
};

QTEST_MAIN(EditToolsTest)
#include "edit_tools.moc"
