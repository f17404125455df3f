// The languages: every word has its translation, and a window that changes its language while it runs is the window
// that was made in that language.
#include <QComboBox>
#include <QFontDatabase>
#include <QLabel>
#include <QMenu>
#include <QProcess>
#include <QRegularExpression>
#include <QScrollArea>
#include <QScrollBar>
#include <QTest>
#include <QXmlStreamReader>

#include "core/base/file.h"
#include "tests/ui/drawing.h"
#include "ui/shell/key_sheet.h"

using namespace b3o;
using namespace b3o::test;

namespace {

struct Message {
  QString context, source;
  QStringList translations;  // more than one: plural forms
  bool unfinished = false, plural = false;
};

std::vector<Message> messagesOf(const QString& file) {
  std::vector<Message> out;
  QFile in(file);
  if (!in.open(QIODevice::ReadOnly)) return out;
  QXmlStreamReader xml(&in);
  QString context;
  while (!xml.atEnd()) {
    xml.readNext();
    if (!xml.isStartElement()) continue;
    if (xml.name() == QLatin1String("name")) context = xml.readElementText();
    if (xml.name() == QLatin1String("message"))
      out.push_back({context, {}, {}, false, xml.attributes().value(QLatin1String("numerus")) == QLatin1String("yes")});
    if (xml.name() == QLatin1String("source")) out.back().source = xml.readElementText();
    if (xml.name() == QLatin1String("translation")) {
      out.back().unfinished = xml.attributes().hasAttribute(QLatin1String("type"));
      if (!out.back().plural) out.back().translations << xml.readElementText();
    }
    if (xml.name() == QLatin1String("numerusform")) out.back().translations << xml.readElementText();
  }
  return out;
}

QStringList placeholders(const QString& text) {
  static const QRegularExpression form(QStringLiteral("%L?(?:n|\\d)"));
  QStringList out;
  for (auto it = form.globalMatch(text); it.hasNext();) out << it.next().captured();
  out.sort();
  return out;
}

// A copy of the translations as lupdate leaves it after looking through the sources.
QString updated(const QTemporaryDir& folder, const char* language) {
  const QString name = QStringLiteral("studio_%1.ts").arg(QLatin1String(language));
  const QString file = folder.filePath(name);
  QFile::copy(QStringLiteral(B3O_SOURCE_DIR "/resources/i18n/") + name, file);
  QStringList arguments{QStringLiteral("-silent"),      QStringLiteral("-locations"), QStringLiteral("none"),
                        QStringLiteral("-no-obsolete"), QStringLiteral("-I"),         QStringLiteral(B3O_SOURCE_DIR)};
  if (qstrcmp(language, "en") == 0) arguments << QStringLiteral("-pluralonly");
  arguments << QStringLiteral("ui") << QStringLiteral("app/studio") << QStringLiteral("-ts") << file;
  QProcess update;
  update.setWorkingDirectory(QStringLiteral(B3O_SOURCE_DIR));
  update.start(QStringLiteral(B3O_LUPDATE), arguments);
  return update.waitForFinished(120000) && update.exitCode() == 0 ? file : QString();
}

// What a widget says, in all the ways it may say it.
QStringList saidBy(const QWidget* widget) {
  QStringList said{widget->accessibleName(), widget->accessibleDescription(), widget->toolTip()};
  if (widget->isWindow()) said << widget->windowTitle();
  if (const auto* button = qobject_cast<const QAbstractButton*>(widget)) said << button->text();
  if (const auto* label = qobject_cast<const QLabel*>(widget)) said << label->text();
  if (const auto* label = qobject_cast<const Label*>(widget)) said << label->text();
  if (const auto* line = qobject_cast<const QLineEdit*>(widget)) said << line->placeholderText() << line->text();
  if (const auto* text = qobject_cast<const QPlainTextEdit*>(widget)) said << text->placeholderText();
  if (const auto* box = qobject_cast<const QComboBox*>(widget))
    for (int i = 0; i < box->count(); ++i) said << box->itemText(i);
  if (const auto* menu = qobject_cast<const QMenu*>(widget)) said << menu->title();
  for (const auto* action : widget->actions()) said << action->text() << action->toolTip() << action->statusTip();
  if (const auto* view = qobject_cast<const QAbstractItemView*>(widget); view && view->model())
    for (int row = 0; row < view->model()->rowCount(); ++row)
      for (int role = Qt::DisplayRole; role < Qt::UserRole + 4; ++role)
        if (const QVariant said_by_model = view->model()->index(row, 0).data(role);
            said_by_model.typeId() == QMetaType::QString)
          said << said_by_model.toString();
  return said;
}

// What is hidden and gets its words when it is shown.
bool isAsleep(const QWidget* widget) {
  for (; widget; widget = widget->parentWidget())
    if (widget->isHidden() && (qobject_cast<const EmptyPage*>(widget) || qobject_cast<const AlikeButton*>(widget)))
      return true;
  return false;
}

// Numbers and folders differ from run to run.
QStringList everythingSaid(const FakeWindow& fake) {
  const QWidget& window = fake.window;
  static const QRegularExpression number(QStringLiteral("\\d+(?:[.,:]\\d+)*"));
  QStringList out;
  QList<const QWidget*> widgets{&window};
  for (const auto* widget : window.findChildren<QWidget*>()) widgets << widget;
  for (const auto* widget : widgets) {
    if (isAsleep(widget)) continue;
    for (QString text : saidBy(widget))
      if (!text.replace(fake.folder.path(), QStringLiteral("folder")).isEmpty())
        out << QLatin1String(widget->metaObject()->className()) + QStringLiteral(": ") +
                   text.replace(number, QStringLiteral("#"));
  }
  out.sort();
  return out;
}

// Work that leaves words everywhere: answers, pictures, errors, a queue, things that can be undone.
bool liveIn(FakeWindow& fake) {
  fake.control->info.notice = "Demonstration model.";
  if (!fake.load()) return false;
  auto& talk = fake.studio.conversation;
  const auto say = [&](const char* text) { return talk.send(QString::fromLatin1(text)), fake.idle(); };
  if (!say("hello") || !say("draw a boat") || !say("is it impossible?") || !say("and now?")) return false;
  if (!QTest::qWaitFor([&] { return fake.studio.gallery.total() == 1; })) return false;  // the chat's boat
  talk.remove(int(talk.turns().size()) - 2);
  if (!draw(fake, "a boat") || !draw(fake, "a red fish", 1, "8")) return false;
  fake.studio.drawing.start(formOf(fake.studio, "impossible"));
  if (!fake.idle()) return false;
  fake.window.showPage(Page::gallery);
  auto& gallery = fake.studio.gallery;
  if (!QTest::qWaitFor([&] { return gallery.lines().size() >= 2; })) return false;
  fake.window.gallery()->view()->choose(gallery.lines()[1].id);
  if (!QTest::qWaitFor([&] { return gallery.shown().has_value(); })) return false;
  gallery.moveToTrash();
  if (!QTest::qWaitFor([&] { return gallery.total() == 2; })) return false;
  fake.window.gallery()->view()->choose(gallery.lines()[0].id);
  Recipe recipe;
  recipe.prompt = "a heart";
  recipe.seed = 3;
  recipe.paint.sampler = "ddim";
  write_picture_file(toPath(fake.path("heart.png")), fakeScene(1, 32, 0), recipe);
  fake.studio.offer.read(fake.path("heart.png"));
  if (!QTest::qWaitFor([&] { return fake.studio.offer.recipe().has_value(); })) return false;
  fake.window.create()->panel()->setRecipe(recipe);  // says which sampler is not offered
  talk.attachFile(fake.picture("one.png"));
  if (!QTest::qWaitFor([&] { return !talk.attachments().front().reading; })) return false;
  fake.studio.queue.setPaused(true);
  fake.studio.queue.add(recipe, 2);
  QTest::qWait(300);
  return true;
}

}  // namespace

