// The states without a window: model, conversation, drawing, job line, and the inbox under them.
#include <QBuffer>
#include <QClipboard>
#include <QGuiApplication>
#include <QMimeData>
#include <QSignalSpy>
#include <QTest>

#include "core/api/picture_file.h"
#include "core/base/file.h"
#include "core/image/codec.h"
#include "tests/ui/support.h"

using namespace b3o;
using b3o::test::FakeStudio;

namespace {

CreateForm formOf(const FakeStudio& fake, const char* prompt, int count = 1) {
  CreateForm form = withDefaults(CreateForm(), fake.studio.model.can());
  form.prompt = QString::fromLatin1(prompt);
  form.count = count;
  form.seed = QStringLiteral("7");
  return form;
}

Capabilities drawer() {
  Capabilities can;
  can.draw = true;
  can.native_width = can.native_height = 512;
  can.size_multiple = 8;
  can.max_side = 1024;
  return can;
}

}  // namespace

class States : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  // --- inbox
  void deltas_of_one_job_arrive_as_one() {
    Inbox inbox;
    QVERIFY(inbox.put(1, TextDelta{"a"}));
    QVERIFY(!inbox.put(1, TextDelta{"b"}));
    inbox.put(2, TextDelta{"c"});
    inbox.put(1, TextDelta{"d"});
    const auto got = inbox.take();
    QCOMPARE(got.size(), size_t(3));
    QCOMPARE(std::get<TextDelta>(got[0].event).text, std::string("ab"));
    QCOMPARE(std::get<TextDelta>(got[2].event).text, std::string("d"));
  }
  void deltas_are_joined_past_the_progress_between_them() {
    Inbox inbox;
    for (int i = 0; i < 100; ++i) {
      inbox.put(1, TextDelta{"a"});
      inbox.put(1, StageProgress{Stage::answer, i, 1024});
    }
    const auto got = inbox.take();
    QCOMPARE(got.size(), size_t(2));
    QCOMPARE(std::get<TextDelta>(got[0].event).text.size(), size_t(100));
    QCOMPARE(std::get<StageProgress>(got[1].event).done, 99);
  }
  void only_the_newest_preview_of_a_kind_and_picture_waits() {
    Inbox inbox;
    const auto put = [&](Preview::Kind kind, int picture, int side) {
      inbox.put(1, Preview{kind, Image(side, side), picture});
      inbox.put(1, StageProgress{Stage::paint, side, 99, picture});
    };
    for (int i = 1; i <= 50; ++i) {
      put(Preview::Kind::plan_map, 0, i);
      put(Preview::Kind::painting, 0, i);
      put(Preview::Kind::painting, 1, i);
    }
    const auto got = inbox.take();
    QCOMPARE(got.size(), size_t(5));  // three previews, and the progress of two pictures
    for (const auto& arrival : got)
      if (const auto* preview = std::get_if<Preview>(&arrival.event)) QCOMPARE(preview->image.width, 50);
  }
  void a_preview_is_not_moved_past_its_picture() {
    Inbox inbox;
    inbox.put(1, Preview{Preview::Kind::painting, Image(1, 1), 0});
    inbox.put(1, ImageReady{});
    inbox.put(1, Preview{Preview::Kind::painting, Image(2, 2), 0});
    const auto got = inbox.take();
    QCOMPARE(got.size(), size_t(3));
    QVERIFY(std::holds_alternative<ImageReady>(got[1].event));
  }

  // --- model
  void a_load_reports_its_parts_and_ends_ready() {
    FakeStudio fake;
    fake.control->allowed = 5;
    fake.studio.model.load(fake.path("paper-world"));
    QCOMPARE(fake.studio.model.phase(), ModelState::Phase::loading);
    QTRY_COMPARE(fake.studio.model.step(), QStringLiteral("vision tower"));
    QVERIFY(fake.studio.model.fraction() > 0.2 && fake.studio.model.fraction() < 0.4);
    QVERIFY(!fake.studio.model.can().chat);
    QSignalSpy loaded(&fake.studio.model, &ModelState::loaded);
    QVERIFY(fake.idle());
    QVERIFY(fake.studio.model.ready());
    QCOMPARE(loaded.size(), 1);
    QCOMPARE(fake.studio.model.info().name, std::string("Paper World"));
  }
  void a_failed_load_keeps_the_sentence_and_no_model() {
    FakeStudio fake;
    QVERIFY(fake.load());
    fake.studio.model.load(fake.path("broken"));
    QVERIFY(fake.idle());
    QCOMPARE(fake.studio.model.phase(), ModelState::Phase::none);
    QVERIFY(fake.studio.model.error().endsWith(
        QStringLiteral("broken/config.json: the file does not exist; choose the folder that holds it")));
    QVERIFY(!fake.studio.model.can().chat);
  }
  void a_stopped_load_leaves_no_model_and_no_error() {
    FakeStudio fake;
    fake.control->allowed = 3;
    fake.studio.model.load(fake.path("paper-world"));
    QTRY_COMPARE(fake.control->taken.load(), 3);
    fake.studio.model.stopLoading();
    QTRY_COMPARE(fake.studio.model.phase(), ModelState::Phase::none);
    QVERIFY(fake.studio.model.error().isEmpty());
  }
  void a_second_load_replaces_the_first() {
    FakeStudio fake;
    fake.control->allowed = 3;
    fake.studio.model.load(fake.path("first"));
    fake.studio.model.load(fake.path("second"));
    QVERIFY(fake.idle());
    QVERIFY(fake.studio.model.ready());
    QCOMPARE(fake.studio.model.info().folder, fake.path("second").toStdString());
  }
  void a_made_model_is_loaded_from_its_final_place() {
    FakeStudio fake;
    std::filesystem::path made;
    fake.studio.model.makeAndLoad(
        [&](const std::filesystem::path& path) {
          made = path;
          std::filesystem::create_directory(path);
        },
        fake.path("tiny"));
    QTRY_VERIFY(fake.studio.model.ready());
    QCOMPARE(fake.studio.model.info().folder, fake.path("tiny").toStdString());
    QVERIFY(QFileInfo::exists(fake.path("tiny")));
    QVERIFY(made != toPath(fake.path("tiny")));  // nobody sees a half-written one
  }
  void a_model_that_cannot_be_made_says_why() {
    FakeStudio fake;
    fake.studio.model.makeAndLoad([](const std::filesystem::path&) { throw Error("The disk is full."); },
                                  fake.path("tiny"));
    QTRY_COMPARE(fake.studio.model.error(), QStringLiteral("The disk is full."));
    QCOMPARE(fake.studio.model.phase(), ModelState::Phase::none);
  }

  // --- conversation
  void an_answer_streams_into_the_last_turn() {
    FakeStudio fake;
    QVERIFY(fake.load());
    auto& chat = fake.studio.conversation;
    QSignalSpy appended(&chat, &Conversation::textAppended);
    fake.control->allow(2);
    chat.send(QStringLiteral("  hello "));
    QCOMPARE(chat.turns().size(), size_t(2));
    QCOMPARE(chat.turns()[0].text, QStringLiteral("hello"));
    QTRY_COMPARE(chat.turns()[1].text, QStringLiteral("Message 1"));
    QCOMPARE(chat.turns()[1].state, Turn::State::writing);
    QVERIFY(fake.idle());
    QCOMPARE(chat.turns()[1].text, QStringLiteral("Message 1, 0 pictures: you asked \"hello\"."));
    QCOMPARE(chat.turns()[1].state, Turn::State::done);
    QCOMPARE(chat.contextTokens(), 20);
    QVERIFY(appended.size() >= 1);
  }
  void a_follow_up_brings_the_history_with_its_pictures() {
    FakeStudio fake;
    QVERIFY(fake.load());
    auto& chat = fake.studio.conversation;
    chat.attachFile(fake.picture("one.png"));
    QTRY_VERIFY(!chat.attachments()[0].reading);
    chat.send(QStringLiteral("first"));
    QVERIFY(chat.attachments().empty());
    QVERIFY(fake.idle());
    chat.send(QStringLiteral("second"));
    QVERIFY(fake.idle());
    QCOMPARE(chat.turns()[3].text, QStringLiteral("Message 3, 1 pictures: you asked \"second\"."));
    QCOMPARE(chat.pictureCount(), 1);
  }
  void a_stopped_answer_keeps_its_text_and_stays_in_the_history() {
    FakeStudio fake;
    QVERIFY(fake.load());
    auto& chat = fake.studio.conversation;
    fake.control->allow(3);
    chat.send(QStringLiteral("hello"));
    QTRY_COMPARE(chat.turns()[1].text, QStringLiteral("Message 1, "));
    chat.stop();
    QTRY_COMPARE(chat.turns()[1].state, Turn::State::stopped);
    QCOMPARE(chat.turns()[1].text, QStringLiteral("Message 1, "));
    QVERIFY(fake.idle());
    chat.send(QStringLiteral("again"));
    QVERIFY(fake.idle());
    QVERIFY(chat.turns()[3].text.startsWith(QStringLiteral("Message 3")));
  }
  void a_failed_answer_shows_the_sentence_and_is_no_history() {
    FakeStudio fake;
    QVERIFY(fake.load());
    auto& chat = fake.studio.conversation;
    chat.send(QStringLiteral("impossible"));
    QVERIFY(fake.idle());
    QCOMPARE(chat.turns()[1].state, Turn::State::failed);
    QCOMPARE(chat.turns()[1].error,
             QStringLiteral("The conversation has 40,000 tokens and 1,024 fit; start a new chat or remove pictures."));
    chat.send(QStringLiteral("possible"));
    QVERIFY(fake.idle());
    QVERIFY(chat.turns()[3].text.startsWith(QStringLiteral("Message 1,")));
  }
  void an_answer_that_waits_behind_another_job_can_be_stopped_at_once() {
    FakeStudio fake;
    QVERIFY(fake.load());
    fake.control->allow(0);
    fake.studio.drawing.start(formOf(fake, "a boat"));
    fake.studio.conversation.send(QStringLiteral("hello"));
    QCOMPARE(fake.studio.line.waiting(), 1);
    fake.studio.conversation.stop();
    QCOMPARE(fake.studio.conversation.turns()[1].state, Turn::State::stopped);
    QVERIFY(!fake.studio.conversation.answering());
    QVERIFY(fake.idle());
    QVERIFY(fake.studio.drawing.picture()->image);
  }
  void a_new_chat_forgets_the_running_answer() {
    FakeStudio fake;
    QVERIFY(fake.load());
    auto& chat = fake.studio.conversation;
    fake.control->allow(2);
    chat.send(QStringLiteral("hello"));
    QTRY_COMPARE(chat.turns()[1].text, QStringLiteral("Message 1"));
    chat.clear();
    QVERIFY(fake.idle());
    QVERIFY(chat.turns().empty());
    QVERIFY(!chat.answering());
  }
  void a_file_that_is_no_picture_says_so_and_blocks_sending() {
    FakeStudio fake;
    QVERIFY(fake.load());
    write_file(toPath(fake.path("no.png")), "this is no picture");
    auto& chat = fake.studio.conversation;
    chat.attachFile(fake.path("no.png"));
    QTRY_VERIFY(!chat.attachments()[0].reading);
    QVERIFY(chat.attachments()[0].picture.error.contains(QStringLiteral("no.png")));
    QVERIFY(!chat.problem(QStringLiteral("what is it?")).isEmpty());
    chat.removeAttachment(chat.attachments()[0].key);
    QVERIFY(chat.problem(QStringLiteral("what is it?")).isEmpty());
  }
  void too_many_pictures_are_refused_with_a_sentence() {
    FakeStudio fake;
    QVERIFY(fake.load());
    const QString file = fake.picture("one.png");
    auto& chat = fake.studio.conversation;
    for (int i = 0; i < 17; ++i) chat.attachFile(file);
    QCOMPARE(chat.attachments().back().picture.error, QStringLiteral("One question takes at most 16 pictures."));
    QTRY_VERIFY(std::none_of(chat.attachments().begin(), chat.attachments().end(), [](auto& a) { return a.reading; }));
    QCOMPARE(chat.attachments().size(), size_t(17));
  }
  void bytes_of_a_picture_are_read_like_its_file() {
    FakeStudio fake;
    const std::string bytes = read_file(toPath(fake.picture("one.png")), 1 << 20);
    fake.studio.conversation.attachBytes(QByteArray::fromStdString(bytes), QStringLiteral("pasted"));
    QTRY_VERIFY(!fake.studio.conversation.attachments()[0].reading);
    QCOMPARE(fake.studio.conversation.attachments()[0].picture.image->width, 64);
  }
  void a_model_that_does_not_see_refuses_pictures() {
    FakeStudio fake;
    fake.control->info.can.see = false;
    QVERIFY(fake.load());
    fake.studio.conversation.attachFile(fake.picture("one.png"));
    QTRY_VERIFY(!fake.studio.conversation.attachments()[0].reading);
    QCOMPARE(fake.studio.conversation.problem(QStringLiteral("what?")),
             QStringLiteral("This model does not look at pictures."));
  }
  void a_transparent_picture_is_laid_over_white() {
    QImage image(2, 1, QImage::Format_ARGB32);
    image.setPixelColor(0, 0, QColor(0, 0, 0, 0));
    image.setPixelColor(1, 0, QColor(10, 20, 30, 255));
    const Image got = toImage(image);
    QCOMPARE(got.pixels, (std::vector<uint8_t>{255, 255, 255, 10, 20, 30}));
  }

  // --- forms
  void a_form_is_checked_against_what_the_model_can_do_data() {
    QTest::addColumn<int>("width");
    QTest::addColumn<int>("steps");
    QTest::addColumn<QString>("seed");
    QTest::addColumn<QString>("prompt");
    QTest::addColumn<QString>("sentence");
    QTest::newRow("right") << 640 << 10 << "18446744073709551615" << "a boat" << "";
    QTest::newRow("no prompt") << 512 << 10 << "" << "  " << "Write what to draw.";
    QTest::newRow("not a multiple") << 513 << 10 << "" << "a boat" << "Both sides must be multiples of 8 pixels.";
    QTest::newRow("too long") << 1032 << 10 << "" << "a boat" << "No side may be longer than 1024 pixels.";
    QTest::newRow("steps") << 512 << 11 << "" << "a boat" << "This model does not paint in 11 steps.";
    QTest::newRow("seed") << 512 << 10 << "-1" << "a boat"
                          << "The seed must be a whole number from 0 to 18446744073709551615.";
    QTest::newRow("seed too large") << 512 << 10 << "18446744073709551616" << "a boat"
                                    << "The seed must be a whole number from 0 to 18446744073709551615.";
  }
  void a_form_is_checked_against_what_the_model_can_do() {
    QFETCH(int, width);
    QFETCH(int, steps);
    QFETCH(QString, seed);
    QFETCH(QString, prompt);
    QFETCH(QString, sentence);
    Capabilities can = drawer();
    can.paint_steps = {4, 10};
    CreateForm form = withDefaults(CreateForm(), can);
    form.width = width;
    form.paint_steps = steps;
    form.seed = seed;
    form.prompt = prompt;
    QCOMPARE(problem(form, can), sentence);
  }
  void a_fixed_size_is_the_only_size() {
    Capabilities can = drawer();
    can.free_size = false;
    CreateForm form = withDefaults(CreateForm(), can);
    form.prompt = QStringLiteral("a boat");
    QVERIFY(problem(form, can).isEmpty());
    form.width = 256;
    QCOMPARE(problem(form, can), QStringLiteral("This model paints only pictures of 512 × 512 pixels."));
  }
  void a_file_name_is_made_of_words_and_seed() {
    Recipe recipe;
    recipe.prompt = "A green flower: left/of \"a\" yellow fish\n";
    recipe.seed = 41;
    QCOMPARE(fileNameFor(recipe), QStringLiteral("a-green-flower-left-of-a-yellow-fish-41.png"));
    recipe.prompt = "../..";
    QCOMPARE(fileNameFor(recipe), QStringLiteral("picture-41.png"));
  }

  // --- drawing
  void a_picture_sharpens_in_place_and_ends_with_its_recipe() {
    FakeStudio fake;
    QVERIFY(fake.load());
    auto& job = fake.studio.drawing;
    fake.control->allow(3);  // read, two plan steps
    job.start(formOf(fake, "a boat"));
    QTRY_VERIFY(job.picture() && !job.picture()->plan_map.isNull());
    QTRY_COMPARE(job.picture()->shown.width(), 32);
    QCOMPARE(job.stageText(), QStringLiteral("plan 2 of 6"));
    QVERIFY(fake.advance(6));
    QCOMPARE(job.picture()->shown.width(), 64);
    QCOMPARE(job.stageText(), QStringLiteral("paint 2 of 8"));
    QCOMPARE(job.timeText(), QStringLiteral("0.21 s a step · about 1 s left of this stage"));
    QVERIFY(fake.idle());
    QCOMPARE(job.picture()->shown.width(), 128);
    QCOMPARE(job.picture()->state, Picture::State::done);
    QCOMPARE(job.picture()->recipe.seed, uint64_t(7));
    QCOMPARE(job.picture()->recipe.model_name, std::string("Paper World"));
    QVERIFY(!job.picture()->plan_map.isNull());
  }
  void the_selection_follows_a_run_until_the_user_chooses() {
    FakeStudio fake;
    QVERIFY(fake.load());
    auto& job = fake.studio.drawing;
    fake.control->allow(0);
    job.start(formOf(fake, "a boat", 4));
    QCOMPARE(job.pictures().size(), size_t(4));
    QVERIFY(fake.advance(18));  // the first is done, the second begins
    QTRY_COMPARE(job.selected(), 1);
    job.select(0);
    QVERIFY(fake.idle());
    QCOMPARE(job.selected(), 0);
    QCOMPARE(job.pictures()[3].recipe.seed, uint64_t(10));
  }
  void a_stopped_run_keeps_what_was_seen_and_drops_the_rest() {
    FakeStudio fake;
    QVERIFY(fake.load());
    auto& job = fake.studio.drawing;
    fake.control->allow(16 + 10);  // the first picture and most of the second
    job.start(formOf(fake, "a boat", 4));
    QTRY_COMPARE(fake.control->taken.load(), fake.control->allowed.load());
    QTRY_COMPARE(job.selected(), 1);
    job.stop();
    QTRY_VERIFY(!job.drawing());
    QCOMPARE(job.pictures().size(), size_t(2));
    QCOMPARE(job.pictures()[0].state, Picture::State::done);
    QCOMPARE(job.pictures()[1].state, Picture::State::stopped);
    QVERIFY(!job.pictures()[1].shown.isNull());
    QVERIFY(job.error().isEmpty());
  }
  void a_failed_run_shows_the_sentence_and_the_next_one_works() {
    FakeStudio fake;
    QVERIFY(fake.load());
    auto& job = fake.studio.drawing;
    job.start(formOf(fake, "impossible"));
    QVERIFY(fake.idle());
    QCOMPARE(job.error(), QStringLiteral("The prompt has 900 tokens and 447 fit; make it shorter."));
    QVERIFY(job.pictures().empty());
    QCOMPARE(job.selected(), -1);
    job.start(formOf(fake, "a boat"));
    QVERIFY(fake.idle());
    QVERIFY(job.error().isEmpty());
    QVERIFY(job.picture()->image);
  }
  void a_saved_picture_holds_its_recipe() {
    FakeStudio fake;
    QVERIFY(fake.load());
    fake.studio.drawing.start(formOf(fake, "a boat"));
    QVERIFY(fake.idle());
    const Picture& picture = *fake.studio.drawing.picture();
    fake.studio.out.save(fake.path("boat.png"), picture.image, picture.recipe);
    QTRY_COMPARE(fake.studio.out.message(), QStringLiteral("Saved as boat.png."));
    const std::string bytes = read_file(toPath(fake.path("boat.png")), 1 << 20);
    QVERIFY(recipe_in_png(bytes, "boat.png") == picture.recipe);
    const auto texts = read_png_texts(std::as_bytes(std::span(bytes.data(), bytes.size())));
    QVERIFY(std::any_of(texts.begin(), texts.end(), [](const auto& t) {
      return t.keyword == "parameters" && t.text.starts_with("a boat\n") && t.text.find("Seed: 7") != std::string::npos;
    }));
    QVERIFY(load_image(toPath(fake.path("boat.png"))) == *picture.image);
  }
  void a_save_that_fails_says_why() {
    FakeStudio fake;
    QVERIFY(fake.load());
    fake.studio.drawing.start(formOf(fake, "a boat"));
    QVERIFY(fake.idle());
    const Picture& picture = *fake.studio.drawing.picture();
    fake.studio.out.save(fake.path("no/such/folder.png"), picture.image, picture.recipe);
    QTRY_VERIFY(fake.studio.out.failed());
    QVERIFY(fake.studio.out.message().contains(QStringLiteral("no/such/folder.png")));
  }
  void a_copied_picture_holds_its_recipe() {
    FakeStudio fake;
    QVERIFY(fake.load());
    fake.studio.drawing.start(formOf(fake, "a boat"));
    QVERIFY(fake.idle());
    const Picture& picture = *fake.studio.drawing.picture();
    fake.studio.out.copy(picture.image, picture.recipe);
    QTRY_VERIFY(!fake.studio.out.message().isEmpty());
    const auto* data = QGuiApplication::clipboard()->mimeData();
    const std::string bytes = data->data(QStringLiteral("image/png")).toStdString();
    QVERIFY(recipe_in_png(bytes, "clipboard") == picture.recipe);
    QCOMPARE(qvariant_cast<QImage>(data->imageData()).width(), 128);
  }

  // --- job line
  void the_job_line_names_stage_steps_and_pace() {
    FakeStudio fake;
    QVERIFY(fake.load());
    QVERIFY(fake.studio.line.stage().startsWith(QStringLiteral("done in")));
    fake.control->allow(1 + 6 + 5);
    fake.studio.drawing.start(formOf(fake, "a boat"));
    QTRY_COMPARE(fake.studio.line.count(), QStringLiteral("5/8"));
    QCOMPARE(fake.studio.line.stage(), QStringLiteral("paint"));
    QCOMPARE(fake.studio.line.pace(), QStringLiteral("0.21 s a step"));
    QCOMPARE(fake.studio.line.remaining(), QStringLiteral("~1 s"));
    QCOMPARE(fake.studio.line.fraction(), 5.0 / 8);
    fake.studio.line.stop();
    QCOMPARE(fake.studio.line.stage(), QStringLiteral("stopping"));
    QTRY_COMPARE(fake.studio.line.stage(), QStringLiteral("stopped"));
  }
  void the_remaining_time_rises_only_with_a_word() {
    Remaining remaining;
    QVERIFY(remaining.text().isEmpty());
    remaining.update(10);
    QCOMPARE(remaining.text(), QStringLiteral("about 10 s left of this stage"));
    remaining.update(11);  // noise
    QCOMPARE(remaining.text(), QStringLiteral("about 10 s left of this stage"));
    remaining.update(-1);
    QCOMPARE(remaining.text(), QStringLiteral("about 10 s left of this stage"));
    remaining.update(20);
    QCOMPARE(remaining.text(), QStringLiteral("slower now, about 20 s left of this stage"));
    remaining.update(15);
    QCOMPARE(remaining.text(), QStringLiteral("slower now, about 15 s left of this stage"));
    remaining.update(9);
    QCOMPARE(remaining.text(), QStringLiteral("about 9 s left of this stage"));
  }
};

QTEST_MAIN(States)
#include "states.moc"
