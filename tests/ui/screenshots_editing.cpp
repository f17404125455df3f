// Renders the Edit and the Compare page in their states, dark and light, in two sizes, into build/screenshots.
#include <QDir>
#include <QDragEnterEvent>
#include <QMimeData>
#include <QPainter>
#include <QTest>

#include "tests/ui/edit_window.h"

using namespace b3o;
using namespace b3o::test;

namespace {

QImage scene(uint64_t seed, int width = 640, int height = 480) {
  const auto square = std::make_shared<const Image>(fakeScene(seed, std::max(width, height), 0));
  return toQImage(square).copy(0, 0, width, height);
}

}  // namespace

class EditingScreenshots : public QObject {
  Q_OBJECT

  QDir out_{QStringLiteral(B3O_SCREENSHOTS)};

  void shoot(FakeWindow& fake, const QString& name, QWidget* over = nullptr) {
    for (const Theme theme : {Theme::dark, Theme::light}) {
      applyTheme(theme);
      for (const QSize size : {QSize(1280, 800), QSize(960, 600)}) {
        fake.window.resize(size);
        for (int i = 0; i < 4; ++i) QTest::qWait(40);
        QImage image = fake.window.grab().toImage();
        QVERIFY(image.size() == size * image.devicePixelRatio());
        if (over) {
          QPainter painter(&image);
          over->render(&painter, fake.window.mapFromGlobal(over->pos()));
        }
        const QString file = QStringLiteral("%1-%2-%3.png")
                                 .arg(name, theme == Theme::dark ? QStringLiteral("dark") : QStringLiteral("light"),
                                      QString::number(size.width()));
        QVERIFY(image.save(out_.filePath(file)));
      }
    }
    applyTheme(Theme::dark);
  }

  void markSun(EditWindow& fake) {
    fake.brush(150);
    fake.drag({200, 190}, {260, 200});
    fake.drag({210, 230}, {270, 240});
    const QPoint over = fake.at(330, 300);
    fake.move(over, Qt::NoButton);
  }

 private Q_SLOTS:
  void initTestCase() {
    QVERIFY(out_.mkpath(QStringLiteral(".")));
    QCursor::setPos(500, 5);  // over nothing that lights up
  }

