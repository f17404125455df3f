// Settings, log page and report: found, in effect at once, remembered; nothing that is the user's own leaves.
#include <QApplication>
#include <QClipboard>
#include <QFile>
#include <QHBoxLayout>
#include <QProcess>
#include <QSignalSpy>
#include <QTest>
#ifdef B3O_DBUS
#include <QDBusVariant>
#endif

#include "core/base/log.h"
#include "tests/ui/drawing.h"

using namespace b3o;
using namespace b3o::test;

namespace {

constexpr const char* kMeasure = "--measure";

// In a program of its own: how many pixels of the screen a word and a space are, with the settings in this file.
int measure(char** argv) {
  QSettings store(QString::fromLocal8Bit(argv[2]), QSettings::IniFormat);
  applyScale(Settings(store));
  int argc = 1;
  QApplication app(argc, argv);
  applyTheme(Theme::dark);
  QWidget window;
  auto* row = new QHBoxLayout(&window);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(space::xl);
  auto* left = new Label(QStringLiteral("Words"), Tint::text, &window);
  auto* right = new Label(QStringLiteral("Words"), Tint::text, &window);
  for (auto* label : {left, right}) label->setWhole(true), row->addWidget(label);
  window.show();
  QCoreApplication::processEvents();
  const QImage word = left->grab().toImage();
  const double gap = (right->x() - left->x() - left->width()) * window.devicePixelRatioF();
  std::printf("%d %d %.2f\n", word.width(), word.height(), gap);
  return 0;
}

struct Measured {
  double width = 0, height = 0, gap = 0;
};

void appendTo(const QString& file, const QByteArray& bytes) {
  QFile out(file);
  QVERIFY(out.open(QIODevice::Append));
  out.write(bytes);
}

QByteArray line(const char* level, const QByteArray& text) {
  return QByteArray("2026-11-30 22:23:08.123 ") + level + ": " + text + "\n";
}

WindowOptions logging(const QString& file) {
  WindowOptions options;
  options.log_file = file;
  return options;
}

struct Opened : FakeWindow {
  explicit Opened(WindowOptions options = {}, bool keep = false) : FakeWindow(std::move(options), keep) {
    activate(*this);
    window.settingsDialog()->open();
  }
  SettingsDialog* dialog() { return window.settingsDialog(); }
  QStringList shown() {
    QStringList out;
    for (const auto& setting : dialog()->table())
      if (dialog()->isShown(setting.id)) out << QString::fromLatin1(setting.id);
    return out;
  }
  void choose(const char* id, int place) {
    dialog()->choice(id)->setCurrentIndex(place);
    Q_EMIT dialog()->choice(id)->activated(place);
  }
};

}  // namespace

class SettingsTest : public QObject {
  Q_OBJECT

  Measured measured(int percent, const QTemporaryDir& folder) {
    const QString file = folder.filePath(QStringLiteral("%1.ini").arg(percent));
    {
      QSettings store(file, QSettings::IniFormat);
      Settings(store).setScale(percent);
    }
    QProcess child;
    child.start(QCoreApplication::applicationFilePath(), {QString::fromLatin1(kMeasure), file});
    if (!child.waitForFinished(60000)) return {};
    const auto numbers = child.readAllStandardOutput().simplified().split(' ');
    if (numbers.size() != 3) return {};
    return {numbers[0].toDouble(), numbers[1].toDouble(), numbers[2].toDouble()};
  }

 private Q_SLOTS:
  void cleanup() { applyLanguage(Language::english); }