class Languages : public QObject {
  Q_OBJECT

  void everyLanguage() {
    QTest::addColumn<QString>("code");
    for (const char* code : {"de", "zh_CN"}) QTest::newRow(code) << QString::fromLatin1(code);
  }

 private Q_SLOTS:
  void cleanup() { applyLanguage(Language::english); }

  void no_word_is_without_a_translation_data() { everyLanguage(); }
  void no_word_is_without_a_translation() {
    QFETCH(QString, code);
    QTemporaryDir folder;
    const QString file = updated(folder, code.toLatin1());
    QVERIFY2(!file.isEmpty(), "lupdate ran");
    const auto messages = messagesOf(file);
    QVERIFY(messages.size() > 400);
    QStringList missing;
    for (const auto& m : messages)
      if (m.unfinished || m.translations.isEmpty() || m.translations.contains(QString()))
        missing << m.context + QStringLiteral(": ") + m.source;
    QVERIFY2(
        missing.isEmpty(),
        qPrintable(QStringLiteral("%1 words, of them:\n%2").arg(missing.size()).arg(missing.mid(0, 20).join(u'\n'))));
  }
  void english_knows_every_plural() {
    QTemporaryDir folder;
    const auto messages = messagesOf(updated(folder, "en"));
    QVERIFY(messages.size() > 10);
    for (const auto& m : messages) {
      QVERIFY2(!m.unfinished && m.translations.size() == 2, qPrintable(m.source));
      QVERIFY2(!m.translations[1].contains(QLatin1String("(s)")), qPrintable(m.source));
    }
  }
  void a_translation_keeps_the_places_of_what_is_filled_in_data() { everyLanguage(); }
  void a_translation_keeps_the_places_of_what_is_filled_in() {
    QFETCH(QString, code);
    for (const auto& m : messagesOf(QStringLiteral(B3O_SOURCE_DIR "/resources/i18n/studio_%1.ts").arg(code))) {
      if (m.plural) QCOMPARE(m.translations.size(), code == QLatin1String("de") ? 2 : 1);
      // The form for one may leave its number out; no other may.
      const QString& last = m.translations.back();
      QVERIFY2(placeholders(last) == placeholders(m.source), qPrintable(m.source + QStringLiteral(" -> ") + last));
    }
  }

