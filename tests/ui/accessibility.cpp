// For those who do not see, do not point, or see little: names, the way of the Tab key, contrast, keys.
#include <QFile>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

#include <set>

#include "tests/ui/drawing.h"
#include "tests/ui/names.h"
#include "ui/shell/key_sheet.h"

using namespace b3o;
using namespace b3o::test;

namespace {

constexpr double kLeastContrast = 4.5;
constexpr Page kPages[] = {Page::chat, Page::create, Page::edit, Page::gallery, Page::compare};

// Something on every page.
bool fill(FakeWindow& fake) {
  if (!fake.load()) return false;
  auto& talk = fake.studio.conversation;
  talk.send(QStringLiteral("hello"));
  if (!fake.idle()) return false;
  talk.send(QStringLiteral("draw a boat"));
  if (!fake.idle() || !QTest::qWaitFor([&] { return fake.studio.gallery.total() == 1; })) return false;
  talk.attachFile(fake.picture("one.png"));
  if (!QTest::qWaitFor([&] { return !talk.attachments().front().reading; })) return false;
  if (!draw(fake, "a boat") || !QTest::qWaitFor([&] { return fake.studio.gallery.lines().size() == 2; })) return false;
  fake.window.gallery()->view()->choose(fake.studio.gallery.lines()[0].id);
  return QTest::qWaitFor([&] { return fake.studio.gallery.shown().has_value(); });
}

QString nameOf(const QWidget* widget) {
  const QString name = widget->accessibleName();
  return QStringLiteral("%1 '%2'").arg(QLatin1String(widget->metaObject()->className()), name);
}

// The widgets that Tab goes through, from the one that has the focus until it comes back.
QList<QWidget*> tabWay(QWidget* window) {
  QList<QWidget*> way;
  QWidget* first = window->focusWidget();
  for (QWidget* at = first; at && way.size() < 400;) {
    way << at;
    QTest::keyClick(at, Qt::Key_Tab);
    at = window->focusWidget();
    if (at == first) break;
    if (way.contains(at)) return {};  // caught in a circle
  }
  return way;
}

QSet<QWidget*> reachable(QWidget* window) {
  QSet<QWidget*> out;
  for (auto* widget : window->findChildren<QWidget*>())
    if (widget->window() == window && widget->isVisible() && widget->isEnabled() &&
        (widget->focusPolicy() & Qt::TabFocus) && !widget->focusProxy() && widget->width() > 0)
      out << widget;
  return out;
}

// One rule of the style sheet.
struct Rule {
  QString selector;
  QMap<QString, QString> values;
};

QList<Rule> rulesOf(QString sheet) {
  sheet.remove(QRegularExpression(QStringLiteral("/\\*.*?\\*/"), QRegularExpression::DotMatchesEverythingOption));
  static const QRegularExpression form(QStringLiteral("([^{}]+)\\{([^}]*)\\}"));
  QList<Rule> out;
  for (auto it = form.globalMatch(sheet); it.hasNext();) {
    const auto match = it.next();
    QMap<QString, QString> values;
    for (const auto& line : match.captured(2).split(u';')) {
      const auto colon = line.indexOf(u':');
      if (colon > 0) values[line.left(colon).trimmed()] = line.mid(colon + 1).trimmed();
    }
    for (const auto& selector : match.captured(1).split(u',')) out << Rule{selector.simplified(), values};
  }
  return out;
}

// The value that counts for a selector: its own, that of the same without states, that of its class.
QString valueFor(const QList<Rule>& rules, const QString& selector, const QString& name) {
  QStringList wanted{selector};
  QString bare = selector;
  while (bare.lastIndexOf(u':') > bare.lastIndexOf(u']') && !bare.contains(QLatin1String("::")))
    wanted << (bare = bare.left(bare.lastIndexOf(u':')));
  wanted << bare.left(bare.indexOf(QRegularExpression(QStringLiteral("[\\[:]"))));
  for (const auto& candidate : wanted)
    for (auto it = rules.rbegin(); it != rules.rend(); ++it)
      if (it->selector == candidate && it->values.contains(name)) return it->values[name];
  return {};
}

}  // namespace

class Accessibility : public QObject {
  Q_OBJECT

  static void themes() {
    QTest::addColumn<bool>("dark");
    QTest::newRow("dark") << true;
    QTest::newRow("light") << false;
  }