  // --- the dialog
  void its_key_opens_it_and_escape_closes_it() {
    FakeWindow fake;
    QVERIFY(activate(fake));
    QTest::keyClick(fake.window.chat()->composer()->edit(), Qt::Key_Comma, Qt::ControlModifier);
    QVERIFY(fake.window.settingsDialog()->isVisible());
    QTRY_VERIFY(fake.window.settingsDialog()->search()->hasFocus());
    QTest::keyClick(fake.window.settingsDialog()->search(), Qt::Key_Escape);
    QVERIFY(!fake.window.settingsDialog()->isVisible());
  }
  void there_are_few_and_each_says_what_it_is() {
    Opened fake;
    QVERIFY(fake.dialog()->table().size() <= 12);
    for (const auto& setting : fake.dialog()->table()) {
      QVERIFY2(*setting.group && *setting.label && *setting.words, setting.id);
      QVERIFY2(setting.value() >= 0, setting.id);
      if (setting.choices) QVERIFY2(setting.value() < setting.choices().size(), setting.id);
    }
    QCOMPARE(fake.shown().size(), qsizetype(fake.dialog()->table().size()));
  }
  void each_is_found_by_its_name_and_by_every_further_word() {
    Opened fake;
    for (const auto& setting : fake.dialog()->table()) {
      QStringList words{wordsOf(setting.label)};
      words << wordsOf(setting.words).split(u' ');
      for (const auto& word : words) {
        fake.dialog()->search()->setText(word.toUpper());
        QVERIFY2(fake.dialog()->isShown(setting.id), qPrintable(word));
      }
    }
  }
  void a_search_leaves_what_fits_or_a_sentence() {
    Opened fake;
    QTest::keyClicks(fake.dialog()->search(), QStringLiteral("night"));
    QCOMPARE(fake.shown(), QStringList{QStringLiteral("theme")});
    fake.dialog()->search()->setText(QStringLiteral("nothing like this"));
    QVERIFY(fake.shown().isEmpty());
    const auto said = fake.dialog()->findChildren<Paragraph*>();
    QVERIFY(std::any_of(said.begin(), said.end(),
                        [](auto* p) { return p->isVisible() && p->text().startsWith(QLatin1String("No setting")); }));
    fake.dialog()->search()->clear();
    QVERIFY(fake.shown().size() > 3);
  }
  void in_german_both_german_and_english_words_find() {
    Opened fake;
    applyLanguage(Language::german);
    QCoreApplication::sendPostedEvents();
    for (const char* word : {"Sprache", "language", "Übersetzung"}) {
      fake.dialog()->search()->setText(QString::fromUtf8(word));
      QCOMPARE(fake.shown(), QStringList{QStringLiteral("language")});
    }
  }
  void the_theme_changes_at_once_and_is_remembered() {
    Opened fake;
    fake.choose("theme", int(ThemeChoice::light));
    QCOMPARE(&look(), &tokensOf(Theme::light));
    QCOMPARE(Settings(fake.store).theme(), ThemeChoice::light);
    fake.choose("theme", int(ThemeChoice::dark));
    QCOMPARE(&look(), &tokensOf(Theme::dark));
  }
#ifdef B3O_DBUS
  void the_theme_follows_the_desktop_where_it_may() {
    Opened fake;
    auto* desktop = fake.window.findChild<SystemTheme*>();
    QVERIFY(desktop);
    const auto says = [&](const char* space, const char* key, uint value, bool wrapped) {
      QDBusVariant said{QVariant(value)};
      if (wrapped) said.setVariant(QVariant::fromValue(QDBusVariant(QVariant(value))));
      return QMetaObject::invokeMethod(desktop, "portalChanged", Q_ARG(QString, QString::fromLatin1(space)),
                                       Q_ARG(QString, QString::fromLatin1(key)), Q_ARG(QDBusVariant, said));
    };
    constexpr const char *kSpace = "org.freedesktop.appearance", *kKey = "color-scheme";
    fake.choose("theme", int(ThemeChoice::system));
    for (const bool wrapped : {false, true}) {
      QVERIFY(says(kSpace, kKey, 2, wrapped));
      QCOMPARE(&look(), &tokensOf(Theme::light));
      QVERIFY(says(kSpace, kKey, 1, wrapped));
      QCOMPARE(&look(), &tokensOf(Theme::dark));
    }
    QVERIFY(says(kSpace, "accent-color", 2, false));
    QCOMPARE(&look(), &tokensOf(Theme::dark));
    fake.choose("theme", int(ThemeChoice::dark));
    QVERIFY(says(kSpace, kKey, 2, false));
    QCOMPARE(&look(), &tokensOf(Theme::dark));  // the user's own choice wins
    fake.choose("theme", int(ThemeChoice::system));
    QCOMPARE(&look(), &tokensOf(Theme::light));
  }
#endif
  void the_language_changes_at_once_and_is_remembered() {
    Opened fake;
    fake.choose("language", int(Language::german));
    QCoreApplication::sendPostedEvents();
    QCOMPARE(fake.dialog()->windowTitle(), QStringLiteral("Einstellungen"));
    QCOMPARE(Settings(fake.store).language(), Language::german);
    QCOMPARE(fake.dialog()->choice("language")->currentText(), QStringLiteral("Deutsch"));
    QCOMPARE(fake.dialog()->choice("language")->itemText(0), QStringLiteral("Wie das System"));
  }
  void switches_act_on_the_program_and_follow_its_keys() {
    Opened fake({}, true);
    auto* automatic = fake.dialog()->onOff("automatic");
    QCOMPARE(automatic->current(), 1);
    QTest::mouseClick(automatic->button(0), Qt::LeftButton);
    QVERIFY(!fake.studio.conversation.automatic());
    QVERIFY(!Settings(fake.store).automaticIntent());
    auto* tokens = fake.dialog()->onOff("tokens");
    QTest::mouseClick(tokens->button(0), Qt::LeftButton);
    QVERIFY(!fake.studio.gallery.carriesTokens());
    fake.dialog()->close();
    QTest::keyClick(fake.window.chat()->composer()->edit(), Qt::Key_M, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(fake.studio.conversation.automatic());
    fake.dialog()->open();
    QCOMPARE(automatic->current(), 1);
  }
  void the_time_until_the_model_rests_is_remembered() {
    Opened fake;
    QCOMPARE(fake.dialog()->choice("idle")->currentText(), QStringLiteral("After 30 minutes"));
    fake.choose("idle", 0);
    QCOMPARE(Settings(fake.store).idleUnloadMinutes(), 0);
    fake.choose("idle", 4);
    QCOMPARE(Settings(fake.store).idleUnloadMinutes(), 60);
    QCOMPARE(fake.dialog()->choice("idle")->currentText(), QStringLiteral("After 1 hour"));
  }
  void a_value_that_no_choice_has_is_shown_and_kept() {
    Opened fake;
    Settings(fake.store).setIdleUnloadMinutes(7);
    Settings(fake.store).setScale(133);
    applyLanguage(Language::german);  // writes the choices again
    applyLanguage(Language::english);
    QCoreApplication::sendPostedEvents();
    QCOMPARE(fake.dialog()->choice("idle")->currentText(), QStringLiteral("After 7 minutes"));
    QCOMPARE(fake.dialog()->choice("size")->currentText(), QStringLiteral("133 %"));
  }
  void broken_values_fall_back() {
    QTemporaryDir folder;
    QSettings store(folder.filePath(QStringLiteral("s.ini")), QSettings::IniFormat);
    store.setValue(QStringLiteral("theme"), QStringLiteral("purple"));
    store.setValue(QStringLiteral("scale"), QStringLiteral("1000000000000"));
    store.setValue(QStringLiteral("language"), QStringLiteral("../../etc"));
    store.setValue(QStringLiteral("model/idle_unload"), -5);
    const Settings settings(store);
    QCOMPARE(settings.theme(), ThemeChoice::system);
    QVERIFY(settings.scale() >= 100 && settings.scale() <= 300);
    QCOMPARE(settings.language(), Language::system);
    QCOMPARE(settings.idleUnloadMinutes(), 0);
  }

  // --- the size of everything
  void the_size_scales_fonts_and_spaces() {
    QTemporaryDir folder;
    const Measured usual = measured(100, folder), larger = measured(150, folder), twice = measured(200, folder);
    QVERIFY(usual.width > 10 && usual.height > 8);
    QCOMPARE(usual.gap, double(space::xl));
    for (const auto& [got, factor] : {std::pair(larger, 1.5), std::pair(twice, 2.0)}) {
      QVERIFY(std::abs(got.width / usual.width - factor) < 0.08);
      QVERIFY(std::abs(got.height / usual.height - factor) < 0.08);
      QVERIFY(std::abs(got.gap / usual.gap - factor) < 0.05);
    }
  }

  // --- the log page
  void the_last_lines_are_shown_by_level_and_copied() {
    QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("studio.log"));
    appendTo(file, line("info", "one") + line("warning", "two") + "  goes on\n" + line("error", "three"));
    FakeWindow fake(logging(file));
    QVERIFY(activate(fake));
    QTest::keyClick(&fake.window, Qt::Key_L, Qt::ControlModifier | Qt::ShiftModifier);
    auto* page = fake.window.logPage();
    QVERIFY(page->isVisible());
    QCOMPARE(page->text()->toPlainText().count(u'\n'), 3);
    page->level()->button(1)->click();
    QCOMPARE(page->text()->toPlainText().split(u'\n').size(), 3);
    QVERIFY(page->text()->toPlainText().contains(QLatin1String("goes on")));
    page->level()->button(2)->click();
    QVERIFY(page->text()->toPlainText().endsWith(QLatin1String("error: three")));
    QVERIFY(!page->text()->toPlainText().contains(QLatin1String("two")));
    page->copyButton()->click();
    QCOMPARE(QGuiApplication::clipboard()->text(), page->text()->toPlainText());
    appendTo(file, line("error", "four"));
    QTRY_VERIFY_WITH_TIMEOUT(page->text()->toPlainText().contains(QLatin1String("four")), 10000);
  }
  void a_long_log_takes_bounded_memory() {
    QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("studio.log"));
    LogTail tail(file);
    for (int part = 0; part < 20; ++part) {
      QByteArray bytes;
      for (int i = 0; i < 4000; ++i) bytes += line("info", "line " + QByteArray::number(part * 4000 + i));
      bytes += line("info", QByteArray(3 << 20, 'x'));
      appendTo(file, bytes);
      tail.read();
      QVERIFY(tail.lines().size() <= size_t(LogTail::kMostLines));
      for (const auto& l : tail.lines()) QVERIFY(l.text.size() <= LogTail::kMostLength);
    }
    appendTo(file, line("error", "the end"));
    tail.read();
    QVERIFY(tail.lines().back().text.endsWith(QLatin1String("the end")));
    QFile(file).resize(0);
    appendTo(file, line("info", "a new file"));
    tail.read();
    QVERIFY(tail.lines().back().text.endsWith(QLatin1String("a new file")));
  }
  void bytes_that_are_no_text_do_no_harm() {
    QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("studio.log"));
    QByteArray noise;
    for (int i = 0; i < 100000; ++i) noise += char(i * 7919 >> 3);
    appendTo(file, noise);
    LogTail tail(file);
    tail.read();
    QVERIFY(tail.lines().size() <= size_t(LogTail::kMostLines));
    LogTail nowhere(folder.filePath(QStringLiteral("missing/x.log")));
    nowhere.read();
    QVERIFY(nowhere.lines().empty());
  }
  void no_prompt_reaches_the_log() {
    FakeWindow fake({}, true);
    const QString file = fake.path("studio.log");
    log_to_file(toPath(file));
    QVERIFY(fake.load());
    auto& talk = fake.studio.conversation;
    for (const char* text : {"what is a zanzibarquestion?", "draw a zanzibarboat", "impossible zanzibarthing",
                             "draw an unknown zanzibarthing"}) {
      talk.send(QString::fromLatin1(text));
      QVERIFY(fake.idle());
    }
    for (const char* prompt : {"zanzibarhouse", "impossible zanzibarhouse", "unknown zanzibarhouse"}) {
      fake.studio.drawing.start(formOf(fake.studio, prompt));
      QVERIFY(fake.idle());
    }
    fake.studio.out.save(QStringLiteral("/nowhere/zanzibarfile.png"), fake.studio.drawing.picture()->image,
                         fake.studio.drawing.picture()->recipe);
    fake.studio.offer.read(fake.path("zanzibar.png"));
    fake.studio.model.load(fake.path("broken"));
    QVERIFY(fake.idle());
    QTest::qWait(300);
    log_warning("the file is written");
    QFile log(file);
    QVERIFY(log.open(QIODevice::ReadOnly));
    const QByteArray lines = log.readAll();
    QVERIFY(lines.contains("the file is written"));
    QVERIFY2(!lines.contains("zanzibar"), lines.constData());
  }

  // --- the report
  void the_report_says_what_a_maintainer_needs_and_nothing_of_the_user() {
    QTemporaryDir home;
    qputenv("HOME", (home.path() + QStringLiteral("/adalovelace")).toUtf8());
    qputenv("USER", "adalovelace");
    const QString file = home.filePath(QStringLiteral("studio.log"));
    const QByteArray at = QDir::homePath().toUtf8();
    appendTo(file, line("warning", at + "/My Pictures/a red zeppelin.png: cannot be written; the disk is full") +
                       line("error", "the prompt \"a red zeppelin\" was not read") +
                       line("error", "adalovelace has no right to do this") +
                       line("error", "a-red-zeppelin-17.png: the file is cut off") +
                       line("error", "cannot show a red zeppelin over the sea") + line("info", "not an error"));
    FakeWindow fake(logging(file), true);
    QVERIFY(fake.load() && activate(fake));
    fake.studio.prompts.use(QStringLiteral("a red zeppelin over the sea"));
    fake.studio.conversation.send(QStringLiteral("what is a zeppelin?"));
    QVERIFY(fake.idle());
    fake.studio.model.load(QDir::homePath() + QStringLiteral("/models/broken"));
    QVERIFY(fake.idle());
    QVERIFY(!fake.studio.model.error().isEmpty());
    QVERIFY(fake.load());
    QGuiApplication::clipboard()->clear();
    QTest::keyClick(&fake.window, Qt::Key_D, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_VERIFY(!QGuiApplication::clipboard()->text().isEmpty());
    const QString report = QGuiApplication::clipboard()->text();
    for (const char* part : {qVersion(), B3O_TEST_TORCH, "CPU", "fp32", "theme: Dark", "tokens: on",
                             "pictures: ", "the disk is full", "the file is cut off", "library.sqlite: "})
      QVERIFY2(report.contains(QString::fromLatin1(part)), qPrintable(QString::fromLatin1(part) + u'\n' + report));
    QVERIFY(report.contains(QString(64, u'a')));  // the model's hash
    for (const char* secret : {"zeppelin", "adalovelace", "Pictures/", "not an error"})
      QVERIFY2(!report.contains(QString::fromLatin1(secret), Qt::CaseInsensitive),
               qPrintable(QString::fromLatin1(secret) + u'\n' + report));
    QVERIFY(!report.contains(QDir::homePath()) && !report.contains(fake.folder.path()));
    QVERIFY(fake.window.logPage()->isVisible());  // and it says so
  }
  void secrets_are_cut_out_and_the_rest_stays_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("left");
    const auto row = [](const char* name, const char* text, const char* left) {
      QTest::newRow(name) << QString::fromUtf8(text) << QString::fromUtf8(left);
    };
    row("plain", "tensor 'x.to_k.weight' has shape [16, 24], expected [16, 16]",
        "tensor 'x.to_k.weight' has shape [16, 24], expected [16, 16]");
    row("home", "/home/ada/a b/c.png: no", "<path>: no");
    row("another path", "cannot open /mnt/x/y.safetensors", "cannot open <path>");
    row("in quotes", "the words \"a red boat\" are too long", "the words \"...\" are too long");
    row("in apostrophes", "file '/tmp/a b/c' is gone", "file '<path>' is gone");
    row("windows", "C:\\Users\\ada\\x.png: no", "<path>: no");
    row("web", "file:///home/ada/x: no", "<path>: no");
    row("name", "Ada and adapter", "<user> and adapter");
    row("machine", "on analytical-engine now", "on <machine> now");
    row("picture", "a-red-boat-7.png: cut off", "<file>.png: cut off");
    row("prompt", "no A Red Boat here", "no <words> here");
    row("fraction", "3 / 4 and 1/2 s", "3 / 4 and 1/2 s");
    row("relative", "diffusion.safetensors: too short", "diffusion.safetensors: too short");
    row("chinese", "/home/ada/图片/红船.png：没有", "<path>");
  }
  void secrets_are_cut_out_and_the_rest_stays() {
    QFETCH(QString, text);
    QFETCH(QString, left);
    const Secrets secrets{QStringLiteral("/home/ada"),
                          QStringLiteral("ada"),
                          QStringLiteral("analytical-engine"),
                          {QStringLiteral("a red boat"), QStringLiteral("no")}};
    QCOMPARE(withoutSecrets(text, secrets), left);
  }
};

int main(int argc, char** argv) {
  if (argc > 2 && qstrcmp(argv[1], kMeasure) == 0) return measure(argv);
  QApplication app(argc, argv);
  SettingsTest test;
  return QTest::qExec(&test, argc, argv);
}
#include "settings.moc"