  void a_window_that_changes_its_language_is_one_made_in_it_data() { everyLanguage(); }
  void a_window_that_changes_its_language_is_one_made_in_it() {
    QFETCH(QString, code);
    QStringList english, changed, born;
    {
      FakeWindow fake({}, true);
      QVERIFY(liveIn(fake));
      english = everythingSaid(fake);
      applyLanguage(languageOf(code));
      QCoreApplication::sendPostedEvents();
      QTest::qWait(100);
      changed = everythingSaid(fake);
    }
    {
      FakeWindow fake({}, true);  // in that language from its start
      QVERIFY(liveIn(fake));
      born = everythingSaid(fake);
    }
    QVERIFY(english.size() > 300);
    QStringList stayed, other;
    for (const auto& text : changed)
      if (!born.contains(text)) stayed << text;
    for (const auto& text : born)
      if (!changed.contains(text)) other << text;
    QVERIFY2(stayed.isEmpty() && other.isEmpty(),
             qPrintable(QStringLiteral("changed:\n  %1\nmade in it:\n  %2")
                            .arg(stayed.join(QStringLiteral("\n  ")), other.join(QStringLiteral("\n  ")))));
    const auto same = std::count_if(changed.begin(), changed.end(), [&](const auto& t) { return english.contains(t); });
    QVERIFY2(same * 3 < changed.size(), qPrintable(QStringLiteral("%1 of %2").arg(same).arg(changed.size())));
    applyLanguage(Language::english);
  }
  void the_way_back_leads_to_the_same_words() {
    FakeWindow fake({}, true);
    QVERIFY(liveIn(fake));
    QTest::qWait(300);
    const QStringList before = everythingSaid(fake);
    for (const Language language : {Language::german, Language::chinese, Language::english}) {
      applyLanguage(language);
      QTest::qWait(100);  // what was made anew is gone by then
    }
    QStringList more = everythingSaid(fake), less = before;
    for (const auto& text : before) more.removeOne(text);
    for (const auto& text : everythingSaid(fake)) less.removeOne(text);
    QVERIFY2(more.isEmpty() && less.isEmpty(),
             qPrintable(more.join(u'\n') + QStringLiteral("\nbefore:\n") + less.join(u'\n')));
  }
  void what_is_written_and_chosen_stays() {
    FakeWindow fake;
    QVERIFY(fake.load());
    auto* edit = fake.window.chat()->composer()->edit();
    edit->setPlainText(QStringLiteral("half a question"));
    auto* panel = fake.window.create()->panel();
    panel->setPrompt(QStringLiteral("half a prompt"));
    panel->setCount(4);
    panel->setSeed(QStringLiteral("17"));
    const CreateForm form = panel->form();
    fake.window.showPage(Page::create);
    applyLanguage(Language::german);
    QCoreApplication::sendPostedEvents();
    QCOMPARE(edit->toPlainText(), QStringLiteral("half a question"));
    QVERIFY(panel->form() == form);
    QVERIFY(fake.window.create()->isVisible());
  }