 private Q_SLOTS:
  // --- names
  void every_focusable_widget_of_every_page_has_a_name() {
    FakeWindow empty;
    for (const Page page : kPages) {
      empty.window.showPage(page);
      QCOMPARE(nameless(&empty.window), QString());
    }
    FakeWindow fake({}, true);
    QVERIFY(fill(fake));
    for (const Page page : kPages) {
      fake.window.showPage(page);
      QTest::qWait(50);
      QCOMPARE(nameless(&fake.window), QString());
    }
  }
  void every_focusable_widget_of_every_dialog_has_a_name() {
    FakeWindow fake({}, true);
    QVERIFY(fill(fake));
    KeySheet keys;
    fake.studio.queue.setPaused(true);
    Recipe recipe;
    recipe.prompt = "a boat";
    fake.studio.queue.add(recipe, 1);
    for (QWidget* dialog :
         {static_cast<QWidget*>(fake.window.loadDialog()), static_cast<QWidget*>(fake.window.settingsDialog()),
          static_cast<QWidget*>(fake.window.logPage()), static_cast<QWidget*>(&keys),
          static_cast<QWidget*>(fake.window.statusLine()->queueList())}) {
      dialog->show();
      QVERIFY2(!dialog->findChildren<QWidget*>().isEmpty(), dialog->metaObject()->className());
      QCOMPARE(nameless(dialog), QString());
      dialog->hide();
    }
  }
  void a_button_without_words_has_a_tool_tip_that_names_it() {
    FakeWindow fake({}, true);
    QVERIFY(fill(fake));
    for (const auto* button : fake.window.findChildren<QPushButton*>())
      if (button->text().isEmpty() && !button->icon().isNull() && button->menu() == nullptr)
        QVERIFY2(!button->accessibleName().isEmpty() && !button->toolTip().isEmpty(), qPrintable(nameOf(button)));
  }

  // --- the way of the Tab key
  void tab_reaches_everything_once_and_comes_back_data() {
    QTest::addColumn<int>("page");
    const char* names[] = {"chat", "create", "edit", "gallery", "compare"};
    for (const Page page : kPages) QTest::newRow(names[int(page)]) << int(page);
  }
  void tab_reaches_everything_once_and_comes_back() {
    QFETCH(int, page);
    FakeWindow fake({}, true);
    QVERIFY(fill(fake) && activate(fake));
    fake.window.showPage(Page(page));
    QTest::qWait(100);
    if (!fake.window.focusWidget()) fake.window.statusLine()->chip()->setFocus();
    const auto way = tabWay(&fake.window);
    QVERIFY2(!way.isEmpty(), "Tab goes in a circle that leaves its beginning out");
    QStringList missed;
    for (auto* widget : reachable(&fake.window))
      if (!way.contains(widget)) missed << nameOf(widget);
    QVERIFY2(missed.isEmpty(), qPrintable(missed.join(u'\n')));
  }
  void tab_goes_through_a_page_from_top_to_bottom_data() { tab_reaches_everything_once_and_comes_back_data(); }
  void tab_goes_through_a_page_from_top_to_bottom() {
    QFETCH(int, page);
    FakeWindow fake({}, true);
    QVERIFY(fill(fake) && activate(fake));
    fake.window.showPage(Page(page));
    QTest::qWait(100);
    if (!fake.window.focusWidget()) fake.window.statusLine()->chip()->setFocus();
    const auto way = tabWay(&fake.window);
    // Of two stops in a row the second lies neither wholly above the first nor left of it, seen where their parts of
    // the window are laid out together.
    QStringList wrong;
    for (int i = 1; i < way.size(); ++i) {
      const QWidget *from = way[i - 1], *to = way[i];
      while (!from->parentWidget()->isAncestorOf(to)) from = from->parentWidget();
      while (to->parentWidget() != from->parentWidget()) to = to->parentWidget();
      const QRect a = from->geometry(), b = to->geometry();
      const bool above = b.bottom() <= a.top();
      const bool left = b.right() <= a.left() && b.top() < a.bottom() && b.bottom() > a.top();
      if (above || left) wrong << nameOf(way[i - 1]) + QStringLiteral(" then ") + nameOf(way[i]);
    }
    // The way is a circle: one step in it goes back to the top.
    QVERIFY2(wrong.size() <= 1, qPrintable(wrong.join(u'\n')));
  }
  void tab_goes_through_the_dialogs() {
    FakeWindow fake;
    QVERIFY(fake.load());
    for (QDialog* dialog :
         {static_cast<QDialog*>(fake.window.settingsDialog()), static_cast<QDialog*>(fake.window.loadDialog()),
          static_cast<QDialog*>(fake.window.logPage())}) {
      dialog->show();
      dialog->activateWindow();
      QVERIFY(QTest::qWaitForWindowActive(dialog));
      if (!dialog->focusWidget()) QTest::keyClick(dialog, Qt::Key_Tab);
      const auto way = tabWay(dialog);
      QStringList missed;
      for (auto* widget : reachable(dialog))
        if (!way.contains(widget)) missed << nameOf(widget);
      QVERIFY2(missed.isEmpty(), qPrintable(missed.join(u'\n')));
      dialog->hide();
    }
  }

