// The Chat page, driven as a user drives it.
#include <QApplication>
#include <QClipboard>
#include <QGuiApplication>
#include <QLineEdit>
#include <QTest>

#include "tests/ui/support.h"

using namespace b3o;
using b3o::test::FakeWindow;

namespace {

struct Fake : FakeWindow {
  Conversation& talk = studio.conversation;
  ChatPage* page = window.chat();
  QuestionEdit* edit = page->composer()->edit();

  bool active() {
    window.activateWindow();
    return QTest::qWaitForWindowActive(&window);
  }
  bool say(const char* text) {
    QTest::keyClicks(edit, QString::fromUtf8(text));
    QTest::keyClick(edit, Qt::Key_Return);
    return idle() && edit->toPlainText().isEmpty();
  }
  TurnView* row(int index) { return page->thread()->turn(index); }
  QString automatic() { return page->composer()->intent()->automatic()->text(); }
  int lines() const { return int(studio.conversations.lines().size()); }
};

QPushButton* named(QWidget* root, const char* name) {
  for (auto* button : root->findChildren<QPushButton*>())
    if (button->accessibleName() == QLatin1String(name)) return button;
  return nullptr;
}

void click(QAbstractButton* button) {
  QVERIFY(button);
  QTRY_VERIFY(button->isVisible() && button->isEnabled());
  QTest::mouseClick(button, Qt::LeftButton);
}

}  // namespace

class ChatTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void a_refused_drawing_is_shown_as_an_answer() {
    Fake fake;
    QVERIFY(fake.load());
    QVERIFY(fake.say("draw an unknown thing"));
    QTRY_VERIFY(fake.row(1)->answer());
    QCOMPARE(fake.row(1)->answer()->findChild<PlainText*>()->text(), QStringLiteral("I only draw boats. Try: a boat."));
  }
  // --- the switch
  void auto_shows_its_choice_while_one_types() {
    Fake fake;
    QVERIFY(fake.load() && fake.active());
    QCOMPARE(fake.automatic(), QStringLiteral("Auto"));
    QTest::keyClicks(fake.edit, QStringLiteral("what is it"));
    QCOMPARE(fake.automatic(), QStringLiteral("Auto: Ask"));
    fake.edit->clear();
    QTest::keyClicks(fake.edit, QStringLiteral("draw a fish"));
    QCOMPARE(fake.automatic(), QStringLiteral("Auto: Draw"));
    QVERIFY(fake.page->composer()->intent()->automatic()->toolTip().contains(QStringLiteral("want a picture")));
  }
  void one_click_changes_the_choice() {
    Fake fake;
    QVERIFY(fake.load() && fake.active());
    auto* choice = fake.page->composer()->intent();
    QTest::keyClicks(fake.edit, QStringLiteral("draw a fish"));
    click(choice->button(Intent::ask));
    QVERIFY(choice->button(Intent::ask)->isChecked());
    QTest::keyClick(fake.edit, Qt::Key_Return);
    QVERIFY(fake.idle());
    QCOMPARE(fake.talk.turns()[1].intent, Intent::ask);
    QVERIFY(choice->button(Intent::ask)->isChecked());
    click(choice->automatic());
    QTest::keyClicks(fake.edit, QStringLiteral("draw a fish"));
    QCOMPARE(fake.automatic(), QStringLiteral("Auto: Draw"));
  }
  void auto_can_be_switched_off_and_stays_off() {
    Fake fake;
    QVERIFY(fake.load() && fake.active());
    QTest::keyClick(fake.edit, Qt::Key_M, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(!fake.page->composer()->intent()->automatic()->isVisible());
    QVERIFY(fake.page->composer()->intent()->button(Intent::ask)->isChecked());
    QVERIFY(!Settings(fake.store).automaticIntent());
    MainWindow again(fake.studio, Settings(fake.store), {.make_model = {}, .tiny_folder = {}, .theme = Theme::dark});
    QVERIFY(!fake.talk.automatic());
    QTest::keyClick(fake.edit, Qt::Key_M, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(fake.page->composer()->intent()->automatic()->isVisible());
  }
  void only_what_the_model_does_can_be_chosen() {
    Fake fake;
    fake.control->info.can.edit = false;
    QVERIFY(fake.load());
    auto* choice = fake.page->composer()->intent();
    QVERIFY(!choice->button(Intent::edit)->isEnabled());
    QVERIFY(choice->button(Intent::draw)->isEnabled());
    fake.control->info.can.draw = false;
    QVERIFY(fake.load());
    QVERIFY(!choice->isVisible());
  }

  // --- pictures
  void a_picture_turn_shows_its_stages_and_then_its_actions() {
    Fake fake;
    QVERIFY(fake.load() && fake.active());
    fake.control->allow(12);  // read, plan 6, paint 5
    QTest::keyClicks(fake.edit, QStringLiteral("draw a boat"));
    QTest::keyClick(fake.edit, Qt::Key_Return);
    QTRY_VERIFY(fake.row(1)->picture()->head()->text().endsWith(QStringLiteral("read ✓ · plan ✓ · paint 5 of 8")));
    QVERIFY(fake.row(1)->picture()->stop()->isVisible());
    QVERIFY(!fake.row(1)->picture()->ask()->isVisible());
    QVERIFY(fake.idle());
    auto* picture = fake.row(1)->picture();
    QVERIFY(!picture->stop()->isVisible());
    for (auto* button : {picture->ask(), picture->change(), picture->recipe(), picture->save()})
      QVERIFY(button->isVisible());
    QVERIFY(picture->head()->text().startsWith(QStringLiteral("Drawn · seed ")));
    QVERIFY(picture->head()->text().contains(QStringLiteral("plan 6, paint 8 steps · 1.9 s")));
  }
  void change_it_goes_to_the_composer_and_edits() {
    Fake fake;
    QVERIFY(fake.load() && fake.active());
    QVERIFY(fake.say("draw a boat"));
    click(fake.row(1)->picture()->change());
    QVERIFY(fake.edit->hasFocus());
    QVERIFY(fake.page->composer()->intent()->button(Intent::edit)->isChecked());
    QCOMPARE(fake.talk.attachments().size(), size_t(1));
    QVERIFY(fake.say("a red one"));
    QCOMPARE(fake.talk.turns()[3].intent, Intent::edit);
    QVERIFY(fake.row(3)->picture()->head()->text().startsWith(QStringLiteral("Edited · seed ")));
    QVERIFY(fake.page->composer()->intent()->automatic()->isChecked());
  }
  void the_recipe_opens_under_the_picture() {
    Fake fake;
    QVERIFY(fake.load() && fake.active());
    QVERIFY(fake.say("draw a boat"));
    click(fake.row(1)->picture()->recipe());
    bool found = false;
    for (auto* lines : fake.row(1)->findChildren<Paragraph*>())
      found = found ||
              (lines->isVisible() && lines->text().contains(QStringLiteral("Words: draw a boat\nModel: Paper World")));
    QVERIFY(found);
  }
  void stop_at_the_picture_ends_it() {
    Fake fake;
    QVERIFY(fake.load() && fake.active());
    fake.control->allow(4);
    QTest::keyClicks(fake.edit, QStringLiteral("draw a boat"));
    QTest::keyClick(fake.edit, Qt::Key_Return);
    QTRY_VERIFY(fake.row(1)->picture()->stop()->isVisible());
    click(fake.row(1)->picture()->stop());
    QTRY_VERIFY(!fake.talk.answering());
    QVERIFY(fake.row(1)->picture()->head()->text().startsWith(QStringLiteral("Stopped")));
  }

  // --- branches
  void a_question_is_changed_in_its_place() {
    Fake fake;
    QVERIFY(fake.load() && fake.active());
    QVERIFY(fake.say("one"));
    QVERIFY(fake.say("two"));
    click(named(fake.row(2), "Edit the question and send it again"));
    auto* editor = fake.row(2)->question()->editor();
    QVERIFY(editor && editor->hasFocus());
    QCOMPARE(editor->toPlainText(), QStringLiteral("two"));
    QTest::keyClick(editor, Qt::Key_Escape);
    QVERIFY(!fake.row(2)->question()->editing());
    click(named(fake.row(2), "Edit the question and send it again"));
    QTest::keyClicks(fake.row(2)->question()->editor(), QStringLiteral(", changed"));
    QTest::keyClick(fake.row(2)->question()->editor(), Qt::Key_Return);
    QVERIFY(fake.idle());
    QCOMPARE(fake.talk.turns()[2].text, QStringLiteral("two, changed"));
    QVERIFY(fake.row(2)->actions()->before()->isVisible());
    click(fake.row(2)->actions()->before());
    QCOMPARE(fake.talk.turns()[2].text, QStringLiteral("two"));
    QCOMPARE(fake.row(2)->question()->findChild<PlainText*>()->text(), QStringLiteral("two"));
    click(fake.row(2)->actions()->behind());
    QCOMPARE(fake.talk.turns()[2].text, QStringLiteral("two, changed"));
  }
  void control_r_answers_again() {
    Fake fake;
    QVERIFY(fake.load() && fake.active());
    QVERIFY(fake.say("one"));
    QTest::keyClick(fake.edit, Qt::Key_R, Qt::ControlModifier);
    QVERIFY(fake.idle());
    QCOMPARE(fake.talk.turns()[1].branches, 2);
    QVERIFY(fake.row(1)->actions()->before()->isVisible());
  }
  void a_deleted_turn_comes_back_by_its_button_and_key() {
    Fake fake;
    QVERIFY(fake.load() && fake.active());
    QVERIFY(fake.say("one"));
    QVERIFY(fake.say("two"));
    QVERIFY(!fake.page->undoBar()->isVisible());
    for (int i = 0; i < 2; ++i) {
      click(named(fake.row(0), "Delete the question and its answer"));
      QCOMPARE(fake.page->thread()->turns(), 2);
      QVERIFY(fake.page->undoBar()->isVisible());
      if (i == 0)
        click(fake.page->undoBar()->undoButton());
      else
        QTest::keyClick(fake.window.statusLine()->chip(), Qt::Key_Z, Qt::ControlModifier);
      QCOMPARE(fake.page->thread()->turns(), 4);
      QVERIFY(!fake.page->undoBar()->undoButton()->isVisible());
    }
    click(fake.page->undoBar()->redoButton());
    QCOMPARE(fake.page->thread()->turns(), 2);
    QVERIFY(!fake.page->undoBar()->redoButton()->isVisible());
    click(named(fake.page->undoBar(), "Hide this"));
    QVERIFY(!fake.page->undoBar()->isVisible());
    QTest::keyClick(fake.window.statusLine()->chip(), Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(fake.page->thread()->turns(), 4);
  }

  // --- answers
  void an_answer_is_shown_in_blocks_without_rich_text() {
    Fake fake;
    fake.control->answer =
        "# Title\nSome **bold** and `code`.\n\n- one\n- <b>two</b>\n\n```cpp\nint a = 1;\n```\n[a](http://b)";
    QVERIFY(fake.load() && fake.active());
    QVERIFY(fake.say("hello"));
    auto* text = fake.row(1)->answer()->text();
    QCOMPARE(text->blocks().size(), size_t(6));
    QCOMPARE(text->block(1)->text(), QStringLiteral("Some bold and code."));
    QCOMPARE(text->block(3)->text(), QStringLiteral("<b>two</b>"));
    QCOMPARE(text->block(5)->text(), QStringLiteral("a (http://b)"));
    click(named(text, "Copy the code"));
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("int a = 1;"));
    click(named(fake.row(1), "Copy the answer"));
    QCOMPARE(QGuiApplication::clipboard()->text().toStdString(), fake.control->answer);
  }
  void the_copy_button_of_a_block_takes_exactly_its_code() {
    const QString first = QStringLiteral("def f(a):\n\treturn **a  # <b>  \n\n\n    - no list"),
                  second = QStringLiteral("  $ ls *.png\n");
    Fake fake;
    fake.control->answer = (QStringLiteral("Two:\n```python\n") + first + QStringLiteral("\n```\nand\n\n```\n") +
                            second + QStringLiteral("\n```\nthe end"))
                               .toStdString();
    QVERIFY(fake.load() && fake.active());
    QVERIFY(fake.say("hello"));
    QStringList copied;
    for (auto* button : fake.row(1)->answer()->text()->findChildren<QPushButton*>()) {
      if (button->accessibleName() != QStringLiteral("Copy the code")) continue;
      click(button);
      copied << QGuiApplication::clipboard()->text();
    }
    QCOMPARE(copied, (QStringList{first, second}));
  }
  void text_that_streams_looks_like_text_at_once() {
    const QString source = QStringLiteral(
        "# Title\nSome **bold** text that is long enough to be wrapped into a second line, and `code`.\n\n1. one\n"
        "2. *two*\n   more\n\n```\nint a;\n\nint b;\n```\nThe **end");
    AnswerText whole, bits;
    for (auto* text : {&whole, &bits}) text->resize(320, 10);
    whole.setSource(source);
    for (qsizetype i = 0; i < source.size(); i += 3) bits.append(source.mid(i, 3));
    for (auto* text : {&whole, &bits}) text->show();
    QTest::qWait(50);
    for (auto* text : {&whole, &bits}) text->setFixedSize(320, text->sizeHint().height());
    QTest::qWait(50);
    if (auto* focused = QApplication::focusWidget()) focused->clearFocus();
    QCOMPARE(bits.grab().toImage(), whole.grab().toImage());
  }
  void a_meter_near_the_limit_warns_in_the_composer() {
    Fake fake;
    QVERIFY(fake.load() && fake.active());
    fake.edit->setPlainText(QString(3300, u'a'));
    QVERIFY(fake.page->composer()->warning().startsWith(QStringLiteral("Nearly full")));
    QVERIFY(fake.page->composer()->meter()->text().startsWith(QStringLiteral("about ")));
    fake.edit->setPlainText(QStringLiteral("draw ") + QString(3300, u'a'));
    QVERIFY(fake.page->composer()->warning().isEmpty());  // drawing reads nothing of the conversation
  }

  // --- the list
  void a_click_opens_a_conversation_and_its_draft() {
    Fake fake;
    QVERIFY(fake.load() && fake.active());
    QVERIFY(fake.say("first"));
    QTest::keyClicks(fake.edit, QStringLiteral("not sent"));
    QTRY_COMPARE(fake.lines(), 1);
    QTest::keyClick(fake.edit, Qt::Key_N, Qt::ControlModifier);
    QVERIFY(fake.edit->toPlainText().isEmpty());
    QVERIFY(fake.say("second"));
    QTRY_COMPARE(fake.lines(), 2);
    auto* panel = fake.page->panel();
    QTRY_COMPARE(panel->model()->rowCount(), 3);  // with the day
    QTRY_COMPARE(panel->view()->currentIndex().data().toString(), QStringLiteral("second"));
    const QModelIndex other = panel->model()->index(2);
    QCOMPARE(other.data().toString(), QStringLiteral("first"));
    QTest::mouseClick(panel->view()->viewport(), Qt::LeftButton, {}, panel->view()->visualRect(other).center());
    QTRY_COMPARE(fake.talk.turns()[0].text, QStringLiteral("first"));
    QCOMPARE(fake.edit->toPlainText(), QStringLiteral("not sent"));
  }
  void f2_renames_in_place() {
    Fake fake;
    QVERIFY(fake.load() && fake.active());
    QVERIFY(fake.say("first"));
    QTRY_COMPARE(fake.page->panel()->model()->rowCount(), 2);
    QTest::keyClick(fake.edit, Qt::Key_F2);
    auto* name = fake.page->panel()->view()->viewport()->findChild<QLineEdit*>();
    QVERIFY(name && name->hasFocus());
    name->selectAll();
    QTest::keyClicks(name, QStringLiteral("Mine"));
    QTest::keyClick(name, Qt::Key_Return);
    QTRY_COMPARE(fake.talk.title(), QStringLiteral("Mine"));
    QTRY_COMPARE(QString::fromStdString(fake.studio.conversations.lines()[0].title), QStringLiteral("Mine"));
  }
  void delete_in_the_list_can_be_undone() {
    Fake fake;
    QVERIFY(fake.load() && fake.active());
    QVERIFY(fake.say("first"));
    QTRY_COMPARE(fake.page->panel()->model()->rowCount(), 2);
    fake.page->panel()->view()->setFocus();
    QTest::keyClick(fake.page->panel()->view(), Qt::Key_Delete);
    QTRY_COMPARE(fake.lines(), 0);
    QVERIFY(fake.talk.turns().empty());
    QCOMPARE(fake.page->undoBar()->text(), QStringLiteral("Deleted: first"));
    click(fake.page->undoBar()->undoButton());
    QTRY_COMPARE(fake.lines(), 1);
    QTRY_COMPARE(fake.talk.turns().size(), size_t(2));
  }
  void search_shows_what_has_the_words() {
    Fake fake;
    QVERIFY(fake.load() && fake.active());
    QVERIFY(fake.say("about fish"));
    QTRY_COMPARE(fake.lines(), 1);
    QTest::keyClick(fake.edit, Qt::Key_F, Qt::ControlModifier);
    QVERIFY(fake.page->panel()->search()->hasFocus());
    QTest::keyClicks(fake.page->panel()->search(), QStringLiteral("boat"));
    QTRY_COMPARE(fake.lines(), 0);
    fake.page->panel()->search()->clear();
    QTRY_COMPARE(fake.lines(), 1);
  }
  void days_have_their_headings() {
    const QDateTime now(QDate(2026, 11, 25), QTime(12, 0));
    QCOMPARE(dayHeading(now.addSecs(-3600), now), QStringLiteral("Today"));
    QCOMPARE(dayHeading(now.addDays(-1), now), QStringLiteral("Yesterday"));
    QCOMPARE(dayHeading(now.addDays(-3), now), QStringLiteral("This week"));
    QVERIFY(dayHeading(now.addDays(-40), now).endsWith(QStringLiteral("2026")));
  }
};

QTEST_MAIN(ChatTest)
#include "chat.moc"