  void counts_have_their_plural() {
    const auto pictures = [](int count) { return QueueList::tr("%Ln picture(s)", nullptr, count); };
    QCOMPARE(pictures(1), QStringLiteral("1 picture"));
    QCOMPARE(pictures(2), QStringLiteral("2 pictures"));
    QCOMPARE(pictures(1234), QStringLiteral("1,234 pictures"));
    applyLanguage(Language::german);
    QCOMPARE(pictures(1), QStringLiteral("1 Bild"));
    QCOMPARE(pictures(1234), QStringLiteral("1.234 Bilder"));
    applyLanguage(Language::chinese);
    QCOMPARE(pictures(1), QStringLiteral("1 张图片"));
    QCOMPARE(pictures(2), QStringLiteral("2 张图片"));
  }
  void numbers_and_days_are_those_of_the_language() {
    applyLanguage(Language::german);
    QCOMPARE(durationText(1.5), QStringLiteral("1,5 s"));
    QCOMPARE(bytesText(1'900'000'000), QStringLiteral("1,9 GB"));
    QCOMPARE(dayHeading(QDate(2026, 3, 2), QDate(2026, 11, 30)), QStringLiteral("März 2026"));
    applyLanguage(Language::chinese);
    QCOMPARE(dayHeading(QDate(2026, 3, 2), QDate(2026, 11, 30)), QStringLiteral("2026年3月"));
    applyLanguage(Language::english);
    QCOMPARE(durationText(1.5), QStringLiteral("1.5 s"));
    QCOMPARE(durationText(0.021), QStringLiteral("0.02 s"));
    QCOMPARE(durationText(0.001), QStringLiteral("0.01 s"));
  }
  void keys_are_named_as_the_language_names_them() {
    applyLanguage(Language::german);
    KeySheet sheet;
    QStringList keys;
    for (const auto* label : sheet.findChildren<Label*>()) keys << label->text();
    QVERIFY(keys.contains(QStringLiteral("Strg+N")) || keys.contains(QStringLiteral("Ctrl+N")));
    QVERIFY(keys.contains(QStringLiteral("Eine neue Unterhaltung beginnen")));
  }
  void an_open_key_sheet_follows_the_language() {
    KeySheet sheet;
    sheet.show();
    const auto words = [](const QWidget& widget) {
      QStringList out{widget.windowTitle()};
      for (const auto* label : widget.findChildren<Label*>()) out << label->text();
      for (const auto* button : widget.findChildren<QPushButton*>()) out << button->text();
      return out;
    };
    for (const Language language : {Language::german, Language::chinese, Language::english}) {
      applyLanguage(language);
      QCoreApplication::sendPostedEvents();
      KeySheet fresh;
      QCOMPARE(words(sheet), words(fresh));
      for (const auto* label : sheet.findChildren<Label*>()) QVERIFY(label->width() >= label->sizeHint().width());
    }
  }

  void the_key_sheet_fits_on_a_small_screen_data() {
    everyLanguage();
    QTest::newRow("en") << QStringLiteral("en");
  }
  void the_key_sheet_fits_on_a_small_screen() {
    QFETCH(QString, code);
    applyLanguage(languageOf(code));
    KeySheet sheet;
    sheet.show();
    for (const QSize room : {QSize(2560, 1440), QSize(1024, 700), QSize(1366, 768)}) {
      sheet.fitInto(room);
      QTest::qWait(20);
      QVERIFY2(sheet.width() <= room.width() && sheet.height() <= room.height(),
               qPrintable(QStringLiteral("%1x%2").arg(sheet.width()).arg(sheet.height())));
      for (const auto* label : sheet.findChildren<Label*>()) QVERIFY(label->width() >= label->sizeHint().width());
      for (const auto* button : sheet.findChildren<QPushButton*>())
        QVERIFY(sheet.rect().contains(QRect(button->mapTo(&sheet, QPoint()), button->size())));
    }
    auto* area = sheet.findChild<QScrollArea*>();
    sheet.fitInto(QSize(1024, 700));
    QTest::qWait(20);
    QTest::keyClick(area, Qt::Key_PageDown);
    QVERIFY(area->verticalScrollBar()->value() > 0);
  }
  void a_code_and_its_language_belong_together() {
    for (int i = 0; i < kLanguages; ++i) QCOMPARE(languageOf(QLatin1String(codeOf(Language(i)))), Language(i));
    QCOMPARE(languageOf(QStringLiteral("tlh")), Language::system);
    QCOMPARE(titleOf(Language::chinese), QStringLiteral("简体中文"));
    applyLanguage(Language::system);
    QVERIFY(appliedLanguage() != Language::system);
  }
  void this_machine_can_write_chinese() {
    QVERIFY(QFontDatabase::families(QFontDatabase::SimplifiedChinese).size() > 0);
    const QFontMetrics metrics(textFont(kBodyPx));
    // A letter that is missing everywhere is drawn as a box, as wide as the next one that is missing.
    QVERIFY(metrics.horizontalAdvance(QStringLiteral("图库")) >= 2 * (kBodyPx - 2));
  }
  void no_button_cuts_its_word_off_data() { everyLanguage(); }
  void no_button_cuts_its_word_off() {
    QFETCH(QString, code);
    FakeWindow fake({}, true);
    QVERIFY(liveIn(fake));
    applyLanguage(languageOf(code));
    fake.window.resize(kLeastWindow);
    QStringList cut;
    for (const Page page : {Page::chat, Page::create, Page::edit, Page::gallery, Page::compare}) {
      fake.window.showPage(page);
      QTest::qWait(100);
      QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);  // a busy machine may be late with it
      for (const auto* button : fake.window.findChildren<QAbstractButton*>()) {
        if (!button->isVisible() || button->text().isEmpty()) continue;
        const bool rail = button->inherits("QToolButton");  // its words may touch its edges
        const int needed =
            rail ? button->fontMetrics().horizontalAdvance(button->text()) : button->minimumSizeHint().width();
        if (button->width() < needed)
          cut << QStringLiteral("%1: %2 of %3").arg(button->text()).arg(button->width()).arg(needed);
        const QRect shown(button->mapTo(&fake.window, QPoint()), button->size());
        if (shown.left() < 0 || shown.right() >= fake.window.width())
          cut << QStringLiteral("%1: lies outside").arg(button->text());
      }
    }
    QVERIFY2(cut.isEmpty(), qPrintable(cut.join(u'\n')));
  }
};

QTEST_MAIN(Languages)
#include "languages.moc"