  // --- contrast
  void every_pair_of_the_style_sheet_can_be_read_data() { themes(); }
  void every_pair_of_the_style_sheet_can_be_read() {
    QFETCH(bool, dark);
    const Tokens& t = tokensOf(dark ? Theme::dark : Theme::light);
    applyTheme(dark ? Theme::dark : Theme::light);
    QMap<QString, QColor> colours;
    for (const auto& [name, colour] : namedTokens(t)) colours[QLatin1Char('@') + QLatin1String(name)] = colour;
    QFile file(QStringLiteral(":/style/studio.qss"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const auto rules = rulesOf(QString::fromUtf8(file.readAll()));
    QVERIFY(rules.size() > 50);
    int pairs = 0;
    QStringList weak;
    for (const auto& rule : rules) {
      const bool names_colour = rule.values.contains(QStringLiteral("color"));
      const bool names_ground = rule.values.contains(QStringLiteral("background"));
      if (!names_colour && !names_ground) continue;
      if (rule.selector.contains(QLatin1String(":disabled"))) continue;  // cannot be used, and need not be read
      for (const char* part : {"QSlider", "QProgressBar", "QScrollBar", "separator", "rule", "popup", "panel-",
                               "QScrollArea", "gallery", "\"list\"", "menu-indicator"})
        if (rule.selector.contains(QLatin1String(part))) goto next;  // holds no words of its own
      {
        QString word = valueFor(rules, rule.selector, QStringLiteral("color"));
        if (word.isEmpty()) word = QStringLiteral("@text");  // the palette's
        const QString ground = valueFor(rules, rule.selector, QStringLiteral("background"));
        QStringList grounds{ground};
        if (ground.isEmpty() || ground == QLatin1String("transparent"))
          grounds = {QStringLiteral("@window"), QStringLiteral("@panel"), QStringLiteral("@raised")};
        for (const auto& name : grounds) {
          QVERIFY2(colours.contains(word) && colours.contains(name), qPrintable(rule.selector + word + name));
          ++pairs;
          const double got = contrast(colours[word], colours[name]);
          if (got < kLeastContrast)
            weak << QStringLiteral("%1: %2 on %3 is %4").arg(rule.selector, word, name).arg(got);
        }
      }
    next:;
    }
    QVERIFY(pairs > 30);
    QVERIFY2(weak.isEmpty(), qPrintable(weak.join(u'\n')));
  }
  void every_pair_of_the_palette_can_be_read_data() { themes(); }
  void every_pair_of_the_palette_can_be_read() {
    QFETCH(bool, dark);
    applyTheme(dark ? Theme::dark : Theme::light);
    const QPalette p = QGuiApplication::palette();
    using P = QPalette;
    const std::pair<P::ColorRole, P::ColorRole> pairs[] = {{P::WindowText, P::Window},
                                                           {P::Text, P::Base},
                                                           {P::Text, P::AlternateBase},
                                                           {P::ButtonText, P::Button},
                                                           {P::PlaceholderText, P::Base},
                                                           {P::ToolTipText, P::ToolTipBase},
                                                           {P::HighlightedText, P::Highlight},
                                                           {P::Link, P::Window},
                                                           {P::Link, P::Base},
                                                           {P::BrightText, P::Window}};
    for (const auto& [word, ground] : pairs)
      QVERIFY2(contrast(p.color(word), p.color(ground)) >= kLeastContrast,
               qPrintable(
                   QStringLiteral("%1 on %2: %3").arg(word).arg(ground).arg(contrast(p.color(word), p.color(ground)))));
  }
  void the_faint_colour_is_only_for_what_cannot_be_used() {
    QFile file(QStringLiteral(":/style/studio.qss"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    for (const auto& rule : rulesOf(QString::fromUtf8(file.readAll())))
      if (rule.values.value(QStringLiteral("color")) == QLatin1String("@faint"))
        QVERIFY2(rule.selector.contains(QLatin1String(":disabled")), qPrintable(rule.selector));
  }
  void the_focus_ring_stands_out_data() { themes(); }
  void the_focus_ring_stands_out() {
    QFETCH(bool, dark);
    const Tokens& t = tokensOf(dark ? Theme::dark : Theme::light);
    for (const QColor& ground : {t.window, t.panel, t.raised}) QVERIFY(contrast(t.accent, ground) >= 3);
  }

  // --- keys
  void every_key_of_the_table_reaches_its_action_data() {
    QTest::addColumn<int>("row");
    QTest::addColumn<QString>("key");
    const auto table = actionTable();
    for (int row = 0; row < int(table.size()); ++row)
      if (table[size_t(row)].what != Do::only_listed)
        for (const auto& key : QString::fromLatin1(table[size_t(row)].keys).split(u' '))
          QTest::newRow(qPrintable(QLatin1String(table[size_t(row)].text) + QStringLiteral(" ") + key)) << row << key;
  }
  void every_key_of_the_table_reaches_its_action() {
    QFETCH(int, row);
    QFETCH(QString, key);
    FakeWindow fake;
    QVERIFY(fake.load() && activate(fake));
    const QKeySequence wanted(key, QKeySequence::PortableText);
    QAction* action = nullptr;
    for (auto* candidate : fake.window.actions())
      if (candidate->shortcuts().contains(wanted)) action = candidate;
    QVERIFY(action);
    QCOMPARE(action->text(), QCoreApplication::translate("Actions", actionTable()[size_t(row)].text));
    // On the first page on which it may be used; at a widget that takes no letters.
    for (const Page page : kPages) {
      fake.window.showPage(page);
      if (action->isEnabled()) break;
    }
    QVERIFY(action->isEnabled());
    fake.window.statusLine()->chip()->setFocus();
    QSignalSpy triggered(action, &QAction::triggered);
    QTest::keySequence(&fake.window, wanted);
    QCOMPARE(triggered.size(), 1);
    for (auto* window : QApplication::topLevelWidgets())
      if (window != &fake.window && window->isVisible()) window->close();
  }
  void a_key_of_a_page_does_nothing_on_another() {
    FakeWindow fake;
    QVERIFY(fake.load() && activate(fake));
    for (const Page page : kPages) {
      fake.window.showPage(page);
      std::set<QString> enabled;
      for (auto* action : fake.window.actions()) {
        if (!action->isEnabled()) continue;
        for (const auto& key : action->shortcuts()) {
          const QString text = key.toString(QKeySequence::PortableText);
          QVERIFY2(enabled.insert(text).second, qPrintable(text));
        }
      }
    }
  }
  void the_key_sheet_names_every_key() {
    KeySheet sheet;
    QStringList said;
    for (const auto* label : sheet.findChildren<Label*>()) said << label->text();
    for (const auto& row : actionTable()) {
      QVERIFY2(said.contains(QCoreApplication::translate("Actions", row.tip)), row.tip);
      QVERIFY2(said.contains(keysText(row)), row.keys);
    }
  }
  void letters_that_are_keys_can_be_typed() {
    FakeWindow fake({}, true);
    QVERIFY(fill(fake) && activate(fake));
    const QString letters = QStringLiteral("be[]x.1234 5");
    fake.window.showPage(Page::chat);
    auto* question = fake.window.chat()->composer()->edit();
    question->clear();
    QTest::keyClicks(question, letters);
    QCOMPARE(question->toPlainText(), letters);
    fake.window.showPage(Page::create);
    auto* prompt = fake.window.create()->panel()->prompt();
    prompt->clear();
    QTest::keyClicks(prompt, letters);
    QCOMPARE(prompt->toPlainText(), letters);
    fake.window.showPage(Page::gallery);
    auto* search = fake.window.gallery()->search();
    search->setFocus();
    QTest::keyClicks(search, letters);
    QCOMPARE(search->text(), letters);
    QVERIFY(fake.window.gallery()->isVisible());
  }
};

QTEST_MAIN(Accessibility)
#include "accessibility.moc"
