// The Compare page and what stands behind it.
#include <QDropEvent>
#include <QMenu>
#include <QMimeData>
#include <QTest>
#include <QWheelEvent>

#include "tests/ui/drawing.h"
#include "tests/ui/names.h"

using namespace b3o;
using namespace b3o::test;

namespace {

SharedImage filled(int width, int height, int red, int green, int blue) {
  auto image = std::make_shared<Image>(width, height);
  for (size_t i = 0; i < image->pixels.size(); i += 3) {
    image->pixels[i] = uint8_t(red);
    image->pixels[i + 1] = uint8_t(green);
    image->pixels[i + 2] = uint8_t(blue);
  }
  return image;
}

CompareSide sideOf(const char* name, SharedImage image, std::optional<Recipe> recipe = {}) {
  CompareSide side;
  side.name = QString::fromLatin1(name);
  side.image = std::move(image);
  side.recipe = std::move(recipe);
  return side;
}

Recipe recipeOf(const char* prompt, uint64_t seed) {
  Recipe recipe;
  recipe.prompt = prompt;
  recipe.seed = seed;
  recipe.paint.steps = 8;
  recipe.model_name = "Paper World";
  return recipe;
}

struct CompareWindow : FakeWindow {
  explicit CompareWindow(bool keep = false) : FakeWindow({}, keep) { window.showPage(b3o::Page::compare); }
  ComparePage& page() { return *window.comparison(); }
  CompareCanvas* canvas() { return window.comparison()->canvas(); }
  Compare& compare() { return studio.compare; }
  bool show(int width = 64, int height = 64) {
    compare().setBoth(sideOf("a.png", filled(width, height, 200, 0, 0)),
                      sideOf("b.png", filled(width, height, 0, 0, 200)));
    return canvas()->isVisible() && known();
  }
  bool known() {
    return QTest::qWaitFor([this] { return compare().difference().pixels > 0; });
  }
  QColor colourAt(QPointF at) { return canvas()->grab().toImage().pixelColor(at.toPoint()); }
  // The colour at a part of the picture's height, away from the slider's knob and the names.
  QPointF at(double x, double part = 0.8) {
    const QRectF target = canvas()->target(0);
    return {x, target.top() + part * target.height()};
  }
};

const QColor kLeft(200, 0, 0), kRight(0, 0, 200);

}  // namespace

class CompareTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void the_slider_shows_the_left_picture_left_of_its_position() {
    CompareWindow fake;
    QVERIFY(fake.show());
    for (const double position : {0.0, 0.25, 0.5, 0.731, 1.0}) {
      fake.compare().setPosition(position);
      const QImage shown = fake.canvas()->grab().toImage();
      const QRectF target = fake.canvas()->target(0);
      const double p = target.left() + position * target.width();
      QCOMPARE(fake.canvas()->handle(), p);
      const int row = int(target.top() + 0.8 * target.height());
      const int line = int(std::ceil(p));  // drawn there
      for (int x = int(target.left()); x < int(target.right()); ++x)
        if (x != line)
          QVERIFY2(shown.pixelColor(x, row) == (x < p ? kLeft : kRight), qPrintable(QString::number(x - p)));
    }
  }
  void the_slider_follows_mouse_and_arrows() {
    CompareWindow fake;
    QVERIFY(fake.show());
    const QRectF target = fake.canvas()->target(0);
    QTest::mousePress(fake.canvas(), Qt::LeftButton, {},
                      QPoint(int(target.left() + target.width() / 4), int(target.center().y())));
    QVERIFY(std::abs(fake.compare().position() - 0.25) < 0.01);
    QTest::mouseRelease(fake.canvas(), Qt::LeftButton);
    fake.canvas()->setFocus();
    const double before = fake.compare().position();
    QTest::keyClick(fake.canvas(), Qt::Key_Right);
    QVERIFY(fake.compare().position() > before);
    QTest::keyClick(fake.canvas(), Qt::Key_Left);
    QVERIFY(std::abs(fake.compare().position() - before) < 1e-9);
  }
  void the_slider_stays_in_the_picture() {
    Compare compare;
    compare.setPosition(-3);
    QCOMPARE(compare.position(), 0.0);
    compare.setPosition(7);
    QCOMPARE(compare.position(), 1.0);
  }
  void side_by_side_shows_both_at_the_same_zoom_and_place() {
    CompareWindow fake;
    QVERIFY(fake.show());
    QTest::mouseClick(fake.page().view()->button(1), Qt::LeftButton);
    const auto same = [&] {
      const QRectF a = fake.canvas()->target(0), b = fake.canvas()->target(1);
      return a.size() == b.size() && a.topLeft() + QPointF(fake.canvas()->width() / 2.0, 0) == b.topLeft();
    };
    QVERIFY(same());
    QCOMPARE(fake.colourAt(fake.canvas()->target(0).center()), kLeft);
    QCOMPARE(fake.colourAt(fake.canvas()->target(1).center()), kRight);
    const QPointF pointer(fake.canvas()->width() * 0.8, fake.canvas()->height() * 0.4);
    QWheelEvent wheel(pointer, fake.canvas()->mapToGlobal(pointer), {}, {0, 360}, Qt::NoButton, {}, Qt::NoScrollPhase,
                      false);
    QCoreApplication::sendEvent(fake.canvas(), &wheel);
    QVERIFY(!fake.canvas()->zoom().fits());
    QVERIFY(same());
    QTest::mousePress(fake.canvas(), Qt::LeftButton, {}, QPoint(100, 200));
    QMouseEvent move(QEvent::MouseMove, QPointF(140, 230), fake.canvas()->mapToGlobal(QPointF(140, 230)), Qt::NoButton,
                     Qt::LeftButton, {});
    QCoreApplication::sendEvent(fake.canvas(), &move);
    QTest::mouseRelease(fake.canvas(), Qt::LeftButton, {}, QPoint(140, 230));
    QVERIFY(same());
  }
  void flip_shows_the_other_picture_while_space_is_held() {
    CompareWindow fake;
    QVERIFY(fake.show() && activate(fake));
    QTest::mouseClick(fake.page().view()->button(2), Qt::LeftButton);
    const QPointF middle = fake.canvas()->target(0).center();
    QCOMPARE(fake.colourAt(middle), kLeft);
    fake.canvas()->setFocus();
    QTest::keyPress(fake.canvas(), Qt::Key_Space);
    QCOMPARE(fake.colourAt(middle), kRight);
    QTest::keyRelease(fake.canvas(), Qt::Key_Space);
    QCOMPARE(fake.colourAt(middle), kLeft);
    QTest::mousePress(fake.canvas(), Qt::LeftButton, {}, middle.toPoint());
    QCOMPARE(fake.colourAt(middle), kRight);
    QTest::mouseRelease(fake.canvas(), Qt::LeftButton, {}, middle.toPoint());
    QCOMPARE(fake.colourAt(middle), kLeft);
  }
  void difference_is_black_where_pixels_are_equal_and_bright_where_not() {
    QImage left(10, 4, QImage::Format_RGB888), right;
    left.fill(QColor(100, 50, 10));
    right = left;
    right.setPixelColor(3, 2, QColor(110, 50, 10));
    right.setPixelColor(4, 2, QColor(0, 255, 10));
    const PixelDifference found = differenceOf(left, right);
    QCOMPARE(found.changed, qint64(2));
    QCOMPARE(found.pixels, qint64(40));
    QCOMPARE(found.largest, 205);
    QCOMPARE(found.picture.pixelColor(0, 0), QColor(0, 0, 0));
    QCOMPARE(found.picture.pixelColor(3, 2), QColor(40, 0, 0));
    QCOMPARE(found.picture.pixelColor(4, 2), QColor(255, 255, 0));
    QVERIFY(differenceOf(left, QImage(11, 4, QImage::Format_RGB888)).picture.isNull());
  }
  void the_difference_view_shows_it_and_the_panel_counts_it() {
    CompareWindow fake;
    QVERIFY(fake.show());
    QTest::mouseClick(fake.page().view()->button(3), Qt::LeftButton);
    QCOMPARE(fake.colourAt(fake.canvas()->target(0).center()), QColor(255, 0, 255));
    QCOMPARE(fake.page().panel()->sentence(),
             QStringLiteral("4,096 of 4,096 pixels differ (100.0\u00a0%), the most by 200 of 255."));
    fake.compare().setBoth(sideOf("a", filled(8, 8, 1, 2, 3)), sideOf("b", filled(8, 8, 1, 2, 3)));
    QTRY_COMPARE(fake.page().panel()->sentence(), QStringLiteral("Every pixel is equal."));
  }
  void pictures_of_other_sizes_are_laid_over_each_other_and_that_is_said() {
    CompareWindow fake;
    fake.compare().setBoth(sideOf("wide", filled(80, 40, 200, 0, 0)), sideOf("square", filled(20, 20, 0, 0, 200)));
    QVERIFY(fake.known());
    QVERIFY(fake.page().panel()->sentence().startsWith(
        QStringLiteral("The right picture (20 × 20) is shown at the size of the left one (80 × 40).")));
    QCOMPARE(fake.compare().right().size(), QSize(80, 40));
    QCOMPARE(fake.compare().right().pixelColor(40, 20), kRight);
    QCOMPARE(fake.compare().right().pixelColor(2, 20).alpha(), 0);
  }
  void fields_of_the_recipes_that_differ_are_listed_and_no_others() {
    Recipe left = recipeOf("a red house", 7), right = recipeOf("a blue house", 8);
    right.paint.steps = 16;
    const auto found = differencesOf(left, right);
    QCOMPARE(found.size(), size_t(3));
    QCOMPARE(found[0], (RecipeDifference{QStringLiteral("Words"), QStringLiteral("a red house"),
                                         QStringLiteral("a blue house")}));
    QCOMPARE(found[1], (RecipeDifference{QStringLiteral("Seed"), QStringLiteral("7"), QStringLiteral("8")}));
    QCOMPARE(found[2], (RecipeDifference{QStringLiteral("Paint steps"), QStringLiteral("8"), QStringLiteral("16")}));
    QVERIFY(differencesOf(left, left).empty());
  }
  void a_seed_of_64_bits_is_listed_exactly() {
    const Recipe left = recipeOf("a", 18446744073709551615u), right = recipeOf("a", 18446744073709551614u);
    const auto found = differencesOf(left, right);
    QCOMPARE(found.size(), size_t(1));
    QCOMPARE(found[0].left, QStringLiteral("18446744073709551615"));
  }
  void every_field_of_a_recipe_has_a_name_in_words() {
    Recipe left = recipeOf("a", 1), right = recipeOf("b", 2);
    left.task = right.task = "edit";
    right.user_text = "x";
    right.plan = {3, 4, true};
    right.paint = {"heun", "karras", 3, 2.0, 8, 8, 8, 8, 1, 1};
    right.source_sha256 = right.second_sha256 = right.mask_sha256 = "ab";
    right.edit.token_strength = 0.5;
    right.edit.resampling = 2;
    right.edit.keep_cells = right.edit.soft_mask = true;
    right.edit.crop = true;
    right.edit.padding = 3;
    right.edit.path = "caption";
    right.edit.caption = "a cat";
    right.strength = 0.5;
    right.grow = right.feather = 1;
    right.model_name = right.model_hash = right.device = right.number_type = right.program_version = "other";
    for (const EditMode mode : {EditMode::blend, EditMode::extend}) {
      right.edit.mode = mode;
      right.edit.left = right.edit.top = right.edit.right = right.edit.bottom = 5;
      for (const auto& field : differencesOf(left, right))
        QVERIFY2(!field.field.contains(u'_') && !field.field.contains(u'.'), qPrintable(field.field));
    }
  }
  void two_files_are_read_with_their_recipes() {
    CompareWindow fake;
    write_picture_file(toPath(fake.path("a.png")), *filled(16, 16, 9, 9, 9), recipeOf("a boat", 3));
    write_picture_file(toPath(fake.path("b.png")), *filled(16, 16, 9, 9, 9), recipeOf("a boat", 4));
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(fake.path("a.png")), QUrl::fromLocalFile(fake.path("b.png"))});
    QDragEnterEvent enter(QPoint(600, 300), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&fake.window, &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop(QPointF(600, 300), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&fake.window, &drop);
    QTRY_VERIFY(fake.compare().ready());
    QTRY_COMPARE(fake.page().panel()->lines(), QStringList{QStringLiteral("Seed: 3 | 4")});
    QCOMPARE(fake.compare().side(0).name, QStringLiteral("a.png"));
  }
  void single_files_fill_the_free_side_first() {
    CompareWindow fake;
    fake.compare().bring({fake.picture("one.png", 16)});
    QTRY_VERIFY(fake.compare().side(0).image);
    QVERIFY(!fake.canvas()->isVisible());
    QCOMPARE(fake.page().emptyPage()->action()->text(), QStringLiteral("Open a picture..."));
    fake.compare().bring({fake.picture("two.png", 24)});
    QTRY_VERIFY(fake.compare().ready());
    QVERIFY(fake.canvas()->isVisible());
    fake.compare().bring({fake.picture("three.png", 32)});
    QTRY_COMPARE(fake.compare().side(1).image->width, 32);
    QCOMPARE(fake.compare().side(0).image->width, 16);
  }
  void a_file_that_is_none_leaves_the_pictures_and_says_so() {
    CompareWindow fake;
    QVERIFY(fake.show());
    fake.compare().open(1, fake.path("missing.png"));
    QTRY_VERIFY(fake.page().error()->isVisible());
    QVERIFY(fake.page().error()->sentence().contains(QStringLiteral("missing.png")));
    QVERIFY(fake.compare().ready());
    fake.compare().open(1, fake.picture("good.png", 64));
    QTRY_VERIFY(!fake.page().error()->isVisible());
  }
  void x_swaps_the_sides_and_the_zoom_keys_work() {
    CompareWindow fake;
    QVERIFY(fake.show() && activate(fake));
    fake.canvas()->setFocus();
    QTest::keyClick(fake.canvas(), Qt::Key_X);
    QCOMPARE(fake.compare().side(0).name, QStringLiteral("b.png"));
    QTest::keyClick(fake.canvas(), Qt::Key_1, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(fake.canvas()->zoom().scale() * fake.canvas()->devicePixelRatioF(), 1.0);
    QTest::keyClick(fake.canvas(), Qt::Key_0, Qt::ControlModifier);
    QVERIFY(fake.canvas()->zoom().fits());
  }
  void two_chosen_pictures_of_the_gallery_are_compared() {
    CompareWindow fake(true);
    QVERIFY(fake.load() && draw(fake, "a boat", 2, "5"));
    fake.window.showPage(b3o::Page::gallery);
    QTRY_COMPARE(fake.studio.gallery.lines().size(), size_t(2));
    auto* panel = fake.window.gallery()->findChild<GalleryPanel*>();
    fake.window.gallery()->view()->choose(fake.studio.gallery.lines()[0].id);
    QTRY_COMPARE(fake.studio.gallery.chosen().size(), size_t(1));
    QVERIFY(!panel->compareButton()->isVisible());
    fake.window.gallery()->chooseAll();
    QTRY_VERIFY(panel->compareButton()->isVisible());
    QTest::mouseClick(panel->compareButton(), Qt::LeftButton);
    QVERIFY(fake.page().isVisible());
    QTRY_VERIFY(fake.compare().ready());
    QCOMPARE(fake.page().panel()->lines().size(), qsizetype(1));
    QVERIFY(fake.page().panel()->lines()[0].startsWith(QStringLiteral("Seed: ")));
  }
  void two_pictures_of_the_film_strip_are_compared() {
    CompareWindow fake;
    QVERIFY(fake.load());
    fake.studio.drawing.start(formOf(fake.studio, "a boat", 2, "5"));
    QVERIFY(fake.idle());
    fake.window.showPage(b3o::Page::create);
    auto* row = fake.window.create()->strip()->row();
    fake.studio.drawing.select(0);
    QContextMenuEvent menu(QContextMenuEvent::Mouse, row->rectOf(1).center(),
                           row->mapToGlobal(row->rectOf(1).center()));
    QCoreApplication::sendEvent(row, &menu);
    auto* open = row->findChild<QMenu*>();
    QVERIFY(open);
    open->actions()[0]->trigger();
    QVERIFY(fake.page().isVisible());
    QVERIFY(fake.compare().ready());
    QCOMPARE(fake.compare().side(0).recipe->seed, uint64_t(5));
    QCOMPARE(fake.compare().side(1).recipe->seed, uint64_t(6));
  }
  void a_picture_of_an_edits_history_is_compared_with_the_current_one() {
    CompareWindow fake;
    QVERIFY(fake.load());
    fake.window.showPage(b3o::Page::edit);
    fake.studio.editing.openImage(QImage(40, 40, QImage::Format_RGB32), QStringLiteral("a.png"));
    QTRY_VERIFY(fake.studio.editing.isOpen() && !fake.studio.editing.picture().isNull());
    QVERIFY(fake.idle());
    EditForm form = fake.studio.editing.form();
    form.settings.mode = EditMode::vary;
    fake.studio.editing.setForm(form);
    fake.studio.editing.start();
    QVERIFY(fake.idle());
    QTRY_COMPARE(fake.studio.editing.proposals(), 1);
    fake.studio.editing.apply();
    auto* row = fake.window.edit()->history()->row();
    Q_EMIT row->compareWanted(fake.studio.editing.document().source());
    QTRY_VERIFY(fake.page().isVisible());
    QCOMPARE(fake.compare().side(0).name, QStringLiteral("a.png"));
    QCOMPARE(fake.compare().side(0).image->width, 40);
    QVERIFY(fake.compare().ready());
  }
  void an_example_draws_one_prompt_with_two_seeds() {
    CompareWindow fake;
    QVERIFY(fake.load());
    QCOMPARE(fake.page().emptyPage()->examples().size(), size_t(3));
    QTest::mouseClick(fake.page().emptyPage()->examples()[0], Qt::LeftButton);
    QVERIFY(fake.idle());
    QTRY_VERIFY(fake.compare().ready());
    QCOMPARE(fake.compare().side(0).recipe->prompt, fake.compare().side(1).recipe->prompt);
    QCOMPARE(fake.compare().side(0).recipe->seed + 1, fake.compare().side(1).recipe->seed);
  }
  void every_focusable_widget_has_a_name() {
    CompareWindow fake;
    QCOMPARE(nameless(&fake.page()), QString());
    QVERIFY(fake.show());
    QCOMPARE(nameless(&fake.page()), QString());
  }
};

QTEST_MAIN(CompareTest)
#include "compare.moc"
