// The conversation without a window: asking, drawing and editing in one thread, branches, the meter, stopping.
#include <QTest>

#include "tests/ui/talking.h"

using namespace b3o;
using namespace b3o::test;

class ChatStatesTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  // --- what sending does
  void the_words_choose_between_ask_draw_and_edit() {
    Talking fake;
    QVERIFY(fake.load());
    QCOMPARE(fake.chat.intentOf(QStringLiteral("what is a fish?")), Intent::ask);
    QCOMPARE(fake.chat.intentOf(QStringLiteral("draw a fish")), Intent::draw);
    QCOMPARE(fake.chat.intentOf(QStringLiteral("make the fish red")), Intent::ask);
    QVERIFY(fake.say("draw a fish"));
    QCOMPARE(fake.chat.intentOf(QStringLiteral("make the fish red")), Intent::edit);
  }
  void an_override_always_wins() {
    Talking fake;
    QVERIFY(fake.load());
    fake.chat.choose(Intent::draw);
    QVERIFY(fake.say("what is a fish?"));
    QVERIFY(std::holds_alternative<GenerateRequest>(fake.control->asked().back()));
    fake.chat.choose(Intent::ask);
    QVERIFY(fake.say("draw a fish"));
    QVERIFY(std::holds_alternative<ChatRequest>(fake.control->asked().back()));
    fake.chat.choose({});
    QCOMPARE(fake.chat.intentOf(QStringLiteral("draw a fish")), Intent::draw);
  }
  void without_automatic_choice_it_asks() {
    Talking fake;
    QVERIFY(fake.load());
    fake.chat.setAutomatic(false);
    QCOMPARE(fake.chat.intentOf(QStringLiteral("draw a fish")), Intent::ask);
    fake.chat.choose(Intent::draw);
    QCOMPARE(fake.chat.intentOf(QStringLiteral("hello")), Intent::draw);
  }
  void what_the_model_cannot_do_is_said() {
    Talking fake;
    fake.control->info.can.edit = false;
    QVERIFY(fake.load());
    fake.chat.choose(Intent::edit);
    QCOMPARE(fake.chat.problem(QStringLiteral("make it red")), QStringLiteral("This model does not edit pictures."));
    fake.chat.choose(Intent::draw);
    QVERIFY(fake.attach("a", 0xff0000));
    QVERIFY(fake.chat.problem(QStringLiteral("a fish")).startsWith(QStringLiteral("Drawing takes only words")));
  }
  void an_edit_without_any_picture_says_what_is_missing() {
    Talking fake;
    QVERIFY(fake.load());
    fake.chat.choose(Intent::edit);
    QCOMPARE(fake.chat.problem(QStringLiteral("make it red")),
             QStringLiteral("Attach the picture that is to be changed."));
  }

  // --- pictures in the thread
  void a_drawing_shows_both_stages_and_ends_as_a_picture() {
    Talking fake;
    QVERIFY(fake.load());
    fake.control->allow(3);  // read, two plan steps
    fake.chat.send(QStringLiteral("draw a boat"));
    QTRY_COMPARE(fake.last().state, Turn::State::drawing);
    QTRY_COMPARE(fake.last().preview.width(), 32);
    QTRY_COMPARE(fake.last().progress.stage, Stage::plan);
    QTRY_COMPARE(fake.last().progress.done, 2);
    QVERIFY(fake.advance(6));
    QCOMPARE(fake.last().progress.stage, Stage::paint);
    QCOMPARE(fake.last().preview.width(), 64);
    QCOMPARE(fake.last().time, QStringLiteral("0.21 s a step · about 1 s left of this stage"));
    QVERIFY(fake.idle());
    QCOMPARE(fake.last().state, Turn::State::done);
    QCOMPARE(fake.last().pictures.size(), size_t(1));
    QCOMPARE(fake.last().pictures[0].picture.image->width, 128);
    QCOMPARE(fake.last().pictures[0].recipe->prompt, std::string("draw a boat"));
    QVERIFY(fake.last().seconds > 0);
  }
  void a_stopped_drawing_keeps_its_last_estimate() {
    Talking fake;
    QVERIFY(fake.load());
    fake.control->allow(4);
    fake.chat.send(QStringLiteral("draw a boat"));
    QTRY_VERIFY(!fake.last().preview.isNull());
    fake.chat.stop();
    QTRY_COMPARE(fake.last().state, Turn::State::stopped);
    QVERIFY(!fake.chat.answering());
    QVERIFY(fake.last().pictures.empty());
  }
  void a_failed_drawing_says_why_and_the_next_works() {
    Talking fake;
    QVERIFY(fake.load());
    QVERIFY(fake.say("draw an impossible thing"));
    QCOMPARE(fake.last().error, QStringLiteral("The prompt has 900 tokens and 447 fit; make it shorter."));
    QVERIFY(fake.say("draw a boat"));
    QCOMPARE(fake.last().pictures.size(), size_t(1));
  }
  void a_refusal_is_an_answer_and_no_failure() {
    Talking fake;
    QVERIFY(fake.load());
    QVERIFY(fake.say("draw an unknown thing"));
    QCOMPARE(fake.last().state, Turn::State::done);
    QCOMPARE(fake.last().intent, Intent::ask);
    QVERIFY(fake.last().error.isEmpty());
    QCOMPARE(fake.last().text, QStringLiteral("I only draw boats. Try: a boat."));
    QVERIFY(fake.say("what is it?"));
    QCOMPARE(fake.lastChat().messages.size(), size_t(1));
  }
  void a_drawn_picture_is_in_the_next_question_once() {
    Talking fake;
    QVERIFY(fake.load());
    QVERIFY(fake.say("draw a boat"));
    const SharedImage drawn = fake.last().pictures[0].picture.image;
    QVERIFY(fake.say("what is it?"));
    ChatRequest asked = fake.lastChat();
    QCOMPARE(asked.messages.size(), size_t(1));
    QCOMPARE(asked.messages[0].parts.size(), size_t(2));
    QVERIFY(*asked.messages[0].parts[0].image == *drawn);
    QCOMPARE(asked.messages[0].parts[1].text, std::string("what is it?"));
    QVERIFY(fake.say("and why?"));
    asked = fake.lastChat();
    QCOMPARE(asked.messages.size(), size_t(3));
    QCOMPARE(picturesIn(asked.messages[0]), 1);
    QCOMPARE(picturesIn(asked.messages[2]), 0);
  }
  void a_drawn_picture_has_its_places_in_the_prompt_of_a_real_folder() {
    Talking fake;
    QVERIFY(fake.load());
    QVERIFY(fake.say("draw a boat"));
    QVERIFY(fake.say("what is it?"));
    ChatRequest asked = fake.lastChat();
    asked.options.max_tokens = 2;
    Studio studio({open_family});
    studio.model.load(QStringLiteral(B3O_TEST_DATA "/generation/tiny-blip3o"));
    QTRY_VERIFY_WITH_TIMEOUT(studio.model.ready() && !studio.line.running(), 60000);
    std::vector<AnswerReady> answers;
    connect(&studio.bridge, &EngineBridge::arrived, this, [&](JobId, const Event& event) {
      if (const auto* answer = std::get_if<AnswerReady>(&event)) answers.push_back(*answer);
    });
    studio.bridge.submit(asked);
    QTRY_VERIFY_WITH_TIMEOUT(!studio.line.running(), 60000);
    QCOMPARE(answers.size(), size_t(1));
    QCOMPARE(answers[0].image_grids.size(), size_t(1));
    QVERIFY(answers[0].prompt.find("<|vision_start|><|image_pad|>") != std::string::npos);
  }
  void a_question_that_failed_leaves_the_drawn_picture_to_the_next() {
    Talking fake;
    QVERIFY(fake.load());
    QVERIFY(fake.say("draw a boat"));
    QVERIFY(fake.say("is it impossible?"));
    QCOMPARE(fake.last().state, Turn::State::failed);
    QVERIFY(fake.say("what is it?"));
    QCOMPARE(fake.lastChat().messages.size(), size_t(1));
    QCOMPARE(picturesIn(fake.lastChat().messages[0]), 1);
  }
  void an_edited_picture_takes_the_place_of_its_source() {
    Talking fake;
    QVERIFY(fake.load());
    QVERIFY(fake.say("draw a boat"));
    QVERIFY(fake.say("make the boat red"));
    const SharedImage edited = fake.last().pictures[0].picture.image;
    QVERIFY(fake.say("what is it?"));
    QCOMPARE(picturesIn(fake.lastChat().messages[0]), 1);
    QVERIFY(fake.lastChat().messages[0].parts[0].image == edited);
  }
  void words_edit_the_last_picture() {
    Talking fake;
    QVERIFY(fake.load());
    QVERIFY(fake.say("draw a boat"));
    const SharedImage drawn = fake.last().pictures[0].picture.image;
    QVERIFY(fake.say("make the boat red"));
    const auto edit = std::get<EditRequest>(fake.control->asked().back());
    QVERIFY(edit.source == drawn);
    QVERIFY(!edit.mask);
    QCOMPARE(edit.recipe.task, std::string("edit"));
    QCOMPARE(edit.recipe.prompt, std::string("make the boat red"));
    QCOMPARE(edit.recipe.strength, 0.75);
    QCOMPARE(fake.last().intent, Intent::edit);
  }
  void change_it_carries_that_picture_and_the_words() {
    Talking fake;
    QVERIFY(fake.load());
    QVERIFY(fake.say("draw a boat"));
    const Attachment first = fake.last().pictures[0];
    QVERIFY(fake.say("draw a house"));
    fake.chat.bringPicture(int64_t(first.key), Intent::edit);
    QCOMPARE(fake.chat.attachments().size(), size_t(1));
    QCOMPARE(fake.chat.intentOf(QStringLiteral("what about red?")), Intent::edit);
    QVERIFY(fake.say("what about red?"));
    QVERIFY(std::get<EditRequest>(fake.control->asked().back()).source == first.picture.image);
    QVERIFY(!fake.chat.choice());  // only once
  }
  void ask_about_it_puts_that_picture_into_the_question() {
    Talking fake;
    QVERIFY(fake.load());
    QVERIFY(fake.say("draw a boat"));
    const Attachment first = fake.last().pictures[0];
    fake.chat.bringPicture(int64_t(first.key), Intent::ask);
    fake.chat.bringPicture(int64_t(first.key), Intent::ask);
    QCOMPARE(fake.chat.attachments().size(), size_t(1));
    QVERIFY(fake.say("draw conclusions"));
    QCOMPARE(picturesIn(fake.lastChat().messages[0]), 1);
  }
  void an_attached_picture_is_read_while_one_types() {
    Talking fake;
    QVERIFY(fake.load());
    QVERIFY(fake.say("hello"));
    QVERIFY(fake.attach("p", 0xff0000));
    QTRY_COMPARE(fake.control->asked().size(), size_t(2));
    const ChatRequest ahead = fake.lastChat();
    QVERIFY(!fake.studio.line.running());  // nobody waits for it
    QVERIFY(fake.say("what is it?"));
    const ChatRequest asked = fake.lastChat();
    QCOMPARE(ahead.options.max_tokens, 1);
    QCOMPARE(ahead.messages.size(), asked.messages.size());
    for (size_t i = 0; i < ahead.messages.size(); ++i)
      for (size_t k = 0; k < ahead.messages[i].parts.size(); ++k) {
        QVERIFY(ahead.messages[i].parts[k].image == asked.messages[i].parts[k].image);
        QCOMPARE(ahead.messages[i].parts[k].text, asked.messages[i].parts[k].text);
      }
    QCOMPARE(fake.rows(), 4);
  }
  void a_picture_that_is_to_be_changed_is_not_read_ahead() {
    Talking fake;
    QVERIFY(fake.load());
    fake.chat.choose(Intent::edit);
    QVERIFY(fake.attach("p", 0xff0000));
    QVERIFY(fake.say("red"));
    QCOMPARE(fake.control->asked().size(), size_t(1));
  }
  void several_pictures_keep_their_order() {
    Talking fake;
    QVERIFY(fake.load());
    const QRgb colours[] = {0xff0000, 0x00ff00, 0x0000ff};
    for (const QRgb colour : colours) QVERIFY(fake.attach("p", colour));
    QVERIFY(fake.say("what are these?"));
    const auto& parts = fake.lastChat().messages[0].parts;
    QCOMPARE(parts.size(), size_t(4));
    for (int i = 0; i < 3; ++i) {
      const uint8_t* pixel = parts[size_t(i)].image->at(0, 0);
      QCOMPARE(qRgb(pixel[0], pixel[1], pixel[2]) & 0xffffff, colours[i]);
    }
  }

  // --- branches
  void answering_again_makes_a_branch_after_the_same_turns() {
    Talking fake;
    QVERIFY(fake.load());
    QVERIFY(fake.say("one"));
    QVERIFY(fake.say("two"));
    const auto before = fake.lastChat();
    const QStringList said = texts(fake.chat).mid(0, 3);
    fake.chat.regenerate(3);
    QVERIFY(fake.idle());
    const auto again = fake.lastChat();
    QCOMPARE(again.messages.size(), before.messages.size());
    for (size_t i = 0; i < before.messages.size(); ++i)
      QCOMPARE(again.messages[i].parts[0].text, before.messages[i].parts[0].text);
    QCOMPARE(texts(fake.chat).mid(0, 3), said);
    QCOMPARE(fake.last().branch, 1);
    QCOMPARE(fake.last().branches, 2);
    fake.chat.showBranch(3, -1);
    QCOMPARE(fake.last().branch, 0);
    QCOMPARE(fake.rows(), 4);
  }
  void a_changed_question_is_a_branch_and_the_turns_before_it_stay() {
    Talking fake;
    QVERIFY(fake.load());
    for (const char* text : {"one", "two", "three"}) QVERIFY(fake.say(text));
    const QStringList old = texts(fake.chat);
    fake.chat.resend(2, QStringLiteral("two, otherwise"));
    QVERIFY(fake.idle());
    QCOMPARE(fake.rows(), 4);
    QCOMPARE(texts(fake.chat).mid(0, 2), old.mid(0, 2));
    QCOMPARE(fake.chat.turns()[2].text, QStringLiteral("two, otherwise"));
    QCOMPARE(fake.chat.turns()[2].branches, 2);
    QCOMPARE(fake.lastChat().messages.size(), size_t(3));
    fake.chat.showBranch(2, -1);
    QCOMPARE(texts(fake.chat), old);
    fake.chat.showBranch(2, 1);
    QCOMPARE(fake.rows(), 4);
  }
  void a_changed_question_keeps_its_pictures() {
    Talking fake;
    QVERIFY(fake.load());
    QVERIFY(fake.attach("p", 0xff0000));
    QVERIFY(fake.say("what is it?"));
    fake.chat.resend(0, QStringLiteral("which colour has it?"));
    QVERIFY(fake.idle());
    QCOMPARE(picturesIn(fake.lastChat().messages[0]), 1);
  }
  void a_deleted_turn_leaves_the_request_and_comes_back() {
    Talking fake;
    QVERIFY(fake.load());
    for (const char* text : {"one", "two", "three"}) QVERIFY(fake.say(text));
    const QStringList old = texts(fake.chat);
    fake.chat.remove(2);
    QCOMPARE(texts(fake.chat), old.mid(0, 2) + old.mid(4));
    Steps& steps = fake.studio.conversations.steps();
    QVERIFY(steps.undo());
    QCOMPARE(texts(fake.chat), old);
    fake.chat.remove(5);  // by its answer
    QCOMPARE(texts(fake.chat), old.mid(0, 4));
    QVERIFY(fake.say("four"));
    QCOMPARE(fake.lastChat().messages.size(), size_t(5));
    QVERIFY(steps.undo());
    QVERIFY(!texts(fake.chat).contains(QStringLiteral("four")));  // the other branch is shown
    fake.chat.showBranch(4, 1);
    QVERIFY(texts(fake.chat).contains(QStringLiteral("four")));
  }
  void nothing_is_deleted_while_an_answer_is_written() {
    Talking fake;
    QVERIFY(fake.load());
    fake.control->allow(2);
    fake.chat.send(QStringLiteral("one"));
    fake.chat.remove(0);
    fake.chat.regenerate(1);
    QCOMPARE(fake.rows(), 2);
    QVERIFY(fake.idle());
  }

  // --- the meter
  void the_meter_counts_what_the_model_counted_and_estimates_the_rest() {
    Talking fake;
    QVERIFY(fake.load());
    QVERIFY(fake.say("hello"));
    ContextUse use = fake.chat.context({});
    QCOMPARE(use.tokens, 20);
    QCOMPARE(use.limit, 1024);
    QVERIFY(!use.about);
    use = fake.chat.context(QStringLiteral("a longer question than before"));
    QVERIFY(use.about);
    QVERIFY(use.tokens > 25 && use.tokens < 50);
    QVERIFY(fake.attach("p", 0xff0000));
    use = fake.chat.context({});
    QCOMPARE(use.pictures, 1);
    QVERIFY(use.picture_tokens >= 4);
    fake.chat.remove(0);
    QCOMPARE(fake.chat.context({}).tokens, use.picture_tokens);
  }
  void an_attached_picture_has_as_many_tokens_as_the_model_says() {
    Talking fake;
    QVERIFY(fake.load());
    QImage large(2000, 2000, QImage::Format_RGB32);
    large.fill(0x203040);
    const auto attach = [&] {
      fake.chat.attachImage(large, QStringLiteral("large"));
      return QTest::qWaitFor([&] { return !fake.chat.attachments().back().reading; });
    };
    fake.control->allow(0);
    QVERIFY(attach());
    QVERIFY(fake.chat.context({}).warning.isEmpty());  // the model is just reading it
    fake.control->allowAll();
    QTRY_COMPARE(fake.chat.context({}).picture_tokens, 4);
    QVERIFY(fake.chat.context({}).warning.isEmpty());
    QVERIFY(fake.say("what is it?"));
    QCOMPARE(fake.chat.context({}).picture_tokens, 4);
    // A picture that is not read ahead is estimated.
    fake.chat.choose(Intent::edit);
    QVERIFY(attach());
    QVERIFY(fake.chat.context({}).warning.contains(QStringLiteral("would refuse")));
  }
  void the_limit_is_spoken_of_before_it_is_reached() {
    Talking fake;
    QVERIFY(fake.load());
    QVERIFY(fake.chat.context(QString(500, u'a')).warning.isEmpty());
    QVERIFY(fake.chat.context(QString(3300, u'a')).warning.startsWith(QStringLiteral("Nearly full: the answer ends")));
    QVERIFY(fake.chat.context(QString(9000, u'a')).warning.contains(QStringLiteral("would refuse")));
  }
  void each_branch_has_its_own_count() {
    Talking fake;
    QVERIFY(fake.load());
    QVERIFY(fake.say("hello"));
    fake.chat.resend(0, QStringLiteral("hello"));
    QVERIFY(fake.idle());
    QVERIFY(fake.say("more"));
    QVERIFY(fake.chat.contextTokens() > 20);
    fake.chat.showBranch(0, -1);
    QCOMPARE(fake.chat.contextTokens(), 20);
  }

  // --- stopping
  void stop_ends_the_answer_within_one_token() {
    Talking fake;
    QVERIFY(fake.load());
    fake.control->tokens = 1000;
    fake.control->allow(5);
    fake.chat.send(QStringLiteral("a story"));
    QTRY_COMPARE(fake.control->taken.load(), fake.control->allowed.load());
    QTRY_VERIFY(!fake.last().text.isEmpty());
    const int before = fake.control->taken;
    fake.chat.stop();
    fake.control->allowAll();
    QTRY_COMPARE(fake.last().state, Turn::State::stopped);
    QVERIFY(fake.control->taken - before <= 1);
    QVERIFY(!fake.last().text.isEmpty());
  }
  void an_answer_goes_on_while_another_conversation_is_shown() {
    Talking fake;
    QVERIFY(fake.load());
    fake.control->allow(3);
    fake.chat.send(QStringLiteral("hello"));
    QVERIFY(fake.settled());
    const int64_t id = fake.studio.conversations.current();
    QVERIFY(id > 0);
    fake.studio.conversations.newChat();
    QVERIFY(!fake.chat.answering());
    fake.chat.send(QStringLiteral("another"));
    QVERIFY(fake.idle());
    QCOMPARE(fake.rows(), 2);
    QVERIFY(fake.last().text.contains(QStringLiteral("another")));
    QVERIFY(fake.settled());
    fake.studio.conversations.open(id);
    QTRY_COMPARE(fake.chat.turns()[0].text, QStringLiteral("hello"));
    QVERIFY(fake.last().text.endsWith(QStringLiteral("\"hello\".")));
  }
};

QTEST_MAIN(ChatStatesTest)
#include "chat_states.moc"
