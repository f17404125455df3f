// The look: contrast of the palette, icons and the style sheet.
#include <QFile>
#include <QRegularExpression>
#include <QTest>

#include "ui/look/controls.h"
#include "ui/look/icon.h"
#include "ui/look/theme.h"

using namespace b3o;

class Look : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void contrast_follows_its_definition() {
    QCOMPARE(contrast(Qt::black, Qt::white), 21.0);
    QCOMPARE(contrast(Qt::white, Qt::white), 1.0);
    QVERIFY(std::abs(contrast(QColor(0x767676), Qt::white) - 4.54) < 0.01);
  }
  void every_word_can_be_read_on_every_ground_data() {
    QTest::addColumn<bool>("dark");
    QTest::newRow("dark") << true;
    QTest::newRow("light") << false;
  }
  void every_word_can_be_read_on_every_ground() {
    QFETCH(bool, dark);
    const Tokens& t = tokensOf(dark ? Theme::dark : Theme::light);
    const std::pair<const char*, QColor> grounds[] = {{"window", t.window}, {"panel", t.panel},
                                                      {"raised", t.raised}, {"selected", t.selected},
                                                      {"hover", t.hover},   {"field", t.field}};
    for (const auto& [ground_name, ground] : grounds) {
      const std::pair<const char*, QColor> words[] = {{"text", t.text},     {"secondary", t.secondary},
                                                      {"accent", t.accent}, {"good", t.good},
                                                      {"warn", t.warn},     {"bad", t.bad}};
      for (const auto& [name, colour] : words) {
        const double got = contrast(colour, ground);
        QVERIFY2(
            got >= 4.5,
            qPrintable(QStringLiteral("%1 on %2 is %3").arg(QLatin1String(name), QLatin1String(ground_name)).arg(got)));
      }
    }
    QVERIFY(contrast(t.on_accent, t.accent) >= 4.5);
  }
  void the_style_sheet_names_only_known_tokens_and_no_colour() {
    applyTheme(Theme::dark);
    QFile file(QStringLiteral(":/style/studio.qss"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QString sheet = QString::fromUtf8(file.readAll());
    QVERIFY(!sheet.contains(QRegularExpression(QStringLiteral("#[0-9a-fA-F]{3}|rgb|hsl"))));
    sheet.remove(QRegularExpression(QStringLiteral("/\\*.*?\\*/"), QRegularExpression::DotMatchesEverythingOption));
    QStringList known;
    for (const auto& [name, colour] : namedTokens(look())) known << QString::fromLatin1(name);
    auto names = QRegularExpression(QStringLiteral("@(\\w+)")).globalMatch(sheet);
    while (names.hasNext()) {
      const QString name = names.next().captured(1);
      QVERIFY2(known.contains(name), qPrintable(name));
    }
    QVERIFY(!qApp->styleSheet().remove(0, qApp->styleSheet().indexOf(QLatin1String("*/"))).contains(u'@'));
  }
  void an_icon_takes_the_colour_of_the_theme() {
    applyTheme(Theme::light);
    const QImage image = icon("stop", Tint::bad).pixmap(20, 20).toImage();
    QColor strongest;
    int alpha = 0;
    for (int y = 0; y < image.height(); ++y)
      for (int x = 0; x < image.width(); ++x)
        if (image.pixelColor(x, y).alpha() > alpha) strongest = image.pixelColor(x, y), alpha = strongest.alpha();
    QVERIFY(alpha > 200);
    QVERIFY(std::abs(strongest.red() - look().bad.red()) < 12 && std::abs(strongest.blue() - look().bad.blue()) < 12);
  }
  void every_icon_of_the_table_can_be_drawn() {
    for (const char* name : {"chat", "create", "menu", "picture", "send", "stop", "chevron-down", "chevron-right",
                             "close", "copy", "folder", "warning"}) {
      const QImage image = icon(name).pixmap(20, 20).toImage();
      bool any = false;
      for (int y = 0; y < image.height() && !any; ++y)
        for (int x = 0; x < image.width(); ++x) any = any || image.pixelColor(x, y).alpha() > 100;
      QVERIFY2(any, name);
    }
  }
  void counting_numbers_keep_their_width() {
    Label label(QStringLiteral("111/888"));
    label.setTabular(true);
    const int before = label.sizeHint().width();
    label.setText(QStringLiteral("888/111"));
    QCOMPARE(label.sizeHint().width(), before);
    label.setText(QStringLiteral("444/444"));
    QCOMPARE(label.sizeHint().width(), before);
  }
  void a_tool_tip_shows_tags_as_text() {
    QCOMPARE(plainToolTip(QStringLiteral("<b>x</b>")), QStringLiteral("<span>&lt;b&gt;x&lt;/b&gt;</span>"));
    QVERIFY(plainToolTip({}).isEmpty());
  }
};

QTEST_MAIN(Look)
#include "look.moc"
