// The Create page and what stands behind it: the queue, presets, prompts, recipes and the check list, over the fake
// model.
#include <QDropEvent>
#include <QLabel>
#include <QMimeData>
#include <QTest>

#include "core/base/file.h"
#include "core/image/codec.h"
#include "tests/ui/drawing.h"
#include "ui/create/film_strip.h"

using namespace b3o;
using namespace b3o::test;

namespace {

QStringList waiting(const DrawQueue& queue) {
  QStringList out;
  for (const auto& item : queue.items())
    out << QString::fromStdString(item.recipe.prompt) + (item.interrupted ? QStringLiteral("!") : QString());
  return out;
}

}  // namespace

class CreateTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void a_refusal_is_said_in_a_calm_colour_and_an_error_is_not() {
    FakeWindow fake;
    QVERIFY(fake.load());
    fake.window.showPage(Page::create);
    const auto* line = fake.window.create()->error();
    fake.studio.drawing.start(formOf(fake.studio, "an unknown thing"));
    QVERIFY(fake.idle());
    QVERIFY(line->isVisible());
    QCOMPARE(line->sentence(), QStringLiteral("I only draw boats. Try: a boat."));
    QVERIFY(line->tint() != Tint::bad);
    fake.studio.drawing.start(formOf(fake.studio, "impossible"));
    QVERIFY(fake.idle());
    QCOMPARE(line->tint(), Tint::bad);
    fake.studio.drawing.start(formOf(fake.studio, "a boat"));
    QVERIFY(fake.idle());
    QVERIFY(!line->isVisible());
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
    fake.window.showPage(Page::create);
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
    fake.window.showPage(Page::create);
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
    fake.window.showPage(Page::create);
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
    QCOMPARE(checkQuestions(QStringLiteral("draw me a red house by the sea")),
             checkQuestions(QStringLiteral("a red house by the sea")));
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
  void only_failures_are_drawn_again_and_the_best_try_is_shown() {
    FakeStudio fake;
    QVERIFY(fake.load());
    fake.studio.check.setOn(true);
    fake.studio.check.setTries(2);
    // Two questions a picture: the first picture passes, the second fails twice more, its first try being the best.
    fake.control->answers = {"yes", "yes", "no", "no", "yes", "no", "no", "no"};
    fake.studio.drawing.start(formOf(fake.studio, "a red house by the sea", 2));
    const auto& pictures = fake.studio.drawing.pictures();
    QTRY_COMPARE_WITH_TIMEOUT(pictures.size(), size_t(4), 20000);
    QVERIFY(fake.idle());
    const auto verdict = [&](size_t row) { return fake.studio.check.verdict(pictures[row].key); };
    QTRY_COMPARE(verdict(3), QStringLiteral("0 of 2 fit"));
    QCOMPARE(verdict(0), QStringLiteral("2 of 2 fit"));
    QCOMPARE(verdict(1), QStringLiteral("0 of 2 fit"));
    QCOMPARE(verdict(2), QStringLiteral("1 of 2 fit"));
    QCOMPARE(fake.studio.drawing.selected(), 2);
    QTest::qWait(100);
    QCOMPARE(pictures.size(), size_t(4));
  }
  void the_dice_takes_a_new_seed_and_reuse_that_of_the_shown_picture() {
    FakeWindow fake({}, true);
    QVERIFY(fake.load());
    QVERIFY(draw(fake, "a boat", 2, "41"));
    auto* panel = fake.window.create()->panel();
    const auto button = [&](const char* name) {
      for (auto* found : panel->findChildren<QPushButton*>())
        if (found->accessibleName() == QLatin1String(name)) return found;
      return static_cast<QPushButton*>(nullptr);
    };
    QVERIFY(button("Roll a new seed") && button("Use the seed of the picture that is shown"));
    QTest::mouseClick(button("Roll a new seed"), Qt::LeftButton);
    const QString first = panel->form().seed;
    QTest::mouseClick(button("Roll a new seed"), Qt::LeftButton);
    QVERIFY(panel->form().seed != first);
    fake.studio.drawing.select(1);
    QTest::mouseClick(button("Use the seed of the picture that is shown"), Qt::LeftButton);
    QCOMPARE(panel->form().seed, QStringLiteral("42"));
  }
  void the_strip_keeps_the_pictures_of_this_sitting_and_its_keys_choose() {
    FakeWindow fake({}, true);
    QVERIFY(fake.load());
    fake.window.showPage(Page::create);
    QVERIFY(draw(fake, "a boat", 4, "1") && draw(fake, "a house", 1, "9"));
    QCOMPARE(fake.studio.drawing.pictures().size(), size_t(5));
    auto* strip = fake.window.create()->findChild<FilmRow*>();
    QVERIFY(strip && strip->isVisible());
    fake.studio.drawing.select(4);
    QTest::keyClick(strip, Qt::Key_Left);
    QCOMPARE(fake.studio.drawing.selected(), 3);
    QTest::mouseClick(strip, Qt::LeftButton, Qt::NoModifier, strip->rectOf(0).center());
    QCOMPARE(fake.studio.drawing.selected(), 0);
  }
  void what_is_no_result_is_labelled_as_an_estimate() {
    FakeWindow fake;
    QVERIFY(fake.load());
    fake.window.showPage(Page::create);
    fake.window.create()->panel()->setPrompt(QStringLiteral("a boat"));
    fake.control->allow(4);
    fake.window.create()->run();
    QVERIFY(fake.advance(0));
    const Picture* picture = fake.studio.drawing.picture();
    QVERIFY(picture && !picture->shown.isNull());
    QCOMPARE(picture->plan_map.size(), QSize(8, 8));
    QCOMPARE(fake.window.create()->canvas()->caption(), QStringLiteral("estimate, not the result"));
    QVERIFY(fake.idle());
    QVERIFY(fake.window.create()->canvas()->caption().isEmpty());
  }
  void the_check_list_says_that_the_model_judges_itself() {
    FakeWindow fake;
    QVERIFY(fake.load());
    fake.window.showPage(Page::create);
    fake.studio.check.setOn(true);
    QStringList words;
    for (auto* label : fake.window.create()->findChildren<QLabel*>())
      if (label->isVisible()) words << label->text();
    QVERIFY(words.join(u'\n').contains(QStringLiteral("The model checks its own picture.")));
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

QTEST_MAIN(CreateTest)
#include "create.moc"
