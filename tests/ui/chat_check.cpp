// The self-check under pictures of the chat, over the fake model.
#include <QTest>

#include "tests/ui/talking.h"

using namespace b3o;
using namespace b3o::test;

class ChatCheckTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void what_the_model_says_to_its_own_picture_stands_under_it() {
    FakeWindow fake;
    QVERIFY(fake.load());
    fake.studio.check.setOn(true);
    fake.control->answer = "Yes.";
    fake.studio.conversation.send(QStringLiteral("draw a red house by the sea"));
    QVERIFY(fake.idle());
    auto* view = fake.window.chat()->thread()->turn(1)->picture();
    const QString all = QStringLiteral(
        "The model checks its own picture: 2 of 2 fit\n✓ Is there a red house? Yes.\n✓ Is it by the sea? Yes.");
    QTRY_COMPARE(view->check(), all);
    QCOMPARE(fake.studio.conversation.turns().size(), size_t(2));  // its questions are no part of the talk
    QCOMPARE(fake.studio.drawing.pictures().size(), size_t(0));
    fake.control->answer.clear();
    fake.studio.conversation.send(QStringLiteral("what is it?"));
    QVERIFY(fake.idle());
    const auto asked = std::get<ChatRequest>(fake.control->asked().back());
    QCOMPARE(asked.messages.size(), size_t(1));
    QCOMPARE(view->check(), all);
  }
  void a_failed_check_draws_nothing_again() {
    Talking fake;
    QVERIFY(fake.load());
    fake.studio.check.setOn(true);
    fake.studio.check.setTries(3);
    fake.control->answer = "No.";
    QVERIFY(fake.say("draw a red house"));
    QTRY_VERIFY(fake.chat.turns()[1].pictures[0].check.contains(QStringLiteral("✕ Is there a red house? No.")));
    QVERIFY(fake.idle());
    QVERIFY(fake.chat.turns()[1].pictures[0].check.contains(QStringLiteral("0 of 1 fit")));
    size_t drawn = 0;
    for (const auto& request : fake.control->asked()) drawn += std::holds_alternative<GenerateRequest>(request) ? 1 : 0;
    QCOMPARE(drawn, size_t(1));
  }
  void without_the_check_nothing_is_asked() {
    Talking fake;
    QVERIFY(fake.load());
    QVERIFY(fake.say("draw a red house"));
    QTest::qWait(50);
    QVERIFY(fake.chat.turns()[1].pictures[0].check.isEmpty());
    QCOMPARE(fake.control->asked().size(), size_t(1));
  }
};

QTEST_MAIN(ChatCheckTest)
#include "chat_check.moc"