  void edit_empty() {
    EditWindow fake;
    shoot(fake, QStringLiteral("edit-no-model"));
    fake.control->info.can.examples.edit = {"make the star yellow", "remove the fish", "add a green moon on the right"};
    QVERIFY(fake.load());
    shoot(fake, QStringLiteral("edit-empty"));
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(fake.picture("beach.png"))});
    QDragEnterEvent enter(QPoint(600, 300), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&fake.window, &enter);
    shoot(fake, QStringLiteral("edit-drop"));
    QDragLeaveEvent leave;
    QCoreApplication::sendEvent(&fake.window, &leave);
    fake.control->allow(4);
    fake.page().emptyPage()->examples()[0]->click();
    QTRY_COMPARE(fake.control->taken.load(), fake.control->allowed.load());
    shoot(fake, QStringLiteral("edit-example"));
    QVERIFY(fake.idle());
  }

  void edit_session() {
    EditWindow fake(true);
    fake.control->info.notice = "Demonstration model of a small drawn world.";
    QVERIFY(fake.load());
    fake.control->allow(3);
    fake.edit().openImage(scene(3), QStringLiteral("beach.png"));
    QTRY_COMPARE(fake.edit().roundTrip().state, RoundTrip::State::running);
    QTRY_COMPARE(fake.control->taken.load(), fake.control->allowed.load());
    shoot(fake, QStringLiteral("edit-round-trip"));
    QVERIFY(fake.idle());
    QVERIFY(fake.choose(EditMode::repaint));
    shoot(fake, QStringLiteral("edit-open"));
    markSun(fake);
    fake.form()->words()->setPlainText(QStringLiteral("a red sun"));
    fake.form()->grow()->slider()->setValue(8);
    fake.form()->feather()->slider()->setValue(6);
    QTRY_VERIFY(!fake.canvas()->cellRect(0).isEmpty());  // with its locks
    shoot(fake, QStringLiteral("edit-marked"));
    fake.form()->count()->button(2)->click();
    fake.control->allow(12);
    fake.page().run();
    QTRY_COMPARE(fake.control->taken.load(), fake.control->allowed.load());
    shoot(fake, QStringLiteral("edit-running"));
    QVERIFY(fake.idle());
    QTRY_COMPARE(fake.edit().proposals(), 4);
    fake.edit().choose(1);
    shoot(fake, QStringLiteral("edit-proposals"));
    fake.edit().apply();
    QVERIFY(fake.choose(EditMode::words));
    fake.form()->words()->setPlainText(QStringLiteral("darker sky"));
    fake.form()->count()->button(0)->click();
    QVERIFY(fake.propose());
    fake.edit().apply();
    fake.edit().goTo(fake.page().history()->row()->places()[1].node);
    QTRY_VERIFY(fake.edit().problem().isEmpty());
    fake.form()->words()->setPlainText(QStringLiteral("with a moon"));
    QVERIFY(fake.propose());
    fake.edit().apply();
    fake.form()->words()->clear();
    fake.page().chooseTool(Tool::lasso);
    shoot(fake, QStringLiteral("edit-history"));
    fake.page().setBefore(true);
    shoot(fake, QStringLiteral("edit-before"));
    fake.page().setBefore(false);
    QVERIFY(fake.choose(EditMode::blend));
    shoot(fake, QStringLiteral("edit-blend"));
    QVERIFY(fake.choose(EditMode::extend));
    fake.form()->side(2)->slider()->setValue(40);
    fake.form()->side(1)->slider()->setValue(20);
    shoot(fake, QStringLiteral("edit-extend"));
    QVERIFY(fake.choose(EditMode::repaint));
    fake.form()->more()->click();
    QTRY_VERIFY(!fake.canvas()->cellRect(0).isEmpty());
    shoot(fake, QStringLiteral("edit-more"));
    fake.form()->more()->click();
    fake.edit().openImage(scene(8, 320, 500), QStringLiteral("evening at the harbour.png"));
    QTRY_COMPARE(fake.edit().picture().size(), QSize(320, 500));
    QVERIFY(fake.idle());
    fake.edit().markRectangle({40, 60, 120, 90}, Combine::replace);
    QTRY_COMPARE(fake.studio.edits.lines().size(), size_t(2));
    QTest::qWait(200);
    fake.page().sessions()->showBelow(fake.page().sessionsButton());
    QTest::qWait(200);
    shoot(fake, QStringLiteral("edit-sessions"), fake.page().sessions());
    fake.page().sessions()->hide();
  }

  void edit_film_and_error() {
    EditWindow fake;
    QVERIFY(fake.load());
    fake.edit().openImage(scene(3), QStringLiteral("beach.png"));
    QTRY_VERIFY(!fake.edit().picture().isNull());
    QVERIFY(fake.idle());
    QVERIFY(fake.choose(EditMode::blend));
    fake.edit().setSecond(std::make_shared<const Image>(fakeScene(9, 300, 0)), QStringLiteral("noon.png"));
    fake.form()->film()->click();
    QVERIFY(fake.propose());
    fake.edit().choose(2);
    shoot(fake, QStringLiteral("edit-film"));
    fake.edit().discard();
    QVERIFY(fake.choose(EditMode::words));
    fake.form()->words()->setPlainText(QStringLiteral("impossible"));
    fake.page().run();
    QVERIFY(fake.idle());
    QTRY_VERIFY(fake.page().error()->isVisible());
    shoot(fake, QStringLiteral("edit-error"));
  }

  void compare() {
    FakeWindow fake;
    QVERIFY(fake.load());
    fake.window.showPage(Page::compare);
    shoot(fake, QStringLiteral("compare-empty"));
    auto& compare = fake.studio.compare;
    const auto side = [](uint64_t seed, const char* name, int steps) {
      CompareSide out;
      out.name = QString::fromLatin1(name);
      out.image = std::make_shared<const Image>(fakeScene(seed, 512, 0));
      Recipe recipe;
      recipe.prompt = seed == 3 ? "a low sun over the sea" : "a low red sun over the sea, and a boat";
      recipe.seed = seed;
      recipe.plan.steps = 16;
      recipe.paint.steps = steps;
      recipe.paint.sampler = "euler";
      recipe.model_name = "Paper World";
      out.recipe = recipe;
      return out;
    };
    const CompareSide left = side(3, "low-sun-over-the-sea-3.png", 8);
    compare.set(0, left.name, left.image, left.recipe);
    shoot(fake, QStringLiteral("compare-one"));
    compare.setBoth(left, side(9, "low-red-sun-9.png", 16));
    QTRY_VERIFY(compare.difference().pixels > 0);
    compare.setPosition(0.42);
    shoot(fake, QStringLiteral("compare-slider"));
    compare.setView(Compare::View::side_by_side);
    shoot(fake, QStringLiteral("compare-side-by-side"));
    compare.setView(Compare::View::flip);
    shoot(fake, QStringLiteral("compare-flip"));
    compare.setView(Compare::View::difference);
    shoot(fake, QStringLiteral("compare-difference"));
    compare.setView(Compare::View::slider);
    compare.open(1, fake.path("missing.png"));
    QTRY_VERIFY(fake.window.comparison()->error()->isVisible());
    fake.window.comparison()->canvas()->actualSize();
    shoot(fake, QStringLiteral("compare-error"));
  }
};

QTEST_MAIN(EditingScreenshots)
#include "screenshots_editing.moc"
