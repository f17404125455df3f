// The editing session as the window sees it, without a window: pictures, marks, runs and proposals.
#include <QTest>

#include "core/base/file.h"
#include "tests/ui/editing.h"

using namespace b3o;
using namespace b3o::test;

class EditStatesTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void a_picture_shows_its_round_trip_before_anything_is_edited() {
    Editing fake;
    QVERIFY(fake.load());
    QSignalSpy spy(&fake.edit, &EditSession::roundTripChanged);
    QVERIFY(fake.open());
    QTRY_COMPARE(fake.edit.roundTrip().state, RoundTrip::State::ready);
    QCOMPARE(*fake.edit.roundTrip().cosine, 0.93);
    QCOMPARE(fake.edit.roundTrip().picture.size(), QSize(90, 70));
    QCOMPARE(fake.edit.roundTrip().view.read, SourceView::Read::squashed);
    QVERIFY(spy.count() > 2);  // with previews
    QCOMPARE(fake.edit.proposals(), 0);
    QVERIFY(!fake.edit.canUndo());
  }
  void a_model_that_comes_later_makes_the_round_trip_then() {
    Editing fake;
    fake.edit.openImage(Editing::source(), QStringLiteral("a"));
    QTRY_VERIFY(fake.edit.isOpen());
    QCOMPARE(fake.edit.roundTrip().state, RoundTrip::State::none);
    QCOMPARE(fake.edit.problem(), QStringLiteral("Load a model first."));
    QVERIFY(fake.load());
    QTRY_COMPARE(fake.edit.roundTrip().state, RoundTrip::State::ready);
  }
  void a_run_does_not_wait_for_the_round_trip() {
    Editing fake;
    QVERIFY(fake.load());
    fake.control->allow(2);
    fake.edit.openImage(Editing::source(), QStringLiteral("a"));
    QTRY_COMPARE(fake.edit.roundTrip().state, RoundTrip::State::running);
    fake.ask(EditMode::vary);
    fake.edit.start();
    QCOMPARE(fake.edit.roundTrip().state, RoundTrip::State::none);
    fake.control->allowAll();
    QTRY_COMPARE(fake.edit.proposals(), 1);
    QVERIFY(!fake.edit.running());
  }
  void a_run_previews_proposes_and_applies() {
    Editing fake;
    QVERIFY(fake.load() && fake.open());
    fake.mark();
    fake.ask(EditMode::repaint, "a red ball", 2);
    fake.control->allow(9);
    QCOMPARE(fake.edit.problem(), QString());
    fake.edit.start();
    QVERIFY(fake.edit.running());
    QTRY_VERIFY(!fake.edit.preview().isNull());
    QCOMPARE(fake.edit.previewArea(), QRect(8, 4, 16, 12));
    QTRY_COMPARE(fake.edit.stageText(), QStringLiteral("Result 1 of 2 · paint 2 of 8"));
    QVERIFY(fake.edit.fraction() > 0);
    fake.control->allowAll();
    QTRY_VERIFY(!fake.edit.running());
    QCOMPARE(fake.edit.proposals(), 2);
    QCOMPARE(fake.edit.chosen(), 0);
    QVERIFY(fake.edit.preview().isNull());
    QCOMPARE(fake.edit.proposalAt(1)->recipe.seed, uint64_t(8));
    QCOMPARE(fake.edit.proposal(1).size(), QSize(90, 70));
    QVERIFY(fake.edit.proposal(0) != fake.edit.proposal(1));
    fake.edit.choose(1);
    fake.edit.apply();
    QCOMPARE(fake.edit.proposals(), 0);
    const EditNode& node = fake.edit.document().node(fake.current());
    QCOMPARE(node.parent, fake.edit.document().source());
    QCOMPARE(node.recipe->seed, uint64_t(8));
    QVERIFY(node.mask->mask == fake.edit.mask());
    QCOMPARE(fake.edit.nameOf(fake.current()), QStringLiteral("a red ball"));
    QVERIFY(!fake.edit.mask().blank());  // kept after the run
    QTRY_COMPARE(fake.edit.picture().size(), QSize(90, 70));
    QCOMPARE(fake.edit.before().convertToFormat(QImage::Format_RGB32), Editing::source());
  }
  void the_request_says_what_the_form_says() {
    Editing fake;
    QVERIFY(fake.load() && fake.open());
    fake.mark();
    EditForm form = fake.edit.form();
    form.settings.mode = EditMode::repaint;
    form.settings.resampling = 3;
    form.settings.keep_cells = true;
    form.words = QStringLiteral("  a hat ");
    form.strength = 0.6;
    form.grow = 4;
    form.feather = 5;
    form.count = 3;
    form.seed = QStringLiteral("18446744073709551615");
    fake.edit.setForm(form);
    QVERIFY(fake.run());
    const EditRequest asked = fake.lastEdit();
    QCOMPARE(asked.recipe.prompt, std::string("a hat"));
    QCOMPARE(asked.recipe.task, std::string("edit"));
    QVERIFY(asked.recipe.edit == form.settings);
    QCOMPARE(asked.recipe.strength, 0.6);
    QVERIFY(asked.recipe.grow == 4 && asked.recipe.feather == 5 && asked.count == 3);
    QCOMPARE(asked.recipe.seed, UINT64_MAX);
    QVERIFY(*asked.mask == fake.edit.mask().image());
    QVERIFY(asked.source == fake.edit.shared(fake.current()));
  }
  void words_left_from_another_mode_play_no_part() {
    Editing fake;
    QVERIFY(fake.load() && fake.open());
    fake.mark();
    for (const EditMode mode : {EditMode::repaint, EditMode::words, EditMode::vary, EditMode::details}) {
      fake.ask(mode, "a hat");
      QVERIFY(fake.run());
      QCOMPARE(fake.lastEdit().recipe.prompt, std::string(takesWords(mode) ? "a hat" : ""));
      fake.edit.discard();
      QCOMPARE(fake.edit.form().words, QStringLiteral("a hat"));  // they wait for the next time
    }
  }
  void a_form_that_cannot_run_says_why_data() {
    QTest::addColumn<int>("mode");
    QTest::addColumn<QString>("why");
    QTest::newRow("repaint") << int(EditMode::repaint) << "Mark what should be repainted.";
    QTest::newRow("words") << int(EditMode::words) << "Write what to change.";
    QTest::newRow("blend") << int(EditMode::blend) << "Choose the picture to blend with.";
    QTest::newRow("extend") << int(EditMode::extend) << "Choose a side and how far it grows.";
    QTest::newRow("vary") << int(EditMode::vary) << "";
    QTest::newRow("details") << int(EditMode::details) << "";
  }
  void a_form_that_cannot_run_says_why() {
    QFETCH(int, mode);
    QFETCH(QString, why);
    Editing fake;
    QVERIFY(fake.load());
    fake.ask(EditMode(mode));
    QCOMPARE(fake.edit.problem(), QStringLiteral("Open a picture first."));
    QVERIFY(fake.open());
    QCOMPARE(fake.edit.problem(), why);
    fake.edit.start();
    QCOMPARE(fake.edit.running(), why.isEmpty());
    QVERIFY(fake.idle());
  }
  void a_form_out_of_range_says_why() {
    Editing fake;
    QVERIFY(fake.load() && fake.open());
    const EditForm sound = fake.edit.form();
    const auto why = [&](auto change) {
      EditForm form = sound;
      form.settings.mode = EditMode::vary;
      change(form);
      fake.edit.setForm(form);
      return fake.edit.problem();
    };
    QVERIFY(why([](EditForm& f) { f.strength = 0; }).contains(QStringLiteral("strength")));
    QVERIFY(why([](EditForm& f) { f.count = 9; }).contains(QStringLiteral("from 1 to 8")));
    QVERIFY(why([](EditForm& f) { f.seed = QStringLiteral("-1"); }).contains(QStringLiteral("seed")));
    QVERIFY(why([](EditForm& f) { f.grow = 5000; }).contains(QStringLiteral("at most 1024")));
    const QString far = why([](EditForm& f) { f.settings.mode = EditMode::extend, f.settings.left = 46; });
    QVERIFY2(far.contains(QStringLiteral("at most 45 pixels")), qPrintable(far));
    QCOMPARE(why([](EditForm& f) { f.settings.mode = EditMode::extend, f.settings.left = 45; }), QString());
    fake.control->info.can.edit_modes = {EditMode::words};
    fake.studio.model.load(fake.path("other"));
    QTRY_VERIFY(fake.studio.model.ready() && !fake.studio.line.running());
    QVERIFY(why([](EditForm&) {}).contains(QStringLiteral("cannot change a picture in this way")));
  }
  void pictures_of_any_shape_are_edited_in_their_own_size_data() {
    QTest::addColumn<QSize>("size");
    for (const QSize size : {QSize(1, 1), QSize(1, 64), QSize(64, 1), QSize(127, 128), QSize(604, 644)})
      QTest::addRow("%dx%d", size.width(), size.height()) << size;
  }
  void pictures_of_any_shape_are_edited_in_their_own_size() {
    QFETCH(QSize, size);
    Editing fake;
    QVERIFY(fake.load() && fake.open(size.width(), size.height()));
    const QImage before = fake.edit.picture();
    fake.edit.beginStroke({20, 0.7}, {size.width() / 3.0, size.height() / 3.0});
    fake.edit.endStroke();
    fake.ask(EditMode::repaint, "a ball");
    QVERIFY(fake.run());
    fake.edit.apply();
    const QImage after = fake.edit.picture();
    QCOMPARE(after.size(), size);
    for (int y = 0; y < size.height(); ++y)
      for (int x = 0; x < size.width(); ++x)
        if (fake.edit.mask().at(x, y) == 0) QCOMPARE(after.pixel(x, y), before.pixel(x, y));
  }
  void an_extended_picture_has_a_mask_of_its_own_size() {
    Editing fake;
    QVERIFY(fake.load() && fake.open());
    fake.mark();
    EditForm form = fake.edit.form();
    form.settings.mode = EditMode::extend;
    form.settings.left = 20;
    form.settings.bottom = 10;
    fake.edit.setForm(form);
    QVERIFY(fake.run());
    QVERIFY(!fake.lastEdit().mask);
    QCOMPARE(fake.edit.proposal(0).size(), QSize(110, 80));
    QSignalSpy spy(&fake.edit, &EditSession::maskChanged);
    fake.edit.apply();
    QCOMPARE(fake.edit.form().settings.left, 0);  // new canvas is asked for once
    QCOMPARE(fake.edit.form().settings.bottom, 0);
    QCOMPARE(fake.edit.mask().width(), 110);
    QCOMPARE(spy.last()[0].toRect(), QRect(0, 0, 110, 80));
    fake.edit.undo();
    QCOMPARE(fake.edit.mask().width(), 90);
    QVERIFY(!fake.edit.mask().blank());
  }
  void a_blend_takes_the_other_picture() {
    Editing fake;
    QVERIFY(fake.load() && fake.open());
    fake.edit.setSecondFile(fake.picture("other.png", 40));
    QTRY_VERIFY(fake.edit.second());
    QCOMPARE(fake.edit.secondName(), QStringLiteral("other.png"));
    fake.ask(EditMode::blend, "", 5);
    EditForm form = fake.edit.form();
    form.film = true;
    fake.edit.setForm(form);
    QVERIFY(fake.run());
    QVERIFY(fake.lastEdit().film && fake.lastEdit().second == fake.edit.second());
    QCOMPARE(fake.edit.proposals(), 5);
    fake.edit.setSecondFile(fake.path("missing.png"));
    QTRY_VERIFY(fake.edit.error().contains(QStringLiteral("missing.png")));
    QVERIFY(fake.edit.second());
  }
  void trying_again_replaces_what_waits_and_undo_brings_it_back() {
    Editing fake;
    QVERIFY(fake.load() && fake.open());
    fake.ask(EditMode::words, "red", 2);
    QVERIFY(fake.run());
    const std::string first = fake.edit.proposalAt(0)->picture->sha256;
    EditForm form = fake.edit.form();
    form.seed.clear();
    form.count = 1;
    fake.edit.setForm(form);
    fake.edit.tryAgain();
    QTRY_VERIFY(!fake.edit.running());
    QCOMPARE(fake.edit.proposals(), 1);
    fake.edit.undo();
    QCOMPARE(fake.edit.proposals(), 2);
    QCOMPARE(fake.edit.proposalAt(0)->picture->sha256, first);
    QCOMPARE(fake.edit.redoText(), QStringLiteral("Redo results"));
    fake.edit.discard();
    QCOMPARE(fake.edit.proposals(), 0);
    QCOMPARE(fake.edit.undoText(), QStringLiteral("Undo discard"));
    fake.edit.undo();
    QCOMPARE(fake.edit.proposals(), 2);
  }
  void a_stopped_run_keeps_what_was_ready() {
    Editing fake;
    QVERIFY(fake.load() && fake.open());
    fake.ask(EditMode::words, "red", 3);
    fake.control->allow(20);  // one whole result is 16 steps
    fake.edit.start();
    QTRY_COMPARE(fake.edit.proposals(), 1);
    fake.edit.stop();
    QVERIFY(fake.edit.stopping() || !fake.edit.running());
    QTRY_VERIFY(!fake.edit.running());
    QCOMPARE(fake.edit.proposals(), 1);
    QCOMPARE(fake.edit.error(), QString());
    QVERIFY(fake.idle());
  }
  void a_failed_run_says_why_and_loses_nothing() {
    Editing fake;
    QVERIFY(fake.load() && fake.open());
    fake.mark();
    fake.ask(EditMode::words, "the impossible");
    QVERIFY(fake.run());
    QVERIFY(fake.edit.error().contains(QStringLiteral("900 tokens")));
    QVERIFY(!fake.edit.mask().blank());
    fake.ask(EditMode::words, "blurred");
    QVERIFY(fake.run());
    QCOMPARE(fake.edit.error(), QString());
    QCOMPARE(fake.edit.warnings(), QStringList{QStringLiteral("The source is smaller than 128 pixels.")});
    QCOMPARE(fake.edit.view().painted_width, 128);
  }
  void a_stroke_that_is_drawn_while_a_result_comes_stays_one_stroke() {
    Editing fake;
    QVERIFY(fake.load() && fake.open());
    fake.ask(EditMode::words, "red");
    fake.edit.start();
    fake.edit.beginStroke({10, 1}, {20, 20});
    QVERIFY(fake.idle());
    QTest::qWait(100);
    QCOMPARE(fake.edit.proposals(), 0);
    fake.edit.strokeTo({60, 50});
    fake.edit.endStroke();
    QTRY_COMPARE(fake.edit.proposals(), 1);
    QVERIFY(!fake.edit.running());
    QCOMPARE(int(fake.edit.mask().at(40, 35)), 255);
    fake.edit.undo();
    QCOMPARE(fake.edit.undoText(), QStringLiteral("Undo stroke"));
    fake.edit.undo();
    QVERIFY(fake.edit.mask().blank());
  }
  void strokes_and_selections_say_what_changed_and_are_undone() {
    Editing fake;
    QVERIFY(fake.open(400, 300));
    QSignalSpy spy(&fake.edit, &EditSession::maskChanged);
    fake.edit.beginStroke({20, 1}, {50, 50});
    fake.edit.strokeTo({100, 60});
    fake.edit.endStroke();
    QCOMPARE(spy.count(), 2);
    QVERIFY(spy[1][0].toRect().contains(QRect(60, 55, 30, 3)) && spy[1][0].toRect().width() < 90);
    fake.edit.markPolygon(QPolygonF({{200, 10}, {300, 10}, {250, 90}}), Combine::add);
    fake.edit.invertMask();
    fake.edit.growMask(4);
    QVERIFY(fake.edit.maskBusy() && !fake.edit.canMark());
    QTRY_VERIFY(!fake.edit.maskBusy());
    fake.edit.featherMask(6);
    QTRY_VERIFY(!fake.edit.maskBusy());
    fake.edit.clearMask();
    QVERIFY(fake.edit.mask().blank());
    int steps = 0;
    for (; fake.edit.canUndo(); ++steps) fake.edit.undo();
    QCOMPARE(steps, 6);
    for (; fake.edit.canRedo(); --steps) fake.edit.redo();
    QCOMPARE(steps, 0);
    QVERIFY(fake.edit.mask().blank());
  }
  void a_mask_file_is_taken_only_in_the_pictures_size() {
    Editing fake;
    QVERIFY(fake.open());
    fake.mark();
    const MaskDocument before = fake.edit.mask();
    QImage mask(91, 70, QImage::Format_Grayscale8);
    mask.fill(255);
    QVERIFY(mask.save(fake.path("wide.png")));
    fake.edit.openMask(fake.path("wide.png"));
    QTRY_COMPARE(fake.edit.error(),
                 QStringLiteral("wide.png: the mask is 91 × 70 pixels, the picture is 90 × 70; they must be equal."));
    QVERIFY(fake.edit.mask() == before);
    QVERIFY(mask.copy(0, 0, 90, 70).save(fake.path("right.png")));
    fake.edit.openMask(fake.path("right.png"));
    QTRY_COMPARE(int(fake.edit.mask().at(89, 69)), 255);
  }
  void bad_pictures_are_one_sentence_and_what_is_open_stays() {
    Editing fake;
    QVERIFY(fake.open());
    const std::string before = fake.edit.document().hash();
    write_file(toPath(fake.path("bad.png")), "no picture");
    for (const char* name : {"bad.png", "missing.png", "bad.b3o"}) {
      if (QByteArray(name) == "bad.b3o") write_file(toPath(fake.path("bad.b3o")), "PK no zip");
      fake.edit.clearMessage();
      fake.edit.openFile(fake.path(name));
      QTRY_VERIFY2(fake.edit.error().contains(QLatin1String(name)), name);
      QVERIFY(!fake.edit.opening());
      QCOMPARE(fake.edit.document().hash(), before);
    }
    fake.edit.openBytes("GIF89a", QStringLiteral("clip"));
    QTRY_VERIFY(fake.edit.error().contains(QStringLiteral("clip")));
    QCOMPARE(fake.edit.document().hash(), before);
  }
};

QTEST_MAIN(EditStatesTest)
#include "edit_states.moc"
