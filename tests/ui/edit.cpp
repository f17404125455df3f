// The Edit page, driven as a user drives it: what is asked, the run, its proposals and the history.
#include <QMimeData>
#include <QTest>

#include "tests/ui/edit_window.h"
#include "tests/ui/names.h"

using namespace b3o;
using namespace b3o::test;

class EditTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void only_what_the_model_can_do_is_offered() {
    EditWindow fake;
    fake.control->info.can.edit_modes = {EditMode::details, EditMode::vary};
    QVERIFY(fake.ready());
    QCOMPARE(fake.form()->modes()->count(), 2);
    QCOMPARE(fake.form()->modes()->itemText(0), QStringLiteral("Vary"));
    QCOMPARE(fake.form()->modes()->itemText(1), QStringLiteral("Repaint details"));
    QCOMPARE(fake.edit().form().settings.mode, EditMode::vary);
    fake.control->info.can.edit_modes = {EditMode::words, EditMode::repaint, EditMode::vary,
                                         EditMode::blend, EditMode::extend,  EditMode::details};
    QVERIFY(fake.load());
    QStringList all;
    for (int i = 0; i < fake.form()->modes()->count(); ++i) all << fake.form()->modes()->itemText(i);
    QCOMPARE(all, (QStringList{QStringLiteral("Repaint the marked part"), QStringLiteral("Change by words"),
                               QStringLiteral("Vary"), QStringLiteral("Blend with another picture"),
                               QStringLiteral("Extend the canvas"), QStringLiteral("Repaint details")}));
  }
  void every_mode_has_its_few_controls() {
    EditWindow fake;
    QVERIFY(fake.ready());
    auto* form = fake.form();
    QTest::mouseClick(form->more(), Qt::LeftButton);
    struct Row {
      EditMode mode;
      bool words, strength, blend, sides, grow, crop, resampling;
    };
    const Row rows[] = {{EditMode::repaint, true, true, false, false, true, true, true},
                        {EditMode::words, true, true, false, false, true, true, true},
                        {EditMode::vary, false, true, false, false, false, false, false},
                        {EditMode::blend, false, false, true, false, false, false, false},
                        {EditMode::extend, true, true, false, true, false, false, true},
                        {EditMode::details, false, true, false, false, true, true, true}};
    for (const Row& row : rows) {
      QVERIFY(fake.choose(row.mode));
      const char* name = ::b3o::name(row.mode);
      QVERIFY2(form->words()->isVisibleTo(form) == row.words, name);
      QVERIFY2(form->strength()->isVisibleTo(form) == row.strength, name);
      QVERIFY2(form->blend()->isVisibleTo(form) == row.blend, name);
      QVERIFY2(form->side(0)->isVisibleTo(form) == row.sides, name);
      QVERIFY2(form->grow()->isVisibleTo(form) == row.grow, name);
      QVERIFY2(form->crop()->isVisibleTo(form) == row.crop, name);
      QVERIFY2(form->resampling()->isVisibleTo(form) == row.resampling, name);
      QVERIFY2(form->seed()->isVisibleTo(form), name);
      QVERIFY2(!form->note().isEmpty(), name);
    }
  }
  void strength_is_said_in_words_and_number() {
    EditWindow fake;
    QVERIFY(fake.ready() && fake.choose(EditMode::vary));
    auto* strength = fake.form()->strength();
    strength->slider()->setValue(15);
    QCOMPARE(strength->text(), strengthWord(0.75) + QStringLiteral(" · 0.75"));
    QCOMPARE(fake.edit().form().strength, 0.75);
    strength->slider()->setValue(2);
    QCOMPARE(strength->text(), strengthWord(0.1) + QStringLiteral(" · 0.10"));
  }
  void every_control_reaches_the_request() {
    EditWindow fake;
    QVERIFY(fake.ready() && fake.choose(EditMode::repaint));
    auto* form = fake.form();
    QTest::mouseClick(form->more(), Qt::LeftButton);
    fake.edit().markRectangle({20, 20, 30, 30}, Combine::replace);
    form->words()->setPlainText(QStringLiteral("a red fish"));
    form->strength()->slider()->setValue(10);
    form->grow()->slider()->setValue(8);
    form->feather()->slider()->setValue(6);
    form->meaning()->slider()->setValue(5);
    form->seed()->setText(QStringLiteral("41"));
    form->count()->button(1)->click();
    form->crop()->button(1)->click();
    form->resampling()->button(2)->click();
    QVERIFY(form->keepCells()->isChecked());  // repaint locks them, unless told otherwise
    form->keepCells()->click();
    QVERIFY(fake.propose());
    const EditRequest request = fake.last();
    QCOMPARE(request.recipe.edit.mode, EditMode::repaint);
    QCOMPARE(request.recipe.prompt, std::string("a red fish"));
    QCOMPARE(request.recipe.strength, 0.5);
    QCOMPARE(request.recipe.grow, 8);
    QCOMPARE(request.recipe.feather, 6);
    QCOMPARE(*request.recipe.edit.token_strength, 0.25);
    QCOMPARE(request.recipe.seed, uint64_t(41));
    QCOMPARE(request.count, 2);
    QCOMPARE(*request.recipe.edit.crop, true);
    QCOMPARE(request.recipe.edit.resampling, 3);
    QVERIFY(!request.recipe.edit.keep_cells);
    QVERIFY(request.mask && request.mask->pixels[30 * 90 + 30] == 255);
  }
  void the_dice_rolls_a_seed() {
    EditWindow fake;
    QVERIFY(fake.ready());
    QTest::mouseClick(fake.form()->more(), Qt::LeftButton);
    QTest::mouseClick(fake.form()->dice(), Qt::LeftButton);
    const QString seed = fake.edit().form().seed;
    QVERIFY(!seed.isEmpty());
    QTest::mouseClick(fake.form()->dice(), Qt::LeftButton);
    QVERIFY(fake.edit().form().seed != seed);
  }
  void cells_that_keep_their_tokens_carry_a_lock_data() {
    QTest::addColumn<QColor>("colour");
    QTest::newRow("on a dark picture") << QColor(Qt::black);
    QTest::newRow("on a light picture") << QColor(Qt::white);
  }
  void cells_that_keep_their_tokens_carry_a_lock() {
    QFETCH(QColor, colour);
    EditWindow fake;
    QVERIFY(fake.load() && fake.open(plain(colour, 80, 80)) && fake.choose(EditMode::repaint));
    fake.page().chooseTool(Tool::pan);
    QTest::qWait(100);
    QVERIFY(fake.canvas()->cellRect(0).isEmpty());  // nothing is marked
    const QImage bare = fake.canvas()->grab().toImage();
    fake.edit().markRectangle({20, 20, 30, 20}, Combine::replace);  // the cells 2 to 4 across, 2 and 3 down
    QTRY_VERIFY(!fake.canvas()->cellRect(0).isEmpty());
    const QImage shown = fake.canvas()->grab().toImage();
    for (int cell = 0; cell < 64; ++cell) {
      const QRect plate = QRectF(fake.canvas()->cellRect(cell).topLeft() + QPointF(4, 4), QSizeF(14, 14)).toRect();
      int light = 0, dark = 255;
      for (int y = plate.top(); y <= plate.bottom(); ++y)
        for (int x = plate.left(); x <= plate.right(); ++x) {
          light = std::max(light, qGray(shown.pixel(x, y)));
          dark = std::min(dark, qGray(shown.pixel(x, y)));
        }
      const bool marked = cell % 8 >= 2 && cell % 8 <= 4 && cell / 8 >= 2 && cell / 8 <= 3;
      QVERIFY2((light - dark > 120) == !marked, qPrintable(QString::number(cell)));
    }
    QVERIFY(fake.canvas()->caption().contains(QStringLiteral("58 of 64 cells keep their tokens")));
    QTest::mouseClick(fake.form()->more(), Qt::LeftButton);
    fake.form()->keepCells()->click();
    QTRY_VERIFY(fake.canvas()->cellRect(0).isEmpty());
    const QPoint kept = fake.at(5, 75);
    QCOMPARE(fake.canvas()->grab().toImage().pixelColor(kept), bare.pixelColor(kept));
    QCOMPARE(fake.canvas()->caption(), QString());
  }
  void locks_lie_over_the_part_that_is_read() {
    EditWindow fake;
    QVERIFY(fake.ready(604, 644) && fake.choose(EditMode::repaint));
    fake.edit().markRectangle({300, 20, 40, 30}, Combine::replace);
    QTRY_VERIFY(!fake.canvas()->cellRect(0).isEmpty());
    const QRectF first = fake.canvas()->cellRect(0), last = fake.canvas()->cellRect(63);
    QCOMPARE(fake.canvas()->zoom().toPicture(first.topLeft()).toPoint(), QPoint(268, 0));
    QCOMPARE(fake.canvas()->zoom().toPicture(last.bottomRight()).toPoint(), QPoint(372, 104));
    fake.edit().clearMask();
    QTRY_VERIFY(fake.canvas()->cellRect(0).isEmpty());
  }
  void a_blend_takes_another_picture_and_makes_a_film_of_five() {
    EditWindow fake;
    QVERIFY(fake.ready() && fake.choose(EditMode::blend));
    QCOMPARE(fake.page().panel()->reason(), QStringLiteral("Choose the picture to blend with."));
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(fake.picture("other.png", 80))});
    QVERIFY(fake.page().take(&data));
    QTRY_VERIFY(fake.edit().second());
    QVERIFY(fake.edit().document().ids().size() == 1);  // not a new source
    fake.form()->blend()->slider()->setValue(25);
    QVERIFY(fake.propose());
    QCOMPARE(fake.last().recipe.edit.blend, 0.25);
    QCOMPARE(fake.last().count, 1);
    fake.edit().discard();
    fake.form()->film()->click();
    QVERIFY(!fake.form()->blend()->isVisible());
    QVERIFY(fake.propose());
    QVERIFY(fake.last().film);
    QCOMPARE(fake.last().count, 5);
    QCOMPARE(fake.edit().proposals(), 5);
    fake.form()->film()->click();
    QCOMPARE(fake.edit().form().count, 1);
  }
  void the_canvas_is_extended_by_a_part_of_the_picture() {
    EditWindow fake;
    QVERIFY(fake.ready(100, 60) && fake.choose(EditMode::extend));
    QVERIFY(!fake.page().panel()->goButton()->isEnabled());
    fake.form()->side(2)->slider()->setValue(25);
    fake.form()->side(3)->slider()->setValue(50);
    QCOMPARE(fake.form()->side(2)->text(), QStringLiteral("25 % · 25 px"));
    QVERIFY(fake.propose());
    QCOMPARE(fake.last().recipe.edit.right, 25);
    QCOMPARE(fake.last().recipe.edit.bottom, 30);
    QCOMPARE(fake.edit().proposal(0).size(), QSize(125, 90));
    fake.edit().apply();
    QTRY_COMPARE(fake.edit().picture().size(), QSize(125, 90));
  }
  void a_reason_stands_where_the_run_is_refused() {
    EditWindow fake;
    QVERIFY(fake.ready() && fake.choose(EditMode::repaint));
    auto* panel = fake.page().panel();
    QVERIFY(!panel->goButton()->isEnabled());
    QCOMPARE(panel->reason(), QStringLiteral("Mark what should be repainted."));
    fake.page().run();
    QVERIFY(!fake.edit().running());
    fake.edit().markRectangle({20, 20, 30, 30}, Combine::replace);
    QVERIFY(panel->goButton()->isEnabled());
    QCOMPARE(panel->reason(), QString());
  }
  void stop_stands_where_run_was_and_the_preview_is_in_the_canvas() {
    EditWindow fake;
    QVERIFY(fake.load() && fake.open(plain(Qt::black)) && activate(fake));
    QVERIFY(fake.choose(EditMode::vary));
    auto* go = fake.page().panel()->goButton();
    QCOMPARE(go->text(), QStringLiteral("Propose"));
    const QRect place = go->geometry();
    fake.control->allow(9);
    QTest::keyClick(fake.canvas(), Qt::Key_Return, Qt::ControlModifier);
    QTRY_VERIFY(!fake.edit().preview().isNull());
    QCOMPARE(go->text(), QStringLiteral("Stop"));
    QCOMPARE(go->x(), place.x());
    QCOMPARE(go->width(), place.width());
    QTRY_VERIFY(fake.colourAt(16, 10) != QColor(Qt::black));  // inside of where the fake paints
    QCOMPARE(fake.colourAt(50, 50), QColor(Qt::black));
    fake.key(Qt::Key_Escape);
    QTRY_VERIFY(!fake.edit().running());
    QCOMPARE(go->text(), QStringLiteral("Propose"));
    QCOMPARE(fake.edit().proposals(), 0);
    QVERIFY(fake.edit().preview().isNull());
    QVERIFY(fake.canvas()->tool() != Tool::pan);  // the key only stopped the run
  }
  void proposals_lie_side_by_side_and_are_applied_tried_again_or_discarded() {
    EditWindow fake;
    QVERIFY(fake.ready() && fake.choose(EditMode::vary));
    fake.form()->count()->button(2)->click();
    QVERIFY(fake.propose());
    QCOMPARE(fake.edit().proposals(), 4);
    auto* panel = fake.page().panel();
    auto* row = panel->proposals();
    QVERIFY(row->isVisible());
    QTRY_VERIFY(row->rectOf(3).right() <= row->width());
    QCOMPARE(row->rectOf(0).top(), row->rectOf(3).top());
    QTest::mouseClick(row, Qt::LeftButton, {}, row->rectOf(2).center());
    QCOMPARE(fake.edit().chosen(), 2);
    row->setFocus();
    QTest::keyClick(row, Qt::Key_Right);
    QCOMPARE(fake.edit().chosen(), 3);
    const uint64_t seed = fake.edit().proposalAt(0)->recipe.seed;
    QTest::mouseClick(panel->againButton(), Qt::LeftButton);
    QVERIFY(fake.idle());
    QTRY_COMPARE(fake.edit().proposals(), 4);
    QTRY_VERIFY(!fake.edit().running());
    QVERIFY(fake.edit().proposalAt(0)->recipe.seed != seed);
    QTest::mouseClick(panel->discardButton(), Qt::LeftButton);
    QCOMPARE(fake.edit().proposals(), 0);
    QVERIFY(fake.canvas()->hasFocus());  // the button is gone
    QVERIFY(!row->isVisible());
    QVERIFY(fake.propose());
    QTest::mouseClick(panel->applyButton(), Qt::LeftButton);
    QCOMPARE(fake.edit().document().ids().size(), size_t(2));
    QVERIFY(!row->isVisible());
  }
  void a_change_by_words_says_which_way_it_went() {
    EditWindow fake;
    QVERIFY(fake.ready() && fake.choose(EditMode::words));
    EditForm form = fake.edit().form();
    form.words = QStringLiteral("add a moon");
    form.settings.path = kCaptionPath;
    form.settings.caption = "a moon over the sea";
    fake.edit().setForm(form);
    QVERIFY(fake.propose());
    QCOMPARE(fake.page().panel()->way(), QStringLiteral("By way of a description: \"a moon over the sea\"."));
    fake.edit().discard();
    form = fake.edit().form();
    form.settings.path = kInstructionPath;
    fake.edit().setForm(form);
    QVERIFY(fake.propose());
    QCOMPARE(fake.page().panel()->way(), QStringLiteral("The model read the picture and the words."));
  }
  void a_mark_that_plays_no_part_is_said_to() {
    EditWindow fake;
    QVERIFY(fake.ready());
    const QString said = QStringLiteral("What is marked plays no part here.");
    QVERIFY(fake.choose(EditMode::vary) && !fake.form()->note().contains(said));
    fake.edit().markRectangle({20, 20, 30, 30}, Combine::replace);
    for (const EditMode mode : kEditModes) {
      QVERIFY(fake.choose(mode));
      QCOMPARE(fake.form()->note().contains(said), !takesMask(mode));
    }
  }
  void room_that_is_left_over_lies_below_the_form() {
    EditWindow fake;
    QVERIFY(fake.ready() && fake.choose(EditMode::vary));
    QTRY_COMPARE(fake.edit().roundTrip().state, RoundTrip::State::ready);
    const auto* card = fake.page().panel()->roundTrip();
    for (const QSize size : {QSize(1280, 800), QSize(960, 600)}) {
      fake.window.resize(size);
      QTRY_COMPARE(card->height(), std::max(card->minimumHeight(), card->heightForWidth(card->width())));
    }
  }
  void warnings_of_a_run_stand_under_its_proposals() {
    EditWindow fake;
    QVERIFY(fake.ready() && fake.choose(EditMode::words));
    fake.form()->words()->setPlainText(QStringLiteral("blurred"));
    QVERIFY(fake.propose());
    QCOMPARE(fake.page().panel()->warnings(), QStringLiteral("The source is smaller than 128 pixels."));
  }
  void a_chosen_proposal_clicked_again_shows_the_picture_with_its_mark() {
    EditWindow fake;
    QVERIFY(fake.ready() && fake.choose(EditMode::repaint));
    fake.edit().markRectangle({20, 20, 30, 30}, Combine::replace);
    QVERIFY(fake.propose());
    auto* row = fake.page().panel()->proposals();
    QTRY_VERIFY(row->isVisible());
    QCOMPARE(fake.edit().chosen(), 0);
    const bool blank = fake.edit().mask().blank();
    fake.drag({5, 5}, {15, 5});
    QCOMPARE(fake.edit().mask().at(10, 5), uint8_t(0));  // nothing is marked on a proposal
    QTest::mouseClick(row, Qt::LeftButton, {}, row->rectOf(0).center());
    QCOMPARE(fake.edit().chosen(), -1);
    fake.drag({5, 5}, {15, 5});
    QCOMPARE(fake.edit().mask().at(10, 5), uint8_t(255));
    QVERIFY(!blank);
  }
  void space_shows_the_picture_before_while_it_is_held() {
    EditWindow fake;
    QVERIFY(fake.load() && fake.open(plain(Qt::black)) && activate(fake));
    QVERIFY(fake.choose(EditMode::vary) && fake.propose());
    fake.canvas()->setFocus();
    fake.page().chooseTool(Tool::pan);
    QVERIFY(fake.colourAt(30, 30) != QColor(Qt::black));
    QTest::keyPress(fake.canvas(), Qt::Key_Space);
    QCOMPARE(fake.colourAt(30, 30), QColor(Qt::black));
    QTest::keyRelease(fake.canvas(), Qt::Key_Space);
    QVERIFY(fake.colourAt(30, 30) != QColor(Qt::black));
    fake.edit().apply();
    QTRY_VERIFY(fake.colourAt(30, 30) != QColor(Qt::black));
    QTest::keyPress(fake.canvas(), Qt::Key_Space);
    QTRY_COMPARE(fake.colourAt(30, 30), QColor(Qt::black));
    QTest::keyRelease(fake.canvas(), Qt::Key_Space);
  }
  void the_history_is_a_tree_one_goes_anywhere_in() {
    EditWindow fake;
    QVERIFY(fake.ready() && fake.choose(EditMode::vary));
    for (int i = 0; i < 2; ++i) {
      QVERIFY(fake.propose());
      fake.edit().apply();
    }
    auto* row = fake.page().history()->row();
    QCOMPARE(row->places().size(), size_t(3));
    QCOMPARE(row->current(), 2);
    QTest::mouseClick(row, Qt::LeftButton, {}, row->rectOf(0).center());
    QCOMPARE(fake.edit().document().current(), fake.edit().document().source());
    QTRY_VERIFY(fake.edit().problem().isEmpty());
    QVERIFY(fake.propose());
    fake.edit().apply();
    QCOMPARE(row->places().size(), size_t(4));
    QVERIFY(row->places()[1].follows && row->places()[2].follows);
    QVERIFY(!row->places()[3].follows);  // a branch
    row->setFocus();
    QTest::keyClick(row, Qt::Key_Left);
    QCOMPARE(row->current(), 2);
    QTest::keyClick(row, Qt::Key_F2);
    QVERIFY(row->nameField()->isVisible());
    row->nameField()->setText(QStringLiteral("with a moon"));
    QTest::keyClick(row->nameField(), Qt::Key_Return);
    QCOMPARE(fake.edit().nameOf(row->places()[2].node), QStringLiteral("with a moon"));
    QTest::keyClick(row, Qt::Key_Delete);
    QCOMPARE(row->places().size(), size_t(3));
    QTest::keyClick(row, Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(row->places().size(), size_t(4));
  }
  void undo_and_redo_say_what_they_do() {
    EditWindow fake;
    QVERIFY(fake.ready());
    QVERIFY(!fake.page().undoButton()->isEnabled());
    fake.drag({20, 20}, {40, 20});
    QVERIFY(fake.page().undoButton()->isEnabled());
    QVERIFY(fake.page().undoButton()->toolTip().contains(fake.edit().undoText()));
    QTest::mouseClick(fake.page().undoButton(), Qt::LeftButton);
    QVERIFY(fake.edit().mask().blank());
    QTest::mouseClick(fake.page().redoButton(), Qt::LeftButton);
    QVERIFY(!fake.edit().mask().blank());
  }
  void a_failed_run_says_its_sentence_and_keeps_everything() {
    EditWindow fake;
    QVERIFY(fake.ready() && fake.choose(EditMode::words));
    fake.form()->words()->setPlainText(QStringLiteral("impossible"));
    fake.page().run();
    QVERIFY(fake.idle());
    QTRY_COMPARE(fake.page().error()->sentence(),
                 QStringLiteral("The instruction has 900 tokens and 447 fit; make it shorter."));
    QVERIFY(fake.page().error()->isVisible());
    QVERIFY(fake.page().panel()->goButton()->isEnabled());
    QCOMPARE(fake.form()->words()->toPlainText(), QStringLiteral("impossible"));
  }
  void every_focusable_widget_has_a_name() {
    EditWindow fake(true);
    QVERIFY(fake.ready() && fake.choose(EditMode::repaint));
    QTest::mouseClick(fake.form()->more(), Qt::LeftButton);
    fake.edit().markRectangle({20, 20, 30, 30}, Combine::replace);
    QVERIFY(fake.propose());
    QCOMPARE(nameless(&fake.page()), QString());
    QVERIFY(fake.choose(EditMode::extend));
    QCOMPARE(nameless(&fake.page()), QString());
    QVERIFY(fake.choose(EditMode::blend));
    QCOMPARE(nameless(&fake.page()), QString());
    fake.edit().close();
    QCOMPARE(nameless(&fake.page()), QString());
  }
};

QTEST_MAIN(EditTest)
#include "edit.moc"
